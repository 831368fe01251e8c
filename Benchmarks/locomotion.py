#!/usr/bin/env python3
"""Trains the robots with Monotone and writes a result file for each run; what was cut is continued.

    make build mujoco
    python3 Benchmarks/locomotion.py [--seeds 10] [--jobs 2] [--paper] [-- OPTION ...]

Swimmer, Hopper, Walker2d and HalfCheetah, a million steps each, with the preset `locomotion`; with
`--paper`, Swimmer and Hopper as in Schulman et al. 2015: 200 iterations of 50,000 steps with the preset
`locomotion-paper`, along single paths and with branches; an iteration with branches is 16 trajectories of 1,000
steps and 34,000 steps of branches. Options after `--` go to `monotone train`.

Each run leaves a file ENVIRONMENT-SEED.json (ENVIRONMENT-ESTIMATOR-SEED.json with `--paper`) and is not
made again where that exists. A run that was cut is continued from its last checkpoint, in the folder
of --runs, which also keeps its processor time. The fields are those of peers/sb3_locomotion.py, and

    processorSeconds  of the whole command `monotone train`, all parts of the run together
    updates           the trust region; how many updates, and how many of them the line search rejected;
                      of each accepted one the realised mean KL as a share of the trust region, and the
                      realised gain of the surrogate as a share of the predicted one
    standing          with --paper: the mean return of 100 episodes of zero actions, what a robot that
                      never falls and never moves earns, and what one metre of advance earns
"""

import argparse
import functools
import pathlib

from training_runs import ROOT, keep, prepare, record, side_by_side, train

POINT = 20_000
EPISODES = 100
ENVIRONMENTS = ["Swimmer-v5", "Hopper-v5", "Walker2d-v5", "HalfCheetah-v5"]
ESTIMATORS = {"single-path": "singlePath", "vine": "vine"}
# 16 trajectories as in Table 2, and so many states to branch from (four branches each, of 50 and 100 steps) that
# an iteration has 50,000 steps like one along single paths; Table 2 has 125 and 625 states.
VINE = {"Swimmer-paper": 170, "Hopper-paper": 85}
# Each with its seeds.
PAPER = {"Swimmer-paper": 3, "Hopper-paper": 2}


def runs(options):
    """The environment, estimator and seed of each run, seed by seed; the estimator is None where there is one."""
    environments, estimators = (PAPER, ESTIMATORS) if options.paper else (dict.fromkeys(ENVIRONMENTS, 10), [None])
    for seed in range(options.seeds or max(environments.values())):
        for environment, seeds in environments.items():
            if seed < (options.seeds or seeds):
                yield from ((environment, estimator, seed) for estimator in estimators)


def name(run):
    return "-".join(str(part) for part in run if part is not None)


@functools.cache
def standing(environment):
    """What a robot of the paper earns without moving forward."""
    import gymnasium
    import numpy

    world = gymnasium.make(environment.replace("-paper", "-v5"), ctrl_cost_weight=1e-5)
    inner, rest = world.unwrapped, numpy.zeros(world.action_space.shape)
    total = 0.0
    for episode in range(EPISODES):
        world.reset(seed=episode)
        ended = False
        while not ended:
            _, reward, terminated, truncated, _ = world.step(rest)
            total += reward
            ended = terminated or truncated
    return {
        "zeroActions": round(total / EPISODES, 3),
        "upright": float(getattr(inner, "_healthy_reward", 0) * world.spec.max_episode_steps),
        "metre": round(1 / inner.dt, 3),
    }


def result_file(options, run):
    return pathlib.Path(options.results) / f"{name(run)}.json"


def make(options, run):
    """Makes a run, or what is left of it, and writes its result."""
    environment, estimator, seed = run
    folder = pathlib.Path(options.runs) / name(run)
    settings = ["--preset", options.preset, "--seed", str(seed)]
    settings += ["--estimator", ESTIMATORS[estimator]] if estimator else []
    if estimator == "vine":
        settings += ["--batch", "16000", "--environments", "16", "--vine-states", str(VINE[environment])]
    seconds = train(options.monotone, environment, folder, [*settings, *options.more])
    result = record(
        options.monotone, environment, seed, folder, seconds, episodes=EPISODES, every=POINT, versions=["mujoco"])
    if options.paper:
        result |= {"estimator": estimator, "standing": standing(environment)}
    keep(result, result_file(options, run))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--paper", action="store_true", help="the shape of Schulman et al. 2015")
    parser.add_argument("--monotone", default=str(ROOT / ".build/release/monotone"))
    parser.add_argument("--seeds", type=int, help="of each environment (10; with --paper 3 and 2)")
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time")
    parser.add_argument("--preset", help="(locomotion; with --paper locomotion-paper)")
    parser.add_argument("--results", help="folder of the result files")
    parser.add_argument("--runs", help="folder of the runs themselves")
    parser.add_argument("more", nargs="*", metavar="OPTION", help="for monotone train, after --")
    options = parser.parse_args()
    kind = "paper" if options.paper else "monotone"
    options.preset = options.preset or ("locomotion-paper" if options.paper else "locomotion")
    options.results = options.results or str(ROOT / "Benchmarks/locomotion" / kind)
    options.runs = options.runs or str(ROOT / ".build/locomotion" / kind)
    prepare(options.results, options.runs)
    missing = [run for run in runs(options) if not result_file(options, run).exists()]
    side_by_side(lambda run: make(options, run), missing, options.jobs)


if __name__ == "__main__":
    main()
