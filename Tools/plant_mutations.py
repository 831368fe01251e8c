#!/usr/bin/env python3
"""Plants faults in a copy of the solver and shows that the properties catch each of them.

Usage: python3 Tools/plant_mutations.py [--check | --tests] [--cases 2000] [--keep FOLDER] [--output FILE.md]

All faults are planted at once, each behind a switch that an environment variable sets, so that the
copy is built once. For each fault, `monotone fuzz` must find a violation within the given number of
cases, or the solver's own checks must stop it, or it never ends. Prints a table with the first case that shows the
fault and the size of the smallest counterexample, and exits 1 if a fault is missed. With --tests, the
faults that few random updates show are planted instead, and the suite named with each must fail. With
--check nothing is built: exits 1 if a fault has no place in the sources any more, or more than one.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from mutations import MUTATIONS, TESTED

ROOT = pathlib.Path(__file__).resolve().parent.parent

SWITCH = """#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The fault that is planted in this copy.
@usableFromInline let plantedMutation = getenv("PLANTED_MUTATION").flatMap { Int(String(cString: $0)) } ?? 0
"""


def misplaced() -> list[str]:
    """The faults that cannot be planted, because what they change stands nowhere, or more than once."""
    found = []
    for name, file, original, mutated, *_ in MUTATIONS + TESTED:
        path = ROOT / "Sources" / file
        count = path.read_text(encoding="utf-8").count(original) if path.exists() else 0
        if count != 1:
            found.append(f"{file}: what '{name}' changes stands there {count} times, not once")
        if not re.search(r"\bM\b", mutated):
            found.append(f"{file}: '{name}' has no switch M")
    return found


def plant(copy: pathlib.Path, faults: list) -> None:
    sources = copy / "Sources"
    for number, (_, file, original, mutated, *_) in enumerate(faults, 1):
        path = sources / file
        # A switch for each module: an import would bring names that the file does without.
        (sources / pathlib.Path(file).parts[0] / "PlantedMutation.swift").write_text(SWITCH, encoding="utf-8")
        text = path.read_text(encoding="utf-8")
        switched = re.sub(r"\bM\b", f"(plantedMutation == {number})", mutated)
        path.write_text(text.replace(original, switched), encoding="utf-8")


# The seconds that a run may take; a sound one takes a few.
LONGEST = 120
# Most faults show within so many cases; only those that do not are given all.
FIRST_CASES = 300


def run(copy: pathlib.Path, number: int, cases: int, folder: pathlib.Path) -> dict:
    environment = dict(os.environ, PLANTED_MUTATION=str(number), OPENBLAS_NUM_THREADS="1")
    command = [copy / ".build/release/monotone", "fuzz", "--cases", str(cases), "--json",
               "--counterexamples", str(folder / str(number))]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False,
                              timeout=LONGEST)
    except subprocess.TimeoutExpired:
        # Policy iteration by wrong numbers may go round for ever.
        return {"stopped": "never ends", "trap": f"no end within {LONGEST} s"}
    if done.returncode in (0, 2, 3):
        return json.loads(done.stdout)
    # An optimised build stops at a failed precondition without a word.
    trap = (f"signal {-done.returncode}" if done.returncode < 0
            else done.stderr.decode(errors="replace").strip())
    return {"stopped": "the solver's own check", "trap": trap}


def row(number: int, name: str, result: dict) -> tuple[str, bool, tuple[int, int] | None]:
    if "trap" in result:
        line = f"| {number} | {name} | {result['stopped']} | – | – | – | {result['trap']} |"
        return line, True, None
    caught = [p for p in result["properties"] if p.get("counterexample")]
    if not caught:
        return f"| {number} | {name} | **missed** | – | – | – | – |", False, None
    first = min(p["counterexample"]["case"] for p in caught)
    best = min(caught, key=lambda p: (p["counterexample"]["states"], p["counterexample"]["actions"]))
    shrunk = best["counterexample"]
    names = ", ".join(f"`{p['id']}`" for p in caught[:3]) + (", …" if len(caught) > 3 else "")
    return (f"| {number} | {name} | {first} | {len(caught)} | {shrunk['states']} | "
            f"{shrunk['actions']} | {names} |", True, (shrunk["states"], shrunk["actions"]))


def build(copy: pathlib.Path, faults: list, *what: str, tests: bool = False) -> None:
    """Builds a copy of the project with every fault in it."""
    copy.mkdir(parents=True, exist_ok=True)
    # Tests read these beside themselves.
    beside = ["mdps", "Tools", "Documentation", "Examples", "python", "Benchmarks"] if tests else []
    shutil.rmtree(copy / "Tests", ignore_errors=True)
    for name in ["Package.swift", "Sources", *(["Tests", *beside] if tests else [])]:
        source = ROOT / name
        shutil.rmtree(copy / name, ignore_errors=True)
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns(".build"))
        else:
            shutil.copy(source, copy / name)
    if not tests:
        # The tests are no part of the copy, but their targets want folders.
        for path in (ROOT / "Tests").iterdir():
            if path.name.endswith("Tests") or path.name == "TestSupport":
                (copy / "Tests" / path.name).mkdir(parents=True)
                (copy / "Tests" / path.name / "Empty.swift").write_text("\n")
    plant(copy, faults)
    subprocess.run(["swift", "build", "-j", "2", *what], cwd=copy, check=True, stdout=sys.stderr)


def missed_by_tests(copy: pathlib.Path) -> list[str]:
    """The faults that the suite named with each does not see."""
    build(copy, TESTED, "--build-tests", tests=True)
    missed = []

    def passes(number: int, suite: str) -> bool:
        done = subprocess.run(
            ["swift", "test", "--skip-build", "--disable-xctest", "--filter", rf"\.{suite}/"],
            cwd=copy, env=dict(os.environ, PLANTED_MUTATION=str(number), OPENBLAS_NUM_THREADS="1"),
            capture_output=True, text=True, check=False)
        if re.search(r"with 0 tests", done.stdout):
            sys.exit(f"there is no suite {suite}")
        return done.returncode == 0

    for number, (name, *_, suite) in enumerate(TESTED, 1):
        if not passes(0, suite):
            sys.exit(f"without a fault {suite} must pass")
        caught = not passes(number, suite)
        print(f"[{number}/{len(TESTED)}] {suite} {'fails' if caught else 'MISSES'}: {name}", flush=True)
        missed += [] if caught else [name]
    return missed


def table(copy: pathlib.Path, cases: int) -> tuple[str, list[str]]:
    """What is said of each fault, and the faults that nothing is said of."""
    lines = ["| | planted fault | first case | properties | states | actions | caught by |",
             "|---|---|---|---|---|---|---|"]
    sizes, missed = [], []
    with tempfile.TemporaryDirectory() as folder:
        sound = run(copy, 0, min(cases, 100), pathlib.Path(folder))
        if any(p["violated"] for p in sound["properties"]):
            sys.exit("without a fault the copy must hold")
        for number, (name, *_) in enumerate(MUTATIONS, 1):
            print(f"[{number}/{len(MUTATIONS)}] {name}", file=sys.stderr)
            for budget in sorted({min(cases, FIRST_CASES), cases}):
                line, is_caught, size = row(
                    number, name, run(copy, number, budget, pathlib.Path(folder)))
                if is_caught:
                    break
            lines.append(line)
            sizes += [size] if size else []
            missed += [] if is_caught else [name]
    states = statistics.median(size[0] for size in sizes)
    actions = statistics.median(size[1] for size in sizes)
    lines += ["", f"{len(MUTATIONS) - len(missed)} of {len(MUTATIONS)} planted faults caught within "
              f"{cases} cases; the median shrunk counterexample has {states:g} states and "
              f"{actions:g} actions."]
    lines += ["", "Faults that show in tests only:", "", "| planted fault | caught by |", "|---|---|"]
    lines += [f"| {name} | `{test}` |" for name, *_, test in TESTED]
    return "\n".join(lines), missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--keep", help="build in this folder and leave it there")
    parser.add_argument("--output", help="write the table to this file as well")
    parser.add_argument("--check", action="store_true", help="only see that every fault has its place")
    parser.add_argument("--tests", action="store_true", help="plant the faults that tests alone show")
    options = parser.parse_args()
    if found := misplaced():
        sys.exit("\n".join(found))
    if options.check:
        print("mutations: every fault has its place")
        return 0
    copy = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="planted-"))
    if options.tests:
        missed = missed_by_tests(copy)
        if not options.keep:
            shutil.rmtree(copy)
        return 1 if missed else 0
    build(copy, MUTATIONS, "-c", "release", "--product", "monotone")
    text, missed = table(copy, options.cases)
    print(text)
    if options.output:
        head = ("# Planted faults\n\nWritten by `Tools/plant_mutations.py`: faults planted one at a "
                "time in a copy of the solver, and what\n`monotone fuzz` says of them. *First case*: "
                "the first that shows the fault; *properties*: how many do; *states*\nand *actions*: "
                "the smallest shrunk counterexample.\n\n")
        pathlib.Path(options.output).write_text(head + text + "\n", encoding="utf-8")
    if not options.keep:
        shutil.rmtree(copy)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
