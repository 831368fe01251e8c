#!/usr/bin/env python3
"""Prints the regular expression of the suites that are tagged `.slow`, for `swift test --skip`.

    python3 Tools/slow_tests.py

The tag stands in the sources: @Suite("…", .tags(.slow)). From Swift 6.4 on `swift test --skip tag:slow` reads it; until
then this program does. A tag that belongs to no suite is an error, so that none is without effect.
"""

import re
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "Tests"
TAG = re.compile(r"\.tags\([^)]*\.slow\b")
DECLARATION = re.compile(r"\b(struct|class|actor|enum|func) (\w+)")


def slow_suites(path):
    """The suites of a file, as `target.Suite`."""
    source = path.read_text(encoding="utf-8")
    target = path.relative_to(TESTS).parts[0]
    for tag in TAG.finditer(source):
        owner = DECLARATION.search(source, tag.end())
        if owner is None or owner[1] == "func":
            line = source.count("\n", 0, tag.start()) + 1
            sys.exit(f"{path}:{line}: the tag slow belongs to no suite; tag the type that holds the test")
        yield f"{target}.{owner[2]}"


def main():
    suites = sorted(suite for path in TESTS.rglob("*.swift") for suite in slow_suites(path))
    if not suites:
        sys.exit(f"no suite under {TESTS} is tagged slow")
    print("^(" + "|".join(re.escape(suite) for suite in suites) + ")/")


if __name__ == "__main__":
    main()
