#!/usr/bin/env python3
"""Writes `Tests/Goldens/training/`: what PyTorch and NumPy make of the building blocks of training.

    python3 Tools/make_training_goldens.py            write it
    python3 Tools/make_training_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

    adam.json      parameters and moments after steps of torch.optim.Adam on given gradients
    critic.json    a value network after epochs of minibatches, shuffled by a Philox4x32-10 of this file's own
    moments.json   moments of batches put together, and of running discounted returns, by numpy
    tensors.safetensors   what the safetensors package writes

All in double precision.
"""

import json
import random
import sys
from pathlib import Path

import numpy
import safetensors.numpy
import torch

import golden_files

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


class Philox:
    """Philox4x32-10 (Salmon et al. 2011): block k of a stream is a function of seed, stream and k."""

    MASK = 0xFFFFFFFF

    def __init__(self, seed, stream=0):
        self.key = (seed & self.MASK, seed >> 32)
        self.stream = stream
        self.counter = 0
        self.words = []

    def next(self):
        """64 bits, the low half of each block first."""
        if not self.words:
            x, y = self.counter & self.MASK, self.counter >> 32
            z, w = self.stream & self.MASK, self.stream >> 32
            k0, k1 = self.key
            for _ in range(10):
                a, b = 0xD2511F53 * x, 0xCD9E8D57 * z
                x, y, z, w = (b >> 32) ^ y ^ k0, b & self.MASK, (a >> 32) ^ w ^ k1, a & self.MASK
                k0, k1 = (k0 + 0x9E3779B9) & self.MASK, (k1 + 0xBB67AE85) & self.MASK
            self.counter += 1
            self.words = [y << 32 | x, w << 32 | z]
        return self.words.pop(0)

    def below(self, bound):
        """Lemire's multiplication, with his rejection."""
        while True:
            product = self.next() * bound
            if product % 2**64 >= 2**64 % bound:
                return product >> 64

    def shuffle(self, items):
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]


def critic():
    """Three epochs of minibatches of 16 of 50 rows, the last of two."""
    draws = random.Random(2)
    widths, rows, minibatch, epochs, seed, stream = [3, 5, 4, 1], 50, 16, 3, 0x123456789ABCDEF, 7
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layer = torch.nn.Linear(inputs, outputs, dtype=torch.float64)
        with torch.no_grad():
            for parameter in layer.parameters():
                parameter.copy_(torch.tensor([draws.uniform(-1, 1) for _ in range(parameter.numel())],
                                             dtype=torch.float64).reshape(parameter.shape))
        layers += [layer, torch.nn.Tanh()]
    network = torch.nn.Sequential(*layers[:-1])

    def flat():
        # Ours are inputs x outputs, theirs the other way round.
        return [x for layer in network[::2] for p in (layer.weight.T, layer.bias) for x in p.flatten().tolist()]

    observations = torch.tensor([[draws.gauss(0, 1) for _ in range(3)] for _ in range(rows)], dtype=torch.float64)
    targets = torch.tensor([draws.gauss(0, 2) for _ in range(rows)], dtype=torch.float64)
    optimizer = torch.optim.Adam(network.parameters(), lr=5e-3)

    def explained(values):
        return float(1 - (targets - values).var() / targets.var())

    def evaluate():
        with torch.no_grad():
            values = network(observations).squeeze(1)
            return values, float(torch.nn.functional.mse_loss(values, targets)), explained(values)

    before, golden = evaluate(), {"widths": widths, "parameters": flat()}
    order, philox = list(range(rows)), Philox(seed, stream)
    for _ in range(epochs):
        philox.shuffle(order)
        for start in range(0, rows, minibatch):
            chosen = order[start : start + minibatch]
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(network(observations[chosen]).squeeze(1), targets[chosen]).backward()
            optimizer.step()
    after = evaluate()
    return golden | {
        "observations": observations.flatten().tolist(),
        "targets": targets.tolist(),
        "learningRate": 5e-3,
        "epochs": epochs,
        "minibatch": minibatch,
        "seed": seed,
        "stream": stream,
        "result": flat(),
        "values": after[0].tolist(),
        "loss": [before[1], after[1]],
        "explainedVariance": [before[2], after[2]],
    }


def moments():
    """Batches of different sizes, one of a single row, one empty; a mean far larger than its spread; a constant."""
    draws = random.Random(3)
    batches = [[[1e6 + draws.gauss(0, 1), draws.gauss(-2, 1e-3), 5.0] for _ in range(n)] for n in (40, 1, 0, 300)]
    rows = numpy.array([row for batch in batches for row in batch])
    # Three environments side by side, episodes of 7, 11 and 50 steps.
    discount, slots, times, rewards = 0.9, [], [], []
    for step in range(60):
        for slot, length in enumerate((7, 11, 50)):
            slots.append(slot)
            times.append(step % length)
            rewards.append(draws.gauss(slot, 10))
    returns, running = [], {}
    for slot, time, reward in zip(slots, times, rewards):
        running[slot] = reward + (discount * running[slot] if time else 0)
        returns.append(running[slot])
    return {
        "batches": [[x for row in batch for x in row] for batch in batches],
        "mean": rows.mean(axis=0).tolist(),
        "variance": rows.var(axis=0).tolist(),
        "discount": discount,
        "slots": slots,
        "times": times,
        "rewards": rewards,
        "returnVariance": float(numpy.var(returns)),
    }


def tensors():
    """Every shape and number that is easily got wrong."""
    return safetensors.numpy.save(
        {
            "matrix": numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 4 - 1,
            "odd": numpy.array([1.5, -0.0, numpy.inf, -numpy.inf, 5e-324, 1.7976931348623157e308, 0.1]),
            "none": numpy.zeros((0, 3), numpy.float32),
            "one": numpy.full((), 2.5),
            'quoted "\\/\n\u00e9\U0001f600': numpy.array([3], dtype=numpy.float32),
        },
        metadata={"text": 'a "quoted" \\ line\n and \u00e9\U0001f600\u0001'},
    )


GOLDENS = {
    "adam.json": adam,
    "critic.json": critic,
    "moments.json": moments,
    "tensors.safetensors": tensors,
}


def encoded(golden):
    return golden if isinstance(golden, bytes) else (json.dumps(golden, separators=(",", ":")) + "\n").encode()


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, lambda: ((TARGET / name, encoded(make())) for name, make in GOLDENS.items())))
