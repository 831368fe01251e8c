"""Gymnasium's tables of outcomes, made into the members of a model file, in rational numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ._decimals import Decimals, rational
from .errors import Fault, InvalidInput

TOLERANCE = Fraction(1, 10**9)


@dataclass(frozen=True)
class Outcome:
    """One way that an action may end: probability, next state, reward, and whether that ends the episode."""

    probability: Fraction
    next_state: int
    reward: Fraction
    terminated: bool


@dataclass(frozen=True)
class OutcomeTable:
    """The outcomes of all actions, ``rows[s][a]``."""

    states: int
    actions: int
    rows: Sequence[Sequence[Sequence[Outcome]]]

    @classmethod
    def of(cls, table: Mapping[int, Mapping[int, Any]], shape: tuple[int, int], decimals: Decimals) -> OutcomeTable:
        """Reads a table ``P``.

        Raises:
            InvalidInput: With every row that is no distribution.
        """
        states, actions = shape
        faults: list[Fault] = []
        rows = [
            [_row(table, state, action, states, decimals, faults) for action in range(actions)]
            for state in range(states)
        ]
        if faults:
            raise InvalidInput("\n".join(map(str, faults)), tuple(faults))
        return cls(states, actions, rows)

    def document(self, name: str, discount: Fraction | str, initial: Sequence[Fraction]) -> dict[str, Any]:
        """The model file's members; with one more state where terminated transitions need one."""
        starts = {state for state, probability in enumerate(initial) if probability}
        terminal, mixed = self._ended(starts)
        end = self.states if mixed else None
        if end is not None:
            terminal = {end}
        transitions = [
            self._entry(state, action, end)
            for state in range(self.states)
            if state not in terminal
            for action in range(self.actions)
            if self.rows[state][action]
        ]
        return {
            "schema": "monotone/mdp/v1",
            "name": name,
            "source": "the table of transitions of the Gymnasium environment of that name",
            "discount": str(discount),
            "states": self.states + (end is not None),
            "actions": self.actions,
            "initial": {str(state): str(initial[state]) for state in sorted(starts)},
            "terminal": sorted(map(str, terminal), key=int),
            "transitions": transitions,
        }

    def _ended(self, starts: set[int]) -> tuple[set[int], bool]:
        """The states that terminated transitions enter, and whether an episode is ever in one without ending.

        Only what an episode can do counts: it does not go on from where it ended, nor from where it cannot be.
        """
        terminal = {o.next_state for row in self.rows for outcomes in row for o in outcomes if o.terminated}
        seen, open_states = set(starts), list(starts)
        while open_states:
            for outcomes in self.rows[open_states.pop()]:
                for outcome in outcomes:
                    if not outcome.terminated and outcome.next_state not in seen:
                        seen.add(outcome.next_state)
                        open_states.append(outcome.next_state)
        return terminal, bool(terminal & seen)

    def _entry(self, state: int, action: int, end: int | None) -> dict[str, Any]:
        """An element of ``transitions``: outcomes that lead to one state are one, with their mean reward."""
        outcomes = self.rows[state][action]
        to: dict[int, Fraction] = {}
        reward = Fraction(0)
        for outcome in outcomes:
            target = end if end is not None and outcome.terminated else outcome.next_state
            to[target] = to.get(target, Fraction(0)) + outcome.probability
            reward += outcome.probability * outcome.reward
        return {
            "from": state,
            "action": action,
            "to": {str(target): str(probability) for target, probability in to.items()},
            "reward": str(reward),
        }


def _row(
    table: Mapping[int, Mapping[int, Any]],
    state: int,
    action: int,
    states: int,
    decimals: Decimals,
    faults: list[Fault],
) -> list[Outcome]:
    """The outcomes of a pair, divided by their sum, without those of probability 0; none where there is no row."""
    place = f"P[{state}][{action}]"
    try:
        found = list(table[state][action])
    except (KeyError, IndexError):
        return []
    outcomes: list[Outcome] = []
    for index, item in enumerate(found):
        try:
            probability, next_state, reward, terminated = item
            outcome = Outcome(
                rational(probability, decimals, "the probability"),
                int(next_state),
                rational(reward, decimals, "the reward"),
                bool(terminated),
            )
        except (TypeError, ValueError) as error:
            faults.append(Fault(str(error), path=f"{place}[{index}]"))
            continue
        if not 0 <= outcome.next_state < states:
            faults.append(Fault(f"next state {next_state}; expected 0 to {states - 1}", path=f"{place}[{index}]"))
        elif outcome.probability < 0:
            faults.append(Fault(f"probability {probability}; expected at least 0", path=f"{place}[{index}]"))
        elif outcome.probability:
            outcomes.append(outcome)
    total = sum((outcome.probability for outcome in outcomes), Fraction(0))
    if found and not faults and abs(total - 1) > TOLERANCE:
        faults.append(Fault(f"probabilities sum to {float(total)}; expected 1", path=place))
    if total in (0, 1):
        return outcomes
    return [Outcome(o.probability / total, o.next_state, o.reward, o.terminated) for o in outcomes]
