"""The toy-text environments of Gymnasium, read from its own table `env.unwrapped.P`.

P[s][a] lists (probability, next state, reward, terminated). A reward stays on its transition; a terminated transition
leads to a terminal state. Successors listed twice are merged, and a float such as 0.33333333333333337 is the fraction it
was computed from.
"""

from fractions import Fraction

import gymnasium

from .model import Model, Transition

SOURCE = "Gymnasium 1.4.0, {}: its table env.unwrapped.P, on which gymnasium.make builds the environment."


def frozen_lake(size):
    environment = gymnasium.make("FrozenLake-v1", map_name=f"{size}x{size}", is_slippery=True).unwrapped
    letters = environment.desc.flatten().tolist()
    names = [f"r{i // size}c{i % size}" for i in range(size * size)]
    terminal = [i for i, letter in enumerate(letters) if letter in (b"H", b"G")]
    return Model(
        name=f"frozen-lake-{size}x{size}",
        description=(
            f"Slippery ice, {size} by {size}: a move goes the way that was meant or at a right angle to it, 1/3 each. Falling "
            "into a hole ends it, reaching the lower right corner ends it with reward 1 on the transition, r(s,a,s'). "
            "Discount 0.99."
        ),
        source=SOURCE.format(f"FrozenLake-v1, map_name='{size}x{size}', is_slippery=True"),
        discount=Fraction(99, 100),
        states=names,
        actions=["left", "down", "right", "up"],
        initial=_initial(environment, names),
        terminal=[names[i] for i in terminal],
        transitions=_transitions(environment.P, names, ["left", "down", "right", "up"], terminal),
    )


def cliff_walking():
    environment = gymnasium.make("CliffWalking-v1").unwrapped
    names = [f"r{i // 12}c{i % 12}" for i in range(48)]
    return Model(
        name="cliff-walking",
        description=(
            "A 4 by 12 grid; each move costs 1, and stepping off the cliff (r3c1 to r3c10) costs 100 and returns to the "
            "start r3c0 without ending the episode. r3c11 is terminal. The cliff cells are states that are never "
            "reached; they keep the transitions of Gymnasium's table. Discount 0.99: optimal return "
            "-(1 - 0.99^13)/0.01."
        ),
        source=SOURCE.format("CliffWalking-v1") + " After Sutton & Barto 2018, Example 6.6.",
        discount=Fraction(99, 100),
        states=names,
        actions=["up", "right", "down", "left"],
        initial=_initial(environment, names),
        terminal=["r3c11"],
        transitions=_transitions(environment.P, names, ["up", "right", "down", "left"], [47]),
    )


def taxi():
    environment = gymnasium.make("Taxi-v4").unwrapped
    places = ["red", "green", "yellow", "blue"]
    names = []
    for i in range(500):
        row, column, passenger, destination = environment.decode(i)
        names.append(f"r{row}c{column}-{(places + ['taxi'])[passenger]}-{places[destination]}")
    actions = ["south", "north", "east", "west", "pickup", "dropoff"]
    transitions = []
    for s in range(500):
        for a, action in enumerate(actions):
            ((_, successor, reward, terminated),) = environment.P[s][a]
            target = "delivered" if terminated else names[successor]
            transitions.append(Transition(names[s], action, {target: 1}, int(reward)))
    return Model(
        name="taxi",
        description=(
            "State rRcC-PASSENGER-DESTINATION: the taxi's cell, where the passenger waits (or 'taxi'), where to go. Each "
            "step costs 1, a wrong pickup or dropoff 10, delivery earns 20. Gymnasium's 500 states with every row of its "
            "table, and one more: the transitions it marks terminated all lead to the terminal state 'delivered' (in its "
            "table they lead to a state with passenger = destination, from which the table would go on earning). "
            "Discount 0.99."
        ),
        source=SOURCE.format("Taxi-v4") + " After Dietterich 2000, MAXQ, section 2.1.",
        discount=Fraction(99, 100),
        states=names + ["delivered"],
        actions=actions,
        initial=_initial(environment, names),
        terminal=["delivered"],
        transitions=transitions,
    )


def _initial(environment, names):
    return {n: _fraction(p) for n, p in zip(names, environment.initial_state_distrib) if p > 0}


def _transitions(table, names, actions, terminal):
    """The table's rows for live states; it must mark exactly the transitions into `terminal` as terminated."""
    transitions = []
    for s in range(len(names)):
        if s in terminal:
            continue
        for a, action in enumerate(actions):
            row, rewards = {}, {}
            for probability, successor, reward, terminated in table[s][a]:
                assert terminated == (successor in terminal), (s, a, successor)
                target = names[int(successor)]
                assert rewards.setdefault(target, int(reward)) == int(reward), (s, a, successor)
                row[target] = row.get(target, 0) + _fraction(probability)
            same = len(set(rewards.values())) == 1
            transitions.append(Transition(names[s], action, row, next(iter(rewards.values())) if same else rewards))
    return transitions


def _fraction(probability):
    """The fraction with a small denominator that the float was computed from."""
    value = Fraction(float(probability)).limit_denominator(1000)
    assert abs(value - Fraction(float(probability))) < Fraction(1, 10**15), probability
    return value
