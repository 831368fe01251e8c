#!/usr/bin/env python3
"""Runs the toolkit under valgrind and fails if it loses memory, or keeps more of it the more it does.

    python3 Tools/check_leaks.py        what `make leaks` runs after building; needs valgrind

Two questions. Of a check in exact and in certified arithmetic and of a solve: is any memory definitely lost? Of many checks in
one process (`repeat-checks` in Benchmarks/): is as much in use at the end of 4 N of them as at the end of N? The second finds
what the first cannot, such as numbers that FLINT still holds in its pool because nobody gave them back. Exits 1 if something
leaks, 2 if a run fails.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MONOTONE = ROOT / ".build/release/monotone"
REPEAT = ROOT / "Benchmarks/.build/release/repeat-checks"
MODEL = "mdps/racing.json"
UPDATE = ["--current", "uniform", "--candidate", "softmax(0.01, uniform)"]
FEW = 4
MANY = 4 * FEW
# FLINT keeps the numbers it got back, each with the room of the largest it ever held, so some bytes
# may be added without a leak; but a leaked number adds a block of its own and more bytes than this.
BYTES_A_CHECK = 32

# Balls alone decide no equality, so a certified check leaves with this.
UNDECIDED = 3


def fail(message):
    print(message, file=sys.stderr)
    sys.exit(2)


class Memory:
    """What valgrind says of a run."""

    def __init__(self, command):
        run = subprocess.run(
            ["valgrind", "--leak-check=full", "--error-exitcode=0", *map(str, command)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )
        if run.returncode not in (0, UNDECIDED):
            fail(f"{command}: exit status {run.returncode}\n{run.stderr[-2000:]}")
        self.report = run.stderr
        self.used, self.blocks = self._figures(r"in use at exit: ([\d,]+) bytes in ([\d,]+) blocks")
        if "All heap blocks were freed" in run.stderr:
            self.lost = 0
        else:
            self.lost = sum(self._figures(rf"{kind} lost: ([\d,]+) bytes")[0] for kind in ("definitely", "indirectly"))

    def _figures(self, pattern):
        found = re.search(pattern, self.report)
        if not found:
            fail(f"valgrind did not say {pattern}:\n{self.report[-2000:]}")
        return [int(figure.replace(",", "")) for figure in found.groups()]


def main():
    if not shutil.which("valgrind"):
        fail("valgrind is not installed: apt-get install valgrind")
    leaks = False
    for name, command in {
        "exact check": [MONOTONE, "check", MODEL, *UPDATE, "--arithmetic", "exact"],
        "certified check": [MONOTONE, "check", MODEL, *UPDATE, "--arithmetic", "certified"],
        "exact solve": [MONOTONE, "solve", MODEL, "--arithmetic", "exact"],
    }.items():
        memory = Memory(command)
        print(f"{name}: {memory.lost} bytes lost, {memory.used} in use at exit", flush=True)
        if memory.lost:
            leaks = True
            print(memory.report)
    few, many = (Memory([REPEAT, MODEL, count]) for count in (FEW, MANY))
    print(f"{FEW} checks in every arithmetic: {few.lost} bytes lost, {few.used} bytes in {few.blocks} blocks in use at exit")
    print(f"{MANY} checks in every arithmetic: {many.lost} bytes lost, {many.used} bytes in {many.blocks} blocks in use at exit")
    more = MANY - FEW
    grows = many.blocks - few.blocks >= more or many.used - few.used > BYTES_A_CHECK * more
    print("memory grows with the number of checks" if grows else "memory does not grow with the number of checks")
    return int(leaks or grows or few.lost > 0 or many.lost > 0)


if __name__ == "__main__":
    sys.exit(main())
