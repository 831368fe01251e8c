#!/usr/bin/env python3
"""Runs the console blocks of Markdown files and compares what they show with what the program prints.

    python3 Tools/check_console.py [--monotone PROGRAM] [--slow] FILE...

A block is fenced as ```console. A line that starts with "$ " is a command for bash; the lines up to the next
command are its output, standard error included. A line "…" stands for any lines, and … within a line for any
text. Of an interval m ± r only that it meets the one shown is asked, and the width of spaces is not compared. Blocks fenced as ```console slow run only with --slow. The blocks of a file run in order, in one empty
folder which has links to the models, tools and examples, with `monotone` on the path.

Exit status: 0 everything is as shown; 1 something is not; 64 wrong usage; 66 a file cannot be read.
"""

import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINKS = ("mdps", "Tools", "Examples")
SECONDS = 300  # that a command may take


class Command:
    """A command, the output that the file shows, and the line where it stands."""

    def __init__(self, line, text):
        self.line, self.text, self.shown = line, text, []


def commands(markdown, slow):
    """The commands of the console blocks, in order."""
    found, fence = [], None
    for index, line in enumerate(markdown.splitlines(), start=1):
        if fence is None:
            if match := re.fullmatch(r"```console( slow)?", line.strip()):
                fence = slow or not match[1]
        elif line.strip() == "```":
            fence = None
        elif fence and line.startswith("$ "):
            found.append(Command(index, line[2:]))
        elif fence and found and found[-1].text.endswith("\\"):
            found[-1].text += f"\n{line}"
        elif fence:
            if not found:
                raise ValueError(f"line {index}: output before any command")
            found[-1].shown.append(line.rstrip())
    return found


INTERVAL = re.compile(r"(-?[0-9.]+(?:e[+-]?[0-9]+)?) ± ([0-9.]+(?:e[+-]?[0-9]+)?)")


def line_pattern(line):
    """What a line must look like to be as shown; a group for each of its intervals."""
    parts, last = [], 0
    for match in INTERVAL.finditer(line):
        parts += [plain(line[last : match.start()]), INTERVAL.pattern]
        last = match.end()
    return "".join([*parts, plain(line[last:])])


def plain(text):
    """Text as it stands, with … for any text and one or more spaces for spaces."""
    words = [r".*?".join(map(re.escape, word.split("…"))) for word in re.split(r" +", text)]
    return " +".join(words)


def is_as_shown(shown, printed):
    """Whether lines are those shown, and each printed interval m ± r meets the one shown.

    Last digits and radii depend on the processor.
    """
    parts = [r"(?:.*\n)*?" if line == "…" else line_pattern(line) + r"\n" for line in shown]
    match = re.fullmatch("".join(parts), "".join(f"{line}\n" for line in printed))
    if not match:
        return False
    ends = [*map(float, match.groups())]
    expected = [(float(m), float(r)) for line in shown if line != "…" for m, r in INTERVAL.findall(line)]
    found = [*zip(ends[::2], ends[1::2])]
    return all(abs(m - n) <= r + q for (m, r), (n, q) in zip(expected, found, strict=True))


def output(command, folder, monotone):
    """What a command prints."""
    programs = folder / ".programs"
    environment = {
        **os.environ,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
    }
    programs.mkdir(exist_ok=True)
    if not (link := programs / "monotone").exists():
        link.symlink_to(monotone.resolve())
    result = subprocess.run(
        ["bash", "-c", command.text],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
    )
    return [line.rstrip() for line in result.stdout.decode("utf-8", "replace").splitlines()]


def differences(path, monotone, slow):
    """A text for each command whose output is not as shown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for link in LINKS:
            (folder / link).symlink_to(ROOT / link)
        for command in commands(path.read_text(encoding="utf-8"), slow):
            printed = output(command, folder, monotone)
            if not is_as_shown(command.shown, printed):
                lines = difflib.unified_diff(command.shown, printed, "shown", "printed", lineterm="")
                yield f"{path}:{command.line}: $ {command.text}\n" + "\n".join(f"  {x}" for x in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--monotone", type=Path, default=ROOT / ".build" / "release" / "monotone")
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("files", type=Path, nargs="+")
    try:
        options = parser.parse_args()
    except SystemExit as end:
        return 64 if end.code else 0
    status = 0
    for path in options.files:
        try:
            for difference in differences(path, options.monotone, options.slow):
                print(difference, file=sys.stderr)
                status = 1
        except OSError as fault:
            print(f"{path}: {fault.strerror}", file=sys.stderr)
            return 66
        except ValueError as fault:
            print(f"{path}: {fault}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
