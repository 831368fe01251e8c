#!/usr/bin/env python3
"""Plants a fault in the proved checker, one at a time, and sees a proof of its soundness fail.

Usage: python3 Tools/weaken_checker.py [--some] [WORDS]

The checker is the function `check` in Proofs/Checker. Each fault changes it in a copy: a test is
dropped, a comparison turned, a constant made smaller, a number rounded the wrong way. The files that
depend on the changed one are compiled again, in order, until one fails. Prints a Markdown table. Exits
1 if Coq accepts a faulty checker, or refuses a change that does no harm.

`--some` makes every eighth change; WORDS, those whose description has them. All of them take half an hour.
Needs compiled proofs (make proofs).
"""

import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from check_proofs import PROOFS, files  # noqa: E402
from weaken_proofs import COQC, stop  # noqa: E402

CHECKER = sorted((PROOFS / "Checker").glob("*.v"))

# What is done, what stands in one file of Proofs/Checker, and what is put in its place.
FAULTS = [
    # Arithmetic
    ("≤ made <", "(Qnum x * Zpos (Qden y) <=? Qnum y", "(Qnum x * Zpos (Qden y) <? Qnum y"),
    ("equality of numerators only", "(Qnum x * Zpos (Qden y) =? Qnum y * Zpos (Qden x))%Z", "(Qnum x =? Qnum y)%Z"),
    ("sums not reduced but cut", "if is_zero y then x else reduce (x + y)", "if is_zero y then x else x"),
    ("least and largest exchanged", "max (x y : Q) : Q := if le x y then y else x", "max (x y : Q) : Q := if le x y then x else y"),
    ("one entry left out of sums", "foldr (fun i => add (f i)) zero (iota 0 n)", "foldr (fun i => add (f i)) zero (iota 1 n)"),
    # Logarithms and roots
    ("rest of the series left out of the upper bound", "if up then total + 2 * power else total", "total"),
    ("half the rest of the series", "if up then total + 2 * power else total", "if up then total + power else total"),
    ("upper bound of a quotient rounded down", "if up then - (- x / y) else x / y", "x / y"),
    ("upper bound of a power rounded down", "if up then - Z.shiftr (- x) bits else Z.shiftr x bits", "Z.shiftr x bits"),
    ("ln 2 rounded the wrong way for k < 0", "if xorb up (k <? 0) then high else low", "if up then high else low"),
    ("ln m rounded the wrong way for m < 1", "- (2 * atanh_units (negb up) (q - p) (p + q))", "- (2 * atanh_units up (q - p) (p + q))"),
    ("range of m not tested", "if (3 * q <=? 4 * p) && (2 * p <=? 3 * q) then", "if (3 * q <=? 4 * p) then"),
    ("series stops at 100 units", "if power <=? 1 then (total, power)", "if power <=? 100 then (total, 0)"),
    ("upper bound of a root rounded down", "in_units (Z.sqrt (scaled_ceiling x) + 1)", "in_units (Z.sqrt (scaled_ceiling x))"),
    ("negative precision accepted", "(InModel, Some (Z.leb 0 bits)) :: ", ""),
    # Intervals
    ("ends of x − r exchanged", "Ball (sub x (upper b)) (sub x (lower b))", "Ball (sub x (lower b)) (sub x (upper b))"),
    ("0 · ∞ = ∞", "Infinite => if is_zero w then exact zero else Infinite", "Infinite => Infinite"),
    ("∞ times a weight is 0", "Infinite => if is_zero w then exact zero else Infinite", "Infinite => exact zero"),
    ("∞ forgotten in sums", "  | Finite b, Finite c => Finite (ball_add b c)\n  | _, _ => Infinite", "  | Finite b, Finite c => Finite (ball_add b c)\n  | Infinite, _ => y\n  | _, Infinite => x"),
    ("minimum with ∞ is ∞", "  | Infinite, _ => y\n  | _, Infinite => x", "  | _, _ => Infinite"),
    # The model and the policies
    ("discount 1 accepted", "le zero (factor m), ~~ le one (factor m), is_distribution", "le zero (factor m), is_distribution"),
    ("negative discount accepted", "[&& le zero (factor m), ~~ le one", "[&& ~~ le one"),
    ("sum of the start distribution not tested", "is_distribution states (get (initial m)) &", "every states (fun i => le zero (get (initial m) i)) &"),
    ("sums of transitions not tested", "is_distribution states (get next) else true", "every states (fun t => le zero (get next t)) else true"),
    ("negative probabilities accepted", "every n (fun i => le zero (f i)) && equal (sum n f) one", "equal (sum n f) one"),
    ("unavailable actions taken", "every (actions m) (fun a => available s a || is_zero (entry p s a)) &\n", "true &\n"),
    ("sums of a policy not tested", "~~ is_live s || equal (sum (actions m) (entry p s)) one", "true"),
    ("negative entries of a policy accepted", "[&& every (actions m) (fun a => le zero (entry p s a)),", "[&&"),
    ("candidate not tested", "(InCandidate, Some (is_policy m q))", "(InCandidate, Some true)"),
    # V and ρ
    ("V not tested", "solves_values x && solves_visits x", "solves_visits x"),
    ("ρ not tested", "solves_values x && solves_visits x", "solves_values x"),
    ("candidate's V and ρ not tested", "(InCandidateSolution, Some (solved m (new u)))", "(InCandidateSolution, Some true)"),
    ("terminal states do not absorb", "(indicator (~~ is_live m s && (s == t)))", "zero"),
    ("transposed transitions in ρ", "mul (get (visits x) t) (entry (chain x) t s)", "mul (get (visits x) t) (entry (chain x) s t)"),
    ("discount left out of A", "sub (add (paid m s a) (mul (factor m) (sum", "sub (add (paid m s a) (mul one (sum"),
    # What is derived
    ("TV without the half", "div (sum n (fun i => abs (sub (f i) (g i)))) (of_nat 2)", "sum n (fun i => abs (sub (f i) (g i)))"),
    ("KL finite without support", "if every n (fun i => ~~ is_zero (g i) || is_zero (f i)) then", "if true then"),
    ("KL(q‖p) for KL(p‖q)", "(log bits two (div x y))", "(log bits two (div y x))"),
    ("ε_max over the policy's actions only", "largest k (available m s) (fun a => abs (entry (advantages old) s a))", "largest k (fun a => ~~ is_zero (entry p s a)) (fun a => abs (entry (advantages old) s a))"),
    ("ε_exp without the absolute value", "(largest n live (fun s => abs (get means s)))", "(largest n live (get means))"),
    ("span over live states only", "add (largest n xpredT (fun i => sub (f i) (f 0%N)))", "add zero"),
    ("C with 3 in place of 4", "(of_nat 4) (largest_advantage u)) γ) (mul share share)", "(of_nat 3) (largest_advantage u)) γ) (mul share share)"),
    ("inverse not multiplied", "if is_inverse n g p d inverse then", "if ~~ le d zero then"),
    ("inverse with rows times 0", "~~ is_zero (get ds s) && every n", "every n"),
    ("inverse with a negative multiple", "  ~~ le d zero &&\n", "  ~~ is_zero d &&\n"),
    # Verdicts
    ("one margin suffices", "if all is_nonnegative margins then", "if has is_nonnegative margins then"),
    ("upper end of a margin decides", "if x is Finite b then le zero (lower b) else true", "if x is Finite b then le zero (upper b) else true"),
    ("lower end of a margin refutes", "if x is Finite b then ~~ le zero (upper b)", "if x is Finite b then ~~ le zero (lower b)"),
    ("an identity with a small error holds", "if is_zero e then Holds", "if le e (Qmake 1 1000000) then Holds"),
    ("pinsker with TV²", "exact (opp (mul two square))", "exact (opp (mul (Qmake 199 100) square))"),
    ("bretagnolle-huber where TV = 1", "if le one square then None\n", "if le one square then Some Infinite\n"),
    ("terminal states count as none", "if ~~ some n live then not_applicable", "if false then not_applicable"),
    ("mean-kl-penalty for γ ≥ 1/2", "MeanKLPenalty => le two (mul (of_nat 3) γ)", "MeanKLPenalty => le one (mul two γ)"),
    ("dobrushin on models that are too large", "ResolventErgodicity | Dobrushin => (n <= most_states)%N", "ResolventErgodicity => (n <= most_states)%N"),
    ("Ā ≥ 0 not tested", "if every n (fun s => le zero (get (means u) s)) then", "if true then"),
    ("pointwise improvement of some states", "if every n (fun s => ~~ live s || no_worse s)", "if every n (fun s => ~~ le zero (get ρ s) || no_worse s)"),
    ("conservative-gain without its assumption", "if le (div (mul two mixture_loss) square_share) (mean_gain u) then", "if true then"),
    ("conservative-gain with the whole 𝔸", "let lower := add η (div (mean_gain u) two)", "let lower := add η (mean_gain u)"),
    ("monotone-step with a finite bound for ∞", "is Finite b then at_least (ball_from (surrogate_value u) b)\n      else vacuous", "is Finite b then at_least (ball_from (surrogate_value u) b)\n      else at_least (Ball η η)"),
    ("improved without a test", "improved : verdict := if le zero (gain u) then", "improved : verdict := if true then"),
    ("guaranteed by the upper end", "if x is Finite b then Finite (ball_from η b) else exact", "if x is Finite b then Finite (Ball (sub η (upper b)) (sub η (upper b))) else exact"),
    ("guaranteed by claims that know the candidate", "if all_lowers a_priori_claims is", "if all_lowers all_claims is"),
    # The comparison with the certificate
    ("every interval accepted as stated", "Some [&& equal l low, equal h high, le l (lower b) & le (upper b) h]", "Some true"),
    ("upper end as stated not compared", "Some [&& equal l low, equal h high, le l (lower b) & le (upper b) h]", "Some (equal l low && le l (lower b))"),
    ("an exact number compared with one end", "Some (is_exact b && equal q (lower b))", "Some (equal q (lower b))"),
    ("stated ∞ accepted for a number", "  | Infinite, Infinity => Some true\n", "  | _, Infinity => Some true\n"),
    ("stated number accepted for ∞", "  | Infinite, Infinity => Some true\n", "  | Infinite, _ => Some true\n"),
    ("stated margin not compared", "both (agree_option (stated_margin x) (margin y))\n", "both (Some true)\n"),
    ("stated bound not compared", "both (agree_option (stated_bound x) (lower_bound y))\n", "both (Some true)\n"),
    ("stated verdict not compared", "both (Some (verdict_eqb (stated_verdict x) (found y)))\n", "both (Some true)\n"),
    ("missing claims accepted", "  | None, _ => Some false\n  end.\n\n(** ** The examination", "  | None, _ => Some true\n  end.\n\n(** ** The examination"),
    ("missing quantities accepted", "then agree y (quantity_of u x) else Some false", "then agree y (quantity_of u x) else Some true"),
    ("undecided verdicts accepted", "Some (verdict_eqb v w) else None", "Some (verdict_eqb v w) else Some true"),
    ("undecided claims accepted", "  | Some _, None => None\n  | None, _ => Some false\n  end.\n\n(** ** The examination", "  | Some _, None => Some true\n  | None, _ => Some false\n  end.\n\n(** ** The examination"),
    ("one agreement suffices", "  | Some true, Some true => Some true\n  | _, _ => None", "  | Some true, _ | _, Some true => Some true\n  | _, _ => None"),
    ("claims left out", "  [seq (InClaim x, agree_claim (stated_result c x) (result_of bits m u x)) | x <- all_claims] ++\n", ""),
    ("one quantity left out", "      LargestKL; AverageKL; LargestReverseKL; AverageReverseKL].", "      LargestKL; AverageKL; LargestReverseKL]."),
    ("reverse divergences left out", "  [seq (InReverse s, agree (nth Infinity (stated_reverse c) s) (get_number (reverses u) s)) | s <- iota 0 n] ++\n", ""),
    ("accepted for want of bits", "if answer_with is Accept then true else false", "if answer_with is Reject _ then false else true"),
    ("the inputs' faults forgotten", "answer_of ((InModel, Some (Z.leb 0 bits)) :: examine_inputs ++ examine_update u)", "answer_of ((InModel, Some (Z.leb 0 bits)) :: examine_update u)"),
]

