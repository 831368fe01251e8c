"""The methods of Schulman et al. 2015 on finite models: with infinitely many samples, and with some.

With infinitely many they are the rules of `monotone improve`; with N, runs of `monotone train` with a logit for each
state and action, whose policies after each update `monotone audit` judges. Both begin with the same policy. Exact are
the returns, the mean and the largest KL divergence of each update, and whether a bound guaranteed it beforehand.
"""

import concurrent.futures
import json
import math
import pathlib
import subprocess
import tempfile

from training_runs import ROOT

DELTA = 0.02
UPDATES = 5
MOST_PAIRS = 400
# Of each method: the rule, and the options of train; None where it has no such form.
METHODS = {
    "trust-region": ("trust-region", []),
    "empirical-fisher": (None, ["--fisher", "empirical"]),
    "mean-kl": ("mean-kl", None),
    "max-kl": ("max-kl", ["--constraint", "max-kl"]),
    "natural-gradient": ("natural-gradient", ["--method", "natural-gradient"]),
    "penalty": ("penalty", None),
}


def models(most):
    """Models that are small enough, and whose discount is below 1, by name."""
    found = []
    for file in sorted((ROOT / "mdps").glob("*.json")):
        document = json.loads(file.read_text())
        counts = [x if isinstance(x, int) else len(x) for x in (document["states"], document["actions"])]
        if counts[0] * counts[1] <= MOST_PAIRS and document["discount"] not in (1, "1"):
            found.append(file)
    return found[:most]


class Model:
    """A model with all methods."""

    def __init__(self, monotone, file, samples, seeds):
        self.monotone, self.file, self.samples, self.seeds = monotone, file, samples, seeds

    def command(self, *words, allowed=(0,)):
        """A command's standard output; None where its data has no answer."""
        done = subprocess.run([self.monotone, *map(str, words)], capture_output=True, text=True)
        if done.returncode == 65:
            return None
        if done.returncode not in allowed:
            raise SystemExit(f"monotone {' '.join(map(str, words))}: status {done.returncode}\n{done.stderr}")
        return done.stdout

    def train(self, folder, options, iterations, seed, samples):
        """The policy after so many updates."""
        policy = folder / f"{iterations}.policy.json"
        done = self.command(
            "train", self.file, "--preset", "tabular", "--delta", DELTA, "--batch", samples, "--steps", 10**9,
            "--environments", "20", "--precision", "double", "--critic", "none", "--returns", "monteCarlo",
            "--normalises-advantages", "false", "--fisher-share", "1", "--damping", "1e-6",
            "--seed", seed, "--iterations", iterations, *options, "--output", folder / "run", "--overwrite",
            "--export-policy", policy,
        )  # fmt: skip
        return None if done is None else policy

    def first(self, folder):
        """The policy that training begins with, by an update too small to be seen."""
        return self.train(folder, ["--method", "natural-gradient", "--step-size", "1e-12"], 1, 0, 200)

    def sampled(self, folder, options, first, seed, samples):
        """The updates of a run with N samples."""
        policies = [self.train(folder, options, count + 1, seed, samples) for count in range(UPDATES)]
        text = self.command("audit", self.file, "--policies", first, *policies, "--json", allowed=(0, 3))
        return None if text is None else [update(x, "returnCandidate") for x in json.loads(text)["updates"]]

    def exact(self, rule, first, options=()):
        """The updates with infinitely many samples."""
        words = ["improve", self.file, "--rule", rule, "--policy", first, "--iterations", UPDATES, *options, "--json"]
        text = self.command(*words, allowed=(0, 3))
        return None if text is None else [update(x, "return") for x in json.loads(text)["iterations"]]

    def result(self):
        """All methods on the model; None where nothing can be trained."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            made = self.first(folder)
            if made is None:
                return None
            first = folder / "first.policy.json"
            made.rename(first)
            solution = json.loads(self.command("solve", self.file, "--policy", first, "--json"))
            optimum = json.loads(self.command("solve", self.file, "--policy", "optimal", "--json"))
            # The natural gradient's fixed step spends the trust region at the first update; where samples found no
            # direction, it is 0, and the method stays out.
            step = self.step(folder)
            result = {
                "model": solution["mdp"]["name"], "states": solution["mdp"]["states"],
                "start": middle(solution["return"]), "optimum": middle(optimum["return"]), "methods": [],
            }
            for method, (rule, options) in METHODS.items():
                entry = {"method": method, "exact": None, "sampled": []}
                result["methods"].append(entry)
                if method == "natural-gradient" and step == 0:
                    continue
                if rule:
                    entry["exact"] = self.exact(rule, first, self.settings(rule, step, solution["mdp"]["discount"]))
                if options is not None:
                    more = ["--step-size", repr(step)] if method == "natural-gradient" else []
                    for samples in self.samples:
                        runs = [self.sampled(folder, [*options, *more], first, seed, samples) for seed in self.seeds]
                        entry["sampled"].append({"samples": samples, "runs": [run for run in runs if run]})
            return result

    def step(self, folder):
        """The step of the first update of trust region policy optimization with many samples."""
        self.train(folder, [], 1, 0, max(self.samples))
        header, row = (folder / "run" / "progress.csv").read_text().splitlines()[:2]
        return float(dict(zip(header.split(","), row.split(","), strict=True))["stepLength"])

    @staticmethod
    def settings(rule, step, discount):
        """Options of a rule; its step is for the unnormalised gradient, 1/(1 - γ) times that of samples."""
        if rule == "natural-gradient":
            return ["--step", repr(step * (1 - middle(discount)))]
        return [] if rule == "penalty" else ["--delta", DELTA]


def middle(quantity):
    """A number of a document."""
    if isinstance(quantity, dict):
        return quantity["midpoint"] if "midpoint" in quantity else quantity["approximate"]
    return float(quantity)


def finite(number):
    """A number; None for an infinite one, which JSON has no word for."""
    return number if math.isfinite(number) else None


def update(document, name):
    """Of an update: the return after it, its KL divergences, and whether it was guaranteed."""
    return {
        "return": middle(document[name]),
        "meanKL": finite(middle(document["meanKL"])), "maxKL": finite(middle(document["maxKL"])),
        "isGuaranteed": document["guaranteed"] == "holds", "isHarmful": document["improved"] == "violated",
    }


def results(monotone, jobs, samples, seeds, most=None):
    """The document of all models."""
    files = models(most)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        found = list(pool.map(lambda file: Model(monotone, file, samples, seeds).result(), files))
    document = {
        "schema": "monotone/paper-finite/v1", "delta": DELTA, "updates": UPDATES,
    }
    lines = [json.dumps(result) for result in found if result]
    return json.dumps(document)[:-1] + ', "models": [\n' + ",\n".join(lines) + "\n]}\n"
