"""The running examples of the textbooks."""

from fractions import Fraction

import mpmath

from .model import Model, Transition, uniform_over
from .numbers import rounded, rounded_row


def racing():
    half = Fraction(1, 2)
    return Model(
        name="racing",
        description=(
            "A racing car goes slow or fast; going fast when warm overheats it for good. The rewards of 'slow' when warm "
            "depend on the next state, r(s,a,s')."
        ),
        source="After the racing example of UC Berkeley CS 188 (Klein & Abbeel), lecture on Markov decision processes.",
        discount=Fraction(9, 10),
        states=["cool", "warm", "overheated"],
        actions=["slow", "fast"],
        initial={"cool": 1},
        terminal=["overheated"],
        transitions=[
            Transition("cool", "slow", {"cool": 1}, 1),
            Transition("cool", "fast", {"cool": half, "warm": "1/2"}, 2),
            Transition("warm", "slow", {"cool": half, "warm": half}, {"cool": 1, "warm": 0}),
            Transition("warm", "fast", {"overheated": 1}, -10),
        ],
    )


def gridworld():
    size = 4
    cells = [(r, c) for r in range(size) for c in range(size)]
    name = {cell: f"r{cell[0]}c{cell[1]}" for cell in cells}
    terminal = [(0, 0), (size - 1, size - 1)]
    moves = {"up": (-1, 0), "down": (1, 0), "right": (0, 1), "left": (0, -1)}
    transitions = []
    for r, c in cells:
        if (r, c) in terminal:
            continue
        for action, (dr, dc) in moves.items():
            target = (min(max(r + dr, 0), size - 1), min(max(c + dc, 0), size - 1))
            transitions.append(Transition(name[r, c], action, {name[target]: 1}, -1))
    return Model(
        name="gridworld-4x4",
        description=(
            "Each move costs 1 until a corner (upper left or lower right) is reached; moves off the grid stay. The book "
            "has discount 1, where the uniform policy is worth -14 beside a corner; here it is 0.9. Features: row/3, "
            "column/3 and a constant."
        ),
        source="Sutton & Barto 2018, Example 4.1.",
        discount=Fraction(9, 10),
        states=[name[cell] for cell in cells],
        actions=list(moves),
        initial=uniform_over([name[cell] for cell in cells if cell not in terminal]),
        terminal=[name[cell] for cell in terminal],
        transitions=transitions,
        features=[[Fraction(r, 3), Fraction(c, 3), 1] for r, c in cells],
    )


