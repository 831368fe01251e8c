#!/usr/bin/env python3
"""Trains on games from pixels with Monotone and writes a result file for each run; what was cut is continued.

    make build games
    python3 Benchmarks/pixels.py [--seeds 5] [--jobs 2] [--pong] [-- OPTION ...]

Breakout, Space Invaders and Asterix of MinAtar, STEPS steps each, with the preset `minatar`; with `--pong`, one
run of Pong of the Arcade Learning Environment with the preset `atari` and the whole joystick, PONG_STEPS steps of four
frames, which is what a core-hour allows. Options after `--` go to `monotone train`.

Each run leaves a file GAME-SEED.json and is not made again where that exists. A run that was cut is continued from
its last checkpoint, with new episodes, in the folder of --runs, which also keeps its processor time. The fields are
those of peers/sb3_pixels.py, and

    processorSeconds  of the whole command `monotone train` with its Python worker, all parts of the run together
    score             the mean return of 100 new episodes of sampled actions by the final policy
    updates           as in locomotion.py
"""

import argparse
import pathlib

from training_runs import ROOT, keep, prepare, record, side_by_side, train

GAMES = ["breakout", "space_invaders", "asterix"]
EPISODES = 100
STEPS = 100_000
POINT = 10_000
PONG_STEPS = 1_200_000
PONG_POINT = 50_000


def make(options, run):
    """Makes a run, or what is left of it, and writes its result."""
    game, seed = run
    environment = f"atari:{game}" if options.pong else f"minatar:{game}"
    folder = pathlib.Path(options.runs) / f"{game}-{seed}"
    settings = ["--preset", options.preset, "--seed", str(seed), "--steps", str(options.steps)]
    settings += ["--full-action-set"] if options.pong else []
    seconds = train(options.monotone, environment, folder, [*settings, *options.more])
    result = record(
        options.monotone, environment, seed, folder, seconds, episodes=EPISODES,
        every=PONG_POINT if options.pong else POINT, sampled=True, versions=["ale-py" if options.pong else "minatar"])
    keep(result, result_file(options, run))


def result_file(options, run):
    return pathlib.Path(options.results) / f"{run[0]}-{run[1]}.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pong", action="store_true", help="one run of Pong in place of MinAtar's games")
    parser.add_argument("--monotone", default=str(ROOT / ".build/release/monotone"))
    parser.add_argument("--games", nargs="+", choices=GAMES, default=GAMES)
    parser.add_argument("--seeds", type=int, help="of each game (5; with --pong 1)")
    parser.add_argument("--steps", type=int, help=f"({STEPS}; with --pong {PONG_STEPS})")
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time")
    parser.add_argument("--preset", help="(minatar; with --pong atari)")
    parser.add_argument("--results", help="folder of the result files")
    parser.add_argument("--runs", help="folder of the runs themselves")
    parser.add_argument("more", nargs="*", metavar="OPTION", help="for monotone train, after --")
    options = parser.parse_args()
    kind = "pong" if options.pong else "monotone"
    options.preset = options.preset or ("atari" if options.pong else "minatar")
    options.steps = options.steps or (PONG_STEPS if options.pong else STEPS)
    options.results = options.results or str(ROOT / "Benchmarks/pixels" / kind)
    options.runs = options.runs or str(ROOT / ".build/pixels" / kind)
    prepare(options.results, options.runs)
    games = ["pong"] if options.pong else options.games
    runs = [(game, seed) for seed in range(options.seeds or (1 if options.pong else 5)) for game in games]
    missing = [run for run in runs if not result_file(options, run).exists()]
    side_by_side(lambda run: make(options, run), missing, options.jobs)


if __name__ == "__main__":
    main()
