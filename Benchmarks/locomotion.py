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
import concurrent.futures
import functools
import importlib.metadata
import json
import os
import pathlib
import sys

import training_runs
from training_runs import ROOT

# Where `make mujoco` installs, and where the command looks, too.
sys.path.append(str(ROOT / ".build/python"))

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


def updates(rows, budget):
    accepted = [row for row in rows if row["accepted"]]
    return {
        "budget": budget, "count": len(rows), "rejected": len(rows) - len(accepted),
        "klShares": [float(f"{row['kl'] / budget:.4g}") for row in accepted],
        "gainRatios": [float(f"{row['improveRatio']:.4g}") for row in accepted if row["improveRatio"] is not None],
    }


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


def record(options, run, folder, clock):
    """The result of a run that is complete."""
    environment, estimator, seed = run
    configuration = json.loads((folder / "config.json").read_text())
    rows = training_runs.progress(folder)
    # What stands in the result anyway.
    apart = ("schema", "simulator", "seed", "steps")
    result = {
        "program": "monotone", "environment": environment, "seed": seed, "steps": int(rows[-1]["steps"]),
        "settings": {key: value for key, value in configuration.items() if key not in apart},
        "versions": {
            "monotone": training_runs.version(options.monotone),
            "gymnasium": importlib.metadata.version("gymnasium"),
            "mujoco": configuration["simulator"].removeprefix("MuJoCo "),
        },
        "processorSeconds": round(float(clock.read_text()), 1),
        "score": training_runs.evaluation(options.monotone, folder, EPISODES),
        "pointEvery": POINT,
        "curve": training_runs.curve(rows, POINT),
        "updates": updates(rows, configuration["budget"]),
    }
    if options.paper:
        result |= {"estimator": estimator, "standing": standing(environment)}
    return result


def result_file(options, run):
    return pathlib.Path(options.results) / f"{name(run)}.json"


def make(options, run):
    """Makes a run, or what is left of it, and writes its result."""
    environment, estimator, seed = run
    folder = pathlib.Path(options.runs) / name(run)
    clock = folder.with_name(f"{name(run)}.seconds")
    command = [options.monotone, "train", environment, "--output", folder]
    if any(folder.glob("checkpoints/*.json")):
        command += ["--resume"]
    else:
        clock.unlink(missing_ok=True)
        command += ["--overwrite", "--preset", options.preset, "--seed", str(seed)]
        command += ["--estimator", ESTIMATORS[estimator]] if estimator else []
        if estimator == "vine":
            command += ["--batch", "16000", "--environments", "16", "--vine-states", str(VINE[environment])]
        command += options.more
    status = training_runs.follow(command, clock)
    if status:
        raise SystemExit(f"{name(run)}: monotone train ended with status {status}; call again to continue")
    result = record(options, run, folder, clock)
    file = result_file(options, run)
    training_runs.write(file, training_runs.text(result))
    print(f"{file.name}: {result['score']:.1f} in {result['processorSeconds'] / 60:.1f} core-minutes", flush=True)


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
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for folder in (options.results, options.runs):
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    missing = [run for run in runs(options) if not result_file(options, run).exists()]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        futures = [pool.submit(make, options, run) for run in missing]
        try:
            for future in concurrent.futures.as_completed(futures):
                future.result()
        except BaseException:
            # Runs in progress end by themselves, or by the signal that came to them, too.
            pool.shutdown(wait=True, cancel_futures=True)
            raise


if __name__ == "__main__":
    main()
