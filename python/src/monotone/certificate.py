"""The certificate of an update: every number that a verdict depends on, as a rational."""

from __future__ import annotations

import os
from dataclasses import dataclass

from ._result import Result

__all__ = ["Certificate"]


@dataclass(frozen=True, repr=False, eq=False)
class Certificate(Result):
    """A proof in numbers of the verdicts on an update (``monotone/certificate/v1``).

    ``Tools/check_certificate.py`` of the repository derives every verdict anew from the model, the policies and
    this, with Python's standard library alone.
    """

    @property
    def text(self) -> str:
        """The certificate as JSON."""
        return self._reply.text()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the certificate to a file."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.text + "\n")

    def __repr__(self) -> str:
        document = self._document
        return f"<Certificate {document.get('current')} → {document.get('candidate')}: {len(self.text):,} bytes>"
