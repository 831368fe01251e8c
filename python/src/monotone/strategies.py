"""Hypothesis strategies for models, policies and updates.

    @given(strategies.mdps().flatmap(lambda mdp: st.tuples(st.just(mdp), strategies.updates(mdp))))
    def test_rule(case):
        mdp, (current, candidate) = case

Underneath are small integer weights, so that a failing example shrinks: to fewer states and actions, to rewards of
0 and 1, to deterministic transitions, to one state or two.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from ._engine import Engine
from .model import MDP

__all__ = ["mdps", "policies", "policy_pairs_at", "updates"]

Policy = NDArray[np.float64]
Pair = tuple[Policy, Policy]

DISCOUNTS = ("1/2", "9/10", "0", "99/100")


@st.composite
def mdps(
    draw: st.DrawFn,
    *,
    max_states: int = 4,
    max_actions: int = 3,
    max_weight: int = 3,
    max_reward: int = 3,
    discounts: Sequence[str | Fraction] = DISCOUNTS,
    terminals: bool = True,
    unavailable: bool = True,
    engine: Engine | None = None,
) -> MDP:
    """Random models.

    Args:
        draw: Given by Hypothesis.
        max_states: The most states.
        max_actions: The most actions.
        max_weight: The largest weight of a next state; its probability is the weight over the row's sum.
        max_reward: The largest size of a reward r(s, a), a whole number.
        discounts: Values of γ below 1, the simplest first.
        terminals: Whether states may be terminal; the first never is.
        unavailable: Whether actions may be unavailable; the first action always is available.
        engine: Of :func:`monotone.connect`.
    """
    states = draw(st.integers(1, max_states))
    actions = draw(st.integers(1, max_actions))
    terminal = [False] + [terminals and draw(st.booleans()) for _ in range(states - 1)]
    weights = st.lists(st.integers(0, max_weight), min_size=states, max_size=states)
    transitions = []
    for state in range(states):
        for action in range(actions):
            # Drawn for every pair, so that to make a state terminal or not leaves the others alone.
            row, reward = draw(weights), draw(st.integers(-max_reward, max_reward))
            missing = unavailable and action > 0 and draw(st.booleans())
            if terminal[state] or missing:
                continue
            total = sum(row)
            to = {str(s): str(Fraction(w, total)) for s, w in enumerate(row) if w} if total else {str(state): "1"}
            transitions.append({"from": state, "action": action, "to": to, "reward": reward})
    starts = draw(weights)
    total = sum(starts)
    initial = {str(s): str(Fraction(w, total)) for s, w in enumerate(starts) if w} if total else {"0": "1"}
    return MDP.from_dict(
        {
            "schema": "monotone/mdp/v1",
            "name": "random",
            "discount": str(draw(st.sampled_from(list(discounts)))),
            "states": states,
            "actions": actions,
            "initial": initial,
            "terminal": [str(state) for state in range(states) if terminal[state]],
            "transitions": transitions,
        },
        engine=engine,
    )


def policies(mdp: MDP, *, max_weight: int = 4, full_support: bool = False) -> st.SearchStrategy[Policy]:
    """Policies of a model, arrays (S, A) of float64; the simplest is uniform.

    Args:
        mdp: The model.
        max_weight: The largest weight of an action; its probability is the weight over the row's sum.
        full_support: Whether every available action has a positive probability.
    """
    states, actions = mdp.shape
    least = int(full_support)
    table = st.lists(
        st.lists(st.integers(least, max_weight), min_size=actions, max_size=actions),
        min_size=states,
        max_size=states,
    )
    return table.map(lambda weights: _policy(mdp, np.array(weights, dtype=np.float64)))


def updates(mdp: MDP, *, max_weight: int = 4, full_support: bool = False) -> st.SearchStrategy[Pair]:
    """Updates (current, candidate): no step, steps of many sizes, unrelated policies; the simplest is no step.

    Args:
        mdp: The model.
        max_weight: As in :func:`policies`.
        full_support: Whether both take every available action.
    """
    one = policies(mdp, max_weight=max_weight, full_support=full_support)
    sizes = st.sampled_from([0.0, 1.0, 0.5, 0.1, 1e-3, 1e-6])
    return st.tuples(one, one, sizes).map(lambda drawn: (drawn[0], _mixed(drawn[0], drawn[1], drawn[2])))


def policy_pairs_at(mdp: MDP, *, kl: float, max_weight: int = 4) -> st.SearchStrategy[Pair]:
    """Updates whose maximum KL(current ‖ candidate) over states is ``kl`` nats, to a relative 1e-9, and not above.

    The step goes from a policy that takes every action towards one that takes one action in each state. In a model
    without a choice there are no such updates, and the two policies are equal.

    Args:
        mdp: The model.
        kl: The maximum KL divergence, positive and finite.
        max_weight: As in :func:`policies`.

    Raises:
        ValueError: ``kl`` is not positive and finite.
    """
    if not (math.isfinite(kl) and kl > 0):
        raise ValueError(f"kl is {kl}; expected a positive finite number")
    current = policies(mdp, max_weight=max_weight, full_support=True)
    choices = st.lists(st.integers(0, mdp.shape[1] - 1), min_size=mdp.shape[0], max_size=mdp.shape[0])
    return st.tuples(current, choices).map(lambda drawn: (drawn[0], _at(mdp, drawn[0], drawn[1], kl)))


def _policy(mdp: MDP, weights: NDArray[Any]) -> Policy:
    """Weights over their sums; even where all are 0, and 0 at unavailable actions and terminal states."""
    rows = np.where(mdp.available, weights, 0.0)
    sums = rows.sum(axis=1, keepdims=True)
    even = mdp.available / np.maximum(mdp.available.sum(axis=1, keepdims=True), 1)
    policy: Policy = np.where(sums > 0, rows / np.where(sums > 0, sums, 1.0), even)
    return policy


def _mixed(current: Policy, target: Policy, share: float) -> Policy:
    return current.copy() if share == 0 else (1 - share) * current + share * target


def _at(mdp: MDP, current: Policy, choices: Sequence[int], kl: float) -> Policy:
    """The step from a policy towards choices whose maximum KL is ``kl``."""
    target = np.zeros_like(current)
    for state, choice in enumerate(choices):
        open_actions = np.flatnonzero(mdp.available[state])
        if open_actions.size:
            target[state, open_actions[choice % open_actions.size]] = 1
    low, high = 0.0, 1.0
    if not _max_kl(current, _mixed(current, target, high)) > kl:
        return current.copy()
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if _max_kl(current, _mixed(current, target, middle)) > kl else (middle, high)
    return _mixed(current, target, low)


def _max_kl(current: Policy, candidate: Policy) -> float:
    """max_s Σ_a π log(π/π̃), in the form whose terms are all ≥ 0, so that small steps keep their digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        x = np.where(current > 0, (candidate - current) / current, 0.0)
        terms = np.where(current > 0, current * (x - np.log1p(x)), candidate)
    return float(terms.sum(axis=1).max(initial=0.0))
