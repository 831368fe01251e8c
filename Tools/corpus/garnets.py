"""Garnets: random MDPs with given numbers of states, actions and successors."""

import random
from fractions import Fraction

from .model import Model, Transition, uniform_over


class _Draws:
    """Draws from `random.random()` alone: the one method whose sequence Python promises to keep for a seed."""

    def __init__(self, seed):
        self._generator = random.Random(seed)

    def below(self, bound):
        return int(self._generator.random() * bound)

    def reward(self):
        return Fraction(self.below(2001) - 1000, 1000)

    def distinct(self, count, bound):
        """`count` distinct numbers below `bound`, sorted."""
        chosen = set()
        while len(chosen) < count:
            chosen.add(self.below(bound))
        return sorted(chosen)


def garnet(states, actions, branching, seed, parts, discount, state_rewards=False):
    """A garnet: probabilities are the gaps between cut points on a grid of 1/parts; rewards r(s,a), and r(s) on request."""
    draws = _Draws(seed)
    names = [f"s{i}" for i in range(states)]
    action_names = [f"a{i}" for i in range(actions)]
    transitions = []
    for s in names:
        for a in action_names:
            successors = [names[i] for i in draws.distinct(branching, states)]
            cuts = [0] + [c + 1 for c in draws.distinct(branching - 1, parts - 1)] + [parts]
            row = {t: Fraction(high - low, parts) for t, low, high in zip(successors, cuts, cuts[1:])}
            transitions.append(Transition(s, a, row, draws.reward()))
    by_state = {s: draws.reward() for s in names} if state_rewards else None
    return Model(
        name=f"garnet-{states}-{actions}-{branching}",
        description=(
            f"A random MDP: each of {states} states and {actions} actions leads to {branching} states drawn at random, "
            f"with probabilities the gaps between random cut points (multiples of 1/{parts}); rewards "
            f"{'r(s) + r(s,a), each' if state_rewards else 'r(s,a)'} uniform on [-1, 1] in thousandths. Seed {seed}."
        ),
        source=(
            "Archibald, McKinnon & Thomas 1995, On the generation of Markov decision processes; called Garnet by "
            "Bhatnagar et al. 2009."
        ),
        discount=discount,
        states=names,
        actions=action_names,
        initial=uniform_over(names),
        transitions=transitions,
        state_rewards=by_state,
    )


def small():
    return garnet(10, 3, 3, seed=1, parts=60, discount=Fraction(9, 10))


def medium():
    return garnet(30, 4, 5, seed=2, parts=100, discount=Fraction(95, 100), state_rewards=True)


def large():
    return garnet(100, 4, 10, seed=3, parts=1000, discount=Fraction(99, 100))
