#!/usr/bin/env python3
"""Searches small MDPs for the updates on which a bound of the ladder comes closest to equality.

    python3 Tools/search_attainment.py                              every bound, two and three states
    python3 Tools/search_attainment.py --claim mean-kl-penalty --states 3 --actions 2 --rounds 20000

The attainment of a bound B by an update is |G|/B, G = return(candidate) - surrogate: 1 is equality, more would refute it.
Many populations of one climb at once, in float64 batches: each proposes a step along random coordinates, of a random
size, and keeps it if the attainment grows; from time to time the worst start again. Seeded, so that a run repeats. What it
finds is evidence about the supremum; what is committed under `mdps/attainment/` is stated in `corpus/attainment.py`, and
`check_attainment.py` proves its figures.
"""

import argparse
import sys

import numpy as np

# Transition rows and policies are softmaxes of logits within this range, so that a vanishing probability is e^-RANGE.
RANGE = 18.0
# A gap below this share of the values is rounding.
ROUNDING = 1e-7


class Batch:
    """Many updates at once; the first axis of every array runs over them."""

    def __init__(self, parameters, states, actions, lowest_discount, highest_discount):
        self.n, self.m = states, actions
        p = Unpacker(parameters)
        self.g = lowest_discount + (highest_discount - lowest_discount) * sigmoid(p.take(1)[:, 0])
        self.initial = softmax(p.take(states))
        self.kernel = softmax(p.take(states, actions, states))
        self.rewards = p.take(states, actions) / 3
        self.current, self.candidate = softmax(p.take(states, actions)), softmax(p.take(states, actions))
        self.evaluate()

    @staticmethod
    def size(states, actions):
        return 1 + states + states * actions * states + 3 * states * actions

    def evaluate(self):
        g, eye = self.g[:, None, None], np.eye(self.n)
        self.old = np.einsum("bsa,bsan->bsn", self.current, self.kernel)
        self.new = np.einsum("bsa,bsan->bsn", self.candidate, self.kernel)
        before, self.resolvent = np.linalg.inv(eye - g * self.old), np.linalg.inv(eye - g * self.new)
        self.rho = np.einsum("bs,bsn->bn", self.initial, before)
        self.new_rho = np.einsum("bs,bsn->bn", self.initial, self.resolvent)
        values = np.einsum("bsn,bn->bs", before, (self.current * self.rewards).sum(2))
        q = self.rewards + g * np.einsum("bsan,bn->bsa", self.kernel, values)
        self.advantages = q - values[:, :, None]
        self.expected = (self.candidate * self.advantages).sum(2)
        self.gap = np.abs(((self.new_rho - self.rho) * self.expected).sum(1))
        self.tv = np.abs(self.candidate - self.current).sum(2) / 2
        self.kl = divergence(self.current, self.candidate)
        self.reverse_kl = divergence(self.candidate, self.current)
        self.horizon = 1 / (1 - self.g)
        # Advantages far below the rewards are rounding errors of the solve.
        self.scale = np.abs(self.rewards).max((1, 2)) * self.horizon**2
        self.e_max, self.e_exp = np.abs(self.advantages).max((1, 2)), np.abs(self.expected).max(1)
        self.span = self.expected.max(1) - self.expected.min(1)
        self.range = (self.advantages.max(2) - self.advantages.min(2)).max(1)
        self.alpha = self.tv.max(1)
        self.weight = (1 - self.candidate / self.current).max((1, 2))

    def count(self, weight):
        return self.horizon / (1 - self.g * (1 - weight))

    def mean(self, divergences):
        return (self.rho * divergences).sum(1) / self.horizon

    def shift(self):
        return np.abs(self.new_rho - self.rho).sum(1)

    def moved(self):
        return (self.rho * np.abs(self.new - self.old).sum(2) / 2).sum(1)

    def mean_kl_bound(self):
        """With the mean of the expected advantages, and a few more, for the constant."""
        weight = self.g * self.horizon * (self.rho * self.kl).sum(1)
        mean = (self.rho * self.expected).sum(1) / self.horizon
        middle = (self.expected.max(1) + self.expected.min(1)) / 2
        widths = []
        for b in (mean, middle, (mean + middle) / 2, 0 * mean):
            rest = self.expected - b[:, None]
            squares = (self.rho * rest**2).sum(1)
            widths.append(2 * np.sqrt(weight * squares) + np.abs(rest).max(1) * weight)
        return np.minimum.reduce(widths)


