#!/usr/bin/env python3
"""Writes `Tests/Goldens/rules/convex.json`: the optima of the four convex rules on 100 seeded random MDPs.

    python3 Tools/make_rule_goldens.py            write it
    python3 Tools/make_rule_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

For each MDP and start policy, the largest of

    penalty         sum rho p A - C max KL(pi || p)
    mean-penalty    sum rho p A - C E_d KL(pi || p)
    max-kl          sum rho p A    subject to KL(s) <= delta in each state
    mean-kl         sum rho p A    subject to E_d KL <= delta

that is, the gain of the rule's objective over the start policy. rho, A and C are exact (exact_mdp.py). The optimum is
found by a barrier method in the variables p themselves (Boyd & Vandenberghe, chapter 11) in 512-bit arithmetic by
python-flint, which knows nothing of the toolkit's one-dimensional roots; it stops at a suboptimality of 1e-13 of the
optimum. Each is cross-checked by Clarabel (through cvxpy), a conic solver with exponential cones, to the accuracy that it
reaches in float64, and by SciPy's SLSQP, which may fall short of an optimum but must never exceed one.
"""

import json
import random
import sys
import warnings
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cvxpy
import numpy
from flint import arb, arb_mat, ctx
from scipy.optimize import minimize

import exact_mdp
import golden_files

TARGET = Path(__file__).resolve().parent.parent / "Tests" / "Goldens" / "rules" / "convex.json"
MODELS, SEED = 100, 20150219
BUDGETS = (Fraction(1, 1000), Fraction(1, 100), Fraction(3, 10))
DISCOUNTS = ("1/10", "3/10", "1/2", "2/3", "4/5", "9/10", "19/20", "99/100")
GAP = arb("1e-13")
# Of Clarabel, in units of sum rho max |A|; of SLSQP, relative to the optimum (it may break a constraint by a little); the
# share of the problems that SLSQP solves.
CLARABEL_TOLERANCE, SLSQP_TOLERANCE, REACHED = 1e-7, 1e-7, 0.9


# The models


def composition(stream, parts, total=20):
    """`parts` positive multiples of 1/total that sum to 1."""
    cuts = [0, *sorted(stream.sample(range(1, total), parts - 1)), total]
    return [Fraction(b - a, total) for a, b in zip(cuts, cuts[1:])]


def random_instance(index):
    """An MDP and a start policy with some advantage other than 0."""
    for attempt in range(100):
        stream = random.Random(f"{SEED} {index} {attempt}")
        mdp = random_model(stream, index)
        policy = random_policy(stream, mdp, index)
        evaluation = exact_mdp.evaluate(mdp, policy)
        if any(x for s in mdp.live for x in evaluation.advantages[s].values()):
            return mdp, policy, evaluation
    raise AssertionError(f"nothing to gain in any model {index}")


def random_model(stream, index):
    """What is special about a model depends on its index, so that every mixture occurs."""
    size, width = stream.randint(2, 6), stream.randint(2, 4)
    terminal = {size - 1} if index % 4 == 1 and size > 2 else set()
    # A state that nothing leads to and nothing starts in.
    lost = 0 if index % 5 == 2 and size > 2 else None
    targets = [s for s in range(size) if s != lost]
    rows = [[None] * width for _ in range(size)]
    rewards = [[Fraction(0)] * width for _ in range(size)]
    for s in range(size):
        if s in terminal:
            continue
        available = [a for a in range(width) if index % 3 or stream.random() < 0.7] or [stream.randrange(width)]
        for a in available:
            reached = sorted(stream.sample(targets, stream.randint(1, min(3, len(targets)))))
            rows[s][a] = dict(zip(reached, composition(stream, len(reached))))
            rewards[s][a] = Fraction(stream.randint(-20, 20), 10)
        if len(available) > 1 and stream.random() < 0.3:
            # Twins have equal advantages; all of them, a state with nothing to gain.
            twins = available if stream.random() < 0.4 else available[:2]
            for a in twins[1:]:
                rows[s][a], rewards[s][a] = rows[s][twins[0]], rewards[s][twins[0]]
    start = [s for s in targets if s not in terminal]
    initial = [Fraction(0)] * size
    for s, p in zip(start, composition(stream, len(start))):
        initial[s] = p
    return exact_mdp.MDP(
        f"random-{index}", [str(s) for s in range(size)], [str(a) for a in range(width)],
        Fraction(DISCOUNTS[index % len(DISCOUNTS)]), initial, terminal, rows, rewards,
    )


