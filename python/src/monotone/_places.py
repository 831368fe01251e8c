"""Where the library, the command and the shipped models are."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from .errors import LibraryError

PACKAGE = Path(__file__).resolve().parent
LIBRARY_VARIABLE = "MONOTONE_LIBRARY"
COMMAND_VARIABLE = "MONOTONE_COMMAND"


def library() -> Path:
    """The shared library: of the environment variable, else the package's own.

    Raises:
        LibraryError: There is none.
    """
    return _place(LIBRARY_VARIABLE, PACKAGE / "lib" / "libMonotoneC.so", "library")


def command() -> Path:
    """The program ``monotone``: of the environment variable, else the package's own, else on the path.

    Raises:
        LibraryError: There is none.
    """
    own = PACKAGE / "bin" / "monotone"
    if not own.exists() and COMMAND_VARIABLE not in os.environ:
        found = shutil.which("monotone")
        # The script of this package has the same name, and would start itself for ever.
        if found is not None and not _is_script(Path(found)):
            return Path(found)
    return _place(COMMAND_VARIABLE, own, "command")


def models() -> Path:
    """The folder of the shipped models; in a source checkout that of the repository."""
    own = PACKAGE / "mdps"
    return own if own.is_dir() else PACKAGE.parents[2] / "mdps"


def _place(variable: str, own: Path, kind: str) -> Path:
    if given := os.environ.get(variable):
        path = Path(given)
        if not path.is_file():
            raise LibraryError(f"{variable} names {given}, which is not a file; correct it, or remove it")
        return path
    if not own.is_file():
        raise LibraryError(
            f"this installation of monotone has no {kind} (expected {own}); install the wheel, or set "
            f"{variable} to a {kind} that `make wheel` built"
        )
    return own


def _is_script(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"#!"
