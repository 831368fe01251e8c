#!/usr/bin/env python3
"""Writes `Tests/Goldens/trpo/convolutions.json`: convolutional policies on small batches, differentiated by PyTorch.

    python3 Tools/make_convolution_goldens.py            write it
    python3 Tools/make_convolution_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

What `make_trpo_goldens.py` says of policies of dense layers, said of networks that begin with `torch.nn.functional.conv2d`,
and a whole update of each: x from the linear system (F + damping I) x = g with F the dense Hessian, the step
sqrt(2 delta / x'Fx) x, shortened until the surrogate gains and the mean KL is at most delta.
"""

import sys
from pathlib import Path

import numpy as np
import torch

from make_trpo_goldens import ROWS, Policy, main, measured, numbers, rounded

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "trpo" / "convolutions.json"
DELTA, DAMPING, BACKTRACK = 0.01, 0.1, 0.8
ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu}
JOYSTICK = {"choices": [3, 3, 2]}
# Image (height, width, channels, whether of bytes), convolutions (filters, kernel, stride), hidden widths, activation, head.
CASES = [
    ("one convolution", (6, 5, 2, False), [(3, 2, 1)], [4], "tanh", {"choices": [3, 2]}),
    ("two, of strides 2 and 1", (7, 6, 1, False), [(2, 3, 2), (3, 2, 1)], [3], "relu", {"choices": [3]}),
    ("a kernel as wide as the image", (5, 4, 3, True), [(3, 4, 1)], [], "tanh", {"dimensions": 2}),
    ("kernels of one pixel", (4, 3, 2, False), [(3, 1, 1), (2, 1, 2)], [5], "relu", JOYSTICK),
    ("like the paper's", (12, 10, 2, True), [(4, 4, 2), (4, 2, 2)], [6], "tanh", JOYSTICK),
    ("no convolution", (2, 3, 2, True), [], [3], "tanh", {"choices": [2]}),
]


class ConvolutionalPolicy(Policy):
    """Convolutions, weights kernel rows x kernel columns x channels x filters and biases, before the dense layers."""

    def __init__(self, image, convolutions, hidden, activation, head):
        self.image, self.convolutions = image, convolutions
        self.activation = ACTIVATIONS[activation]
        height, width, channels, _ = image
        count = 0
        for filters, kernel, stride in convolutions:
            count += kernel * kernel * channels * filters + filters
            height, width, channels = (height - kernel) // stride + 1, (width - kernel) // stride + 1, filters
        super().__init__(head, hidden, inputs=height * width * channels)
        self.convolution_size = count
        self.network_size += count
        self.size += count

    def network(self, parameters, values):
        height, width, channels, of_bytes = self.image
        h = values.reshape(-1, height, width, channels).permute(0, 3, 1, 2) / (255 if of_bytes else 1)
        start = 0
        for filters, kernel, stride in self.convolutions:
            size = kernel * kernel * h.shape[1] * filters
            weights = parameters[start : start + size].reshape(kernel, kernel, h.shape[1], filters).permute(3, 2, 0, 1)
            biases = parameters[start + size : start + size + filters]
            h = self.activation(torch.nn.functional.conv2d(h, weights, biases, stride))
            start += size + filters
        return super().network(parameters[start:], h.permute(0, 2, 3, 1).reshape(len(values), -1))


def update(policy, facts):
    """The parameters after an update, and how many trials the line search took."""
    tensor = {key: torch.tensor(facts[key]) for key in ("parameters", "advantages", "weights", "gradient", "observations")}
    old, g, w = tensor["parameters"], tensor["gradient"], tensor["weights"]
    observations = tensor["observations"].reshape(ROWS, -1)
    actions = torch.tensor(facts["actions"]).reshape(ROWS, -1)
    fisher = torch.zeros(policy.size, policy.size)
    fisher[tuple(np.tril_indices(policy.size))] = torch.tensor(facts["fisherLowerTriangle"])
    fisher = fisher + fisher.T - fisher.diag().diag()
    x = torch.linalg.solve(fisher + DAMPING * torch.eye(policy.size), g)
    step = torch.sqrt(2 * DELTA / (x @ fisher @ x)) * x
    before = policy.log_probabilities(old, observations, actions)
    parts = policy.distributions(old, observations)
    for trial in range(10):
        new = old + BACKTRACK**trial * step
        ratio = torch.exp(policy.log_probabilities(new, observations, actions) - before)
        gain = (w * (ratio - 1) * tensor["advantages"]).sum()
        rows = sum(torch.distributions.kl_divergence(a, b) for a, b in zip(parts, policy.distributions(new, observations)))
        if gain > 0 and (w * rows).sum() / w.sum() <= DELTA:
            return new, trial + 1
    raise SystemExit("no trial of the line search passes")


def golden(seed, name, image, convolutions, hidden, activation, head):
    policy = ConvolutionalPolicy(image, convolutions, hidden, activation, head)
    height, width, channels, of_bytes = image

    def observe(rng):
        shape = (ROWS, height * width * channels)
        return torch.tensor(1.0 * rng.integers(0, 256, shape)) if of_bytes else rounded(rng.standard_normal(shape))

    facts = measured(policy, seed, observe)
    new, trials = update(policy, facts)
    del facts["fisherLowerTriangle"]
    return {
        "name": name,
        "head": head,
        "image": [height, width, channels],
        "holdsBytes": of_bytes,
        "convolutions": [list(one) for one in convolutions],
        "hidden": hidden,
        "activation": activation,
    } | facts | {"updated": numbers(new), "trials": trials}


if __name__ == "__main__":
    sys.exit(main(__doc__, TARGET, lambda: [golden(seed, *case) for seed, case in enumerate(CASES)]))
