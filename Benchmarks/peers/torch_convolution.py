#!/usr/bin/env python3
"""Measures one Fisher product of the convolutional policy of Schulman et al. 2015 against PyTorch's, on the same batch.

    pip install -r Benchmarks/peers/requirements.txt
    swift build --package-path Benchmarks -c release
    OPENBLAS_NUM_THREADS=1 python3 Benchmarks/peers/torch_convolution.py Benchmarks/.build/release/bench

Four frames of 52 x 40 bytes, twice 16 filters of 4 x 4 with stride 2, 20 tanh units, 3 + 3 + 2 logits: 33,500
parameters; float32, one thread.

PyTorch: double backpropagation of the mean KL(old || new), the way of the public implementations, with the graph of the
gradient kept, so that a product is one backward pass through it. Ours: a forward pass, J v, the metric and the transpose,
with nothing kept but images as bytes. The two products are compared first. Also against the calls of sgemm that ours makes
and the matrices of patches for them, alone.

Rounds alternate between the sides; times are of the processor, ratios are taken round by round.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402  (the thread counts must be set before)
import torch  # noqa: E402
from torch import nn  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from compare import Bench  # noqa: E402
from ratios import compare  # noqa: E402

CHOICES = [3, 3, 2]
PARAMETERS = 33_500


class Peer:
    """The policy, a batch, and the gradient of its mean KL with its graph."""

    def __init__(self, rows):
        torch.manual_seed(1)
        rng = np.random.default_rng(1)
        self.images = rng.integers(0, 256, (rows, 52, 40, 4), dtype=np.uint8)
        self.convolutions = nn.Sequential(nn.Conv2d(4, 16, 4, 2), nn.Tanh(), nn.Conv2d(16, 16, 4, 2), nn.Tanh())
        self.dense = nn.Sequential(nn.Linear(1408, 20), nn.Tanh(), nn.Linear(20, 8))
        self.parameters = [*self.convolutions.parameters(), *self.dense.parameters()]
        count = sum(p.numel() for p in self.parameters)
        if count != PARAMETERS:
            raise SystemExit(f"{count} parameters, not {PARAMETERS}")
        self.direction = torch.tensor(rng.standard_normal(count), dtype=torch.float32)
        self.actions = np.stack([rng.integers(0, n, rows) for n in CHOICES], axis=1).astype(np.float32)
        self.advantages = rng.standard_normal(rows).astype(np.float32)
        # Channels first in memory, as a replay of frames has them.
        self.batch = torch.tensor(self.images).permute(0, 3, 1, 2).float().contiguous() / 255
        new = self.parts()
        old = [torch.distributions.Categorical(logits=part.logits.detach()) for part in new]
        divergence = sum(torch.distributions.kl_divergence(a, b) for a, b in zip(old, new)).mean()
        self.gradient = torch.cat([
            g.reshape(-1) for g in torch.autograd.grad(divergence, self.parameters, create_graph=True)
        ])

    def parts(self):
        features = self.convolutions(self.batch).permute(0, 2, 3, 1).flatten(1)
        return [torch.distributions.Categorical(logits=y) for y in torch.split(self.dense(features), CHOICES, dim=1)]

    def product(self):
        """F v in PyTorch's order of the parameters."""
        slope = self.gradient @ self.from_ours(self.direction)
        parts = torch.autograd.grad(slope, self.parameters, retain_graph=True)
        return torch.cat([p.reshape(-1) for p in parts])

    def seconds(self):
        start = time.process_time()
        self.product()
        return time.process_time() - start

    def to_ours(self, vector):
        """Layer by layer weights by row, column, channel and filter, or input and output, then biases."""
        parts, start = [], 0
        for p in self.parameters:
            part = vector[start : start + p.numel()].reshape(p.shape)
            start += p.numel()
            parts.append(part.permute(2, 3, 1, 0) if part.ndim == 4 else part.T if part.ndim == 2 else part)
        return torch.cat([part.reshape(-1) for part in parts])

    def from_ours(self, vector):
        parts, start = [], 0
        for p in self.parameters:
            part = vector[start : start + p.numel()]
            start += p.numel()
            if p.ndim == 4:
                part = part.reshape(*p.shape[2:], p.shape[1], p.shape[0]).permute(3, 2, 0, 1)
            elif p.ndim == 2:
                part = part.reshape(p.shape[1], p.shape[0]).T
            parts.append(part.reshape(-1))
        return torch.cat(parts)

    def write(self, path):
        theta = torch.cat([p.detach().reshape(-1) for p in self.parameters])
        with open(path, "wb") as file:
            file.write(f"{len(self.images)}\n".encode())
            file.write(self.images.tobytes())
            for part in (self.actions, self.advantages, self.to_ours(theta), self.direction, self.to_ours(self.product())):
                file.write(np.ascontiguousarray(part, dtype=np.float32).tobytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("executable")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--rows", type=int, default=1024)
    options = parser.parse_args()
    torch.set_num_threads(1)
    bench = Bench(options.executable)
    peer = Peer(options.rows)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "convolution.batch"
        peer.write(path)
        error = bench("convolution-error", path)
        print(f"PyTorch {torch.__version__}, {options.rows} images; the products differ by {error:.1e} of the largest number")
        if not error < 1e-4:
            raise SystemExit("the two sides compute different products")
        ours = lambda: bench("convolution", path)  # noqa: E731
        compare("Fisher product: PyTorch, graph kept", ours, peer.seconds, options.rounds, 2)
        compare(
            "Fisher product: its sgemm and patches", ours, lambda: bench("bare-convolution", path), options.rounds,
            1.25, at_least=False,
        )


if __name__ == "__main__":
    main()
