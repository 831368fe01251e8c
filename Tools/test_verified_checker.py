#!/usr/bin/env python3
"""Compares the checker extracted from its proof with check_certificate.py, which shares no code with it.

    python3 Tools/test_verified_checker.py [--random COUNT] [PROGRAM]      default: .build/checker/check_certificate

Runs the tests of check_certificate.py (the certificates of Tests/Certificates, every tampering and forgery); with --random,
makes certificates of random models and policies instead, and changes one entry of every third. Both checkers must end with
the same exit status on all files. PROGRAM is built by Tools/build_checker.sh. The tests run in one process a core; the
files of a disagreement are kept beside the program.
"""

import collections
import io
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import types
import unittest
from fractions import Fraction
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
                shutil.copy(path, KEPT / f"{os.getpid()}-{len(disagreements)}-{Path(path).name}")


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


def random_row(draw, names):
    """Probabilities, some of them 0, written as fractions."""
    weights = [draw.choice((0, 1, 1, 2, 3, draw.randint(1, 10 ** draw.randint(1, 12)))) for _ in names]
    if not any(weights):
        weights[draw.randrange(len(weights))] = 1
    return {name: str(Fraction(w, sum(weights))) for name, w in zip(names, weights) if w}


def random_number(draw):
    return str(Fraction(draw.randint(-(10 ** draw.randint(0, 6)), 10 ** draw.randint(0, 6)), draw.choice((1, 2, 3, 10, 1000))))


def random_files(draw):
    """A model and two policies as JSON objects."""
    states = [f"s{i}" for i in range(draw.randint(1, 4))]
    actions = [f"a{i}" for i in range(draw.randint(1, 3))]
    terminal = [s for s in states[1:] if draw.random() < 0.2]
    live = [s for s in states if s not in terminal]
    offered = {s: [a for a in actions if draw.random() < 0.8] or actions[:1] for s in live}
    model = {
        "schema": "monotone/mdp/v1", "name": "random", "states": states, "actions": actions, "terminal": terminal,
        "discount": draw.choice(("0", "1/2", "2/3", "0.9", "0.99", "0.999999", str(Fraction(draw.randint(0, 999), 1000)))),
        "initial": random_row(draw, states),
        "transitions": [
            {"from": s, "action": a, "to": random_row(draw, states), "reward": random_number(draw)} for s in live for a in offered[s]
        ],
    }
    current = {s: random_row(draw, offered[s]) for s in live}
    candidate = {s: current[s] if draw.random() < 0.3 else random_row(draw, offered[s]) for s in live}
    step = Fraction(draw.choice((1, 1, Fraction(1, 10), Fraction(1, 10 ** draw.randint(2, 12)))))
    mixed = {}
    for s in live:
        old, new = ({a: Fraction(p) for a, p in policy[s].items()} for policy in (current, candidate))
        row = {a: old.get(a, 0) + step * (new.get(a, 0) - old.get(a, 0)) for a in offered[s]}
        mixed[s] = {a: str(p) for a, p in row.items() if p}
    policies = [{"schema": "monotone/policy/v1", "mdp": "random", "probabilities": p} for p in (current, mixed)]
    return [model, *policies]


def random_case(draw, folder):
    """Compares the checkers on a certificate of a random update."""
    paths = [folder / name for name in ("model.json", "current.json", "candidate.json", "certificate.json")]
    for path, file in zip(paths, random_files(draw)):
        path.write_text(json.dumps(file), encoding="utf-8")
    model = checker.read_model(str(paths[0]))
    policies = [checker.read_policy(str(path), model) for path in paths[1:3]]
    stated = {key: tests.solved(model, policy) for key, policy in zip(("current", "candidate"), policies)}
    for bits in checker.PRECISIONS:
        try:
            certificate = tests.written(checker.derive(model, *policies, stated, bits), vars(checker))
            break
        except checker.Undecided:
            continue
    else:
        return  # a number on the boundary of a cell
    if draw.random() < 1 / 3:
        path, value = draw.choice([*tests.leaves(certificate)])
        other = draw.choice(tests.others(value)) if tests.is_number(value) else draw.choice((*tests.VERDICTS, "infinity", "0"))
        certificate = tests.changed(certificate, path, other)
    paths[3].write_text(json.dumps(certificate), encoding="utf-8")
    try:
        checker.check(*map(str, paths))
    except tuple(STATUS):
        pass


def names_of_tests():
    """Those of check_certificate.py."""
    suites = unittest.defaultTestLoader.loadTestsFromModule(tests)
    return [test.id().split(".", 1)[1] for suite in suites for test in suite]


def run_test(name):
    """(whether a test passes, its comparisons by exit status, its disagreements, what it printed)."""
    counts.clear()
    disagreements.clear()
    output = io.StringIO()
    suite = unittest.defaultTestLoader.loadTestsFromName(name, tests)
    result = unittest.TextTestRunner(stream=output, verbosity=0).run(suite)
    return result.wasSuccessful(), dict(counts), [*disagreements], output.getvalue()


def run_tests():
    """Runs the tests of check_certificate.py; (those that fail, the comparisons by exit status, the disagreements)."""
    failed, statuses, found = 0, collections.Counter(), []
    with multiprocessing.get_context("fork").Pool() as workers:
        for has_passed, counted, differences, output in workers.imap_unordered(run_test, names_of_tests()):
            failed += not has_passed
            if not has_passed:
                print(output, end="")
            statuses.update(counted)
            found += differences
    return failed, dict(sorted(statuses.items())), found


def main(arguments):
    global program
    count, failed = 0, 0
    if arguments[:1] == ["--random"]:
        count, arguments = int(arguments[1]), arguments[2:]
    program = arguments[0] if arguments else program
    KEPT.mkdir(parents=True, exist_ok=True)
    checker.check = check_twice
    if count:
        draw = random.Random(19)
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(count):
                random_case(draw, Path(folder))
        statuses, found = counts, disagreements
    else:
        tests.subprocess = types.SimpleNamespace(run=run_twice)
        failed, statuses, found = run_tests()
    for paths, status, answer, said in found[:20]:
        print(f"{' '.join(map(str, paths))}: {status} by check_certificate.py, {answer} by the proved checker: {said}")
    print(f"{sum(statuses.values())} comparisons, by exit status {statuses}; {len(found)} disagreements")
    return 1 if failed or found or not statuses else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
