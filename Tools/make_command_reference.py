#!/usr/bin/env python3
"""Writes the command reference of the documentation from the help of every command.

    python3 Tools/make_command_reference.py [--monotone PROGRAM] [--check]

With --check it writes nothing, and exits with 1 if the file is not what the help says now.
"""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "Documentation" / "Monotone.docc" / "Commands.md"
HEAD = """# Commands

The help of every command, as `monotone help COMMAND` prints it.

<!-- Written by Tools/make_command_reference.py; do not edit. -->
"""


def help_of(program, command):
    environment = {**os.environ, "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    result = subprocess.run([program, *command, "--help"], capture_output=True, text=True, env=environment, check=True)
    return "\n".join(line.rstrip() for line in result.stdout.strip().splitlines())


def subcommands(text):
    """The names under SUBCOMMANDS: two spaces before each."""
    _, _, listed = text.partition("SUBCOMMANDS:\n")
    return re.findall(r"^  ([a-z]+)(?: |$)", listed.partition("\n\n")[0], re.M)


def sections(program, command=()):
    text = help_of(program, command)
    yield f"\n## {' '.join(['monotone', *command])}\n\n```text\n{text}\n```\n"
    for name in subcommands(text):
        yield from sections(program, (*command, name))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--monotone", default=str(ROOT / ".build" / "release" / "monotone"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    text = HEAD + "".join(sections(options.monotone))
    if not options.check:
        ARTICLE.write_text(text, encoding="utf-8")
    elif ARTICLE.read_text(encoding="utf-8") != text:
        print(f"{ARTICLE.relative_to(ROOT)} is not what the help says; run make command-reference", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
