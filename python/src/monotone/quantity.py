"""Numbers that know how well they are known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .verdict import Verdict

__all__ = ["Quantity"]

Number = int | float | Fraction


@dataclass(frozen=True)
class Quantity:
    """A real number, as an enclosure or exactly.

    The true number lies within ``radius`` of ``value``. Comparisons with a number give a :class:`Verdict`, so
    ``assert check.max_kl <= 0.01`` passes only if that is proved and fails only if it is refuted.

    Attributes:
        value: The nearest known double; infinite where the number is; NaN where it is not known.
        radius: Bound on the distance to the true number; NaN in ``float64`` arithmetic without a bound.
        exact: The number itself, where it is known and rational.
    """

    value: float
    radius: float = math.nan
    exact: Fraction | None = None

    @classmethod
    def of(cls, value: object) -> Quantity:
        """The quantity of a member of a document: a number, ``{midpoint, radius}`` or ``{exact, approximate}``."""
        if value is None:
            return cls(math.nan)
        if isinstance(value, str):
            return cls(_double(value), 0.0)
        if isinstance(value, dict):
            return cls._of_object(value)
        if isinstance(value, int | float):
            return cls(float(value))
        raise TypeError(f"a quantity is a number or an object, not {type(value).__name__}")

    @classmethod
    def _of_object(cls, value: dict[str, Any]) -> Quantity:
        if "exact" in value:
            exact = Fraction(value["exact"])
            approximate = _double(value.get("approximate"))
            if not math.isfinite(approximate):
                return cls(approximate, math.nan, exact)
            error = abs(exact - Fraction(approximate))
            return cls(approximate, math.nextafter(float(error), math.inf) if error else 0.0, exact)
        midpoint, radius = _double(value.get("midpoint")), _double(value.get("radius"))
        known = radius == 0 and math.isfinite(midpoint)
        return cls(midpoint, radius, Fraction(midpoint) if known else None)

    @classmethod
    def enclosure(cls, value: float, radius: float) -> Quantity:
        """The quantity within ``radius`` of ``value``; with radius 0 it is ``value`` itself."""
        return cls(value, radius, Fraction(value) if radius == 0 and math.isfinite(value) else None)

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        if self.exact is not None and len(text := str(self.exact)) <= 24:
            return text
        if self.exact is not None and not math.isfinite(self.value):
            return f"{Decimal(self.exact.numerator) / Decimal(self.exact.denominator):.15e}"
        if math.isnan(self.value):
            return "unknown"
        if self.radius > 0:
            return f"{self.value!r} ± {self.radius:.1e}"
        return repr(self.value)

    def __le__(self, other: Number) -> Verdict:
        return self._compare(other, strict=False)

    def __lt__(self, other: Number) -> Verdict:
        return self._compare(other, strict=True)

    def __ge__(self, other: Number) -> Verdict:
        return _negated(self < other)

    def __gt__(self, other: Number) -> Verdict:
        return _negated(self <= other)

    def _compare(self, other: Number, *, strict: bool) -> Verdict:
        """Whether the number is below ``other``, in rational arithmetic."""
        if not isinstance(other, int | float | Fraction):
            return NotImplemented
        if math.isnan(other):
            return Verdict.UNDECIDED
        if math.isinf(other) or math.isinf(self.value):
            return self._compare_infinite(float(other), strict=strict)
        limit = Fraction(other)
        if self.exact is not None:
            low = high = self.exact
        elif math.isfinite(self.value) and math.isfinite(self.radius):
            low = Fraction(self.value) - Fraction(self.radius)
            high = Fraction(self.value) + Fraction(self.radius)
        else:
            return Verdict.UNDECIDED
        if high < limit or (high == limit and not strict):
            return Verdict.HOLDS
        if low > limit or (low == limit and strict):
            return Verdict.VIOLATED
        return Verdict.UNDECIDED

    def _compare_infinite(self, other: float, *, strict: bool) -> Verdict:
        if self.exact is not None:
            return Verdict.HOLDS if other > 0 else Verdict.VIOLATED
        if math.isinf(self.value):
            if self.radius != 0:
                return Verdict.UNDECIDED
        elif not (math.isfinite(self.value) and math.isfinite(self.radius)):
            return Verdict.UNDECIDED
        below = self.value < other or (self.value == other and not strict)
        return Verdict.HOLDS if below else Verdict.VIOLATED


def _negated(verdict: Verdict) -> Verdict:
    return {Verdict.HOLDS: Verdict.VIOLATED, Verdict.VIOLATED: Verdict.HOLDS}.get(verdict, verdict)


def _double(value: object) -> float:
    if value is None:
        return math.nan
    if isinstance(value, str):
        return {"infinity": math.inf, "-infinity": -math.inf}.get(value, math.nan)
    return float(value)  # type: ignore[arg-type]
