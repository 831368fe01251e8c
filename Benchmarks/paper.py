#!/usr/bin/env python3
"""Makes the experiments of Schulman et al. 2015, part by part; what is there is not made again.

    make build mujoco
    python3 Benchmarks/paper.py [--part PART ...] [--size full|quick|smallest] [--jobs 2]

The parts: cart-pole; swimmer-sweep and swimmer; hopper-walker; finite. Each takes at most an hour of two cores; their
sizes stand in paper_arms.py. Every method is tried with three values of one option on the tuning seeds 100 and 101;
the value of the best mean final score is run on the seeds 0, 1, 2, …, the same for all methods.

Each run leaves a file in the folder of --runs, and its folder there until it is complete. Together the runs of a
task make a file of --output/data, from which `monotone report` writes the page:

    schema        monotone/paper-runs/v1
    experiment    cart-pole, swimmer, hopper or walker
    pointEvery    environment steps between two points of a curve
    episodes      of which a score is the mean
    methods       of each its option that was swept and its command, with VALUE and SEED where a run has its own
    versions      of the programs
    runs          arm, stage (tuning or evaluation), value, seed, steps, curve (the mean return of the last 100
                  training episodes), score (the mean return of that many episodes of the final policy's most
                  likely actions)

Beside them stands scores.json (monotone/paper-scores/v1): the final scores of `make locomotion-paper` and
`make pong`, as far as their results are there. Seconds of parts go to --output/environment.json, and nowhere else.
"""

import argparse
import concurrent.futures
import importlib.metadata
import json
import os
import pathlib
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time

import paper_arms
import paper_finite
import training_runs
from training_runs import ROOT

PARTS = ["cart-pole", "swimmer-sweep", "swimmer", "hopper-walker", "finite"]
POINTS = 50
# Results of runs in the paper's own settings.
SCORES = ["Benchmarks/pixels/pong", "Benchmarks/locomotion/paper"]


class Size:
    """How much of the experiments is made."""

    def __init__(self, share, seeds, tuning, values, episodes, finite, small=None):
        self.share, self.seeds, self.tuning, self.values = share, seeds, tuning, values
        # Samples an update, seeds, and the most models; None for all.
        self.finite = finite
        self.episodes, self.small = episodes, small or []


SIZES = {
    "full": Size(1, None, 2, 3, 100, ([1_000, 10_000], 5, None)),
    "quick": Size(1 / 16, 3, 1, 3, 20, ([500, 2_000], 2, 6)),
    "smallest": Size(
        1 / 250, 2, 1, 1, 2, ([200], 1, 1),
        ["--batch", "500", "--environments", "2", "--vine-states", "2", "--vine-horizon", "5", "--time-limit", "100"],
    ),
}


class Run:
    """A training run of a method on a task with a value and a seed."""

    def __init__(self, task, arm, stage, value, seed):
        self.task, self.arm, self.stage, self.value, self.seed = task, arm, stage, value, seed

    @property
    def name(self):
        """Of its files."""
        return f"{self.task}-{self.arm}-{self.value:g}-{self.seed}"


