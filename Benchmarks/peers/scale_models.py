"""Large models for Benchmarks/scale.py, as arrays that Monotone and its peers read.

    python3 Benchmarks/peers/scale_models.py garnet 1000000 garnet.npz

garnet: 4 actions, 5 next states each, rewards by state and action, γ = 0.99. walk: a square grid, four actions that
move with probability 9/10 and stay otherwise, rewards by state, γ = 0.999. All numbers are decimals of at most three
digits, rows sum to 1 exactly; the arrays hold the nearest float64 numbers, `decimals` says how to read them.
Needs NumPy.
"""

import argparse
import math

import numpy

ACTIONS = 4
BRANCHING = 5


def distinct(random, rows, count, states):
    """Sorted rows of different states."""
    drawn = numpy.sort(random.integers(0, states, (rows, count), dtype=numpy.int64), axis=1)
    while True:
        clash = numpy.nonzero((drawn[:, 1:] == drawn[:, :-1]).any(axis=1))[0]
        if clash.size == 0:
            return drawn
        fresh = random.integers(0, states, (clash.size, count), dtype=numpy.int64)
        drawn[clash] = numpy.sort(fresh, axis=1)


def garnet(states, seed):
    """A random model whose chains mix."""
    random = numpy.random.default_rng(seed)
    pairs = states * ACTIONS
    cuts = distinct(random, pairs, BRANCHING - 1, 999) + 1
    ends = numpy.concatenate([numpy.zeros((pairs, 1), int), cuts, numpy.full((pairs, 1), 1000)], axis=1)
    return {
        "discount": 0.99,
        "row_start": numpy.arange(0, pairs * BRANCHING + 1, BRANCHING),
        "next_state": distinct(random, pairs, BRANCHING, states).ravel(),
        "probability": numpy.diff(ends, axis=1).ravel() / 1000,
        "reward": random.integers(-1000, 1001, pairs) / 1000,
    }


def walk(states, seed):
    """A walk whose optimal policies drift."""
    random = numpy.random.default_rng(seed)
    side = math.isqrt(states)
    states = side * side
    y, x = numpy.divmod(numpy.arange(states), side)
    columns, weights, lengths = [], [], []
    moves = [(-1, 0), (1, 0), (0, -1), (0, 1)]
    targets = [numpy.clip(y + dy, 0, side - 1) * side + numpy.clip(x + dx, 0, side - 1) for dy, dx in moves]
    target = numpy.stack(targets, axis=1).ravel()
    own = numpy.repeat(numpy.arange(states), ACTIONS)
    stays = target == own
    first = numpy.minimum(target, own)
    columns = numpy.stack([first, numpy.maximum(target, own)], axis=1)
    weights = numpy.where(columns == target[:, None], 0.9, 0.1)
    weights[stays, 0] = 1
    kept = numpy.ones(columns.shape, bool)
    kept[stays, 1] = False
    lengths = kept.sum(axis=1)
    return {
        "discount": 0.999,
        "row_start": numpy.concatenate([[0], numpy.cumsum(lengths)]),
        "next_state": columns[kept],
        "probability": weights[kept],
        "reward": numpy.repeat(random.integers(-100, 101, states) / 100, ACTIONS),
    }


def main():
    """Writes a model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=["garnet", "walk"])
    parser.add_argument("states", type=int)
    parser.add_argument("output")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    model = (garnet if arguments.kind == "garnet" else walk)(arguments.states, arguments.seed)
    pairs = len(model["reward"])
    states = pairs // ACTIONS
    model["next_state"] = model["next_state"].astype(numpy.int32)
    model["pair_start"] = numpy.arange(0, pairs + 1, ACTIONS)
    model["pair_action"] = numpy.tile(numpy.arange(ACTIONS, dtype=numpy.int32), states)
    initial = numpy.zeros(states)
    initial[0] = 1
    numpy.savez(arguments.output, initial=initial, decimals="shortest", name=f"{arguments.kind}-{states}", **model)


if __name__ == "__main__":
    main()
