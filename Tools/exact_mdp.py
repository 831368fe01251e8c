"""A small exact implementation of the theory, for goldens and counterexamples: it shares no code with the toolkit.

Reads MDP and policy files with every literal exact (0.1 is 1/10), solves linear systems by Gaussian elimination over
`fractions.Fraction`, and encloses logarithms with mpmath. Conventions: a terminal state is worth 0 but is visited (the
visitation sums to 1/(1 - discount)); maxima run over live states; means are under (1 - discount) times the visitation.
"""

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import mpmath

INFINITY = "infinity"


@dataclass
class MDP:
    """A finite MDP, indexed by position: `rows[s][a]` is {next state: probability} or None where a is unavailable."""

    name: str
    states: list
    actions: list
    discount: Fraction
    initial: list
    terminal: set
    rows: list
    rewards: list

    @property
    def live(self):
        return [s for s in range(len(self.states)) if s not in self.terminal]

    def available(self, s):
        return [a for a in range(len(self.actions)) if self.rows[s][a] is not None]


# Reading


def read_json(path):
    """A JSON document whose numbers are Fractions."""
    return json.loads(Path(path).read_text(encoding="utf-8"), parse_float=Fraction, parse_int=Fraction)


def read_mdp(path):
    """The MDP of a file in format monotone/mdp/v1; rows must sum to exactly 1."""
    document = read_json(path)
    states, actions = _names(document["states"]), _names(document["actions"])
    index, action_index = _positions(states), _positions(actions)
    terminal = {index[_name(s)] for s in document.get("terminal", [])}
    rows = [[None] * len(actions) for _ in states]
    rewards = [[Fraction(0)] * len(actions) for _ in states]
    transitions, extra = document["transitions"], document.get("rewards")
    if isinstance(transitions[0], dict):
        for t in transitions:
            s, a = index[_name(t["from"])], action_index[_name(t["action"])]
            rows[s][a] = {index[n]: Fraction(p) for n, p in t["to"].items()}
            reward = t.get("reward", 0)
            if isinstance(reward, dict):
                reward = sum(rows[s][a][index[n]] * Fraction(r) for n, r in reward.items())
            rewards[s][a] = Fraction(reward)
    else:
        for s, of_state in enumerate(transitions):
            for a, row in enumerate(of_state or []):
                if row is not None:
                    rows[s][a] = {n: Fraction(p) for n, p in enumerate(row) if Fraction(p)}
    _add_rewards(extra, rows, rewards, index)
    initial = document["initial"]
    if isinstance(initial, dict):
        initial = [initial.get(s, 0) for s in states]
    mdp = MDP(
        document["name"], states, actions, Fraction(document["discount"]),
        [Fraction(p) for p in initial], terminal, rows, rewards,
    )
    assert sum(mdp.initial) == 1
    for s in range(len(states)):
        assert bool(mdp.available(s)) == (s not in terminal), states[s]
        for a in mdp.available(s):
            assert sum(rows[s][a].values()) == 1 and min(rows[s][a].values()) > 0, (states[s], actions[a])
    return mdp


def _add_rewards(extra, rows, rewards, index):
    """Adds the top-level `rewards`: r(s) by name, or an array [s], [s][a] or [s][a][s']."""
    if isinstance(extra, dict):
        extra = [extra.get(s, 0) for s in index]
    for s, of_state in enumerate(extra or []):
        for a, row in enumerate(rows[s]):
            if row is None or of_state is None:
                continue
            of_action = of_state[a] if isinstance(of_state, list) else of_state
            if isinstance(of_action, list):
                of_action = sum(p * Fraction(of_action[n]) for n, p in row.items())
            rewards[s][a] += Fraction(of_action)


def read_policy(path, mdp):
    """The rows of a policy file, None at terminal states."""
    probabilities = read_json(path)["probabilities"]
    if isinstance(probabilities, dict):
        probabilities = [
            [probabilities[s].get(a, 0) for a in mdp.actions] if i not in mdp.terminal else None
            for i, s in enumerate(mdp.states)
        ]
    policy = [None if row is None else [Fraction(p) for p in row] for row in probabilities]
    check_policy(mdp, policy)
    return policy