# Changes after which every proof must still hold: they alter what is tried, or whether more bits are asked for.
HARMLESS = [
    ("other constants for mean-kl", "finite b ++ finite c ++ finite d ++ finite (Some zero)", "finite b ++ finite (Some one)"),
    ("a cell tested at one end", "if le low (lower b) && le (upper b) high then Some", "if le low (lower b) then Some"),
]


def owner(old):
    """The one file of the checker that has this text."""
    found = [path for path in CHECKER if old in path.read_text()]
    if len(found) != 1 or found[0].read_text().count(old) != 1:
        sys.exit(f"not in one place of Proofs/Checker: {old}")
    return found[0].relative_to(PROOFS)


def narrower_bounds():
    """A fault for each bound: its width 1 % smaller."""
    path = next(path for path in CHECKER if "Definition width_of " in path.read_text())
    text = path.read_text()
    start = text.index("Definition width_of ")
    cases = text[start : text.index("\n  end.", start)]
    share = "(Qmake 99 100)"
    for case in re.findall(r"(?m)^  \| (?:.|\n(?!  \| ))*", cases):
        head, _, width = case.partition("=>")
        width = width.strip()
        plain = re.fullmatch(r"exact (\(.*\))", width, re.S)
        narrower = f"exact (mul {share} {plain[1]})" if plain else f"times {share} ({width})"
        yield f"width of {head.strip(' |')} × 99/100", case, f"{head}=> {narrower}"


