"""Trains every learning target with five seeds and writes the table Benchmarks/LEARNING.md.

    python3 Benchmarks/learning.py [--monotone .build/release/monotone]

Classic control is judged by 100 episodes of the most likely actions, finite MDPs by the exact return
of the exported policy as a share of the optimum's, both by `monotone solve`. A share is taken of the
way from the uniform policy's return to the optimum's, so that neither a constant added to rewards nor
their sign matters.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile

SEEDS = [0, 1, 2, 3, 4]
CONTROL = [
    ("CartPole-v1", "--preset cart-pole", "≥ 495 within 100,000 steps", lambda x: x >= 495),
    ("Pendulum-v1", "--preset pendulum", "≥ −170 within 200,000 steps", lambda x: x >= -170),
]
TUTORIAL = ("Pendulum-v1", "--preset pendulum-tutorial")
MODELS = ["frozen-lake-4x4", "taxi", "river-swim"]


def run(*words):
    """The standard output of a command, which must succeed."""
    environment = dict(os.environ, OPENBLAS_NUM_THREADS="1")
    return subprocess.run(
        [str(word) for word in words], check=True, capture_output=True, text=True, env=environment
    ).stdout


def last_row(folder):
    """The last row of a run's progress.csv, by column."""
    with open(os.path.join(folder, "progress.csv"), newline="") as file:
        lines = file.read().split("\r\n")
    return dict(zip(lines[0].split(","), lines[-2].split(",")))


def midpoint(quantity):
    """A quantity of `solve --json` as a float."""
    if isinstance(quantity, dict):
        return quantity.get("midpoint", quantity.get("approximate"))
    return quantity


def exact_return(monotone, model, policy):
    return midpoint(json.loads(run(monotone, "solve", model, "--policy", policy, "--json"))["return"])


def number(value, digits=1):
    return f"{value:,.{digits}f}".replace("-", "−")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--monotone", default=".build/release/monotone")
    monotone = parser.parse_args().monotone
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for environment, options, target, meets in CONTROL:
            returns, steps = [], []
            for seed in SEEDS:
                folder = os.path.join(scratch, f"{environment}-{seed}")
                run(monotone, "train", environment, *options.split(), "--seed", seed, "--output", folder)
                returns.append(json.loads(run(monotone, "evaluate", folder, "--json"))["meanReturn"])
                steps.append(int(last_row(folder)["steps"]))
            median = statistics.median(returns)
            rows.append((
                f"`train {environment} {options}`", f"{max(steps):,}",
                ", ".join(number(x) for x in returns), number(median),
                f"{target}: {'met' if meets(median) else 'missed'}"))
            print(rows[-1])
        environment, options = TUTORIAL
        reached = []
        for seed in SEEDS:
            folder = os.path.join(scratch, f"tutorial-{seed}")
            run(monotone, "train", environment, *options.split(), "--seed", seed, "--output", folder)
            row = last_row(folder)
            reached.append(int(row["steps"]) if float(row["meanReturn"]) >= -300 else None)
        known = [x for x in reached if x is not None]
        rows.append((
            f"`train {environment} {options}`", "until −300 over 100 episodes",
            ", ".join("not" if x is None else f"{x:,} steps" for x in reached),
            f"{int(statistics.median(known)):,} steps" if known else "–",
            "stop rule: " + ("met" if None not in reached else "missed")))
        print(rows[-1])
        for name in MODELS:
            model, options = f"mdps/{name}.json", "--preset tabular"
            optimum = exact_return(monotone, model, "optimal")
            uniform = exact_return(monotone, model, "uniform")
            shares, steps = [], []
            for seed in SEEDS:
                folder = os.path.join(scratch, f"{name}-{seed}")
                policy = os.path.join(scratch, f"{name}-{seed}.json")
                run(monotone, "train", model, *options.split(), "--seed", seed, "--output", folder,
                    "--export-policy", policy)
                value = exact_return(monotone, model, policy)
                shares.append((value - uniform) / (optimum - uniform))
                steps.append(int(last_row(folder)["steps"]))
            rows.append((
                f"`train {model} {options}`", f"{max(steps):,}",
                ", ".join(f"{100 * x:.2f} %" for x in shares),
                f"{100 * statistics.median(shares):.2f} %",
                f"share of the way from uniform ({number(uniform, 4)}) to optimal ({number(optimum, 4)})"))
            print(rows[-1])
    with open("Benchmarks/LEARNING.md", "w") as file:
        file.write("# Training results\n\n")
        file.write(
            "Seeds 0 to 4, by `make learning`. Classic control: mean return of 100 episodes of the most\n"
            "likely actions. Finite MDPs: exact discounted return of the trained policy, by `monotone solve`.\n\n")
        file.write("| command | steps | seeds | median | target |\n|---|---|---|---|---|\n")
        for row in rows:
            file.write("| " + " | ".join(row) + " |\n")


if __name__ == "__main__":
    main()
