"""DeepSea of bsuite."""

from fractions import Fraction

from .model import Model, Transition


def deep_sea(size=8):
    cells = [(r, c) for r in range(size) for c in range(r + 1)]
    move_cost = Fraction(1, 100) / size

    def name(row, column):
        return f"r{row}c{column}" if row < size else "end"

    transitions = []
    for r, c in cells:
        transitions.append(Transition(name(r, c), "left", {name(r + 1, max(c - 1, 0)): 1}))
        treasure = 1 if c == size - 1 else 0
        transitions.append(Transition(name(r, c), "right", {name(r + 1, c + 1): 1}, treasure - move_cost))
    return Model(
        name=f"deep-sea-{size}",
        description=(
            f"A diver sinks one row a step for {size} steps, moving left or right; right costs 0.01/{size}, and right in "
            f"the last cell of the diagonal finds the treasure, 1. Only always-right finds it. Deterministic, 'right' is "
            f"the same action in every cell; only the {len(cells)} cells that can be reached, and one terminal state. "
            f"Features: row/{size}, column/{size}."
        ),
        source="Osband et al. 2020, Behaviour Suite for Reinforcement Learning, DeepSea (after Osband, Aslanides & Cassirer 2018).",
        discount=Fraction(99, 100),
        states=[name(r, c) for r, c in cells] + ["end"],
        actions=["left", "right"],
        initial={"r0c0": 1},
        terminal=["end"],
        transitions=transitions,
        features=[[Fraction(r, size), Fraction(c, size)] for r, c in cells] + [[1, 1]],
    )