def check_policy(mdp, policy):
    for s in range(len(mdp.states)):
        if s in mdp.terminal:
            assert policy[s] is None
            continue
        assert sum(policy[s]) == 1 and min(policy[s]) >= 0, mdp.states[s]
        assert all(p == 0 or mdp.rows[s][a] is not None for a, p in enumerate(policy[s])), mdp.states[s]


def _names(value):
    return value if isinstance(value, list) else [str(i) for i in range(int(value))]


def _name(reference):
    return reference if isinstance(reference, str) else str(reference)


def _positions(names):
    return {name: i for i, name in enumerate(names)}


# Evaluation


def solve_linear(matrix, vector):
    """The solution of matrix x = vector by Gaussian elimination; rows are {column: Fraction} and stay sparse."""
    rows = [dict(row) for row in matrix]
    right = list(vector)
    size = len(rows)
    for k in range(size):
        candidates = [i for i in range(k, size) if rows[i].get(k)]
        pivot = min(candidates, key=lambda i: (len(rows[i]), i))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        right[k], right[pivot] = right[pivot], right[k]
        for i in range(k + 1, size):
            entry = rows[i].pop(k, None)
            if not entry:
                continue
            factor = entry / rows[k][k]
            for j, value in rows[k].items():
                if j > k:
                    changed = rows[i].get(j, 0) - factor * value
                    if changed:
                        rows[i][j] = changed
                    else:
                        rows[i].pop(j, None)
            right[i] -= factor * right[k]
    solution = [Fraction(0)] * size
    for k in reversed(range(size)):
        rest = sum((value * solution[j] for j, value in rows[k].items() if j > k), Fraction(0))
        solution[k] = (right[k] - rest) / rows[k][k]
    return solution


def transition_rows(mdp, policy):
    """P_pi as sparse rows; a terminal state loops."""
    result = []
    for s in range(len(mdp.states)):
        row = {s: Fraction(1)} if s in mdp.terminal else {}
        for a in mdp.available(s):
            if policy[s][a]:
                for n, p in mdp.rows[s][a].items():
                    row[n] = row.get(n, 0) + policy[s][a] * p
        result.append(row)
    return result


def _identity_minus(rows, discount):
    matrix = [{n: -discount * p for n, p in row.items() if discount} for row in rows]
    for s, row in enumerate(matrix):
        row[s] = row.get(s, 0) + 1
    return matrix


def expected_rewards(mdp, policy):
    """r_pi; 0 at terminal states."""
    return [
        sum((p * mdp.rewards[s][a] for a, p in enumerate(policy[s] or []) if p), Fraction(0))
        for s in range(len(mdp.states))
    ]


def state_values(mdp, policy):
    """V = (I - discount P)^-1 r."""
    return solve_linear(_identity_minus(transition_rows(mdp, policy), mdp.discount), expected_rewards(mdp, policy))


def visitation(mdp, policy):
    """rho = (I - discount P^T)^-1 initial, unnormalised."""
    transposed = [{} for _ in mdp.states]
    for s, row in enumerate(transition_rows(mdp, policy)):
        for n, p in row.items():
            transposed[n][s] = p
    return solve_linear(_identity_minus(transposed, mdp.discount), mdp.initial)


def action_values(mdp, values):
    """Q[s] = {a: r(s,a) + discount sum P V}, for the available actions."""
    return [
        {
            a: mdp.rewards[s][a] + mdp.discount * sum(p * values[n] for n, p in mdp.rows[s][a].items())
            for a in mdp.available(s)
        }
        for s in range(len(mdp.states))
    ]


@dataclass
class Evaluation:
    """V, Q, A, the visitation and the return of one policy."""

    values: list
    action_values: list
    advantages: list
    visitation: list
    expected_return: Fraction


def evaluate(mdp, policy):
    check_policy(mdp, policy)
    values, visits = state_values(mdp, policy), visitation(mdp, policy)
    q = action_values(mdp, values)
    advantages = [{a: x - values[s] for a, x in row.items()} for s, row in enumerate(q)]
    expected = dot(mdp.initial, values)
    # Two solves that share nothing must agree: the return from V and from the visitation.
    reward = expected_rewards(mdp, policy)
    assert dot(visits, reward) == expected and sum(visits) == 1 / (1 - mdp.discount)
    return Evaluation(values, q, advantages, visits, expected)


