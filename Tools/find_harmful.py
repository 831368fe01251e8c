#!/usr/bin/env python3
"""The search that found the model of `mdps/harmful/`: where greedy steps in slightly wrong advantages lower the return.

    python3 Tools/find_harmful.py [--seed N] [--models N]

With its own exact advantages no rule can lower the return: each moves every state to a distribution under which the
expected advantage is not negative, and return(new) = return(old) + sum rho_new(s) E_new A(s). The search makes sure of
that too, for max-kl and for softmax steps of any size. With advantages that are wrong by e, greedy can: the surrogate
gains under the visits of the old policy, and the new policy visits other states.

Models have two states and two actions, rewards in tenths; the current policy is uniform. Printed is the model with the
largest fall of the return, in units of the largest advantage, for an error of at most a quarter of that.
"""

import argparse

import numpy

DISCOUNT = 0.9
CHANCES = numpy.array([0, 0.1, 0.5, 0.9, 1])
LARGEST_ERROR = 0.25
# Rounding errors, in models whose numbers are of order 1.
NOISE = 1e-12


def evaluate(chance, reward, policy):
    """V, A, rho and the return from state 0; chance[s, a] of going to state 1."""
    to_one = (policy * chance).sum(1)
    transition = numpy.stack([1 - to_one, to_one], 1)
    system = numpy.eye(2) - DISCOUNT * transition
    values = numpy.linalg.solve(system, (policy * reward).sum(1))
    action_values = reward + DISCOUNT * ((1 - chance) * values[0] + chance * values[1])
    visits = numpy.linalg.solve(system.T, [1.0, 0.0])
    advantages = action_values - values[:, None]
    advantages[abs(advantages) < NOISE] = 0
    return advantages, visits, values[0]


def exact_steps(advantages, policy, stream):
    """max-kl between even actions in closed form, and a softmax step, at random sizes."""
    root = numpy.sqrt(1 - numpy.exp(-2 * stream.uniform(0, 3))) / 2
    yield 0.5 + root * numpy.sign(advantages)
    tilted = policy * numpy.exp(stream.uniform(0, 5) * advantages)
    yield tilted / tilted.sum(1, keepdims=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=2002)
    parser.add_argument("--models", type=int, default=20_000)
    arguments = parser.parse_args()
    stream = numpy.random.default_rng(arguments.seed)
    uniform = numpy.full((2, 2), 0.5)
    best, harmful = None, 0
    for _ in range(arguments.models):
        chance = stream.choice(CHANCES, (2, 2))
        reward = stream.integers(-10, 11, (2, 2)) / 10
        advantages, visits, value = evaluate(chance, reward, uniform)
        size = abs(advantages).max()
        if size == 0:
            continue
        for step in exact_steps(advantages, uniform, stream):
            harmful += evaluate(chance, reward, step)[2] < value - NOISE
        # Wrong in one state, by just more than half of the difference there.
        for state in (0, 1):
            error = abs(advantages[state, 0] - advantages[state, 1]) / 2
            if error == 0 or error > LARGEST_ERROR * size + NOISE:
                continue
            target = (advantages == advantages.max(1, keepdims=True)).astype(float)
            target[state] = 1 - target[state]
            gain = visits @ (target * advantages).sum(1)
            fall = (value - evaluate(chance, reward, target)[2]) / size
            if gain > 0 and fall > NOISE and (best is None or fall > best[0]):
                best = fall, error / size, gain / size, chance, reward, target, advantages
    print(f"exact advantages: {harmful} harmful steps of {2 * arguments.models}")
    for name, value in zip(("fall", "error", "gain", "chance", "reward", "target", "advantages"), best or ()):
        print(name, value if numpy.isscalar(value) else value.tolist())


if __name__ == "__main__":
    main()
