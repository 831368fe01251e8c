#!/usr/bin/env python3
"""Writes `Tests/Goldens/training/`: what PyTorch and NumPy make of the building blocks of training.

    python3 Tools/make_training_goldens.py            write it
    python3 Tools/make_training_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

    adam.json      parameters and moments after steps of torch.optim.Adam on given gradients

All in double precision.
"""

import argparse
import json
import random
import sys
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "training"


def adam():
    """Gradients of very different sizes, some of them zero."""
    draws = random.Random(1)
    parameters = [draws.uniform(-1, 1) for _ in range(7)]
    scales = [1, 1e-3, 1e3, 1e-9, 0, 1, 1e6]
    gradients = [[s * draws.gauss(0, 1) for s in scales] for _ in range(40)]
    settings = {"learningRate": 3e-3, "firstDecay": 0.85, "secondDecay": 0.99, "epsilon": 1e-7}
    theta = torch.nn.Parameter(torch.tensor(parameters, dtype=torch.float64))
    optimizer = torch.optim.Adam(
        [theta], lr=settings["learningRate"], betas=(settings["firstDecay"], settings["secondDecay"]),
        eps=settings["epsilon"],
    )
    for gradient in gradients:
        theta.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
    state = optimizer.state[theta]
    return {
        "configuration": settings,
        "parameters": parameters,
        "gradients": gradients,
        "result": theta.tolist(),
        "firstMoment": state["exp_avg"].tolist(),
        "secondMoment": state["exp_avg_sq"].tolist(),
    }


GOLDENS = {"adam.json": adam}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    differing = []
    for name, make in GOLDENS.items():
        text = json.dumps(make(), separators=(",", ":")) + "\n"
        path = TARGET / name
        if not arguments.check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            differing.append(name)
    for name in differing:
        print(f"differs: {TARGET / name}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