def optimal(mdp):
    """An optimal deterministic policy by exact policy iteration (first action on ties), and its values."""
    choice = {s: mdp.available(s)[0] for s in mdp.live}
    while True:
        policy = [deterministic(mdp, s, choice.get(s)) for s in range(len(mdp.states))]
        values = state_values(mdp, policy)
        q = action_values(mdp, values)
        improved = {s: max(q[s], key=lambda a: (q[s][a], -a)) for s in mdp.live if max(q[s].values()) > values[s]}
        if not improved:
            return policy, values
        choice.update(improved)


def deterministic(mdp, s, action):
    if action is None:
        return None
    return [Fraction(int(a == action)) for a in range(len(mdp.actions))]


# Updates


@dataclass
class Update:
    """The quantities of an update: exact rationals, except the KL divergences (mpmath numbers, or INFINITY)."""

    current: Evaluation
    candidate: Evaluation
    expected_advantages: list
    surrogate: Fraction
    policy_advantage: Fraction
    max_advantage: Fraction
    max_expected_advantage: Fraction
    penalty_coefficient: Fraction
    total_variation: list
    max_total_variation: Fraction
    mean_total_variation: Fraction
    kl: list
    max_kl: object
    mean_kl: object
    reverse_kl: list
    max_reverse_kl: object
    mean_reverse_kl: object


def update(mdp, current, candidate):
    old, new = evaluate(mdp, current), evaluate(mdp, candidate)
    g = mdp.discount
    everywhere, live = range(len(mdp.states)), mdp.live
    expected = [sum((candidate[s][a] * x for a, x in old.advantages[s].items()), Fraction(0)) for s in everywhere]
    policy_advantage = dot(old.visitation, expected)
    assert new.expected_return == old.expected_return + dot(new.visitation, expected), "performance difference"
    epsilon = max((abs(x) for s in live for x in old.advantages[s].values()), default=Fraction(0))
    tv = [
        sum((abs(p - q) for p, q in zip(current[s], candidate[s])), Fraction(0)) / 2 if s in live else Fraction(0)
        for s in everywhere
    ]
    weights = [(1 - g) * x for x in old.visitation]
    kl = [divergence(current[s], candidate[s]) if s in live else mpmath.mpf(0) for s in everywhere]
    reverse = [divergence(candidate[s], current[s]) if s in live else mpmath.mpf(0) for s in everywhere]
    return Update(
        current=old,
        candidate=new,
        expected_advantages=expected,
        surrogate=old.expected_return + policy_advantage,
        policy_advantage=policy_advantage,
        max_advantage=epsilon,
        max_expected_advantage=max((abs(expected[s]) for s in live), default=Fraction(0)),
        penalty_coefficient=4 * epsilon * g / (1 - g) ** 2,
        total_variation=tv,
        max_total_variation=max(tv[s] for s in live),
        mean_total_variation=dot(weights, tv),
        kl=kl,
        max_kl=_maximum([kl[s] for s in live]),
        mean_kl=_mean(weights, kl),
        reverse_kl=reverse,
        max_reverse_kl=_maximum([reverse[s] for s in live]),
        mean_reverse_kl=_mean(weights, reverse),
    )


def divergence(p, q):
    """KL(p || q) = sum p log(p/q), or INFINITY where p > 0 = q. Precision: mpmath's working precision."""
    if any(x and not y for x, y in zip(p, q)):
        return INFINITY
    return mpmath.fsum(real(x) * mpmath.log(real(x / y)) for x, y in zip(p, q) if x)


def real(fraction):
    return mpmath.mpf(fraction.numerator) / fraction.denominator


def dot(x, y):
    return sum((a * b for a, b in zip(x, y)), Fraction(0))


def _maximum(divergences):
    return INFINITY if INFINITY in divergences else max(divergences)


def _mean(weights, divergences):
    """The mean under `weights`; a state without weight counts nothing, even if its divergence is infinite."""
    pairs = [(w, d) for w, d in zip(weights, divergences) if w]
    if any(d == INFINITY for _, d in pairs):
        return INFINITY
    return mpmath.fsum(real(w) * d for w, d in pairs)