def random_policy(stream, mdp, index):
    """Positive everywhere, or with zeros, or deterministic."""
    policy = []
    for s in range(len(mdp.states)):
        if s in mdp.terminal:
            policy.append(None)
            continue
        taken = mdp.available(s)
        if index % 2 and len(taken) > 1:
            taken = stream.sample(taken, stream.randint(1, len(taken)) if index % 7 else 1)
        row = [Fraction(0)] * len(mdp.actions)
        for a, p in zip(taken, composition(stream, len(taken), 24 if index % 6 else 1000)):
            row[a] = p
        policy.append(row)
    return policy


# The problems


@dataclass
class Problem:
    """The variables are p(s, a) in visited live states, one after the other, and for `penalty` a bound r on KL."""

    rule: str
    budget: Fraction
    discount: Fraction
    coefficient: Fraction
    visits: list  # rho by visited state
    old: list  # pi by visited state and available action
    advantages: list

    @property
    def horizon_budget(self):
        return self.budget / (1 - self.discount)

    @property
    def price(self):
        """The weight of sum rho KL in the objective of mean-penalty."""
        return self.coefficient * (1 - self.discount)

    def scale(self):
        """The size of the objective's terms."""
        return sum(r * max(map(abs, a)) for r, a in zip(self.visits, self.advantages))


def problems(mdp, policy, evaluation):
    visited = [s for s in mdp.live if evaluation.visitation[s] > 0]
    visits = [evaluation.visitation[s] for s in visited]
    old = [[policy[s][a] for a in mdp.available(s)] for s in visited]
    advantages = [[evaluation.advantages[s][a] for a in mdp.available(s)] for s in visited]
    largest = max(abs(x) for s in mdp.live for x in evaluation.advantages[s].values())
    coefficient = 4 * largest * mdp.discount / (1 - mdp.discount) ** 2
    for rule in ("penalty", "mean-penalty"):
        yield Problem(rule, None, mdp.discount, coefficient, visits, old, advantages)
    for rule in ("max-kl", "mean-kl"):
        for budget in BUDGETS:
            yield Problem(rule, budget, mdp.discount, coefficient, visits, old, advantages)


# A barrier method in multiple precision


def real(fraction):
    return arb(fraction.numerator) / fraction.denominator


