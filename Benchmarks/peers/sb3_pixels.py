#!/usr/bin/env python3
"""Trains sb3-contrib's TRPO on MinAtar's games, as many steps as pixels.py, one thread, one run at a time.

    pip install -r Benchmarks/peers/requirements.txt
    python3 Benchmarks/peers/sb3_pixels.py [--results Benchmarks/pixels/sb3-contrib] [--seeds 5]

The network is that of the preset `minatar`: a convolution of 16 filters of 3 × 3 and a layer of 128 rectifiers, for
policy and critic each their own. Games, sticky actions, difficulty, number of environments and steps are the same.
Everything else is as sb3-contrib has it, but for the batch, which is the preset's.

Each run leaves a file GAME-SEED.json and is not made again where that exists:

    processorSeconds  of `learn()` alone
    curve             at every 10,000 steps: the mean return of the last 100 episodes of training
    score             the mean return of 100 new episodes of sampled actions by the final policy
"""

import argparse
import importlib.metadata
import os
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import gymnasium  # noqa: E402  (the thread counts must be set before)
import numpy  # noqa: E402
import sb3_contrib  # noqa: E402
import torch  # noqa: E402
from minatar.gym import BaseEnv  # noqa: E402
from sb3_runs import EPISODES, Curve, make_missing  # noqa: E402
from stable_baselines3.common.env_util import make_vec_env  # noqa: E402
from stable_baselines3.common.evaluation import evaluate_policy  # noqa: E402
from stable_baselines3.common.torch_layers import BaseFeaturesExtractor  # noqa: E402

GAMES = ["breakout", "space_invaders", "asterix"]
STEPS = 100_000
POINT = 10_000
ENVIRONMENTS = 16
BATCH = 2048


class Channels(gymnasium.ObservationWrapper):
    """Flags as numbers, channels first."""

    def __init__(self, environment):
        super().__init__(environment)
        height, width, channels = environment.observation_space.shape
        self.observation_space = gymnasium.spaces.Box(0, 1, (channels, height, width), numpy.float32)

    def observation(self, observation):
        return observation.transpose(2, 0, 1).astype(numpy.float32)


class Convolution(BaseFeaturesExtractor):
    """The convolution of the preset."""

    def __init__(self, space):
        channels, height, width = space.shape
        super().__init__(space, 16 * (height - 2) * (width - 2))
        self.layers = torch.nn.Sequential(torch.nn.Conv2d(channels, 16, 3), torch.nn.ReLU(), torch.nn.Flatten())

    def forward(self, observations):
        return self.layers(observations)


def world(game, count, seed):
    return make_vec_env(lambda: Channels(BaseEnv(game, use_minimal_action_set=True)), n_envs=count, seed=seed)


def train(game, seed, steps):
    """The record of one run."""
    options = {"n_steps": BATCH // ENVIRONMENTS}
    network = {
        "features_extractor_class": Convolution, "share_features_extractor": False, "normalize_images": False,
        "activation_fn": torch.nn.ReLU, "net_arch": {"pi": [128], "vf": [128]},
    }
    model = sb3_contrib.TRPO(
        "CnnPolicy", world(game, ENVIRONMENTS, 1000 * seed), seed=seed, device="cpu", policy_kwargs=network, **options)
    curve = Curve(POINT)
    before = time.process_time()
    model.learn(steps, callback=curve)
    seconds = time.process_time() - before
    returns, _ = evaluate_policy(
        model, world(game, 1, 10_000 + seed), n_eval_episodes=EPISODES, deterministic=False,
        return_episode_rewards=True)
    return {
        "program": "sb3-contrib", "environment": f"minatar:{game}", "seed": seed, "steps": model.num_timesteps,
        "settings": options | {"n_envs": ENVIRONMENTS, "filters": 16, "hidden": 128},
        "versions": {
            "sb3-contrib": sb3_contrib.__version__, "torch": torch.__version__.split("+")[0],
            "gymnasium": gymnasium.__version__, "minatar": importlib.metadata.version("minatar"),
        },
        "processorSeconds": round(seconds, 1),
        "score": round(float(numpy.mean(returns)), 3),
        "pointEvery": POINT,
        "curve": curve.points,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", default="Benchmarks/pixels/sb3-contrib")
    parser.add_argument("--games", nargs="+", choices=GAMES, default=GAMES)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    runs = [(game, seed) for seed in range(options.seeds) for game in options.games]
    make_missing(options.results, runs, lambda game, seed: train(game, seed, options.steps))


if __name__ == "__main__":
    main()
