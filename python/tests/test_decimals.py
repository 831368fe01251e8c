"""How floats become rational."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monotone import InvalidInput, UsageError
from monotone._decimals import rational, simplest


@given(st.fractions(min_value=-4, max_value=4, max_denominator=3000))
def test_simplest_finds_the_fraction_that_was_rounded(fraction: Fraction) -> None:
    assert simplest(float(fraction)) == fraction


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_way_reads_as_the_float(value: float) -> None:
    for decimals in ("shortest", "exact", "simplest"):
        assert float(rational(value, decimals, "x")) == value


def test_simplest_has_the_smallest_denominator() -> None:
    value = 0.3717
    found = simplest(value)
    smaller = (Fraction(round(value * d), d) for d in range(1, found.denominator))
    assert not any(float(fraction) == value for fraction in smaller)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "1/0", "a", None])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput, match="expected a finite number"):
        rational(value, "shortest", "the discount")


def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(UsageError, match="expected one of shortest, exact, simplest"):
        rational(0.5, "longest", "x")  # type: ignore[arg-type]