class Barrier:
    """minimise weight * objective - sum log slack, the weight growing, by Newton's method with equality constraints."""

    def __init__(self, problem):
        self.p = problem
        self.old = [[real(x) for x in row] for row in problem.old]
        self.visits = [real(x) for x in problem.visits]
        self.gains = [[real(r * a) for a in row] for r, row in zip(problem.visits, problem.advantages)]
        self.positions, count = [], 0
        for row in self.old:
            self.positions.append(range(count, count + len(row)))
            count += len(row)
        self.count = count + (problem.rule == "penalty")
        self.free = [i for at, row in zip(self.positions, problem.old) for i, x in zip(at, row) if x == 0]
        self.constraints = len(self.free) + {"penalty": len(self.old), "max-kl": len(self.old), "mean-kl": 1}.get(
            problem.rule, 0
        )

    def divergences(self, x):
        return [
            sum((p * (p / x[i]).log() for i, p in zip(at, row) if p > 0), arb(0))
            for at, row in zip(self.positions, self.old)
        ]

    def slacks(self, x):
        """What is left of each constraint on a divergence, with its states, their weights and whether r is in it."""
        kl = self.divergences(x)
        everywhere = range(len(kl))
        if self.p.rule == "penalty":
            return [(x[-1] - kl[s], [s], [arb(1)], True) for s in everywhere]
        if self.p.rule == "max-kl":
            return [(real(self.p.budget) - kl[s], [s], [arb(1)], False) for s in everywhere]
        if self.p.rule == "mean-kl":
            spent = sum((r * k for r, k in zip(self.visits, kl)), arb(0))
            return [(real(self.p.horizon_budget) - spent, list(everywhere), self.visits, False)]
        return []

    def gain(self, x):
        """The objective: what the rule maximises."""
        total = sum((g * x[i] for at, row in zip(self.positions, self.gains) for i, g in zip(at, row)), arb(0))
        if self.p.rule == "penalty":
            total -= real(self.p.coefficient) * x[-1]
        if self.p.rule == "mean-penalty":
            total -= real(self.p.price) * sum((r * k for r, k in zip(self.visits, self.divergences(x))), arb(0))
        return total

    def value(self, x, weight):
        """The barrier function; None outside its domain."""
        if any(not x[i] > 0 for at in self.positions for i in at):
            return None
        slacks = self.slacks(x)
        if any(not s[0] > 0 for s in slacks):
            return None
        barrier = sum((x[i].log() for i in self.free), arb(0)) + sum((s[0].log() for s in slacks), arb(0))
        return -weight * self.gain(x) - barrier

    def start(self):
        """Nearly pi, with something for every action."""
        share = arb(1) / 2
        while True:
            x = [
                (1 - share) * p + share / len(row) for row in self.old for p in row
            ]
            if self.p.rule == "penalty":
                x.append(max((float(k) for k in self.divergences(x)), default=0) * arb(2) + share)
            if all(s[0] > 0 for s in self.slacks(x)):
                return x
            share /= 4

    def newton(self, x, weight):
        """The Newton step within sum p = 1, and half the square of its length in the norm of the Hessian."""
        rows = len(self.positions)
        size = self.count + rows
        gradient = [arb(0)] * self.count
        hessian = [[arb(0)] * size for _ in range(size)]
        slopes, curvatures = {}, {}
        for at, row in zip(self.positions, self.old):
            for i, p in zip(at, row):
                slopes[i], curvatures[i] = -p / x[i], p / (x[i] * x[i])
        for at, row in zip(self.positions, self.gains):
            for i, g in zip(at, row):
                gradient[i] -= weight * g
        if self.p.rule == "penalty":
            gradient[-1] += weight * real(self.p.coefficient)
        if self.p.rule == "mean-penalty":
            price = weight * real(self.p.price)
            for at, r in zip(self.positions, self.visits):
                for i in at:
                    gradient[i] += price * r * slopes[i]
                    hessian[i][i] += price * r * curvatures[i]
        for i in self.free:
            gradient[i] -= 1 / x[i]
            hessian[i][i] += 1 / (x[i] * x[i])
        for slack, states, weights, has_bound in self.slacks(x):
            # -log(slack), with slack = constant (or r) - sum weights KL.
            slope = {i: w * slopes[i] for s, w in zip(states, weights) for i in self.positions[s]}
            for s, w in zip(states, weights):
                for i in self.positions[s]:
                    hessian[i][i] += w * curvatures[i] / slack
            if has_bound:
                slope[self.count - 1] = arb(-1)
            for i, g in slope.items():
                gradient[i] += g / slack
                for j, h in slope.items():
                    hessian[i][j] += g * h / (slack * slack)
        for k, at in enumerate(self.positions):
            for i in at:
                hessian[i][self.count + k] = hessian[self.count + k][i] = arb(1)
        right = [[-g] for g in gradient] + [[arb(0)]] * rows
        step = [v.mid() for v in arb_mat(hessian).mid().solve(arb_mat(right).mid()).entries()][: self.count]
        return step, -sum((g * d for g, d in zip(gradient, step)), arb(0)).mid() / 2

    def solve(self):
        """(x, the suboptimality left)."""
        x = [v.mid() for v in self.start()]
        scale = real(self.p.scale())
        weight = 1 / scale
        constraints = max(self.constraints, 1)
        while True:
            self.centre(x, weight)
            left = constraints / weight
            # No step at all can be the optimum; then the gain never leaves 0.
            if left < GAP * abs(self.gain(x)).mid() or left < arb("1e-22") * scale:
                return x, left
            weight *= 30

    def centre(self, x, weight):
        for _ in range(200):
            step, decrement = self.newton(x, weight)
            if decrement < arb("1e-12"):
                return
            here, length = self.value(x, weight), arb(1)
            while True:
                trial = [(v + length * d).mid() for v, d in zip(x, step)]
                there = self.value(trial, weight)
                if there is not None and there <= here - length * decrement / 10:
                    break
                length /= 2
                assert length > arb("1e-40"), "the line search found nothing"
            x[:] = trial
        raise AssertionError("Newton's method did not end")


