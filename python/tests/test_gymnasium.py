"""Models of Gymnasium's environments, and models as environments."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import monotone
from monotone import InvalidInput

Table = dict[int, dict[int, list[tuple[float, int, float, bool]]]]


class Tabled(gymnasium.Env[np.int64, np.int64]):
    """An environment of a table."""

    def __init__(self, table: Table, start: Any = None) -> None:
        self.P = table
        self.observation_space = gymnasium.spaces.Discrete(len(table))
        self.action_space = gymnasium.spaces.Discrete(len(table[0]))
        if start is not None:
            self.initial_state_distrib = np.array(start)


def optimum(environment: Any, discount: float, steps: int = 3000) -> Any:
    """The optimal return by value iteration on the table, where terminated transitions earn nothing after."""
    base = environment.unwrapped
    values = np.zeros(base.observation_space.n)
    rows = [[base.P[s][a] for a in range(base.action_space.n)] for s in range(len(values))]
    for _ in range(steps):
        values = np.array(
            [
                max(sum(p * (r + discount * (not d) * values[t]) for p, t, r, d in row) for row in rows[s])
                for s in range(len(values))
            ]
        )
    return float(np.asarray(base.initial_state_distrib) @ values)


@pytest.mark.parametrize(("name", "value"), [("FrozenLake-v1", None), ("CliffWalking-v1", None), ("Taxi", 6.33)])
def test_the_suite(name: str, value: float | None) -> None:
    """The five lines: import, model, check, verdict, assertion."""
    name = name if name != "Taxi" else max(key for key in gymnasium.registry if key.startswith("Taxi-v"))
    mdp = monotone.from_gymnasium(name, discount="0.99")
    assert mdp.shape == (gymnasium.make(name).observation_space.n, mdp.shape[1])  # type: ignore[attr-defined]
    best = float(mdp.solve("optimal").expected_return)
    monotone.testing.assert_improves(mdp, "uniform", "optimal")
    monotone.testing.assert_claims(mdp, "uniform", "mix(0.1, uniform, optimal)")
    if value is None:
        assert best == pytest.approx(optimum(gymnasium.make(name), 0.99), abs=1e-6)
    if value is not None:
        assert best == pytest.approx(value, abs=0.005)


def test_the_thirds_of_frozen_lake_are_thirds() -> None:
    for decimals in ("shortest", "simplest"):
        mdp = monotone.from_gymnasium("FrozenLake-v1", "0.99", decimals=decimals)
        mine = mdp.solve("uniform", arithmetic="exact").expected_return.exact
        shipped = monotone.model("frozen-lake-4x4").solve("uniform", arithmetic="exact").expected_return.exact
        assert mine == shipped
        assert mdp.decimals == decimals


def test_a_state_that_only_ends_episodes_is_terminal() -> None:
    table: Table = {0: {0: [(1.0, 1, 5.0, True)]}, 1: {0: [(1.0, 1, 100.0, True)]}}
    mdp = monotone.from_gymnasium(Tabled(table, [1, 0]), "1/2")
    assert mdp.terminal.tolist() == [False, True]
    assert mdp.solve(arithmetic="exact").expected_return.exact == 5


def test_a_state_entered_both_ways_is_split() -> None:
    # Action 0 ends the episode in state 1; action 1 enters state 1 and earns 2 there for ever.
    table: Table = {
        0: {0: [(1.0, 1, 5.0, True)], 1: [(1.0, 1, 0.0, False)]},
        1: {0: [(1.0, 1, 2.0, False)], 1: [(1.0, 1, 2.0, False)]},
    }
    mdp = monotone.from_gymnasium(Tabled(table, [1, 0]), "1/2")
    assert mdp.shape == (3, 2)
    assert mdp.terminal.tolist() == [False, False, True]
    ends, stays = np.array([[1.0, 0], [1, 0]]), np.array([[0, 1.0], [1, 0]])
    assert mdp.solve(ends, arithmetic="exact").expected_return.exact == 5
    assert mdp.solve(stays, arithmetic="exact").expected_return.exact == 2
    assert [c.outcome.value for c in mdp.check_all(ends, np.stack([stays, ends]))] == ["harmful", "unchanged"]


def test_an_initial_state_that_ends_episodes_is_split() -> None:
    table: Table = {0: {0: [(0.5, 0, 1.0, True), (0.5, 1, 0.0, False)]}, 1: {0: [(1.0, 0, 3.0, True)]}}
    mdp = monotone.from_gymnasium(Tabled(table, [1, 0]), "1/2")
    # V(1) = 3, V(0) = 1/2 + 1/4 · 3.
    assert mdp.solve(arithmetic="exact").expected_return.exact == Fraction(5, 4)


@pytest.mark.parametrize(
    ("environment", "options", "words"),
    [
        ("CartPole-v1", {}, "CartPole-v1.*P|observation_space"),
        (Tabled({0: {0: [(1.0, 0, 0.0, False)]}}), {}, "give initial="),
        (Tabled({0: {0: [(0.9, 0, 0.0, False)]}}, [1]), {}, r"P\[0\]\[0\]: probabilities sum to 0.9; expected 1"),
        (Tabled({0: {0: [(1.0, 7, 0.0, False)]}}, [1]), {}, r"P\[0\]\[0\]\[0\]: next state 7; expected 0 to 0"),
        (Tabled({0: {0: [(float("nan"), 0, 0.0, False)]}}, [1]), {}, "probability is nan"),
        (Tabled({0: {0: [(1.0, 0, float("inf"), False)]}}, [1]), {}, "reward is inf"),
        (Tabled({0: {0: [(1.0, 0, 0.0)]}}, [1]), {}, "unpack"),  # type: ignore[list-item]
        (Tabled({0: {0: [(1.0, 0, 0.0, False)]}}, [1]), {"initial": [1, 0]}, "initial has 2 probabilities"),
        (Tabled({0: {0: [(1.0, 0, 0.0, False)]}}, [1]), {"initial": 3}, "initial is state 3"),
        (Tabled({0: {0: [(1.0, 0, 0.0, False)]}}, [1]), {"discount": "3/2"}, "discount"),
    ],
)
def test_bad_environments_are_refused(environment: Any, options: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        monotone.from_gymnasium(environment, **({"discount": "0.9"} | options))


def test_an_unknown_environment_has_the_nearest() -> None:
    with pytest.raises(monotone.UsageError, match="FrozenLake"):
        monotone.from_gymnasium("FrozenLak-v1", "0.9")


def test_the_module_prints_a_model() -> None:
    line = [sys.executable, "-m", "monotone.gymnasium", "FrozenLake-v1", "--discount", "0.99"]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert monotone.MDP.from_json(done.stdout).name == "FrozenLake-v1"
    failed = subprocess.run([*line[:3], "CartPole-v1", *line[4:]], capture_output=True, text=True, check=False)
    assert failed.returncode == 65
    assert "CartPole-v1" in failed.stderr


def test_a_model_is_an_environment() -> None:
    with monotone.model("frozen-lake-4x4") as mdp:
        env = gymnasium.make("monotone/Tabular-v0", mdp=mdp, max_episode_steps=50)
        check_env(env.unwrapped, skip_render_check=True)
        assert env.unwrapped.mdp is mdp  # type: ignore[attr-defined]


def rollout(env: gymnasium.Env[Any, Any], seed: int, steps: int) -> list[Any]:
    actions = np.random.default_rng(seed)
    seen: list[Any] = [env.reset(seed=seed)[0]]
    for _ in range(steps):
        state, reward, terminated, truncated, info = env.step(actions.choice(np.flatnonzero(info_mask(env))))
        seen.append((int(state), reward, terminated, truncated, info["action_mask"].tolist()))
        if terminated or truncated:
            seen.append(env.reset()[0])
    return seen


def info_mask(env: gymnasium.Env[Any, Any]) -> Any:
    return env.unwrapped._info()["action_mask"]  # type: ignore[attr-defined]


def test_an_environment_samples_its_model() -> None:
    with monotone.model("racing") as mdp:
        env = gymnasium.make("monotone/Tabular-v0", mdp=mdp)
        assert rollout(env, 3, 200) == rollout(env, 3, 200) != rollout(env, 4, 200)
        env.reset(seed=0)
        counts = np.zeros(3)
        for _ in range(4000):
            env.reset(options={"state": 0})
            state, reward, *_ = env.step(np.int64(1))
            counts[state] += 1
            assert reward == 2
        # Half of 4000; 5 standard deviations are 158.
        assert abs(counts[0] - 2000) < 158
        assert counts[2] == 0


def test_the_smallest_random_number_leads_to_no_impossible_state() -> None:
    class Zero:
        def random(self) -> float:
            return 0.0

    with monotone.model("racing") as mdp:
        env = monotone.gymnasium.TabularEnv(mdp)
        env._np_random = Zero()  # type: ignore[assignment]
        # Going fast when warm leads to the third state for sure.
        env._state = 1
        assert env.step(np.int64(1))[0] == 2


def test_unavailable_actions_are_errors() -> None:
    with monotone.model("gamblers-problem") as mdp:
        env = gymnasium.make("monotone/Tabular-v0", mdp=mdp, disable_env_checker=True)
        env.reset(options={"state": 1})
        with pytest.raises(InvalidInput, match="not available in state"):
            env.step(np.int64(40))
