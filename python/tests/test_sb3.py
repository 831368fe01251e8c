"""The callback for stable-baselines3, where that is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gymnasium
import numpy as np
import pytest

import monotone

pytest.importorskip("stable_baselines3")

from stable_baselines3 import DQN, PPO

from monotone.sb3 import AuditCallback, AuditFailure


@pytest.fixture
def lake() -> Iterator[monotone.MDP]:
    with monotone.model("frozen-lake-4x4") as mdp:
        yield mdp


def learner(mdp: monotone.MDP, **options: Any) -> PPO:
    env = gymnasium.make("monotone/Tabular-v0", mdp=mdp, max_episode_steps=50)
    return PPO("MlpPolicy", env, n_steps=128, batch_size=64, seed=0, device="cpu", **options)


def test_every_update_is_audited(lake: monotone.MDP) -> None:
    callback = AuditCallback(lake, delta=0.01)
    model = learner(lake)
    model.learn(128 * 3, callback=callback)
    assert [row.index for row in callback.rows] == [1, 2, 3]
    assert callback.audit.summary["updates"] == 3
    for row in callback.rows:
        assert row.batch is not None
        assert row.batch["rows"] == 128
        assert row.batch["impossibleRows"] == row.batch["unreachableRows"] == 0
        # PPO logs the sampled KL of its last epoch.
        assert isinstance(row.logged_kl, float)
        assert 0 <= row.logged_kl < 1
    # The policy before an update is the one after the last.
    for before, after in zip(callback.rows, callback.rows[1:], strict=False):
        assert before.return_candidate == after.return_current


def test_training_ends_where_it_should(lake: monotone.MDP) -> None:
    with pytest.raises(AuditFailure, match="update 1 is mean-kl") as caught:
        learner(lake, learning_rate=0.03).learn(1024, callback=AuditCallback(lake, fail_on={"mean-kl"}, delta=1e-6))
    assert caught.value.row.live_mean_kl > 1e-6


def test_bad_arguments_are_refused(lake: monotone.MDP) -> None:
    with pytest.raises(monotone.UsageError, match="unknown harm"):
        AuditCallback(lake, fail_on={"harm"})
    with pytest.raises(monotone.UsageError, match="give delta"):
        AuditCallback(lake, fail_on={"max-kl"})
    env = gymnasium.make("monotone/Tabular-v0", mdp=lake)
    with pytest.raises(monotone.UsageError, match="DQN is not on-policy"):
        DQN("MlpPolicy", env, device="cpu").learn(10, callback=AuditCallback(lake))
    with monotone.model("racing") as racing, pytest.raises(monotone.InvalidInput, match=r"expected Discrete\(3\)"):
        learner(lake).learn(128, callback=AuditCallback(racing))


def test_one_hot_observations_are_known(lake: monotone.MDP) -> None:
    env: Any = gymnasium.make("monotone/Tabular-v0", mdp=lake, max_episode_steps=50)
    space = gymnasium.spaces.Box(0, 1, (16,), np.float32)
    env = gymnasium.wrappers.TransformObservation(env, lambda state: np.eye(16, dtype=np.float32)[state], space)
    callback = AuditCallback(lake)
    PPO("MlpPolicy", env, n_steps=64, batch_size=64, device="cpu").learn(64, callback=callback)
    assert len(callback.rows) == 1