# Cross-checks in float64


def clarabel(problem):
    """The optimum by an interior-point method on exponential cones."""
    total, constraints, divergences = 0, [], []
    for visits, old, advantages in zip(problem.visits, problem.old, problem.advantages):
        p = cvxpy.Variable(len(old), nonneg=True)
        constraints.append(cvxpy.sum(p) == 1)
        total += p @ numpy.array([float(visits * a) for a in advantages])
        taken = [i for i, x in enumerate(old) if x > 0]
        pi = numpy.array([float(old[i]) for i in taken])
        divergences.append(cvxpy.sum(cvxpy.rel_entr(pi, p[taken])))
    scale = float(problem.scale())
    mean = sum(float(r) * k for r, k in zip(problem.visits, divergences))
    if problem.rule == "penalty":
        # In units of the size that a step of this penalty has, or the solver sees only zeros.
        unit = min(1.0, (scale / float(problem.coefficient)) ** 2)
        bound = cvxpy.Variable()
        constraints += [k <= unit * bound for k in divergences]
        total -= float(problem.coefficient) * unit * bound
    elif problem.rule == "mean-penalty":
        total -= float(problem.price) * mean
    elif problem.rule == "max-kl":
        constraints += [k <= float(problem.budget) for k in divergences]
    else:
        constraints.append(mean <= float(problem.horizon_budget))
    task = cvxpy.Problem(cvxpy.Maximize(total / scale), constraints)
    with warnings.catch_warnings():
        # More is asked of it than it can always reach; what it reached, the comparison shows.
        warnings.simplefilter("ignore")
        task.solve(solver="CLARABEL", tol_gap_abs=1e-11, tol_gap_rel=1e-11, tol_feas=1e-11, max_iter=500)
    return task.value * scale


def slsqp(problem, gain):
    """The optimum by sequential quadratic programming, in the variables (p - pi)/unit, where nothing cancels.

    The unit is the length of step for which the divergence that the problem allows is of order 1.
    """
    sizes = [len(row) for row in problem.old]
    ends = numpy.cumsum([0, *sizes])
    old = numpy.array([float(v) for row in problem.old for v in row])
    slopes = numpy.array([float(r * a) for r, row in zip(problem.visits, problem.advantages) for a in row])
    visits = numpy.array([float(r) for r in problem.visits])
    # What a penalty takes is about what it leaves, so gain/C is the size of the divergence.
    size = float(problem.budget or min(Fraction(1), Fraction(max(gain, 1e-30)) / problem.coefficient))
    unit, scale = numpy.sqrt(size), numpy.sqrt(size) * float(problem.scale())
    taken = old > 0

    def divergences(y):
        change = unit * y[: ends[-1]]
        relative = numpy.maximum(change[taken] / old[taken], -1 + 1e-12)
        parts = change.copy()
        parts[taken] = old[taken] * (relative - numpy.log1p(relative))
        return numpy.add.reduceat(parts, ends[:-1]) / size

    def objective(y):
        total = unit * (slopes @ y[: ends[-1]])
        if problem.rule == "penalty":
            total -= float(problem.coefficient) * size * y[-1]
        if problem.rule == "mean-penalty":
            total -= float(problem.price) * size * (visits @ divergences(y))
        return -total / scale

    constraints = [{"type": "eq", "fun": lambda y, a=a, b=b: y[a:b].sum()} for a, b in zip(ends, ends[1:])]
    if problem.rule == "penalty":
        constraints.append({"type": "ineq", "fun": lambda y: y[-1] - divergences(y)})
    if problem.rule == "max-kl":
        constraints.append({"type": "ineq", "fun": lambda y: 1 - divergences(y)})
    if problem.rule == "mean-kl":
        constraints.append(
            {"type": "ineq", "fun": lambda y: float(1 / (1 - problem.discount)) - visits @ divergences(y)}
        )
    bounds = [(-p / unit, (1 - p) / unit) for p in old]
    start = numpy.zeros(len(old))
    if problem.rule == "penalty":
        bounds, start = [*bounds, (0, None)], numpy.append(start, 1)
    result = minimize(
        objective, start, method="SLSQP", bounds=bounds, constraints=constraints,
        options={"ftol": 1e-15, "maxiter": 1000},
    )
    return -result.fun * scale


