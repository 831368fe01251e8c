"""Models of operations research."""

from fractions import Fraction

from .model import Model, Transition, uniform_over


def forest_management():
    fire = Fraction(1, 10)
    ages = ["young", "middle", "old"]
    transitions = []
    for i, age in enumerate(ages):
        older = ages[min(i + 1, 2)]
        transitions.append(Transition(age, "wait", {"young": fire, older: 1 - fire}, 4 if age == "old" else 0))
        transitions.append(Transition(age, "cut", {"young": 1}, [0, 1, 2][i]))
    return Model(
        name="forest-management",
        description=(
            "Each year a forest is cut or left to grow; a fire burns it down with probability 0.1. Waiting pays 4 when it "
            "is old, cutting 1 in middle age and 2 when old. Waiting is optimal everywhere: "
            "V* = (26.244, 29.484, 33.484). Dense arrays."
        ),
        source="pymdptoolbox, mdptoolbox.example.forest(S=3, r1=4, r2=2, p=0.1), discount 0.9.",
        discount=Fraction(9, 10),
        states=ages,
        actions=["wait", "cut"],
        initial={"young": 1},
        transitions=transitions,
        dense=True,
    )


def equipment_replacement():
    worst, income, price = 9, 20, 30
    states = ["new"] + [f"worn-{i}" for i in range(1, worst + 1)]
    wear = {0: Fraction(1, 4), 1: Fraction(1, 2), 2: Fraction(1, 4)}

    def after(condition):
        row = {}
        for steps, p in wear.items():
            target = states[min(condition + steps, worst)]
            row[target] = row.get(target, 0) + p
        return row

    transitions = []
    for i, s in enumerate(states):
        if i < worst:
            transitions.append(Transition(s, "keep", after(i), income - Fraction(i * i, 4)))
        transitions.append(Transition(s, "replace", after(0), income - price))
    return Model(
        name="equipment-replacement",
        description=(
            "A machine earns 20 a period, less running costs i^2/4 in condition i, and wears by 0, 1 or 2 conditions with "
            "probability 1/4, 1/2, 1/4. A new one costs 30. In the worst condition it must be replaced: 'keep' is "
            "unavailable there."
        ),
        source="The model of Puterman 1994, section 4.7.5 (equipment replacement), after Howard 1960; the numbers are ours.",
        discount=Fraction(95, 100),
        states=states,
        actions=["keep", "replace"],
        initial={"new": 1},
        transitions=transitions,
    )


def inventory_control():
    capacity = 3
    demand = {0: Fraction(1, 4), 1: Fraction(1, 2), 2: Fraction(1, 4)}
    transitions = []
    for stock in range(capacity + 1):
        for order in range(capacity - stock + 1):
            on_hand = stock + order
            sales = sum(p * 8 * min(d, on_hand) for d, p in demand.items())
            cost = (4 + 2 * order if order else 0) + on_hand
            row = {}
            for d, p in demand.items():
                left = f"stock-{max(on_hand - d, 0)}"
                row[left] = row.get(left, 0) + p
            row = dict(sorted(row.items()))
            transitions.append(Transition(f"stock-{stock}", f"order-{order}", row, sales - cost))
    return Model(
        name="inventory-control",
        description=(
            "A warehouse of 3 units. Ordering u costs 4 + 2u (0 for none), holding 1 a unit, a sale earns 8; demand is "
            "0, 1, 2 with probability 1/4, 1/2, 1/4 and unmet demand is lost. Orders beyond the capacity are "
            "unavailable. Expected rewards as in the book's table: r(0, .) = 0, -1, -2, -5; r(1, .) = 5, 0, -3; "
            "r(2, .) = 6, -1; r(3, .) = 5."
        ),
        source="Puterman 1994, section 3.2.2 (M = 3, K = 4, c = 2, h = 1, revenue 8). The discount is a choice.",
        discount=Fraction(9, 10),
        states=[f"stock-{i}" for i in range(capacity + 1)],
        actions=[f"order-{i}" for i in range(capacity + 1)],
        initial=uniform_over([f"stock-{i}" for i in range(capacity + 1)]),
        transitions=transitions,
    )


# Courtois' 8-state matrix, in units of 1e-5.
COURTOIS = [
    [85000, 0, 14900, 90, 0, 5, 0, 5],
    [10000, 65000, 24900, 0, 90, 5, 0, 5],
    [10000, 80000, 9960, 30, 0, 0, 10, 0],
    [0, 40, 0, 70000, 29950, 0, 10, 0],
    [50, 0, 40, 39900, 60000, 10, 0, 0],
    [0, 5, 0, 0, 5, 60000, 24990, 15000],
    [3, 0, 3, 4, 0, 10000, 80000, 9990],
    [0, 5, 0, 0, 5, 19990, 25000, 55000],
]


def nearly_decomposable():
    states = ["a1", "a2", "a3", "b1", "b2", "c1", "c2", "c3"]
    transitions = []
    for i, s in enumerate(states):
        row = [Fraction(x, 100000) for x in COURTOIS[i]]
        lazy = [p / 2 + (Fraction(1, 2) if i == j else 0) for j, p in enumerate(row)]
        for action, law in (("run", row), ("linger", lazy)):
            transitions.append(Transition(s, action, {t: p for t, p in zip(states, law) if p}))
    return Model(
        name="nearly-decomposable",
        description=(
            "Three clusters (a, b, c) that mix fast inside and hardly between, with discount 0.999: badly conditioned. "
            "'run' follows Courtois' matrix, 'linger' stays with probability 1/2 and runs otherwise. The reward is r(s): "
            "0 in a, 1 in b, -1 in c. Dense transitions."
        ),
        source=(
            "The matrix of Courtois 1977, Decomposability, also in Stewart 1994, Introduction to the Numerical Solution of "
            "Markov Chains; actions and rewards are ours."
        ),
        discount=Fraction(999, 1000),
        states=states,
        actions=["run", "linger"],
        initial=uniform_over(states),
        state_rewards={s: {"a": 0, "b": 1, "c": -1}[s[0]] for s in states},
        transitions=transitions,
        dense=True,
    )
