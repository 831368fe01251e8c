"""A callback that audits the training of stable-baselines3 and sb3-contrib on tabular environments.

callback = AuditCallback(mdp, fail_on={"harmful", "mean-kl"}, delta=0.01)
model.learn(100_000, callback=callback)
print(callback.audit)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import gymnasium
import numpy as np
import torch
from numpy.typing import NDArray
from stable_baselines3.common.callbacks import BaseCallback

from . import _registration
from .audit import Audit, AuditRow
from .errors import InvalidInput, MonotoneError, UsageError
from .model import MDP
from .verdict import Outcome, Verdict

__all__ = ["AuditCallback", "AuditFailure"]

CONDITIONS = ("harmful", "unguaranteed", "mean-kl", "max-kl")
LOGGED = ("train/kl_divergence_loss", "train/approx_kl")

# Where the package is on the path without being installed, Gymnasium has not found its entry point.
_registration.register()


class AuditFailure(MonotoneError, AssertionError):
    """An update did what ``fail_on`` names, proved.

    Attributes:
        row: The update.
    """

    def __init__(self, message: str, row: AuditRow) -> None:
        super().__init__(message)
        self.row = row


class AuditCallback(BaseCallback):
    """Audits every update of an on-policy algorithm (A2C, PPO, TRPO) against the exact model.

    Args:
        mdp: The model of the environment.
        fail_on: What ends training with :class:`AuditFailure`: ``harmful``, ``unguaranteed``, ``mean-kl``,
            ``max-kl``; the last two compare with ``delta``, the mean over live states.
        delta: Trust region δ, in nats.
        observations: What the policy sees of each state, shape (S, …); default the index, or one-hot where the
            observation space is a Box of S numbers.
        probabilities: π(a|s) of a policy and observations, shape (S, A); default for Discrete actions.
        action_index: Actions of the rollout buffer as indices of the model's; default for Discrete actions.
        batches: Whether to compare the samples' estimates with exact values, too.
    """

    def __init__(
        self,
        mdp: MDP,
        *,
        fail_on: Iterable[str] = (),
        delta: float | None = None,
        observations: NDArray[Any] | None = None,
        probabilities: Callable[[Any, torch.Tensor], torch.Tensor] | None = None,
        action_index: Callable[[NDArray[Any]], NDArray[Any]] | None = None,
        batches: bool = True,
        verbose: int = 0,
    ) -> None:
        super().__init__(verbose)
        self.mdp = mdp
        self.fail_on = frozenset([fail_on] if isinstance(fail_on, str) else fail_on)
        if unknown := self.fail_on.difference(CONDITIONS):
            raise UsageError(f"fail_on: unknown {', '.join(sorted(unknown))}; expected {', '.join(CONDITIONS)}")
        if delta is None and self.fail_on & {"mean-kl", "max-kl"}:
            raise UsageError("fail_on names a KL divergence; give delta, the trust region")
        self.delta = delta
        self.rows: list[AuditRow] = []
        self._observations = observations
        self._probabilities = probabilities or _discrete
        self._action_index = action_index or (lambda actions: actions.reshape(len(actions)).astype(np.int64))
        self._batches = batches
        self._batch: dict[str, Any] | None = None
        self._auditor = mdp.auditor(delta=delta)

    @property
    def audit(self) -> Audit:
        """The ledger so far."""
        return self._auditor.result()

    def _on_step(self) -> bool:
        return True

    def _on_training_start(self) -> None:
        if not hasattr(self.model, "rollout_buffer"):
            raise UsageError(f"{type(self.model).__name__} is not on-policy; audit A2C, PPO or TRPO")
        if self._observations is None:
            self._observations = _observations(self.model.observation_space, self.mdp)

    def _on_rollout_start(self) -> None:
        self._step()

    def _on_rollout_end(self) -> None:
        # The samples that the update comes from; advantages before training normalises them.
        self._batch = self._samples() if self._batches else None

    def _on_training_end(self) -> None:
        self._step()

    def _step(self) -> None:
        assert self._observations is not None
        with torch.no_grad():
            observed = torch.as_tensor(self._observations, device=self.model.device)
            table = self._probabilities(self.model.policy, observed).double().cpu().numpy()
        logged = [self.logger.name_to_value[name] for name in LOGGED if name in self.logger.name_to_value]
        batch, self._batch = self._batch, None
        row = self._auditor.step(
            table / table.sum(axis=1, keepdims=True), logged_kl=logged[0] if logged else None, batch=batch
        )
        if row is not None:
            self.rows.append(row)
            self._judge(row)

    def _judge(self, row: AuditRow) -> None:
        delta = self.delta if self.delta is not None else float("inf")
        happened = {
            "harmful": row.outcome is Outcome.HARMFUL,
            "unguaranteed": row.guaranteed is Verdict.VIOLATED,
            "mean-kl": (row.live_mean_kl <= delta) is Verdict.VIOLATED,
            "max-kl": (row.max_kl <= delta) is Verdict.VIOLATED,
        }
        for condition in CONDITIONS:
            if condition in self.fail_on and happened[condition]:
                raise AuditFailure(f"update {row.index} is {condition}: {row!r}", row)

    def _samples(self) -> dict[str, Any]:
        """The rollout buffer, one environment after the other."""
        buffer: Any = self.model.rollout_buffer  # type: ignore[attr-defined]
        states = _states(buffer.observations, self._observations)
        flat = {
            "states": states,
            "advantages": buffer.advantages.astype(np.float64),
            "trajectories": buffer.episode_starts.astype(np.int64).cumsum(axis=0),
        }
        # Trajectories of different environments are different ones.
        flat["trajectories"] += np.arange(buffer.n_envs) * (len(buffer.advantages) + 1)
        batch = {name: values.swapaxes(0, 1).reshape(-1) for name, values in flat.items()}
        actions = buffer.actions.swapaxes(0, 1).reshape(-1, *buffer.actions.shape[2:])
        return {**batch, "actions": self._action_index(actions)}


def _discrete(policy: Any, observations: torch.Tensor) -> torch.Tensor:
    distribution = policy.get_distribution(observations).distribution
    if not isinstance(distribution, torch.distributions.Categorical):
        raise UsageError("the policy's actions are not Discrete; give probabilities= and action_index=")
    return distribution.probs


def _observations(space: gymnasium.Space[Any], mdp: MDP) -> NDArray[Any]:
    states = mdp.shape[0]
    if isinstance(space, gymnasium.spaces.Discrete) and space.n == states:
        return np.arange(states)
    if isinstance(space, gymnasium.spaces.Box) and space.shape == (states,):
        return np.eye(states, dtype=space.dtype)
    raise InvalidInput(
        f"the observation space is {space}; expected Discrete({states}) or one-hot Box of {states} numbers; or give "
        "observations=, what the policy sees of each state"
    )


def _states(seen: NDArray[Any], observations: NDArray[Any] | None) -> NDArray[np.int64]:
    """The index of the state of each observation, shape (steps, environments).

    Raises:
        InvalidInput: An observation is that of no state.
    """
    assert observations is not None
    rows = seen.reshape(*seen.shape[:2], -1)
    known = {
        row.tobytes(): index
        for index, row in enumerate(observations.reshape(len(observations), -1).astype(rows.dtype))
    }
    try:
        return np.array([[known[row.tobytes()] for row in step] for step in rows], dtype=np.int64)
    except KeyError:
        raise InvalidInput(
            "the rollout holds an observation of no state; give observations= of every state"
        ) from None
