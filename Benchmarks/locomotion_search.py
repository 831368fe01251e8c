#!/usr/bin/env python3
"""Searches for the preset `locomotion`: a million steps on each robot under a few candidates.

    make build mujoco
    python3 Benchmarks/locomotion_search.py [--monotone .build/release/monotone] [--jobs 2]

Seeds 100 and 101, none of those that LOCOMOTION.md evaluates (0 to 9). The candidates differ from settings
that are usual for these robots in the discount, the trust region, lambda and the work for an update; the
second seed is for the best of the first. A score is the mean return of 50 new episodes of most likely actions by the final policy.
Results stand in Benchmarks/locomotion/search.json; what stands there is not made again.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import tempfile
import threading

ENVIRONMENTS = ["Swimmer-v5", "Hopper-v5", "Walker2d-v5", "HalfCheetah-v5"]
STEPS = 1_000_000
EPISODES = 50
USUAL = {
    "environments": 2, "batch": 2048, "normalises-observations": "true", "normalises-rewards": "true",
    "cg-iterations": 25, "critic-epochs": 20, "critic-batch": 128, "lambda": 0.95, "delta": 0.01, "discount": 0.99,
}
CANDIDATES = {
    "usual": {},
    "discount 0.995": {"discount": 0.995},
    "discount 0.999": {"discount": 0.999},
    "discount 0.995, delta 0.02": {"discount": 0.995, "delta": 0.02},
    "discount 0.995, lambda 0.97": {"discount": 0.995, "lambda": 0.97},
    "discount 0.995, half the work": {"discount": 0.995, "cg-iterations": 10, "critic-epochs": 10},
}
BEST = ["discount 0.995", "discount 0.995, half the work"]
RUNS = [(candidate, 100) for candidate in CANDIDATES] + [(candidate, 101) for candidate in BEST]


def score(monotone, candidate, environment, seed):
    """The mean return of the policy that a candidate's settings end with."""
    settings = USUAL | CANDIDATES[candidate] | {"steps": STEPS, "seed": seed}
    options = [word for key, value in settings.items() for word in (f"--{key}", str(value))]
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "run")
        subprocess.run(
            [monotone, "train", environment, "--output", folder, *options],
            check=True, stderr=subprocess.DEVNULL)
        evaluation = subprocess.run(
            [monotone, "evaluate", folder, "--episodes", str(EPISODES), "--json"], check=True, stdout=subprocess.PIPE)
    return round(json.loads(evaluation.stdout)["meanReturn"], 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--monotone", default=".build/release/monotone")
    parser.add_argument("--results", default="Benchmarks/locomotion/search.json")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    file = pathlib.Path(options.results)
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = json.loads(file.read_text()) if file.exists() else []
    made = {(row["candidate"], row["environment"], row["seed"]) for row in rows}
    writing = threading.Lock()

    def run(job):
        candidate, environment, seed = job
        row = {"candidate": candidate, "environment": environment, "seed": seed,
               "score": score(options.monotone, candidate, environment, seed)}
        with writing:
            rows.append(row)
            rows.sort(key=lambda x: (list(CANDIDATES).index(x["candidate"]), x["seed"],
                                     ENVIRONMENTS.index(x["environment"])))
            part = file.with_suffix(".part")
            part.write_text("[\n" + ",\n".join(f" {json.dumps(x)}" for x in rows) + "\n]\n")
            part.replace(file)
        print(f"{environment} {seed}, {candidate}: {row['score']}", flush=True)

    jobs = [(candidate, environment, seed) for candidate, seed in RUNS for environment in ENVIRONMENTS]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(run, [job for job in jobs if job not in made]))


if __name__ == "__main__":
    main()
