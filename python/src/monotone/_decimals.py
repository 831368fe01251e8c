"""How floats become rational numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Literal

from .errors import InvalidInput, UsageError

__all__ = ["Decimals", "rational"]

Decimals = Literal["shortest", "exact", "simplest"]
"""``shortest``: the shortest decimal that reads as the float, 0.1 is 1/10; ``exact``: the binary fraction itself;
``simplest``: the fraction of the smallest denominator that reads as the float, 0.3333333333333333 is 1/3."""


def rational(value: object, decimals: Decimals, what: str) -> Fraction:
    """A number as a fraction; numbers that are exact already stay so.

    Raises:
        InvalidInput: It is not a finite number.
    """
    if isinstance(value, Fraction | int):
        return Fraction(value)
    try:
        if isinstance(value, str):
            return Fraction(value.strip())
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        raise InvalidInput(f"{what} is {value!r}; expected a finite number") from None
    if not math.isfinite(number):
        raise InvalidInput(f"{what} is {number}; expected a finite number")
    return reader(decimals)(number)


def reader(decimals: Decimals) -> Callable[[float], Fraction]:
    """The function that makes finite floats rational.

    Raises:
        UsageError: There is no such way.
    """
    try:
        return _READERS[decimals]
    except KeyError:
        raise UsageError(f"decimals={decimals!r}; expected one of {', '.join(_READERS)}") from None


def shortest(value: float) -> Fraction:
    """The shortest decimal that reads as the float."""
    return Fraction(repr(value))


def simplest(value: float) -> Fraction:
    """The fraction of the smallest denominator that rounds to the float."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return exact
    if value < 0:
        return -simplest(-value)
    low = (exact + Fraction(math.nextafter(value, 0.0))) / 2
    high = (exact + Fraction(math.nextafter(value, math.inf))) / 2
    found = _simplest_between(low, high)
    # An end of the interval rounds to the float only where the float is even.
    return found if float(found) == value else exact


def _simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of the smallest denominator in [low, high], 0 ≤ low, by continued fractions."""
    whole = math.ceil(low)
    if whole <= high:
        return Fraction(whole)
    below = math.floor(low)
    return below + 1 / _simplest_between(1 / (high - below), 1 / (low - below))


_READERS: dict[str, Callable[[float], Fraction]] = {
    "shortest": shortest,
    "exact": Fraction,
    "simplest": simplest,
}
