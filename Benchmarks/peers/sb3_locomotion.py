#!/usr/bin/env python3
"""Trains sb3-contrib's TRPO on the four robots, a million steps each, one thread, one run at a time.

    pip install -r Benchmarks/peers/requirements.txt
    python3 Benchmarks/peers/sb3_locomotion.py [--results Benchmarks/locomotion/sb3-contrib] [--seeds 3]

Settings are those that RL Baselines3 Zoo tuned for these robots: two environments, batches of 2048 steps,
25 iterations of conjugate gradients, damping 0.1, 20 epochs of the critic at 1e-3 in minibatches of 128,
running normalisation of observations and rewards; HalfCheetah with a trust region of 0.04, Swimmer with a
discount of 0.9999; everything else as sb3-contrib has it.

Each run leaves a file ENVIRONMENT-SEED.json and is not made again where that exists:

    processorSeconds  of `learn()` alone
    curve             at every 20,000 steps: the mean return of the last 100 episodes of training
    score             the mean return of 100 new episodes of most likely actions by the final policy
"""

import argparse
import os
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import gymnasium  # noqa: E402  (the thread counts must be set before)
import mujoco  # noqa: E402
import numpy  # noqa: E402
import sb3_contrib  # noqa: E402
import torch  # noqa: E402
from sb3_runs import EPISODES, Curve, make_missing  # noqa: E402
from stable_baselines3.common.env_util import make_vec_env  # noqa: E402
from stable_baselines3.common.evaluation import evaluate_policy  # noqa: E402
from stable_baselines3.common.vec_env import VecNormalize  # noqa: E402

ENVIRONMENTS = {
    "Swimmer-v5": {"gamma": 0.9999},
    "Hopper-v5": {},
    "Walker2d-v5": {},
    "HalfCheetah-v5": {"target_kl": 0.04},
}
POINT = 20_000


def train(environment, seed, steps):
    """The record of one run."""
    options = {
        "n_steps": 1024, "batch_size": 128, "learning_rate": 1e-3, "gamma": 0.99, "gae_lambda": 0.95,
        "n_critic_updates": 20, "cg_max_steps": 25, "cg_damping": 0.1, "sub_sampling_factor": 1,
    } | ENVIRONMENTS[environment]
    world = VecNormalize(make_vec_env(environment, n_envs=2, seed=seed), gamma=options["gamma"])
    model = sb3_contrib.TRPO("MlpPolicy", world, seed=seed, device="cpu", **options)
    curve = Curve(POINT)
    before = time.process_time()
    model.learn(steps, callback=curve)
    seconds = time.process_time() - before
    judged = VecNormalize(make_vec_env(environment, n_envs=1, seed=10_000 + seed), training=False,
                          norm_reward=False)
    judged.obs_rms = world.obs_rms
    returns, _ = evaluate_policy(
        model, judged, n_eval_episodes=EPISODES, deterministic=True, return_episode_rewards=True)
    return {
        "program": "sb3-contrib", "environment": environment, "seed": seed, "steps": model.num_timesteps,
        "settings": options,
        "versions": {
            "sb3-contrib": sb3_contrib.__version__, "torch": torch.__version__.split("+")[0],
            "gymnasium": gymnasium.__version__, "mujoco": mujoco.__version__,
        },
        "processorSeconds": round(seconds, 1),
        "score": round(float(numpy.mean(returns)), 3),
        "pointEvery": POINT,
        "curve": curve.points,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", default="Benchmarks/locomotion/sb3-contrib")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=1_000_000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    runs = [(environment, seed) for seed in range(options.seeds) for environment in ENVIRONMENTS]
    make_missing(options.results, runs, lambda environment, seed: train(environment, seed, options.steps))


if __name__ == "__main__":
    main()
