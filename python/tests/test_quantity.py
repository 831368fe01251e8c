"""Numbers with enclosures: what a comparison may say."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monotone import Quantity, Undecided, Verdict

finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(finite, st.floats(0, 1e6), st.fractions(min_value=-1, max_value=1), finite)
def test_a_comparison_is_true_of_every_number_of_the_enclosure(
    value: float, radius: float, share: Fraction, limit: float
) -> None:
    quantity = Quantity.enclosure(value, radius)
    member = Fraction(value) + Fraction(radius) * share
    for verdict, truth in (
        (quantity <= limit, member <= limit),
        (quantity < limit, member < limit),
        (quantity >= limit, member >= limit),
        (quantity > limit, member > limit),
    ):
        assert verdict is Verdict.UNDECIDED or bool(verdict) == truth


@pytest.mark.parametrize(
    ("quantity", "limit", "verdict"),
    [
        (Quantity.of({"exact": "1/3", "approximate": 1 / 3}), 1 / 3, Verdict.VIOLATED),
        (Quantity.of({"exact": "1/3", "approximate": 1 / 3}), Fraction(1, 3), Verdict.HOLDS),
        (Quantity.of({"midpoint": 1.0, "radius": 0}), 1, Verdict.HOLDS),
        (Quantity.of({"midpoint": 1.0, "radius": 1e-300}), 1, Verdict.UNDECIDED),
        (Quantity.of({"midpoint": 1.0, "radius": 0.5}), 0.5, Verdict.UNDECIDED),
        (Quantity.of({"midpoint": 1.0, "radius": 0.5}), 1.5, Verdict.HOLDS),
        (Quantity.of({"midpoint": 1.0, "radius": 0.5}), 0.49, Verdict.VIOLATED),
        (Quantity.of("infinity"), 1e308, Verdict.VIOLATED),
        (Quantity.of("-infinity"), -1e308, Verdict.HOLDS),
        (Quantity.of("infinity"), math.inf, Verdict.HOLDS),
        (Quantity.of(1.0), math.inf, Verdict.UNDECIDED),
        (Quantity.of(1.0), 2.0, Verdict.UNDECIDED),
        (Quantity.of(None), 2.0, Verdict.UNDECIDED),
        (Quantity.of({"midpoint": 1.0, "radius": 0.5}), math.nan, Verdict.UNDECIDED),
        (Quantity(math.inf, math.nan, Fraction(10) ** 400), math.inf, Verdict.HOLDS),
    ],
)
def test_edges(quantity: Quantity, limit: float | Fraction, verdict: Verdict) -> None:
    assert (quantity <= limit) is verdict


def test_an_exact_number_encloses_itself() -> None:
    third = Quantity.of({"exact": "1/3", "approximate": 1 / 3})
    assert abs(Fraction(1, 3) - Fraction(third.value)) <= Fraction(third.radius)
    assert float(third) == 1 / 3
    assert str(third) == "1/3"


@pytest.mark.parametrize("verdict", [Verdict.UNDECIDED, Verdict.CONSISTENT, Verdict.NOT_APPLICABLE])
def test_only_proofs_have_a_truth_value(verdict: Verdict) -> None:
    assert Verdict.HOLDS
    assert not Verdict.VIOLATED
    with pytest.raises(Undecided, match="neither true nor false"):
        bool(verdict)
