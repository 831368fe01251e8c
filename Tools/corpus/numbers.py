"""Exact numbers as JSON text: the corpus never writes a rounded number without saying so."""

import json
from fractions import Fraction

import mpmath


def exact(number):
    """The exact value of an int, a Fraction, or a literal string such as "0.1" or "1/3" (never of a float)."""
    if isinstance(number, float):
        raise TypeError(f"{number!r} is a float; write it as a string or a Fraction")
    return Fraction(number)


def number_text(number):
    """`number` as JSON: a plain decimal where it terminates, otherwise the string "p/q".

    A string is kept as it was given, so that a file can show that "1/2" and 0.5 are the same number.
    """
    if isinstance(number, str):
        return json.dumps(number)
    value = exact(number)
    if value.denominator == 1:
        return str(value.numerator)
    digits = _decimal_places(value.denominator)
    if digits is None:
        return f'"{value.numerator}/{value.denominator}"'
    scaled = abs(value.numerator) * 10**digits // value.denominator
    whole, fraction = divmod(scaled, 10**digits)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{fraction:0{digits}d}"


def _decimal_places(denominator):
    """How many decimals 1/denominator needs, or None where it does not terminate."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return max(twos, fives) if denominator == 1 else None


def rounded(number, places):
    """An mpmath number rounded to `places` decimals, as a Fraction."""
    return Fraction(int(mpmath.nint(number * mpmath.mpf(10) ** places)), 10**places)


def rounded_row(row, places):
    """A probability row rounded to `places` decimals whose largest entry takes the remainder, so it sums to exactly 1."""
    result = [rounded(p, places) for p in row]
    largest = max(range(len(result)), key=result.__getitem__)
    result[largest] += 1 - sum(result)
    return result
