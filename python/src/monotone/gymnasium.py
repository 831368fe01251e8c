"""Gymnasium both ways: models of its tabular environments, and models as environments.

``python3 -m monotone.gymnasium FrozenLake-v1 --discount 0.99`` prints the model of an environment as a file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

import gymnasium
import numpy as np
from numpy.typing import ArrayLike

from . import _registration
from ._decimals import Decimals, rational
from ._engine import Engine
from ._environment import TabularEnv
from ._outcomes import OutcomeTable
from .errors import InvalidInput, MonotoneError, UsageError
from .model import MDP

__all__ = ["TabularEnv", "from_gymnasium"]

# Where the package is on the path without being installed, Gymnasium has not found its entry point.
_registration.register()


def from_gymnasium(
    environment: gymnasium.Env[Any, Any] | str,
    discount: str | float | Fraction,
    *,
    initial: ArrayLike | None = None,
    decimals: Decimals = "shortest",
    name: str | None = None,
    engine: Engine | None = None,
    **options: Any,
) -> MDP:
    """The model of a tabular environment, from its table ``P[s][a] = [(probability, s', reward, terminated), …]``.

    A terminated episode earns nothing more. So a state that episodes enter only by terminated transitions becomes a
    terminal state, whatever its own row says: Taxi's optimum is 6.33, where a reader that ignores ``terminated``
    finds more than 800. If episodes are in such a state without ending, too, then terminated transitions lead to one
    more state instead, ``S``, the last; policies may then have the environment's own shape. Time limits end episodes
    without ending the process, and are not part of the model.

    Args:
        environment: An environment with a table ``P``, or the id of one.
        discount: γ; a text or a Fraction is exact.
        initial: ρ0, shape (S,), or a state's index; default the environment's ``initial_state_distrib``.
        decimals: How probabilities and rewards become rational. Rows that miss the sum 1 by rounding are divided by
            it, so that the three 0.3333333333333333 of FrozenLake are thirds.
        name: What results call the model; default the environment's id.
        engine: Of :func:`monotone.connect`.
        options: Of :func:`gymnasium.make`, where an id is given.

    Raises:
        UsageError: Gymnasium knows no environment of that id, or cannot make it.
        InvalidInput: The environment has no table, or no initial distribution, or the table has faults.

    Source: Gymnasium's toy-text environments (FrozenLake, CliffWalking, Taxi), whose ``P`` this reads.
    """
    made = isinstance(environment, str)
    try:
        env = gymnasium.make(environment, **options) if isinstance(environment, str) else environment
    except gymnasium.error.Error as error:
        raise UsageError(f"Gymnasium cannot make {environment}: {error}") from error
    try:
        base = env.unwrapped
        title = name or (base.spec.id if base.spec is not None else type(base).__name__)
        table = OutcomeTable.of(_table(base, title), _count(base, title), decimals)
        given = _initial(base, title) if initial is None else initial
        return _open(table, given, discount, title, decimals, engine)
    finally:
        if made:
            env.close()


def _open(
    table: OutcomeTable,
    initial: Any,
    discount: str | float | Fraction,
    title: str,
    decimals: Decimals,
    engine: Engine | None,
) -> MDP:
    if isinstance(initial, int | np.integer):
        if not 0 <= initial < table.states:
            raise InvalidInput(f"initial is state {initial}; expected 0 to {table.states - 1}, or a distribution")
        start = [Fraction(int(index == initial)) for index in range(table.states)]
    else:
        start = [rational(value, decimals, "initial") for value in np.asarray(initial).tolist()]
    if len(start) != table.states:
        raise InvalidInput(f"initial has {len(start)} probabilities; expected one of each of {table.states} states")
    gamma = discount if isinstance(discount, str) else rational(discount, decimals, "the discount")
    document = table.document(title, gamma, start)
    mdp = MDP.from_dict(document, engine=engine)
    mdp.decimals = decimals
    if len(mdp.states) > table.states:
        mdp._space.environment_states = table.states
    return mdp


def _count(base: Any, title: str) -> tuple[int, int]:
    """(S, A)."""
    counts = []
    for what in ("observation_space", "action_space"):
        space = getattr(base, what)
        if not isinstance(space, gymnasium.spaces.Discrete) or space.start != 0:
            raise InvalidInput(f"{title}: {what} is {space}; expected Discrete(n), from 0, as of a table")
        counts.append(int(space.n))
    return counts[0], counts[1]


def _table(base: Any, title: str) -> Mapping[int, Mapping[int, Any]]:
    table = getattr(base, "P", None)
    if table is None:
        raise InvalidInput(
            f"{title} has no table P of its transitions, so it has no exact model here; tabular environments "
            "such as FrozenLake-v1, CliffWalking-v1 and Taxi-v3 do. Give your own by monotone.MDP.from_arrays"
        )
    return cast(Mapping[int, Mapping[int, Any]], table)


def _initial(base: Any, title: str) -> Any:
    for member in ("initial_state_distrib", "isd"):
        if (found := getattr(base, member, None)) is not None:
            return found
    raise InvalidInput(f"{title} does not say where episodes start; give initial=, a distribution or a state")


def main() -> int:
    """Prints the model of an environment."""
    parser = argparse.ArgumentParser(prog="python3 -m monotone.gymnasium", description=main.__doc__)
    parser.add_argument("id", help="the environment, such as FrozenLake-v1")
    parser.add_argument("--discount", required=True)
    parser.add_argument("--decimals", choices=("shortest", "exact", "simplest"), default="shortest")
    arguments = parser.parse_args()
    try:
        mdp = from_gymnasium(arguments.id, arguments.discount, decimals=arguments.decimals)
    except MonotoneError as error:
        print(error, file=sys.stderr)
        return 65
    print(mdp.to_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