def dependants(changed):
    """The changed file and those of the checker that need it, in the order of compilation."""
    order = [path.relative_to(PROOFS) for path in files()]
    command = ["coqdep", "-Q", ".", "Monotone", *map(str, order)]
    output = subprocess.run(command, cwd=PROOFS, capture_output=True, text=True, check=True).stdout
    needs = {}
    for line in output.replace("\\\n", " ").splitlines():
        targets, _, sources = line.partition(":")
        if made := re.match(r"(\S+)\.vo ", targets):
            needs[made[1]] = {source[:-3] for source in sources.split() if source.endswith(".vo")}
    affected = {str(changed.with_suffix(""))}
    for path in order:
        name = str(path.with_suffix(""))
        if needs.get(name, set()) & affected:
            affected.add(name)
    return [path for path in order if str(path.with_suffix("")) in affected]


def refusal(changed, text):
    """The file and the lemma at which Coq refuses the checker with one file changed; None if it does not."""
    affected = dependants(changed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for path in files():
            path = path.relative_to(PROOFS)
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            if path not in affected:
                (folder / path).with_suffix(".vo").symlink_to((PROOFS / path).with_suffix(".vo"))
        for path in affected:
            source = text if path == changed else (PROOFS / path).read_text()
            (folder / path).write_text(source)
            run = subprocess.run(
                [*COQC, "-Q", name, "Monotone", str(folder / path)], capture_output=True, text=True)
            if run.returncode != 0:
                return f"`{path.name}`, {stop(source, run.stderr)}"
    return None


def main():
    words = [word for word in sys.argv[1:] if word != "--some"]
    changes = [(*fault, False) for fault in [*FAULTS, *narrower_bounds()]]
    changes += [(*change, True) for change in HARMLESS]
    places = [owner(old) for _, old, _, _ in changes]
    chosen = [i for i, (what, *_) in enumerate(changes) if not words or any(word in what for word in words)]
    if "--some" in sys.argv:
        chosen = chosen[::8]
    wrong = 0
    print("| change of the checker | file | Coq stops in |\n|---|---|---|")
    for i in chosen:
        what, old, new, harmless = changes[i]
        where = refusal(places[i], (PROOFS / places[i]).read_text().replace(old, new))
        wrong += (where is None) != harmless
        said = where or ("nothing: it does no harm" if harmless else "**accepted**")
        print(f"| {what} | `{places[i].name}` | {said if not harmless or where is None else f'**{said}**'} |", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
