#!/usr/bin/env python3
"""Writes `Tests/Goldens/trpo/policies.json`: policies on small batches, differentiated by PyTorch.

    python3 Tools/make_trpo_goldens.py            write it
    python3 Tools/make_trpo_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

For every head and networks of no, one and two hidden layers, in float64: log-probabilities, entropies, the surrogate,
its gradient, Jacobian products of the network, the Hessian of the mean KL(old || new) at the old policy and its
products, and surrogate and KL at another policy. Distributions, their divergences and entropies are those of
`torch.distributions`, derivatives are automatic ones, Fisher products double differentiation: no formula is shared
with what is tested.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch.distributions import Categorical, Independent, Normal, kl_divergence

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "trpo" / "policies.json"
INPUTS, ROWS = 2, 5
HIDDEN = ([], [3], [3, 2])
HEADS = {
    "categorical": {"choices": [3]},
    "factored categorical": {"choices": [2, 3]},
    "Gaussian, learned deviation": {"dimensions": 2},
    "Gaussian, fixed deviation": {"dimensions": 2, "fixedLogDeviation": -0.25},
}
# Roundings of the derivatives differ between versions and machines.
AGREEMENT = 1e-12


class Policy:
    """Network and head from one flat vector: weights inputs x outputs and biases, layer by layer, then log-deviations."""

    activation = staticmethod(torch.tanh)

    def __init__(self, head, hidden, inputs=INPUTS):
        self.head = head
        self.outputs = sum(head.get("choices", [])) or head["dimensions"]
        self.widths = [inputs, *hidden, self.outputs]
        self.network_size = sum((a + 1) * b for a, b in zip(self.widths, self.widths[1:]))
        self.is_learned = "dimensions" in head and "fixedLogDeviation" not in head
        self.size = self.network_size + (self.outputs if self.is_learned else 0)

    def network(self, parameters, values):
        start = 0
        for layer, (width, columns) in enumerate(zip(self.widths, self.widths[1:])):
            weights = parameters[start : start + width * columns].reshape(width, columns)
            start += width * columns
            values = values @ weights + parameters[start : start + columns]
            start += columns
            if layer < len(self.widths) - 2:
                values = self.activation(values)
        return values

    def distributions(self, parameters, observations):
        """One for every part of the action whose log-probabilities and divergences add up."""
        y = self.network(parameters, observations)
        if "choices" in self.head:
            return [Categorical(logits=logits) for logits in torch.split(y, self.head["choices"], dim=1)]
        psi = parameters[self.network_size :] if self.is_learned else torch.tensor(self.head["fixedLogDeviation"])
        return [Independent(Normal(y, psi.exp().expand_as(y)), 1)]

    def log_probabilities(self, parameters, observations, actions):
        parts = self.distributions(parameters, observations)
        if "choices" in self.head:
            return sum(part.log_prob(actions[:, i]) for i, part in enumerate(parts))
        return parts[0].log_prob(actions)


def rounded(values):
    """Three decimals, so that the file is short and its numbers are the same everywhere."""
    return torch.tensor(np.round(values, 3))


def golden(name, hidden, seed):
    head = HEADS[name]
    facts = {"name": f"{name}, hidden {hidden}", "head": head, "inputs": INPUTS, "hidden": hidden}
    return facts | measured(Policy(head, hidden), seed, lambda rng: rounded(rng.standard_normal((ROWS, INPUTS))))


def measured(policy, seed, observe):
    """A random batch of a policy, with observations from a function of a generator, and all that is said of it."""
    rng, head = np.random.default_rng(seed), policy.head
    old = rounded(0.6 * rng.standard_normal(policy.size))
    new = rounded(old.numpy() + 0.2 * rng.standard_normal(policy.size))
    direction = rounded(rng.standard_normal(policy.size))
    observations = observe(rng)
    advantages = rounded(rng.standard_normal(ROWS))
    weights = rounded(rng.uniform(0.1, 1, ROWS))
    cotangents = rounded(rng.standard_normal((ROWS, policy.outputs)))
    if "choices" in head:
        actions = torch.tensor(np.stack([rng.integers(0, n, ROWS) for n in head["choices"]], axis=1))
    else:
        actions = rounded(rng.standard_normal((ROWS, policy.outputs)))

    old_log = policy.log_probabilities(old, observations, actions)
    old_parts = policy.distributions(old, observations)

    def surrogate(parameters):
        ratio = torch.exp(policy.log_probabilities(parameters, observations, actions) - old_log)
        return (weights * ratio * advantages).sum()

    def divergence(parameters):
        parts = policy.distributions(parameters, observations)
        rows = sum(kl_divergence(a, b) for a, b in zip(old_parts, parts))
        return (weights * rows).sum() / weights.sum()

    def product(vector):
        theta = old.clone().requires_grad_(True)
        (slope,) = torch.autograd.grad(divergence(theta), theta, create_graph=True)
        return torch.autograd.grad(slope @ vector, theta)[0]

    theta = old.clone().requires_grad_(True)
    (gradient,) = torch.autograd.grad(surrogate(theta), theta)
    hessian = torch.autograd.functional.hessian(divergence, old)

    network_part = old[: policy.network_size]
    _, jvp = torch.autograd.functional.jvp(
        lambda p: policy.network(p, observations), network_part, direction[: policy.network_size]
    )
    _, vjp = torch.autograd.functional.vjp(lambda p: policy.network(p, observations), network_part, cotangents)
    return {
        "parameters": numbers(old),
        "observations": numbers(observations),
        "actions": numbers(actions),
        "advantages": numbers(advantages),
        "weights": numbers(weights),
        "direction": numbers(direction),
        "cotangents": numbers(cotangents),
        "otherParameters": numbers(new),
        "outputs": numbers(policy.network(old, observations)),
        "logProbabilities": numbers(old_log),
        "entropies": numbers(sum(part.entropy() for part in old_parts)),
        "surrogate": surrogate(old).item(),
        "gradient": numbers(gradient),
        "jacobianProduct": numbers(jvp),
        "transposedProduct": numbers(vjp),
        "fisherProduct": numbers(product(direction)),
        "fisherLowerTriangle": numbers(hessian[tuple(np.tril_indices(policy.size))]),
        "otherSurrogate": surrogate(new).item(),
        "otherDivergence": divergence(new).item(),
    }


def numbers(tensor):
    return [round(x, 17) for x in tensor.detach().reshape(-1).tolist()]


def differ(a, b):
    if isinstance(a, float) or isinstance(b, float):
        return abs(a - b) > AGREEMENT * max(1, abs(a))
    if isinstance(a, dict):
        return a.keys() != b.keys() or any(differ(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) != len(b) or any(differ(x, y) for x, y in zip(a, b))
    return a != b


def main(description, target, make):
    """Writes goldens, a line each, or compares them; returns the exit status."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments = parser.parse_args()
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    goldens = make()
    if arguments.check:
        if not target.exists() or differ(json.loads(target.read_text(encoding="utf-8")), goldens):
            print(f"differs: {target}")
            return 1
        return 0
    text = "[\n" + ",\n".join(json.dumps(g, separators=(",", ":")) for g in goldens) + "\n]\n"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {len(text)} bytes")
    return 0


def every_golden():
    cases = [(name, hidden) for name in HEADS for hidden in HIDDEN]
    return [golden(name, hidden, seed) for seed, (name, hidden) in enumerate(cases)]


if __name__ == "__main__":
    sys.exit(main(__doc__, TARGET, every_golden))
