#!/usr/bin/env python3
"""Compares the checker extracted from its proof with check_certificate.py, which shares no code with it.

    python3 Tools/test_verified_checker.py [PROGRAM]      default: .build/checker/check_certificate

Runs the tests of check_certificate.py (the certificates of Tests/Certificates, every tampering and forgery). For each
pair of files that those tests have judged, both checkers must end with the same exit status. PROGRAM is built by
Tools/build_checker.sh.
"""

import shutil
import subprocess
import sys
import types
import unittest
from pathlib import Path

import check_certificate as checker
import test_check_certificate as tests

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build" / "checker" / "check_certificate"
KEPT = ROOT / ".build" / "checker" / "disagreements"  # the files of each
STATUS = {checker.Rejected: 1, checker.Malformed: 65, checker.Unreadable: 66}

counts = {}
disagreements = []
program = str(PROGRAM)
check = checker.check
run = subprocess.run


def compare(arguments, status):
    """Asks the program about the same files."""
    answer = run([program, *map(str, arguments)], capture_output=True, text=True)
    counts[status] = counts.get(status, 0) + 1
    if answer.returncode != status:
        disagreements.append((arguments, status, answer.returncode, (answer.stdout + answer.stderr).strip()))
        for path in arguments:
            if Path(path).is_file():
                shutil.copy(path, KEPT / f"{len(disagreements)}-{Path(path).name}")


def check_twice(*paths):
    """checker.check, and its comparison."""
    status = 0
    try:
        return check(*paths)
    except tuple(STATUS) as fault:
        status = STATUS[type(fault)]
        raise
    finally:
        compare(paths, status)


def run_twice(command, **options):
    """subprocess.run of check_certificate.py, and its comparison."""
    result = run(command, **options)
    if len(command) > 1 and command[1].endswith("check_certificate.py"):
        compare(command[2:], result.returncode)
    return result


def main(arguments):
    global program
    program = arguments[0] if arguments else program
    KEPT.mkdir(parents=True, exist_ok=True)
    checker.check = check_twice
    tests.subprocess = types.SimpleNamespace(run=run_twice)
    unittest.main(tests, argv=["test", "-q"], exit=False)
    for paths, status, found, said in disagreements[:20]:
        print(f"{' '.join(map(str, paths))}: {status} by check_certificate.py, {found} by the proved checker: {said}")
    print(f"{sum(counts.values())} comparisons, by exit status {counts}; {len(disagreements)} disagreements")
    return 1 if disagreements or not counts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
