#!/usr/bin/env python3
"""Runs the documentation's example for PyTorch on a checkpoint and compares it with the exported policy.

Usage: python3 Tools/test_pytorch_example.py TENSORS.safetensors POLICY.json

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
    """A NumPy array that spells one copy as PyTorch does."""

    def contiguous(self):
        return numpy.ascontiguousarray(self)


class Linear:
    """y = x Wᵀ + b, with W by output and input, as in PyTorch."""

    def __init__(self, inputs, outputs):
        self.weight = types.SimpleNamespace(data=numpy.zeros((outputs, inputs)))
        self.bias = types.SimpleNamespace(data=numpy.zeros(outputs))

    def __call__(self, x):
        if self.weight.data.shape[1] != len(x):
            raise ValueError(f"{len(x)} inputs for a weight of shape {self.weight.data.shape}")
        return self.weight.data @ x + self.bias.data


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
    nn.Linear, nn.Sequential, nn.Tanh = Linear, Sequential, lambda: numpy.tanh
    torch = types.ModuleType("torch")
    torch.nn = nn
    loader = types.ModuleType("safetensors.torch")
    loader.load_file = lambda path: {
        name: value.view(Array) for name, value in safetensors.numpy.load_file(path).items()
    }
    sys.modules.update({"torch": torch, "torch.nn": nn, "safetensors.torch": loader})


def number(value) -> float:
    """A number of a policy file: a literal or a fraction."""
    top, _, bottom = str(value).partition("/")
    return float(top) / float(bottom or 1)


def main() -> int:
    tensors, policy = sys.argv[1:]
    try:
        import torch

        vector = torch.tensor
    except ImportError:
        stand_in()
        vector = numpy.array
    article = (ROOT / "Documentation" / "Monotone.docc" / "Training.md").read_text(encoding="utf-8")
    example = next(code for code in re.findall(r"```python\n(.*?)```", article, re.S) if "nn." in code)
    example, count = re.subn(r'"[^"]*\.safetensors"', repr(tensors), example)
    assert count == 1, "the example names one file"
    names: dict = {}
    exec(example, names)

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
