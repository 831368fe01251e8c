"""A model as a Gymnasium environment."""

from __future__ import annotations

import os
from typing import Any

import gymnasium
import numpy as np
from numpy.typing import NDArray

from .errors import InvalidInput
from .model import MDP

__all__ = ["TabularEnv"]


class TabularEnv(gymnasium.Env[np.int64, np.int64]):
    """Samples a model: observations are indices of states, actions indices of actions.

    Registered as ``monotone/Tabular-v0``: ``gymnasium.make("monotone/Tabular-v0", mdp="racing.json")`` takes a model
    or a file. The exact model stays beside as :attr:`mdp`, to compare with what a program learns here. An action that
    is not available in a state is an error.

    Every ``info`` has ``action_mask``, which of the actions can be taken next (int8, shape (A,)). An episode is
    terminated when it enters a terminal state; it is never truncated, which a time limit is for.
    """

    metadata = {"render_modes": ["ansi"]}  # noqa: RUF012

    def __init__(self, mdp: MDP | str | os.PathLike[str], render_mode: str | None = None) -> None:
        self.mdp = mdp if isinstance(mdp, MDP) else MDP.from_file(mdp)
        self.render_mode = render_mode
        states, actions = self.mdp.shape
        self.observation_space = gymnasium.spaces.Discrete(states)
        self.action_space = gymnasium.spaces.Discrete(actions)
        self._initial = np.cumsum(self.mdp.initial)
        self._rows = np.cumsum(self.mdp.transitions, axis=2)
        self._masks = self.mdp.available.astype(np.int8)
        self._state: int | None = None

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[np.int64, dict[str, Any]]:
        """Starts an episode; ``options={"state": s}`` starts it in a state."""
        super().reset(seed=seed)
        if options and "state" in options:
            state = int(options["state"])
            if not 0 <= state < self.mdp.shape[0]:
                raise InvalidInput(f"state {state}; expected 0 to {self.mdp.shape[0] - 1}")
        else:
            state = self._drawn(self._initial)
        self._state = state
        return np.int64(state), self._info()

    def step(self, action: np.int64) -> tuple[np.int64, float, bool, bool, dict[str, Any]]:
        """Takes an action; the reward is r(s, a), the mean over next states.

        Raises:
            InvalidInput: The action is not available, or no episode has started.
        """
        if self._state is None:
            raise InvalidInput("no episode has started; call reset() first")
        index = int(action)
        if not 0 <= index < self.mdp.shape[1] or (
            not self._masks[self._state, index] and not self.mdp.terminal[self._state]
        ):
            allowed = np.flatnonzero(self._masks[self._state]).tolist()
            raise InvalidInput(
                f"action {index} is not available in state {self.mdp.states[self._state]}; expected one of {allowed}"
            )
        if self.mdp.terminal[self._state]:
            return np.int64(self._state), 0.0, True, False, self._info()
        reward = float(self.mdp.rewards[self._state, index])
        self._state = self._drawn(self._rows[self._state, index])
        ended = bool(self.mdp.terminal[self._state])
        return np.int64(self._state), reward, ended, False, self._info()

    def render(self) -> str | None:
        """The name of the state, in mode ``ansi``."""
        if self.render_mode != "ansi" or self._state is None:
            return None
        return self.mdp.states[self._state]

    def _drawn(self, cumulative: NDArray[np.float64]) -> int:
        """A state of a distribution that is given by its sums; rounding cannot lead beyond its support."""
        point = self.np_random.random() * cumulative[-1]
        return int(np.searchsorted(cumulative, point, side="right"))

    def _info(self) -> dict[str, Any]:
        return {"action_mask": self._masks[self._state].copy()}
