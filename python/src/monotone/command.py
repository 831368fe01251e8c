"""The command ``monotone``, which comes with the package: reports, conversions, and everything else it can do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from . import _places
from .errors import InternalError, InvalidInput, MonotoneError, UnreadableFile, UsageError

__all__ = ["convert", "main", "run", "verify"]

_ERRORS: dict[int, type[MonotoneError]] = {64: UsageError, 65: InvalidInput, 66: UnreadableFile}
# What the command says of claims and conditions, which is no failure of it.
_ANSWERS = (0, 2, 3, 4)


def main() -> NoReturn:
    """Becomes the command."""
    program = str(_places.command())
    os.execv(program, [program, *sys.argv[1:]])


def run(*arguments: str | os.PathLike[str], input: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the command and gives its output and status: 0, or 2, 3, 4 for what it says of claims and conditions.

    Raises:
        MonotoneError: It failed; the class is that of its status, the text what it wrote to standard error.
    """
    line = [str(_places.command()), *(os.fspath(argument) for argument in arguments)]
    done = subprocess.run(line, input=input, capture_output=True, text=True, check=False)
    if done.returncode not in _ANSWERS:
        message = done.stderr.strip() or f"monotone {arguments[0]} ended with status {done.returncode}"
        raise _ERRORS.get(done.returncode, InternalError)(message)
    return done


def verify(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    rule_iterations: int | None = None,
    arithmetic: str | None = None,
    overwrite: bool = False,
) -> Path:
    """Checks every claim on many updates of every model, and writes a report.

    Args:
        paths: Models, or folders of them.
        output: The report's folder; ``index.html`` and ``verification.json`` are in it.
        rule_iterations: Steps of each improvement rule to prove; 0 skips the rules.
        arithmetic: How verdicts are reached.
        overwrite: Whether to replace other output there.

    Returns:
        The folder.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    options: list[str] = []
    if rule_iterations is not None:
        options += ["--rule-iterations", str(rule_iterations)]
    if arithmetic is not None:
        options += ["--arithmetic", arithmetic]
    if overwrite:
        options.append("--overwrite")
    run("verify", *given, "--output", output, *options)
    return Path(output)


def convert(
    source: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    to: str,
    mdp: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
) -> Path:
    """Converts a model to ``sparse`` or ``dense`` form, or with ``mdp`` a policy to ``json`` or ``npy``.

    Returns:
        The file.
    """
    options = ["--overwrite"] if overwrite else []
    if mdp is not None:
        options += ["--mdp", os.fspath(mdp)]
    run("convert", source, "--to", to, "--output", output, *options)
    return Path(output)
