#!/usr/bin/env python3
"""Runs the documentation's example for PyTorch on a checkpoint and compares it with the exported policy.

Usage: python3 Tools/test_pytorch_example.py TENSORS.safetensors POLICY.json

The example of convolutions is run by tests, which call `play`.

The run is on a finite MDP whose states are seen one-hot and offer every action. Where PyTorch is not
installed, the few of its names that the example uses are stood in for by NumPy. Exits 1 on a difference.
"""

import json
import math
import pathlib
import re
import sys
import types

import numpy
import safetensors
import safetensors.numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Array(numpy.ndarray):
    """A NumPy array that spells some of its functions as PyTorch does."""

    def contiguous(self):
        return numpy.ascontiguousarray(self)

    def permute(self, *axes):
        return self.transpose(axes)

    def flatten(self, start):
        return self.reshape(*self.shape[:start], -1)


class Conv2d:
    """A convolution without padding, with weights by filter, channel, row and column, as in PyTorch."""

    def __init__(self, channels, filters, kernel, stride):
        self.weight = types.SimpleNamespace(data=numpy.zeros((filters, channels, kernel, kernel)))
        self.bias = types.SimpleNamespace(data=numpy.zeros(filters))
        self.stride = stride

    def __call__(self, x):
        kernel = self.weight.data.shape[2:]
        windows = numpy.lib.stride_tricks.sliding_window_view(x, kernel, axis=(2, 3))
        places = windows[:, :, :: self.stride, :: self.stride]
        y = numpy.einsum("ncyxij,fcij->nfyx", places, self.weight.data)
        return (y + self.bias.data[:, None, None]).view(Array)


class Linear:
    """y = x Wᵀ + b, with W by output and input, as in PyTorch."""

    def __init__(self, inputs, outputs):
        self.weight = types.SimpleNamespace(data=numpy.zeros((outputs, inputs)))
        self.bias = types.SimpleNamespace(data=numpy.zeros(outputs))

    def __call__(self, x):
        if self.weight.data.shape[1] != x.shape[-1]:
            raise ValueError(f"{x.shape[-1]} inputs for a weight of shape {self.weight.data.shape}")
        return x @ self.weight.data.T + self.bias.data


class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def stand_in() -> None:
    """Puts NumPy in the place of PyTorch."""
    nn = types.ModuleType("torch.nn")
    nn.Linear, nn.Conv2d, nn.Sequential = Linear, Conv2d, Sequential
    nn.Tanh, nn.ReLU = lambda: numpy.tanh, lambda: lambda x: numpy.maximum(x, 0)
    torch = types.ModuleType("torch")
    torch.nn = nn
    loader = types.ModuleType("safetensors.torch")
    loader.load_file = lambda path: {
        name: value.view(Array) for name, value in safetensors.numpy.load_file(path).items()
    }
    sys.modules.update({"torch": torch, "torch.nn": nn, "safetensors.torch": loader})


def tensor_maker():
    """The function that makes a tensor of lists: PyTorch's, or its stand-in."""
    try:
        import torch

        return torch.tensor
    except ImportError:
        stand_in()
        return lambda values: numpy.array(values).view(Array)


def run_example(word: str, files: dict) -> dict:
    """Runs the first example of the documentation in which a word stands, with other files; returns its names."""
    article = (ROOT / "Documentation" / "Monotone.docc" / "Training.md").read_text(encoding="utf-8")
    example = next(code for code in re.findall(r"```python\n(.*?)```", article, re.S) if word in code)
    for pattern, file in files.items():
        example, count = re.subn(pattern, repr(file), example)
        assert count == 1, f"the example names one file like {pattern}"
    names: dict = {}
    exec(example, names)
    return names


def play(tensors: str, config: str, images: str, shape: list, choices: list) -> None:
    """Runs the example of convolutions on images, a flat list in a file, and prints the likeliest actions."""
    vector = tensor_maker()
    names = run_example("nn.Conv2d", {r'"[^"]*\.safetensors"': tensors, r'"[^"]*config\.json"': config})
    values = numpy.array(json.loads(pathlib.Path(images).read_text(encoding="utf-8")), dtype=numpy.float32)
    logits = names["policy"](vector(values.reshape(-1, *shape))).tolist()
    actions = []
    for row in logits:
        starts = [sum(choices[:part]) for part in range(len(choices))]
        parts = [row[start : start + count] for start, count in zip(starts, choices, strict=True)]
        actions.append([part.index(max(part)) for part in parts])
    print(json.dumps(actions))


def number(value) -> float:
    """A number of a policy file: a literal or a fraction."""
    top, _, bottom = str(value).partition("/")
    return float(top) / float(bottom or 1)


def main() -> int:
    tensors, policy = sys.argv[1:]
    vector = tensor_maker()
    names = run_example("nn.Linear", {r'"[^"]*\.safetensors"': tensors})

    with safetensors.safe_open(tensors, "numpy") as file:
        metadata = file.metadata()
    for key, word in [("format", "monotone/checkpoint/v1"), ("layout", "weight[input, output]"),
                      ("activation", "tanh"), ("head", "categorical"), ("observations", "as they are")]:
        assert metadata[key].startswith(word), f"{key}: {metadata[key]}"

    rows = list(json.loads(pathlib.Path(policy).read_text(encoding="utf-8"))["probabilities"].values())
    for state, row in enumerate(rows):
        seen = vector([1.0 if other == state else 0.0 for other in range(len(rows))])
        logits = [float(y) for y in names["policy"](seen)]
        weights = [math.exp(y - max(logits)) for y in logits]
        for found, weight in zip(row.values(), weights, strict=True):
            # Logits of size 1 in single precision.
            if abs(number(found) - weight / sum(weights)) > 1e-6:
                print(f"state {state}: {number(found)} is not {weight / sum(weights)}")
                return 1
    print(f"{len(rows)} states, as exported")
    return 0


if __name__ == "__main__":
    sys.exit(main())