class Experiments:
    """The experiments in one size, with their folders."""

    def __init__(self, options):
        self.options, self.size = options, SIZES[options.size]
        self.runs = pathlib.Path(options.runs) / options.size
        self.output = pathlib.Path(options.output)
        for folder in (self.runs, self.output / "data"):
            folder.mkdir(parents=True, exist_ok=True)

    def steps(self, task):
        """Environment steps of a run."""
        return max(2_000, int(paper_arms.TASKS[task].steps * self.size.share))

    def point(self, task):
        """Environment steps between two points of a curve."""
        return self.steps(task) // (POINTS if self.size.small == [] else 4)

    def command(self, task, arm, value="VALUE", seed="SEED"):
        """The command of a method; for CMA-ES that of its program."""
        if arm == "cma-es":
            return [
                "python3", "Benchmarks/paper_cma.py", "monotone", paper_arms.TASKS[task].environment, value, seed,
                str(self.steps(task)), str(self.point(task)), str(self.size.episodes),
                *(["30"] if task == "swimmer" else []),
            ]
        small = self.size.small if not paper_arms.ARMS[arm].is_search else self.size.small[-2:]
        # An option may stand but once.
        words = paper_arms.options(task, arm)
        pairs = dict(zip(words[::2], words[1::2], strict=True)) | dict(zip(small[::2], small[1::2], strict=True))
        if small and arm == "cem":
            pairs["--population"] = "4"
        pairs["--steps"] = str(self.steps(task))
        words = [word for pair in pairs.items() for word in pair]
        words += [paper_arms.ARMS[arm].swept, value, "--seed", seed]
        return ["monotone", "train", paper_arms.TASKS[task].environment, *words]

    def result(self, run):
        """What a run gave; None before it is complete."""
        file = self.runs / f"{run.name}.json"
        return json.loads(file.read_text()) if file.exists() else None

    def make(self, run):
        """Makes a run, or what is left of it."""
        result = self.search(run) if run.arm == "cma-es" else self.train(run)
        entry = {"arm": run.arm, "value": run.value, "seed": run.seed, **result}
        training_runs.write(self.runs / f"{run.name}.json", json.dumps(entry) + "\n")
        print(f"{run.name}: {result['score']:.1f}", flush=True)

    def train(self, run):
        """Trains with the command."""
        folder = self.runs / run.name
        monotone = self.options.monotone
        if any(folder.glob("checkpoints/*.json")):
            command = [monotone, "train", paper_arms.TASKS[run.task].environment, "--output", folder, "--resume"]
        else:
            words = self.command(run.task, run.arm, f"{run.value:g}", str(run.seed))
            command = [monotone, *words[1:], "--output", folder, "--overwrite"]
        log = folder.with_name(f"{run.name}.log")
        with open(log, "w") as errors:
            status = training_runs.follow(command, folder.with_name(f"{run.name}.seconds"), errors)
        if status:
            raise SystemExit(f"{run.name}: monotone train ended with status {status}; its words: {log}")
        rows = training_runs.progress(folder)
        result = {
            "steps": int(rows[-1]["steps"]),
            "curve": training_runs.curve(rows, self.point(run.task)),
            "score": training_runs.evaluation(monotone, folder, self.size.episodes),
        }
        shutil.rmtree(folder)
        log.unlink()
        return result

    def search(self, run):
        """Searches with CMA-ES."""
        words = self.command(run.task, run.arm, f"{run.value:g}", str(run.seed))
        command = [sys.executable, ROOT / words[1], self.options.monotone, *words[3:]]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)

    def all(self, runs):
        """Makes those of some runs that are missing."""
        missing = [run for run in runs if self.result(run) is None]
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            futures = [pool.submit(self.make, run) for run in missing]
            try:
                for future in concurrent.futures.as_completed(futures):
                    future.result()
            except BaseException:
                # Runs in progress end by themselves, or by the signal that came to them, too.
                pool.shutdown(wait=True, cancel_futures=True)
                raise

    def sweep(self, task):
        """The runs that choose the values of a task; none where another's are taken."""
        if paper_arms.TASKS[task].swept_on:
            return []
        seeds = list(paper_arms.TUNING)[: self.size.tuning]
        return [
            Run(task, arm, "tuning", value, seed)
            for arm in paper_arms.COMPARED[task]
            for value in self.values(arm)
            for seed in seeds
        ]

    def values(self, arm):
        """The values that are tried: the middle one alone where there is one."""
        values = paper_arms.ARMS[arm].values
        return values if self.size.values == 3 else values[1:2]

    def best(self, task, arm):
        """The value of the best mean final score."""
        source = paper_arms.TASKS[task].swept_on or task
        runs = [run for run in self.sweep(source) if run.arm == arm]

        def mean(value):
            return statistics.fmean(self.result(run)["score"] for run in runs if run.value == value)

        return max(self.values(arm), key=mean)

    def evaluation(self, task):
        """The runs that are compared."""
        seeds = range(self.size.seeds or paper_arms.TASKS[task].seeds)
        return [
            Run(task, arm, "evaluation", self.best(task, arm), seed)
            for seed in seeds
            for arm in paper_arms.COMPARED[task]
        ]

    def gather(self, task):
        """Writes the file of a task from what there is."""
        versions = {"monotone": training_runs.version(self.options.monotone)}
        if "cma-es" in paper_arms.COMPARED[task]:
            versions["cma"] = importlib.metadata.version("cma")
        runs = [*self.sweep(task), *self.evaluation(task)]
        lines = [
            json.dumps({"arm": run.arm, "stage": run.stage, **self.result(run)}) for run in runs if self.result(run)
        ]
        methods = [
            {"arm": arm, "swept": paper_arms.ARMS[arm].swept, "command": " ".join(self.command(task, arm))}
            for arm in paper_arms.COMPARED[task]
        ]
        head = {
            "schema": "monotone/paper-runs/v1", "experiment": task, "pointEvery": self.point(task),
            "episodes": self.size.episodes, "methods": methods, "versions": versions,
        }
        content = json.dumps(head)[:-1] + ', "runs": [\n' + ",\n".join(lines) + "\n]}\n"
        training_runs.write(self.output / "data" / f"{task}.json", content)

    def scores(self):
        """Writes the scores of runs in the paper's own settings, where there are any."""
        files = [file for folder in SCORES for file in sorted((ROOT / folder).glob("*.json"))]
        runs = [(file, json.loads(file.read_text())) for file in files]
        lines = [
            json.dumps({
                "environment": run["environment"], "arm": "vine" if "vine" in file.name else "single-path",
                "seed": run["seed"], "steps": run["steps"], "score": run["score"],
                "source": str(file.relative_to(ROOT)),
            })
            for file, run in runs
        ]
        if lines:
            content = '{"schema": "monotone/paper-scores/v1", "scores": [\n' + ",\n".join(lines) + "\n]}\n"
            training_runs.write(self.output / "data" / "scores.json", content)

    def part(self, name):
        """Makes a part, and notes its time."""
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        files, made = len(list(self.runs.iterdir())), False
        if name == "swimmer-sweep":
            self.all(self.sweep("swimmer"))
        elif name == "finite":
            made = self.finite()
        else:
            for task in name.split("-") if name == "hopper-walker" else [name]:
                self.all(self.sweep(task))
                self.all(self.evaluation(task))
                self.gather(task)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = time.monotonic() - start
        cores = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{name}: {seconds / 60:.1f} minutes, {cores / 60:.1f} core-minutes", flush=True)
        if made or len(list(self.runs.iterdir())) > files:
            self.note(name, seconds, cores)

    def finite(self):
        """The methods on finite models, sampled against exact; all of them anew where the file is missing."""
        file = self.output / "data" / "finite.json"
        if file.exists():
            return False
        samples, seeds, most = self.size.finite
        training_runs.write(
            file, paper_finite.results(self.options.monotone, self.options.jobs, samples, range(seeds), most)
        )
        return True

    def note(self, part, seconds, cores):
        """Adds the time of a part, whose earlier time counts if it was cut."""
        file = self.output / "environment.json"
        document = json.loads(file.read_text()) if file.exists() else {}
        earlier = document.get("parts", {})
        known = earlier.get(part, {"seconds": 0, "coreSeconds": 0})
        document = {
            "schema": "monotone/paper-environment/v1",
            "command": f"python3 Benchmarks/paper.py --size {self.options.size} --jobs {self.options.jobs}",
            "system": platform.platform(),
            "processors": os.cpu_count(),
            "parts": earlier | {
                part: {
                    "seconds": round(known["seconds"] + seconds, 1),
                    "coreSeconds": round(known["coreSeconds"] + cores, 1),
                }
            },
        }
        training_runs.write(file, json.dumps(document, indent=1) + "\n")


def main():
    """Makes the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", action="append", choices=PARTS, help="may be repeated (default: all, in order)")
    parser.add_argument("--size", choices=SIZES, default="full")
    parser.add_argument("--monotone", default=str(ROOT / ".build/release/monotone"))
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time")
    parser.add_argument("--output", help="folder of the report (reports/paper; of other sizes reports/paper-SIZE)")
    parser.add_argument("--runs", default=str(ROOT / ".build/paper"), help="folder of the runs")
    options = parser.parse_args()
    name = "paper" if options.size == "full" else f"paper-{options.size}"
    options.output = options.output or str(ROOT / "reports" / name)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # Where `make mujoco` installs; CMA-ES stands there, too.
    sys.path.append(str(ROOT / ".build/python"))
    experiments = Experiments(options)
    for part in options.part or PARTS:
        experiments.part(part)
    experiments.scores()


if __name__ == "__main__":
    main()
