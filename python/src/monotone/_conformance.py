"""Tests of third-party code on random models: improvement rules, advantage estimators."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._judgement import Judgement, configuration
from .check import Check
from .errors import InvalidInput
from .model import MDP
from .quantity import Quantity

if TYPE_CHECKING:
    import hypothesis
    from hypothesis.strategies import SearchStrategy

__all__ = ["assert_advantages", "assert_policy_improvement_rule"]

Policy = NDArray[np.float64]


def assert_policy_improvement_rule(
    rule: Callable[[MDP, Policy], ArrayLike],
    *,
    mean_kl: float | None = None,
    max_kl: float | None = None,
    raises_surrogate: bool = True,
    raises_return: bool = False,
    full_support: bool = False,
    tolerance: float = 1e-9,
    models: SearchStrategy[MDP] | None = None,
    examples: int = 100,
    strict: bool = False,
) -> None:
    """Asserts on random models that a rule keeps its promises; a failure is shrunk to the simplest model.

    Args:
        rule: Gives the policy after a step, shape (S, A), of a model and the policy before, shape (S, A).
        mean_kl: Promise: the mean KL under the discounted visitation stays within this, in nats.
        max_kl: Promise: the maximum KL over states stays within this, in nats.
        raises_surrogate: Promise: L_π(π̃) ≥ η(π), the step goes along the advantages.
        raises_return: Promise: η(π̃) ≥ η(π).
        full_support: Whether the rule starts only from policies that take every action, as softmax rules do.
        tolerance: How far rounding may carry a promise past its limit, relative to the sizes involved.
        models: The models; default :func:`monotone.strategies.mdps`.
        examples: How many updates to try.
        strict: Whether undecided fails, too.

    Raises:
        AssertionError: A promise is proved to be broken; with the simplest model and what reproduces it.
    """
    import hypothesis
    from hypothesis import strategies as st

    from . import strategies

    source = models if models is not None else strategies.mdps()
    cases = source.flatmap(lambda mdp: st.tuples(st.just(mdp), strategies.policies(mdp, full_support=full_support)))

    @_settings(examples)
    @hypothesis.given(cases)
    def keeps_its_promises(case: tuple[MDP, Policy]) -> None:
        mdp, current = case
        candidate = np.asarray(rule(mdp, current.copy()))
        judge = Judgement(mdp, (current, candidate), strict=strict, arithmetic=configuration.arithmetic)
        try:
            if candidate.shape != mdp.shape:
                raise InvalidInput(f"shape {candidate.shape}; expected (states, actions) = {mdp.shape}")
            check = mdp.check(current, candidate, arithmetic=configuration.arithmetic, claims=["surrogate-value"])
        except InvalidInput as error:
            shown = Judgement(mdp, (current,)).reproduction()
            raise AssertionError(f"the rule's answer is no policy: {error}\n{shown}") from None
        size = _size(mdp, check)
        if raises_surrogate:
            gain = check.quantities["policyAdvantage"]
            judge.require(
                gain >= -tolerance * size,
                f"the surrogate changes by {gain}: the step goes against the advantages",
            )
        if raises_return:
            lost = _difference(check.return_candidate, check.return_current)
            judge.require(lost >= -tolerance * size, f"the return changes by {lost}", "harmful")
        limits = (("mean KL", check.mean_kl, mean_kl, "mean-kl"), ("max KL", check.max_kl, max_kl, "max-kl"))
        for name, value, limit, condition in limits:
            if limit is not None:
                judge.require(
                    value <= limit * (1 + tolerance), f"{name} is {value}, above {limit}", f"{condition}={limit!r}"
                )

    keeps_its_promises()


def assert_advantages(
    estimate: Callable[[MDP, Policy], ArrayLike],
    *,
    tolerance: float = 1e-9,
    models: SearchStrategy[MDP] | None = None,
    examples: int = 100,
) -> None:
    """Asserts on random models that a function computes A_π(s, a) = Q_π(s, a) − V_π(s).

    Args:
        estimate: Gives the advantages, shape (S, A), of a model and a policy, shape (S, A). What it says of
            unavailable actions and terminal states is ignored.
        tolerance: The largest error, relative to the largest advantage, or absolute below 1.
        models: The models; default :func:`monotone.strategies.mdps`.
        examples: How many policies to try.

    Raises:
        AssertionError: An advantage is proved to be wrong by more.
    """
    import hypothesis
    from hypothesis import strategies as st

    from . import strategies

    source = models if models is not None else strategies.mdps()
    cases = source.flatmap(lambda mdp: st.tuples(st.just(mdp), strategies.policies(mdp)))

    @_settings(examples)
    @hypothesis.given(cases)
    def are_exact(case: tuple[MDP, Policy]) -> None:
        mdp, policy = case
        found = np.asarray(estimate(mdp, policy.copy()), dtype=np.float64)
        shown = Judgement(mdp, (policy,)).reproduction
        if found.shape != mdp.shape:
            raise AssertionError(
                f"the advantages have shape {found.shape}; expected (states, actions) = {mdp.shape}\n{shown()}"
            )
        solution = mdp.solve(policy, arithmetic="certified")
        true, radius = solution.advantages, solution.radius("advantages")
        allowed = tolerance * max(1.0, float(np.abs(true).max(initial=0.0))) + radius
        # Written so that NaN is wrong.
        wrong = mdp.available & ~(np.abs(found - true) <= allowed * (1 + 1e-12))
        if wrong.any():
            state, action = (int(index) for index in np.argwhere(wrong)[0])
            raise AssertionError(
                f"the advantage of action {mdp.actions[action]} in state {mdp.states[state]} is "
                f"{true[state, action]!r} ± {radius[state, action]:.1e}, found {found[state, action]!r}\n{shown()}"
            )

    are_exact()


def _settings(examples: int) -> hypothesis.settings:
    """One failure is told, the simplest; models are made anew each time, which takes longer the first time."""
    import hypothesis

    phases = [phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.explain]
    return hypothesis.settings(
        max_examples=examples, deadline=None, database=None, report_multiple_bugs=False, phases=phases
    )


def _size(mdp: MDP, check: Check) -> float:
    """The size of the numbers that rounding is relative to."""
    advantage = float(check.quantities["maxAdvantage"])
    gamma = float(mdp.discount)
    return max(1.0, abs(float(check.return_current)), advantage / (1 - gamma) if gamma < 1 else advantage)


def _difference(after: Quantity, before: Quantity) -> Quantity:
    """An enclosure of the difference."""
    if after.exact is not None and before.exact is not None:
        return Quantity(float(after.exact - before.exact), float("nan"), after.exact - before.exact)
    value = after.value - before.value
    # One unit in the last place each for the rounding of the difference and of the sum.
    rounding = 2 * float(np.spacing(abs(value))) + 2 * float(np.spacing(after.radius + before.radius))
    return Quantity.enclosure(value, after.radius + before.radius + rounding)
