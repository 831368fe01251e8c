#!/usr/bin/env python3
"""Has Coq check what `monotone check --coq` writes: python3 Tools/test_coq_proofs.py [MONOTONE]

default: .build/release/monotone. Needs compiled proofs (make proofs). For racing, Kakade's example and FrozenLake 4x4, the
file must be accepted in less than a minute, and refused after any of several changes of one number.
"""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60
CASES = (
    ("racing", "mdps/racing.json", "uniform", "mix(1/4, uniform, greedy(uniform))"),
    ("kakade", "mdps/kakade-2003.json", "uniform", "mix(1/10, uniform, greedy(uniform))"),
    ("frozen_lake", "mdps/frozen-lake-4x4.json", "uniform", "mix(1/10, uniform, greedy(uniform))"),
)


def coqc(path):
    """(whether Coq accepts a file, seconds, what it says)."""
    start = time.monotonic()
    command = ["coqc", "-q", "-w", "none", "-Q", str(ROOT / "Proofs"), "Monotone", str(path)]
    run = subprocess.run(command, capture_output=True, text=True)
    return run.returncode == 0, time.monotonic() - start, run.stderr.strip()


def changes(text):
    """The file with one number changed, in each of its definitions."""
    for definition in ("model", "current", "candidate", "stated_quantities", "stated_claims", "stated_certificate"):
        start = text.index(f"Definition {definition} ")
        numbers = [*re.finditer(r"Qmake \(?(-?\d+)\)? (\d+)", text[start : text.index("Definition", start + 1) if
                   definition != "stated_certificate" else text.index("Lemma accepts")])]
        if numbers:
            chosen = numbers[len(numbers) // 2]
            at = start + chosen.start(1)
            yield definition, text[:at] + str(int(chosen[1]) + 1) + text[start + chosen.end(1) :]


def main(arguments):
    program = arguments[0] if arguments else str(ROOT / ".build" / "release" / "monotone")
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, model, current, candidate in CASES:
            path = Path(folder) / f"{name}.v"
            command = [program, "check", str(ROOT / model), "--current", current, "--candidate", candidate, "--coq", str(path)]
            written = subprocess.run(command, capture_output=True, text=True)
            if written.returncode not in (0, 2, 3):
                print(f"{name}: {written.stderr.strip()}")
                return 1
            is_accepted, seconds, said = coqc(path)
            print(f"{name}: {'accepted' if is_accepted else said} in {seconds:.0f} s", flush=True)
            faults += not is_accepted or seconds >= SECONDS
            if name != "racing":
                continue
            for definition, text in changes(path.read_text(encoding="utf-8")):
                changed = Path(folder) / f"changed_{definition}.v"
                changed.write_text(text, encoding="utf-8")
                is_accepted, seconds, said = coqc(changed)
                print(f"{name} with a number of {definition} changed: {'ACCEPTED' if is_accepted else 'refused'}", flush=True)
                faults += is_accepted
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
