"""Verdicts: a truth value that must not be guessed."""

from __future__ import annotations

from enum import Enum

from .errors import Undecided

__all__ = ["Outcome", "Verdict"]


class Verdict(Enum):
    """What is known of a statement.

    ``bool(verdict)`` is True only for a proof and False only for a refutation. The others raise
    :class:`~monotone.errors.Undecided`: a claim that does not apply says nothing of the update either, so that
    neither ``assert verdict`` nor ``assert not verdict`` passes by it.

    How strong a proof is depends on the arithmetic: ``float64`` gives evidence within an error bound, all others
    give theorems.
    """

    HOLDS = "holds"
    """Proved."""
    VIOLATED = "violated"
    """Refuted, by proof."""
    UNDECIDED = "undecided"
    """The enclosure of the numbers contains the boundary."""
    CONSISTENT = "consistent"
    """Of an equality: not refuted within the radius of its margin, and not proved, because no interval proves one."""
    NOT_APPLICABLE = "notApplicable"
    """An assumption of the claim fails; :attr:`monotone.Claim.assumption` says which."""

    @classmethod
    def of_code(cls, code: int) -> Verdict:
        """The verdict of a number of C: 1 holds, 0 violated, -1 undecided, 2 does not apply, 3 consistent."""
        return _OF_CODE[code]

    @classmethod
    def of(cls, text: str) -> Verdict:
        """The verdict of a word of the documents, which say of facts ``yes`` and ``no``."""
        return _OF_TEXT[text]

    def __bool__(self) -> bool:
        if self is Verdict.HOLDS:
            return True
        if self is Verdict.VIOLATED:
            return False
        if self is Verdict.UNDECIDED:
            raise Undecided(
                "the verdict is undecided, which is neither true nor false; compare it with `is`, or decide it "
                'with arithmetic="exact"'
            )
        if self is Verdict.CONSISTENT:
            raise Undecided(
                "the equality is consistent, which is neither true nor false: not refuted, and not proved; decide it "
                'with arithmetic="exact"'
            )
        raise Undecided("the claim does not apply, so it is neither true nor false; compare its verdict with `is`")

    def __repr__(self) -> str:
        return f"Verdict.{self.name}"


_OF_CODE = {
    1: Verdict.HOLDS,
    0: Verdict.VIOLATED,
    -1: Verdict.UNDECIDED,
    2: Verdict.NOT_APPLICABLE,
    3: Verdict.CONSISTENT,
}
_OF_TEXT = {verdict.value: verdict for verdict in Verdict} | {
    "yes": Verdict.HOLDS,
    "no": Verdict.VIOLATED,
}


class Outcome(Enum):
    """What an update did to the return η."""

    GUARANTEED = "guaranteed"
    """It improved, and a bound guaranteed that before the step was taken: of audits and of steps of rules."""
    IMPROVED = "improved"
    """It improved, proved; no bound guaranteed it."""
    UNCHANGED = "unchanged"
    """The return is the same, proved."""
    HARMFUL = "harmful"
    """The return fell, proved."""
    UNDECIDED = "undecided"
    """Not decided in this arithmetic."""

    def __repr__(self) -> str:
        return f"Outcome.{self.name}"
