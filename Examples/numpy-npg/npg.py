"""Natural policy gradient in plain NumPy, for tabular softmax policies (Kakade 2002), and its own tests.

    pip install dist/monotone-*.whl hypothesis    # the wheel of `make wheel`
    python3 Examples/numpy-npg/npg.py            # tests the step
    python3 Examples/numpy-npg/npg.py --faulty   # tests one with a sign wrong; shows the simplest model that tells

Nothing of the step itself comes from Monotone: the tests compare it with exact mathematics from the outside.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

import monotone.testing

Array = np.ndarray[Any, np.dtype[np.float64]]
STEP = 0.1


def advantages(mdp: monotone.MDP, policy: Array, sign: int = +1) -> Array:
    """A(s, a) = r(s, a) + γ Σ P(s'|s, a) V(s') − V(s); with the sign wrong, what follows counts against an action."""
    gamma = float(mdp.discount)
    chain = np.einsum("sa,sat->st", policy, mdp.transitions)
    values = np.linalg.solve(np.eye(len(chain)) - gamma * chain, (policy * mdp.rewards).sum(axis=1))
    return mdp.rewards + sign * gamma * (mdp.transitions @ values) - values[:, None]


def natural_gradient_step(mdp: monotone.MDP, policy: Array, sign: int = +1) -> Array:
    """π̃(a|s) ∝ π(a|s) exp(step · A(s, a)): the natural gradient of softmax logits."""
    scores = np.where(mdp.available, STEP * advantages(mdp, policy, sign), -np.inf)
    best = np.where(mdp.terminal, 0.0, scores.max(axis=1, initial=-np.inf))
    weights = policy * np.exp(scores - best[:, None])
    total = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


def test(step: Callable[[monotone.MDP, Array], Array]) -> None:
    """The step goes up the exact surrogate, on every random model."""
    monotone.testing.assert_policy_improvement_rule(step, raises_surrogate=True, full_support=True, examples=300)


if __name__ == "__main__":
    if "--faulty" in sys.argv:
        test(partial(natural_gradient_step, sign=-1))
    test(natural_gradient_step)
    monotone.testing.assert_advantages(advantages)
    print("300 random updates go up the surrogate; 100 advantages are exact")
