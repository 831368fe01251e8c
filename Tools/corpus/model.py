"""An MDP as the builders state it, and its faults: a model that is not valid to the letter is never written."""

from dataclasses import dataclass, field
from fractions import Fraction

from .numbers import exact


@dataclass
class Transition:
    """One (state, action): where it leads, and the reward r(s,a), or r(s,a,s') as a dictionary by next state."""

    source: str
    action: str
    to: dict
    reward: object = 0


@dataclass
class Model:
    """A finite MDP. States and actions are names; `count_states`, `count_actions` write only how many there are."""

    name: str
    description: str
    source: str
    discount: object
    states: list
    actions: list
    initial: dict
    transitions: list
    terminal: list = field(default_factory=list)
    state_rewards: dict | None = None
    features: list | None = None
    dense: bool = False
    count_states: bool = False
    count_actions: bool = False

    def faults(self):
        """Everything that makes this model invalid, one sentence each."""
        found = []
        if not 0 <= exact(self.discount) < 1:
            found.append(f"discount {self.discount} is not in [0, 1)")
        if len(set(self.states)) != len(self.states) or len(set(self.actions)) != len(self.actions):
            found.append("a state or an action is named twice")
        found += _row_faults("initial", self.initial, self.states)
        seen = set()
        for t in self.transitions:
            where = f"({t.source}, {t.action})"
            if (t.source, t.action) in seen:
                found.append(f"{where} is given twice")
            seen.add((t.source, t.action))
            if t.source not in self.states or t.action not in self.actions:
                found.append(f"{where} is not declared")
            if t.source in self.terminal:
                found.append(f"{where} leaves a terminal state")
            found += _row_faults(where, t.to, self.states)
            if isinstance(t.reward, dict) and set(t.reward) != set(t.to):
                found.append(f"{where} has rewards for other states than its successors")
        alive = {source for source, _ in seen}
        found += [f"{s} has no action and is not terminal" for s in self.states if s not in alive | set(self.terminal)]
        if self.state_rewards and set(self.state_rewards) & set(self.terminal):
            found.append("a terminal state has a reward")
        if self.features and len(self.features) != len(self.states):
            found.append("features are not one row a state")
        return found


def _row_faults(where, row, states):
    found = [f"{where}: {s} is not a state" for s in row if s not in states]
    found += [f"{where}: probability {p} of {s} is not in (0, 1]" for s, p in row.items() if not 0 < exact(p) <= 1]
    total = sum((exact(p) for p in row.values()), Fraction(0))
    return found if total == 1 else found + [f"{where} sums to {total}"]


def uniform_over(states):
    """The uniform distribution over `states`, in their order."""
    return {s: Fraction(1, len(states)) for s in states}
