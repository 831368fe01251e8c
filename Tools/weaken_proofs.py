#!/usr/bin/env python3
"""Plants a fault in the statement of each theorem, and sees its proof fail.

Usage: python3 Tools/weaken_proofs.py [NAME ...]

Each right-hand side is made 1 % smaller, and each assumption is dropped or weakened, one at a time, in
a copy of its file; the other files of Proofs/ are as compiled. Prints a Markdown table. Exits 1 if
Coq accepts a weakened theorem. A proof that fails does not show that the statement is false: that is
what Proofs/Attainment and Proofs/FalseVariants show.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from check_proofs import PROOFS, theorems  # noqa: E402

# Beside the theorems of Proofs/Bounds, those that state a bound.
STATED_BOUNDS = ("pinsker", "bretagnolle_huber", "visitation_divergence", "mean_shift", "visitation_shift")

COQC = ["coqc", "-q", "-w", "none"]

# File, what stands there, what is put in its place, what the table says.
DROPPED = [
    ("Bounds/MeanKlPenalty.v", "Theorem mean_kl_penalty π π' : 2 / 3 <= γ ->", "Theorem mean_kl_penalty π π' :", "γ ≥ 2/3 dropped"),
    ("Bounds/MeanKlPenalty.v", "Lemma long_horizon : 2 / 3 <= γ -> 2 * (1 - γ) <= γ.", "Lemma long_horizon : 66 / 100 <= γ -> 2 * (1 - γ) <= γ.", "γ ≥ 66/100 in place of 2/3"),
    ("Bounds/KlPinsker.v", "Lemma kl_pinsker_finite π π' : (forall s, live M s -> dominated (π s) (π' s)) ->", "Lemma kl_pinsker_finite π π' :", "KL(π‖π') finite dropped"),
    ("Bounds/MeanKl.v", "  (forall s, ρ π s != 0 -> dominated (π s) (π' s)) ->\n", "", "KL finite where π visits dropped"),
    ("Divergences/Pinsker.v", "\\sum_i p i = \\sum_i q i -> dominated p q ->", "dominated p q ->", "equal mass dropped"),
    ("Divergences/Pinsker.v", "\\sum_i p i = \\sum_i q i -> dominated p q ->", "\\sum_i p i = \\sum_i q i ->", "KL finite dropped"),
    ("Divergences/BretagnolleHuber.v", "Hypothesis q_sum1 : \\sum_i q i = 1.\n", "", "mass 1 dropped"),
    ("Improvement/NaturalGradient.v", "Hypothesis t_ge0 : forall s, 0 <= t s.\n", "", "step sizes t ≥ 0 dropped"),
    ("Improvement/PointwiseImprovement.v", "(forall s, live M s -> 0 <= expected_advantage π π' s) ->", "(forall s, live M s -> 0 <= 1 + expected_advantage π π' s) ->", "Ā ≥ 0 weakened to Ā ≥ −1"),
    ("Undiscounted/LeakingKernels.v", "Hypothesis leaks : forall s, exists2 t, connect (fun s t => 0 < K s t) s t & \\sum_u K t u < 1.\n", "", "every path ends dropped"),
    ("Undiscounted/EndingClaims.v", "Theorem performance_difference π π' : ends π -> ends π' ->", "Theorem performance_difference π π' : ends π ->", "every path of π' ends dropped"),
    ("Undiscounted/EndingClaims.v", "Theorem visitation_shift π π' : ends π -> ends π' ->", "Theorem visitation_shift π π' : ends π' ->", "every path of π ends dropped"),
    ("Undiscounted/EndingClaims.v", "Theorem pointwise_improvement π π' : ends π -> ends π' ->", "Theorem pointwise_improvement π π' : ends π ->", "every path of π' ends dropped"),
    ("Undiscounted/EndingGradient.v", "(πt : policy M), 0 <= t <= small ->", "(πt : policy M), 0 <= t <= 1 + small ->", "steps of 1 allowed"),
    ("Bounds/ConservativeMixture.v", "0 <= α <= 1 -> mixture α π τ π' ->", "0 <= α <= 1 ->", "π' a mixture dropped"),
    ("Bounds/ConservativeMixture2002.v", "0 <= α <= 1 -> mixture α π τ π' ->", "0 <= α <= 1 ->", "π' a mixture dropped"),
]


def weakened_bound(text, name, statement):
    """The file with 99/100 of the right-hand side of a theorem's last comparison."""
    extended = "%:E" in statement
    head, sign, bound = statement.rpartition("<=")
    if not sign:
        return None
    closing = ")%E" if extended and bound.rstrip().endswith(")%E") else ""
    body = bound.rstrip()
    body = body[: len(body) - len(closing)]
    share = "(99%:R / 100%:R)%:E" if closing else "99%:R / 100%:R"
    weaker = f"{head}<= {share} * ({body.strip()}){closing}"
    assert statement in text, name
    return text.replace(statement, weaker, 1)


def faults():
    """(file, text, what was done) for every fault."""
    for path, name, statement in theorems():
        if path.parts[0] == "Bounds" or name in STATED_BOUNDS:
            text = (PROOFS / path).read_text()
            weaker = weakened_bound(text, name, statement)
            if weaker:
                yield path, weaker, name, "bound × 99/100"
    for file, old, new, what in DROPPED:
        text = (PROOFS / file).read_text()
        if old not in text:
            sys.exit(f"{file}: no longer says {old}")
        yield pathlib.Path(file), text.replace(old, new, 1), pathlib.Path(file).stem, what


def stop(text, said):
    """The lemma in which Coq stops, and why, from what it says about a file."""
    line = re.search(r"line (\d+)", said)
    owner = ""
    for earlier in text.splitlines()[: int(line[1]) if line else 0]:
        if match := re.match(r"(?:Theorem|Lemma|Corollary|Definition|Fixpoint)\s+([\w']+)", earlier):
            owner = match[1]
    reason = " ".join(said.split("Error:")[-1].split())[:60]
    return f"`{owner}`: {reason}"


def compiles(path, text):
    """Whether Coq accepts the text; and where it stops if not."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / path.name
        copy.write_text(text)
        run = subprocess.run([*COQC, "-Q", str(PROOFS), "Monotone", str(copy)], capture_output=True, text=True)
    return run.returncode == 0, stop(text, run.stderr) if run.returncode else ""


def main():
    chosen = set(sys.argv[1:])
    accepted = 0
    print("| theorem | fault | Coq stops in |\n|---|---|---|")
    for path, text, name, what in faults():
        if chosen and name not in chosen:
            continue
        ok, where = compiles(path, text)
        accepted += ok
        print(f"| `{name}` | {what} | {'**accepted**' if ok else where} |", flush=True)
    return 1 if accepted else 0


if __name__ == "__main__":
    sys.exit(main())
