"""What becomes of a verdict in a test: nothing, an event, or a failure that can be reproduced."""

from __future__ import annotations

import json
import shlex
import warnings
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from ._arrays import PolicyLike
from ._operations import Arithmetic
from .errors import UndecidedWarning
from .model import MDP
from .verdict import Verdict

INLINE = 4000
"""A model file of more characters is written to a folder instead of the message."""


@dataclass
class Configuration:
    """What the pytest plugin's options set.

    Attributes:
        arithmetic: The default of all assertions.
        report: Where the files of failures are written.
    """

    arithmetic: Arithmetic | None = None
    report: Path | None = None


configuration = Configuration()


@dataclass(frozen=True)
class Judgement:
    """Judges statements on policies of a model: one policy, or those before and after an update."""

    mdp: MDP
    policies: tuple[PolicyLike, ...]
    strict: bool = False
    arithmetic: Arithmetic | None = None

    def require(self, verdict: Verdict, statement: str, condition: str | None = None) -> None:
        """Fails if the verdict is a refutation, or with ``strict`` if it is no proof.

        An equality that is consistent passes in silence: no interval proves more of it.

        Args:
            verdict: On what should be.
            statement: What is, if it is violated.
            condition: What ``monotone check --fail-on`` calls it.

        Raises:
            AssertionError: With the statement and what reproduces it.
        """
        if verdict is Verdict.HOLDS:
            return
        if verdict is Verdict.VIOLATED:
            kind = " (float64 evidence)" if self.arithmetic == "float64" else " (proved)"
            raise AssertionError(f"{statement}{kind}\n{self.reproduction(condition)}")
        found = Verdict.CONSISTENT if verdict is Verdict.CONSISTENT else Verdict.UNDECIDED
        if self.strict:
            raise AssertionError(
                f"{found.value}, which strict=True forbids: {statement}\n{self.reproduction(condition)}"
            )
        if found is Verdict.CONSISTENT:
            return
        note_undecided(f"undecided: {statement}")

    def reproduction(self, condition: str | None = None) -> str:
        """The files and the command that show the same without this program; written out where they are long."""
        names = ("current.json", "candidate.json") if len(self.policies) == 2 else ("policy.json",)
        files = {"model.json": self.mdp.to_json()}
        for name, policy in zip(names, self.policies, strict=True):
            files[name] = self._file(policy)
        options = ["--current", names[0], "--candidate", names[1]] if len(names) == 2 else ["--policy", names[0]]
        line = ["monotone", "check" if len(names) == 2 else "solve", "model.json", *options]
        if condition:
            line += ["--fail-on", condition]
        if self.arithmetic:
            line += ["--arithmetic", self.arithmetic]
        if any(getattr(policy, "dtype", None) == np.float32 for policy in self.policies):
            line += ["--precision", "float32"]
        command = shlex.join(line)
        folder = configuration.report
        if folder is None and sum(map(len, files.values())) > INLINE:
            folder = Path(mkdtemp(prefix="monotone-"))
        if folder is None:
            shown = "\n".join(f"{name}:\n{text.strip()}" for name, text in files.items())
            return f"{shown}\nreproduce: {command}"
        place = written(folder, files | {"command.txt": command + "\n"})
        text = f"\nmodel.json:\n{files['model.json'].strip()}" if len(files["model.json"]) <= INLINE else ""
        return f"reproduce: cd {shlex.quote(str(place))} && {command}{text}"

    def _file(self, policy: PolicyLike) -> str:
        """A policy as a file with the numbers that the assertion saw."""
        given = self.mdp._space.policy(policy)
        if given.array is None:
            return self.mdp._call("resolve_policy", (given,)).text()
        rows = given.array.astype(np.float64) if given.array.dtype != object else given.array
        members = [None if ended else row.tolist() for row, ended in zip(rows, self.mdp.terminal, strict=True)]
        document = {"schema": "monotone/policy/v1", "mdp": self.mdp.name, "probabilities": members}
        return json.dumps(document)


def written(folder: Path, files: dict[str, str]) -> Path:
    """Writes files to a new folder within one, numbered."""
    number = 1
    while True:
        place = folder / f"failure-{number}"
        try:
            place.mkdir(parents=True)
        except FileExistsError:
            number += 1
            continue
        for name, text in files.items():
            (place / name).write_text(text, encoding="utf-8")
        return place


def note_undecided(text: str) -> None:
    """Notes what was not decided: an event of the Hypothesis test that runs, else a warning."""
    try:
        from hypothesis import currently_in_test_context, event
    except ImportError:
        pass
    else:
        if currently_in_test_context():
            event(text.split(":")[0], text.split(": ", 2)[1])
            return
    warnings.warn(text, UndecidedWarning, stacklevel=4)
