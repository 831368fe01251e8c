"""Proximal policy optimisation in one file, in the shape that CleanRL made common, audited against exact values.

    pip install dist/monotone-*.whl gymnasium    # the wheel of `make wheel`
    python3 Examples/cleanrl-ppo/ppo.py --total-timesteps 20000

Written for tabular environments in NumPy, so that nothing hides: policy and values are tables, gradients are by hand.
The lines marked AUDIT are all that Monotone needs. They use the exact model and change nothing of training.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from typing import Any

import gymnasium as gym
import numpy as np

import monotone

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass
class Args:
    """Settings, each an option of the command line."""

    env_id: str = "FrozenLake-v1"
    seed: int = 1
    total_timesteps: int = 50_000
    num_envs: int = 4
    num_steps: int = 128
    num_minibatches: int = 4
    update_epochs: int = 4
    learning_rate: float = 0.05
    gamma: float = 0.99
    gae_lambda: float = 0.95
    clip_coef: float = 0.2
    ent_coef: float = 0.0


class Agent:
    """Logits and values by state."""

    def __init__(self, states: int, actions: int) -> None:
        self.logits, self.values = np.zeros((states, actions)), np.zeros(states)

    def probabilities(self) -> Array:
        """π(a|s), shape (S, A)."""
        weights = np.exp(self.logits - self.logits.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)


class Adam:
    """Kingma and Ba 2015, for arrays that are changed in place."""

    def __init__(self, parameters: list[Array], rate: float) -> None:
        self.parameters, self.rate, self.count = parameters, rate, 0
        self.first = [np.zeros_like(p) for p in parameters]
        self.second = [np.zeros_like(p) for p in parameters]

    def step(self, gradients: list[Array]) -> None:
        """One step against the gradients."""
        self.count += 1
        for p, g, m, v in zip(self.parameters, gradients, self.first, self.second, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            p -= self.rate * (m / (1 - 0.9**self.count)) / (np.sqrt(v / (1 - 0.999**self.count)) + 1e-5)


def gradients(agent: Agent, batch: dict[str, Any], args: Args) -> list[Array]:
    """Of the clipped surrogate with entropy bonus, and of the squared error of values; both to be made smaller."""
    policy = agent.probabilities()
    s, a, advantage = batch["states"], batch["actions"], batch["advantages"]
    ratio = policy[s, a] / batch["probabilities"]
    low, high = 1 - args.clip_coef, 1 + args.clip_coef
    free = np.where(advantage > 0, ratio <= high, ratio >= low)
    weight = -advantage * ratio * free / len(s)
    logits, values = np.zeros_like(agent.logits), np.zeros_like(agent.values)
    rows = -policy[s]
    rows[np.arange(len(s)), a] += 1
    np.add.at(logits, s, weight[:, None] * rows)
    logs = np.log(policy[s])
    entropy = -(policy[s] * logs).sum(axis=1, keepdims=True)
    np.add.at(logits, s, args.ent_coef * policy[s] * (logs + entropy) / len(s))
    np.add.at(values, s, (agent.values[s] - batch["returns"]) / len(s))
    return [logits, values]


def main(args: Args) -> monotone.Audit:
    """Trains, and gives the ledger of all updates."""
    rng = np.random.default_rng(args.seed)
    envs = [gym.make(args.env_id) for _ in range(args.num_envs)]
    observations = np.array([env.reset(seed=args.seed + i)[0] for i, env in enumerate(envs)])
    agent = Agent(int(envs[0].observation_space.n), int(envs[0].action_space.n))  # type: ignore[attr-defined]
    optimizer = Adam([agent.logits, agent.values], args.learning_rate)

    mdp = monotone.from_gymnasium(args.env_id, discount=str(args.gamma))  # AUDIT
    auditor = mdp.auditor()  # AUDIT
    auditor.step(agent.probabilities())  # AUDIT

    shape = (args.num_steps, args.num_envs)
    for _ in range(args.total_timesteps // (args.num_steps * args.num_envs)):
        states, actions = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        rewards, ends, next_values = np.zeros(shape), np.zeros(shape, bool), np.zeros(shape)
        trajectories, current = np.zeros(shape, np.int64), np.arange(args.num_envs)
        policy = agent.probabilities()
        for step in range(args.num_steps):
            states[step], trajectories[step] = observations, current
            for i, env in enumerate(envs):
                actions[step, i] = action = rng.choice(policy.shape[1], p=policy[observations[i]])
                observation, reward, terminated, truncated, _ = env.step(action)
                rewards[step, i], ends[step, i] = float(reward), terminated or truncated
                next_values[step, i] = 0 if terminated else agent.values[observation]
                observations[i] = env.reset()[0] if ends[step, i] else observation
                current[i] += args.num_envs * ends[step, i]

        # Generalised advantage estimation (Schulman et al. 2016).
        advantages, following = np.zeros(shape), np.zeros(args.num_envs)
        for step in reversed(range(args.num_steps)):
            error = rewards[step] + args.gamma * next_values[step] - agent.values[states[step]]
            following = error + args.gamma * args.gae_lambda * following * ~ends[step]
            advantages[step] = following

        flat = {
            "states": states.T.ravel(),
            "actions": actions.T.ravel(),
            "advantages": advantages.T.ravel(),
            "returns": (advantages + agent.values[states]).T.ravel(),
        }
        flat["probabilities"] = policy[flat["states"], flat["actions"]]
        size = len(flat["states"])
        for _ in range(args.update_epochs):
            for part in np.array_split(rng.permutation(size), args.num_minibatches):
                batch = {name: values[part] for name, values in flat.items()}
                advantage = batch["advantages"]
                batch["advantages"] = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
                optimizer.step(gradients(agent, batch, args))

        logged = float(-np.log(agent.probabilities()[flat["states"], flat["actions"]] / flat["probabilities"]).mean())
        samples = {name: flat[name] for name in ("states", "actions", "advantages")}  # AUDIT
        samples["trajectories"] = trajectories.T.ravel()  # AUDIT
        row = auditor.step(agent.probabilities(), logged_kl=logged, batch=samples)  # AUDIT
        print(row)  # AUDIT
    return auditor.result()  # AUDIT


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="PPO on a tabular environment, audited.")
    for field in fields(Args):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    print(main(Args(**vars(parser.parse_args()))))