def gamblers_problem():
    goal, heads = 100, Fraction(2, 5)
    transitions = []
    for capital in range(1, goal):
        for stake in range(min(capital, goal - capital) + 1):
            if stake == 0:
                transitions.append(Transition(str(capital), "0", {str(capital): 1}))
                continue
            won, lost = str(capital + stake), str(capital - stake)
            reward = {lost: 0, won: 1} if capital + stake == goal else 0
            transitions.append(Transition(str(capital), str(stake), {lost: 1 - heads, won: heads}, reward))
    return Model(
        name="gamblers-problem",
        description=(
            "State: capital 0 to 100; action: the stake, from 0 to min(s, 100 - s), on a coin that lands heads with "
            "probability 0.4. Reaching 100 pays 1, on the transition; 0 and 100 are terminal. The book has discount 1; "
            "with 0.99, V*(50) is still 0.4 and V*(25) is 0.4 * 0.99 * 0.4. States and actions are counts."
        ),
        source="Sutton & Barto 2018, Example 4.3, p_h = 0.4.",
        discount=Fraction(99, 100),
        states=[str(i) for i in range(goal + 1)],
        actions=[str(i) for i in range(goal // 2 + 1)],
        initial=uniform_over([str(i) for i in range(1, goal)]),
        terminal=["0", str(goal)],
        transitions=transitions,
        count_states=True,
        count_actions=True,
    )


def recycling_robot():
    alpha, beta, search, wait = Fraction(4, 5), Fraction(3, 5), 5, 1
    return Model(
        name="recycling-robot",
        description=(
            "A robot with a high or low battery searches for cans, waits for one, or recharges (only when low). "
            "alpha = 0.8, beta = 0.6, r_search = 5, r_wait = 1, and -3 for being rescued with a flat battery: r(s,a,s')."
        ),
        source="Sutton & Barto 2018, Example 3.3; the book leaves alpha, beta and the rewards open.",
        discount=Fraction(9, 10),
        states=["high", "low"],
        actions=["search", "wait", "recharge"],
        initial={"high": 1},
        transitions=[
            Transition("high", "search", {"high": alpha, "low": 1 - alpha}, search),
            Transition("high", "wait", {"high": 1}, wait),
            Transition("low", "search", {"high": 1 - beta, "low": beta}, {"high": -3, "low": search}),
            Transition("low", "wait", {"low": 1}, wait),
            Transition("low", "recharge", {"high": 1}),
        ],
    )


def jacks_car_rental(lot=10):
    """Jack's car rental; the book's lot holds 20 cars, whose 4,221 rows of 441 entries are too large a file."""
    most_moved, places = 5, 6
    first = _rental_location(lot, requests=3, returns=3)
    second = _rental_location(lot, requests=4, returns=2)
    states = [(i, j) for i in range(lot + 1) for j in range(lot + 1)]
    name = {s: f"a{s[0]}b{s[1]}" for s in states}
    moves = range(-most_moved, most_moved + 1)
    action = {k: f"a-to-b-{k}" if k > 0 else f"b-to-a-{-k}" if k < 0 else "none" for k in moves}
    morning = {}
    for i, j in states:
        row = [p * q for p in first.rows[i] for q in second.rows[j]]
        morning[i, j] = dict(zip((name[s] for s in states), rounded_row(row, places)))
    transitions = []
    for i, j in states:
        for k in moves:
            if -j <= k <= i:
                after = (min(i - k, lot), min(j + k, lot))
                income = rounded(10 * (first.rented[after[0]] + second.rented[after[1]]), places)
                to = {s: p for s, p in morning[after].items() if p}
                transitions.append(Transition(name[i, j], action[k], to, income - 2 * abs(k)))
    return Model(
        name="jacks-car-rental",
        description=(
            f"State aIbJ: I cars at the first location and J at the second at the end of the day, at most {lot} each (the "
            "book has 20; smaller here, to keep the file small). Overnight up to 5 cars are moved at 2 a car, only as "
            "many as there are; a car beyond the lot is lost. Requests are Poisson(3) and Poisson(4), returns Poisson(3) "
            "and Poisson(2), each rental earns 10. Tail masses are kept exactly (every request beyond the stock counts as "
            "the stock, every return beyond the lot as the lot). Probabilities and rewards are rounded to 6 decimals, "
            "and the largest entry of each row takes the remainder so that it sums to exactly 1. Dense arrays."
        ),
        source="Sutton & Barto 2018, Example 4.2, with a lot of 10 cars.",
        discount=Fraction(9, 10),
        states=[name[s] for s in states],
        actions=[action[k] for k in moves],
        initial={name[lot, lot]: 1},
        transitions=transitions,
        dense=True,
    )


class _rental_location:
    """One location's day from n cars in the morning: `rows[n]` the law of the cars in the evening, `rented[n]` mean rentals."""

    def __init__(self, lot, requests, returns):
        with mpmath.workdps(40):
            request = _poisson(requests, lot)
            self.rows, self.rented = [], []
            for n in range(lot + 1):
                hired = request[:n] + [1 - mpmath.fsum(request[:n])]
                evening = [mpmath.mpf(0)] * (lot + 1)
                for h, p in enumerate(hired):
                    room = lot - (n - h)
                    back = _poisson(returns, room)[:room]
                    for r, q in enumerate(back + [1 - mpmath.fsum(back)]):
                        evening[n - h + r] += p * q
                self.rows.append(evening)
                self.rented.append(mpmath.fsum(h * p for h, p in enumerate(hired)))


def _poisson(mean, most):
    """P(N = 0), ..., P(N = most) for N ~ Poisson(mean)."""
    return [mpmath.exp(-mean) * mpmath.mpf(mean) ** k / mpmath.factorial(k) for k in range(most + 1)]