# The file


class Tally:
    """How the float64 solvers compare with the optima."""

    def __init__(self):
        self.compared = self.reached = 0

    def compare(self, label, problem, gain, left):
        scale = float(problem.scale())
        # An error in a divergence counts C times in a penalty.
        unit = scale + (0 if problem.budget else float(problem.coefficient))
        other = clarabel(problem)
        assert abs(other - gain) <= CLARABEL_TOLERANCE * unit, (label, "Clarabel", other, gain, scale)
        other = slsqp(problem, gain)
        room = SLSQP_TOLERANCE * abs(gain) + 2 * left
        assert other <= gain + room, (label, "SLSQP finds a better step", other, gain)
        self.compared += 1
        self.reached += abs(other - gain) <= room

    def report(self):
        print(f"{self.compared} optima agree with Clarabel; SLSQP reaches {self.reached}, and exceeds none")
        assert self.reached >= REACHED * self.compared


def entry(index, tally):
    mdp, policy, evaluation = random_instance(index)
    optima = []
    for problem in problems(mdp, policy, evaluation):
        barrier = Barrier(problem)
        x, left = barrier.solve()
        gain = barrier.gain(x)
        tally.compare(f"{mdp.name} {problem.rule} {problem.budget}", problem, float(gain), float(left))
        optima.append({
            "rule": problem.rule,
            **({"budget": float(problem.budget)} if problem.budget else {}),
            "objective": gain.mid().str(20, radius=False),
            "gap": float(left),
        })
    return {
        "mdp": document(mdp),
        "policy": [None if row is None else [str(p) for p in row] for row in policy],
        "optima": optima,
    }


def document(mdp):
    """In format monotone/mdp/v1, every number a string, so that it survives any JSON reader."""
    size = len(mdp.states)
    return {
        "schema": "monotone/mdp/v1",
        "name": mdp.name,
        "discount": str(mdp.discount),
        "states": size,
        "actions": len(mdp.actions),
        "initial": [str(p) for p in mdp.initial],
        **({"terminal": sorted(mdp.terminal)} if mdp.terminal else {}),
        "transitions": [
            None if s in mdp.terminal else [
                None if row is None else [str(row.get(n, 0)) for n in range(size)] for row in mdp.rows[s]
            ]
            for s in range(size)
        ],
        "rewards": [
            None if s in mdp.terminal else [
                None if row is None else str(r) for row, r in zip(mdp.rows[s], mdp.rewards[s])
            ]
            for s in range(size)
        ],
    }


def files():
    ctx.prec = 512
    tally = Tally()
    text = "[\n" + ",\n".join(json.dumps(entry(i, tally), separators=(",", ":")) for i in range(MODELS)) + "\n]\n"
    tally.report()
    yield TARGET, text


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, files))
