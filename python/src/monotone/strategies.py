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
_Weight = tuple[int, int]
_State = tuple[bool, list[tuple[int, list[_Weight]]]]

LARGEST = 700.0
DISCOUNTS = ("1/2", "9/10", "0", "99/100")


def mdps(
    *,
    max_states: int = 4,
    max_actions: int = 3,
    max_weight: int = 3,
    max_reward: int = 3,
    discounts: Sequence[str | Fraction] = DISCOUNTS,
    terminals: bool = True,
    unavailable: bool = True,
    engine: Engine | None = None,
) -> st.SearchStrategy[MDP]:
    """Random models.

    Args:
        max_states: The most states.
        max_actions: The most actions.
        max_weight: The largest weight of a next state; its probability is the weight over the row's sum.
        max_reward: The largest size of a reward r(s, a), a whole number.
        discounts: Values of γ below 1, the simplest first.
        terminals: Whether states may be terminal; the first never is.
        unavailable: Whether actions may be unavailable in some states.
        engine: Of :func:`monotone.connect`.
    """
    # Lists of parts that may be left out, because those shrink best; a next state counts modulo the states there are.
    # The last part says whether states stay that no episode reaches; without them a failure says more.
    # The last part says whether states stay that no episode reaches; without them a failure says more.
    next_states = st.lists(st.tuples(st.integers(0, max_states - 1), st.integers(1, max_weight)), max_size=max_states)
    action = st.tuples(st.integers(-max_reward, max_reward), next_states)
    state = st.tuples(
        st.booleans() if terminals else st.just(False), st.lists(action, min_size=1, max_size=max_actions)
    )
    states = st.integers(1, max_states).flatmap(lambda count: st.lists(state, min_size=count, max_size=count))
    drawn = st.tuples(states, next_states, st.sampled_from(list(discounts)), st.booleans())
    return drawn.map(lambda parts: MDP.from_dict(_document(*parts, unavailable=unavailable), engine=engine))


def policies(mdp: MDP, *, max_weight: int = 4, full_support: bool = False) -> st.SearchStrategy[Policy]:
    """Policies of a model, arrays (S, A) of float64; the simplest is uniform.

    Args:
        mdp: The model.
        max_weight: The largest weight of an action; its probability is the weight over the row's sum.
        full_support: Whether every available action has a positive probability.
    """
    states, actions = mdp.shape
    least = int(full_support)
    row = st.lists(st.integers(least, max_weight), min_size=actions, max_size=actions)
    table = st.lists(row, min_size=states, max_size=states)
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
        kl: The maximum KL divergence in nats, above 0 and at most 50.
        max_weight: As in :func:`policies`.

    Raises:
        ValueError: ``kl`` is out of range.
    """
    if not 0 < kl <= 50:
        raise ValueError(f"kl is {kl}; expected a number of nats above 0 and at most 50")
    current = policies(mdp, max_weight=max_weight, full_support=True)
    choices = st.lists(st.integers(0, mdp.shape[1] - 1), min_size=mdp.shape[0], max_size=mdp.shape[0])
    return st.tuples(current, choices).map(lambda drawn: (drawn[0], _at(mdp, drawn[0], drawn[1], kl)))


def _document(
    states: list[_State],
    initial: list[_Weight],
    discount: str | Fraction,
    whole: bool,
    *,
    unavailable: bool,
) -> dict[str, Any]:
    """The model file's members of what was drawn; unless it is to be whole, without states that no episode is in."""
    count = len(states)
    actions = max(len(listed) for _, listed in states)
    starts = _distribution(initial, count, 0)
    rows: dict[int, list[tuple[int, dict[int, str]]]] = {}
    for state, (ends, listed) in enumerate(states):
        kept = listed if unavailable else [*listed, *[listed[-1]] * (actions - len(listed))]
        rows[state] = [
            (reward, _distribution(weights, count, state)) for reward, weights in ([] if ends and state > 0 else kept)
        ]
    seen = list(range(count)) if whole else list(starts)
    for state in seen:
        seen += dict.fromkeys(t for _, to in rows[state] for t in to if t not in seen)
    number = {state: index for index, state in enumerate(sorted(seen))}

    def named(distribution: dict[int, str]) -> dict[str, str]:
        return {str(number[state]): share for state, share in distribution.items()}

    return {
        "schema": "monotone/mdp/v1",
        "name": "random",
        "discount": str(discount),
        "states": len(number),
        "actions": max(1, *(len(rows[state]) for state in number)),
        "initial": named(starts),
        "terminal": [str(index) for state, index in number.items() if not rows[state]],
        "transitions": [
            {"from": index, "action": action, "to": named(to), "reward": reward}
            for state, index in number.items()
            for action, (reward, to) in enumerate(rows[state])
        ],
    }


def _distribution(weights: list[_Weight], states: int, default: int) -> dict[int, str]:
    """Weights over their sum; all of it on one state where there are none."""
    sums: dict[int, int] = {}
    for state, weight in weights or [(default, 1)]:
        sums[state % states] = sums.get(state % states, 0) + weight
    total = sum(sums.values())
    return {state: str(Fraction(weight, total)) for state, weight in sums.items()}


def _policy(mdp: MDP, weights: Policy) -> Policy:
    """Weights over their sums; even where all are 0, and 0 at unavailable actions and terminal states."""
    weights = np.where(mdp.available, weights, 0.0)
    sums = weights.sum(axis=1, keepdims=True)
    even = mdp.available / np.maximum(mdp.available.sum(axis=1, keepdims=True), 1)
    policy: Policy = np.where(sums > 0, weights / np.where(sums > 0, sums, 1.0), even)
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
    # The share of the policy before is exp(-u), which keeps its digits both near 1 and near 0.
    low, high = 0.0, LARGEST
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if _max_kl(current, _towards(current, target, middle)) > kl else (middle, high)
    return _towards(current, target, low)


def _towards(current: Policy, target: Policy, u: float) -> Policy:
    return math.exp(-u) * current - math.expm1(-u) * target


def _max_kl(current: Policy, candidate: Policy) -> float:
    """max_s Σ_a π log(π/π̃), in the form whose terms are all ≥ 0, so that small steps keep their digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        x = np.where(current > 0, (candidate - current) / current, 0.0)
        terms = np.where(current > 0, current * (x - np.log1p(x)), candidate)
    return float(terms.sum(axis=1).max(initial=0.0))