BOUNDS = {
    "visitation-shift-span": lambda u: u.shift() * u.span / 2,
    "visitation-shift": lambda u: u.shift() * u.e_exp,
    "resolvent-ergodicity": lambda u: u.g * u.span * ergodicity(u.resolvent) * u.moved(),
    "dobrushin": lambda u: u.g * u.span / (1 - u.g * ergodicity(u.new)) * u.moved(),
    "mean-total-variation-span": lambda u: u.g * u.span * u.horizon**2 * u.mean(u.tv),
    "mean-total-variation": lambda u: 2 * u.g * u.e_exp * u.horizon**2 * u.mean(u.tv),
    "max-total-variation-span": lambda u: u.g * u.span * u.alpha * u.horizon**2,
    "coupling-span": lambda u: u.g * u.span * u.alpha * u.count(u.alpha),
    "coupling": lambda u: 4 * u.g * u.e_max * u.alpha**2 * u.count(u.alpha),
    "coupling-range": lambda u: 2 * u.g * u.range * u.alpha**2 * u.count(u.alpha),
    "total-variation": lambda u: 4 * u.g * u.e_max * u.alpha**2 * u.horizon**2,
    "kl": lambda u: 4 * u.g * u.e_max * u.horizon**2 * u.kl.max(1),
    "kl-pinsker": lambda u: 2 * u.g * u.e_max * u.horizon**2 * np.minimum(u.kl.max(1), u.reverse_kl.max(1)),
    "mean-kl-root": lambda u: u.g
    * u.e_exp
    * u.horizon**2
    * np.sqrt(2 * np.minimum(u.mean(u.kl), u.mean(u.reverse_kl))),
    "mean-kl": lambda u: u.mean_kl_bound(),
    "mean-kl-penalty": lambda u: 4 * u.g * u.e_max * u.horizon**2 * u.mean(u.kl),
    "conservative-mixture": lambda u: 2 * u.g * u.e_exp * u.weight * u.horizon**2,
    "conservative-mixture-2002": lambda u: 2 * u.g * u.e_exp * u.weight * u.count(u.weight),
}
# mean-kl-penalty speaks of discounts from 2/3 only.
LOWEST_DISCOUNT = {"mean-kl-penalty": 2 / 3}


class Unpacker:
    """Hands out the columns of the parameters, in order."""

    def __init__(self, parameters):
        self.parameters, self.used = parameters, 0

    def take(self, *shape):
        size = int(np.prod(shape))
        block = self.parameters[:, self.used : self.used + size]
        self.used += size
        return block.reshape(len(block), *shape)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(logits):
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def divergence(p, q):
    """KL(p || q) by state, as a sum of non-negative terms."""
    x = (q - p) / p
    return np.maximum(p * (x - np.log1p(x)), 0).sum(2)


def ergodicity(matrix):
    """Half the largest distance between two rows."""
    return np.abs(matrix[:, :, None] - matrix[:, None]).sum(3).max((1, 2)) / 2


def attainment(claim, batch):
    with np.errstate(all="ignore"):
        ratio = batch.gap / BOUNDS[claim](batch)
    meaningful = (batch.gap > ROUNDING * batch.scale) & np.isfinite(ratio) & (batch.kl.max(1) > 1e-12)
    return np.where(meaningful, ratio, 0)


def search(claim, states, actions, rounds, populations, seed):
    """The best parameters and their attainment."""
    random = np.random.default_rng(seed)
    size = Batch.size(states, actions)
    lowest = LOWEST_DISCOUNT.get(claim, 0.001)

    def measure(x):
        return attainment(claim, Batch(x, states, actions, lowest, 0.99))

    x = random.normal(0, 4, (populations, size))
    best = measure(x)
    for turn in range(rounds):
        step = 10 ** random.uniform(-4, 0.8, (populations, 1)) * random.normal(size=x.shape)
        mask = random.random(x.shape) < random.choice([0.04, 0.15, 1.0], (populations, 1))
        proposal = np.clip(x + step * mask, -RANGE, RANGE)
        found = measure(proposal)
        better = found > best
        x[better], best[better] = proposal[better], found[better]
        if turn % 1000 == 999 and turn < rounds // 2:
            worst = np.argsort(best)[: populations // 2]
            x[worst] = random.normal(0, 4, (len(worst), size))
            best[worst] = measure(x[worst])
    top = int(best.argmax())
    return Batch(x[top : top + 1], states, actions, lowest, 0.99), float(best[top])


def show(batch):
    with np.printoptions(precision=6, suppress=True):
        print(f"discount {batch.g[0]:.6f}, initial {batch.initial[0]}")
        for s in range(batch.n):
            print(f"state {s}: pi {batch.current[0, s]}, candidate {batch.candidate[0, s]}, A {batch.advantages[0, s]}")
            for a in range(batch.m):
                print(f"  action {a}: next {batch.kernel[0, s, a]}, reward {batch.rewards[0, s, a]:.6f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claim", choices=BOUNDS, help="one bound; default: all")
    parser.add_argument("--states", type=int, choices=(2, 3), help="default: both")
    parser.add_argument("--actions", type=int, choices=(2, 3), default=2)
    parser.add_argument("--rounds", type=int, default=3000)
    parser.add_argument("--populations", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for claim in [arguments.claim] if arguments.claim else BOUNDS:
        for states in [arguments.states] if arguments.states else (2, 3):
            batch, best = search(
                claim, states, arguments.actions, arguments.rounds, arguments.populations, arguments.seed
            )
            print(f"{claim:<26} {states} states, {arguments.actions} actions: {best:.6f} at discount {batch.g[0]:.4f}")
            if arguments.claim:
                show(batch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
