"""A model on which greedy steps in slightly wrong advantages lower the return, and the steps.

`Tools/find_harmful.py` found it. With exact advantages no rule of the toolkit can do that: each moves every state to a
distribution with a non-negative expected advantage. So the steps here are made from wrong advantages, and written down
as policies: the greedy one, the one of max-kl, and the mixture of conservative policy iteration, which still improves.
"""

import math
from fractions import Fraction

import exact_mdp

from .layout import mdp_text, policy_text
from .model import Model, Transition

FOLDER, NAME = "harmful", "wrong-advantage"
ERROR, BUDGET = Fraction(11, 100), 1


def wrong_advantage():
    return Model(
        name=NAME,
        description=(
            "Where wrong advantages make greedy steps harmful. Under the uniform policy A(home, leave) = 0.1 and "
            "A(away, linger) = 0.4; the return is -3. Advantages that are wrong by 0.11 at home alone make 'stay' the "
            "greedy action there: then nothing is ever visited but home, and the return is -4. The surrogate does not see "
            "it, for it counts the visits of the uniform policy, under which the gain away from home outweighs the loss."
        ),
        source="Found by Tools/find_harmful.py; after the argument of Kakade & Langford 2002, section 3.",
        discount=Fraction(9, 10),
        states=["home", "away"],
        actions=["stay", "leave", "linger", "return"],
        initial={"home": 1},
        transitions=[
            Transition("home", "stay", {"home": 1}, Fraction(-2, 5)),
            Transition("home", "leave", {"away": 1}, Fraction(-1, 5)),
            Transition("away", "linger", {"home": Fraction(1, 10), "away": Fraction(9, 10)}, Fraction(1, 10)),
            Transition("away", "return", {"home": 1}, Fraction(-7, 10)),
        ],
    )


def exact_model():
    """The same for exact_mdp.py."""
    model = wrong_advantage()
    position = {s: i for i, s in enumerate(model.states)}
    rows, rewards = ([[None] * len(model.actions) for _ in model.states] for _ in range(2))
    for t in model.transitions:
        s, a = position[t.source], model.actions.index(t.action)
        rows[s][a] = {position[n]: Fraction(p) for n, p in t.to.items()}
        rewards[s][a] = t.reward
    return exact_mdp.MDP(
        model.name, model.states, model.actions, model.discount, [Fraction(1), Fraction(0)], set(), rows, rewards
    )


def steps():
    """Policy by name: rows {action: probability} by state."""
    mdp = exact_model()
    half = Fraction(1, 2)
    uniform = [[half if a in mdp.available(s) else Fraction(0) for a in range(4)] for s in (0, 1)]
    evaluation = exact_mdp.evaluate(mdp, uniform)
    wrong = [dict(row) for row in evaluation.advantages]
    wrong[0][0] += ERROR
    wrong[0][1] -= ERROR
    target = [[Fraction(int(a == max(row, key=row.get))) for a in range(4)] for row in wrong]
    # Two even actions within max KL <= delta: 1/2 (1 +- sqrt(1 - exp(-2 delta))), toward the better; rounded inward.
    share = Fraction(math.floor(5000 * (1 + math.sqrt(1 - math.exp(-2 * BUDGET)))), 10_000)
    bounded = [[2 * u * (share if t else 1 - share) for u, t in zip(*rows)] for rows in zip(uniform, target)]
    # alpha* of Kakade & Langford, with the true policy advantage of the wrong target.
    expected = [sum(t * evaluation.advantages[s].get(a, 0) for a, t in enumerate(target[s])) for s in (0, 1)]
    gain, largest = exact_mdp.dot(evaluation.visitation, expected), max(map(abs, expected))
    alpha = min(Fraction(1), gain * (1 - mdp.discount) ** 2 / (4 * largest * mdp.discount))
    mixed = [[(1 - alpha) * u + alpha * t for u, t in zip(*rows)] for rows in zip(uniform, target)]

    def outcome(policy):
        return exact_mdp.evaluate(mdp, policy).expected_return - evaluation.expected_return

    assert gain > 0 and outcome(target) < 0 and outcome(bounded) < 0 < outcome(mixed)
    return {
        name: {s: {a: p for a, p in zip(mdp.actions, row) if p} for s, row in zip(mdp.states, policy)}
        for name, policy in (("greedy", target), ("max-kl", bounded), ("conservative", mixed))
    }


def harmful_files():
    """Path under `mdps/` and text of every file."""
    model = wrong_advantage()
    assert not model.faults(), model.faults()
    files = {f"{FOLDER}/{NAME}.json": mdp_text(model)}
    for name, policy in steps().items():
        files[f"{FOLDER}/{NAME}.{name}.policy.json"] = policy_text(NAME, policy)
    return files
