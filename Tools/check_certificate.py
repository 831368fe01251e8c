#!/usr/bin/env python3
"""Checks a certificate of Monotone against the model and the two policies that it speaks of.

    python3 Tools/check_certificate.py MDP CURRENT CANDIDATE CERTIFICATE

MDP is a model, CURRENT and CANDIDATE are policies π and π̃ (JSON files, or the word uniform), and
CERTIFICATE is what `monotone check --certificate` wrote. This program shares no code with Monotone
and needs the standard library of Python only. It is meant to be read.

Exit status: 0 accepted; 1 rejected: the certificate is wrong about these files; 64 wrong usage;
65 a file is malformed, or the model is too large to check; 66 a file cannot be read.

What acceptance proves: every number in the certificate is right, and every verdict is true, of
exactly the numbers that the files write. There 0.1 is one tenth, and a row of probabilities which
sums to 1 only within 1e-9 is divided by its sum. The proof has five parts, in the order of the file.

Part 1. The files are read without rounding: every number becomes a `Fraction`.

Part 2. A number which is not rational (a logarithm, a root) is a `Ball`, an interval with rational
    ends that contains it. Every operation returns an interval which contains the true result.

Part 3. Of the certificate, only V and ρ of the two policies are used. They are checked by inserting
    them into their equations, V = r + γ P V and ρ = ρ0 + γ Pᵀ ρ. The residuals must be exactly 0.
    P is stochastic and 0 ≤ γ < 1, so I − γ P is strictly diagonally dominant, hence invertible:
    each system has one solution only, and the stated one is it.

Part 4. Everything else follows from V and ρ by the definitions, and is computed anew. A verdict is
    the sign of a margin. No claim is taken for granted because a theorem says so.

Part 5. The certificate must have exactly the entries computed in part 4, each equal to its own.
"""

import functools
import itertools
import json
import math
import re
import sys
from fractions import Fraction

USAGE = "usage: check_certificate.py MDP CURRENT CANDIDATE CERTIFICATE"

# Limits. A file beyond them is refused at once, not worked on for hours.
MOST_BYTES = 2**26  # of a file
MOST_ACTIONS = 10**6  # where they are a count; as a list they are as long as the file
MOST_STATES_FOR_ERGODICITY = 100  # beyond this, two claims are not applicable: part of the format
MOST_WORK = 10**12  # products of two 30-bit digits: about an hour

PRECISIONS = (
    256,
    1024,
    4096,
    16384,
)  # bits of the logarithms and roots; more if they do not decide


class Malformed(Exception):
    """A file is not in its format, or too large to check. The message says where."""


class Unreadable(Exception):
    """A file cannot be read."""


class Rejected(Exception):
    """The certificate is wrong. The message says where."""


class Undecided(Exception):
    """The intervals are too wide to tell. More bits will."""


def require(condition, where, reason):
    if not condition:
        raise Malformed(f"{where}: {reason}")


def short(value):
    """A value as a message shows it."""
    return f"{value!s:.60}"


# Part 1. Reading: every number exactly as the file writes it.

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(/[0-9]+|(\.[0-9]+)?([eE][+-]?0*([0-9]{1,4}|10000))?)")


def number(text, where="a file"):
    """The exact value of an integer, a decimal or a quotient p/q.

    A number of JSON is a `Fraction` already, because `read` hands its digits to this function.
    """
    if isinstance(text, Fraction):
        return text
    is_number = isinstance(text, str) and NUMBER.fullmatch(text)
    require(is_number, where, f"expected a number, found {short(repr(text))}")
    require("/" not in text or int(text.split("/")[1]) != 0, where, f"{short(text)} divides by 0")
    return Fraction(text)


def without_duplicates(pairs):
    """An object of JSON, whose keys must differ; `json` would silently keep the last."""
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Malformed(f"the key {short(repr(twice))} stands twice in one object")
    return dict(pairs)


def read(path, kind, keys):
    """The object that a file of a kind holds: the named keys, and no others."""
    text = read_text(path)
    # To read n digits takes time n².
    long_numbers = sum(len(digits) ** 2 for digits in re.findall(r"[0-9]{1000,}", text))
    require(long_numbers <= MOST_WORK, path, "too large to check: its numbers are too long")
    try:
        file = json.loads(
            text,
            object_pairs_hook=without_duplicates,
            parse_int=number,
            parse_float=number,
            parse_constant=number,  # NaN and Infinity, which are no numbers
        )
    except ValueError as fault:
        raise Malformed(f"{path}: not JSON: {fault}") from None
    except RecursionError:
        raise Malformed(f"{path}: not JSON of this format: nested too deeply") from None
    except Malformed as fault:
        raise Malformed(f"{path}: {fault}") from None
    require(isinstance(file, dict), path, f"expected an object, found {short(file)}")
    schema = f"monotone/{kind}/v1"
    found = file.get("schema")
    require(found == schema, path, f'expected "schema": "{schema}", found {short(repr(found))}')
    return entries(file, ["schema", *keys], path)


def read_text(path):
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        raise Unreadable(f"{path}: {getattr(fault, 'strerror', None) or fault}") from None
    require(len(data) <= MOST_BYTES, path, f"too large to check: more than {MOST_BYTES >> 20} MiB")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed(f"{path}: not UTF-8") from None


def entries(value, keys, where):
    """An object which has no other keys than these."""
    expected = [*itertools.islice(keys, 9)]
    require(isinstance(value, dict), where, f"expected entries by {expected}, found {short(value)}")
    for key in value:
        require(key in keys, where, f"unknown key {short(repr(key))}; expected some of {expected}")
    return value


def by_name(value, names, where):
    """{name: entry} of an object, or of an array in the order of the names."""
    if isinstance(value, list):
        require(
            len(value) == len(names), where, f"expected {len(names)} entries, found {len(value)}"
        )
        value = dict(zip(names, value))
    return entries(value, names, where)


def members(file, keys, where):
    """The entries of an object that must be there."""
    for key in keys:
        require(key in file, where, f"the key {key!r} is missing")
    return [file[key] for key in keys]


def listed(names, most, where):
    """{name: None} of an array of names, or of a count n: then they are called "0", "1", ..."""
    if not isinstance(names, list):
        count = number(names, where)
        is_count = count.denominator == 1 and count >= 1
        require(is_count, where, f"expected names or a count of them, found {short(names)}")
        require(count <= most, where, f"a count of {short(names)}, where at most {most} can be")
        names = [str(index) for index in range(int(count))]
    for name in names:
        require(isinstance(name, str), where, f"expected a name, found {short(name)}")
    require(len(set(names)) == len(names) > 0, where, "a name stands twice, or there is none")
    return dict.fromkeys(names)


def distribution(value, names, where):
    """{name: probability > 0} of a row of probabilities, divided by its sum."""
    row = {name: number(p, where) for name, p in by_name(value, names, where).items()}
    total = sum(row.values())
    is_distribution = row and min(row.values()) >= 0 and abs(total - 1) <= Fraction(1, 10**9)
    require(is_distribution, where, f"expected probabilities that sum to 1, found {short(value)}")
    return {name: p / total for name, p in row.items() if p}


def mean_reward(reward, row, states, where):
    """r(s,a), given as such or as r(s,a,s') by next state; null is 0."""

    def amount(x):
        return Fraction(0) if x is None else number(x, where)

    if not isinstance(reward, (dict, list)):
        return amount(reward)
    return sum(row.get(t, 0) * amount(x) for t, x in by_name(reward, states, where).items())


class Model:
    """A finite Markov decision process.

    rows[s][a][t] is P(t|s,a) where it is not 0, for the actions a that s offers; a terminal state
    offers none. rewards[s][a] is r(s,a). initial[s] is ρ0(s).
    """

    def __init__(self, name, discount, states, actions, initial, rows, rewards):
        self.name = name
        self.discount = discount
        self.states = states
        self.actions = actions
        self.initial = initial
        self.rows = rows
        self.rewards = rewards


def read_model(path):
    needed = ["name", "discount", "states", "actions", "initial", "transitions"]
    optional = ["description", "source", "terminal", "rewards", "features"]
    file = read(path, "mdp", needed + optional)
    name, discount, states, actions, initial, transitions = members(file, needed, path)
    terminal = file.get("terminal", [])
    require(isinstance(name, str), path, "the name is not a text")
    require(isinstance(transitions, list), path, "the transitions are not an array")
    require(isinstance(terminal, list), path, "the terminal states are not an array")

    discount = number(discount, f"{path}: discount")
    require(0 <= discount < 1, path, "the discount is not in [0, 1), where certificates are made")
    # A state has a transition or is terminal, so a count beyond both is false.
    states = listed(states, len(transitions) + len(terminal), f"{path}: states")
    actions = listed(actions, MOST_ACTIONS, f"{path}: actions")
    initial = distribution(initial, states, f"{path}: initial")

    rows = {s: {} for s in states}
    rewards = {s: {} for s in states}
    is_dense = bool(transitions) and not isinstance(transitions[0], dict)
    if is_dense:
        transitions = sparse(transitions, states, actions, f"{path}: transitions")
    for index, transition in enumerate(transitions):
        where = f"{path}: transitions[{index}]"
        entries(transition, ("from", "action", "to", "reward"), where)
        s, a, to = members(transition, ("from", "action", "to"), where)
        s, a = str(s), str(a)
        require(s in rows, where, f"unknown state {short(repr(s))}")
        require(a in actions, where, f"unknown action {short(repr(a))}")
        require(a not in rows[s], where, f"action {short(a)} of state {short(s)} is given twice")
        rows[s][a] = distribution(to, states, f"{where}.to")
        rewards[s][a] = mean_reward(transition.get("reward"), rows[s][a], states, f"{where}.reward")

    model = Model(name, discount, states, actions, None, rows, rewards)
    add_rewards(file.get("rewards", {}), model, is_dense, f"{path}: rewards")
    ends = {s for s in rows if not rows[s]}
    are_same = {str(s) for s in terminal} == ends
    require(are_same, path, "terminal states and states without actions are not the same")
    model.initial = {s: initial.get(s, Fraction(0)) for s in states}
    return model


def sparse(dense, states, actions, where):
    """A list of transitions from [s][a][t], with null for a terminal state or unavailable action."""
    return [
        {"from": s, "action": a, "to": row}
        for s, of_state in by_name(dense, states, where).items()
        if of_state is not None
        for a, row in by_name(of_state, actions, where).items()
        if row is not None
    ]


def add_rewards(given, model, is_dense, where):
    """Adds what stands beside the transitions: r(s); beside dense ones also r(s,a) or r(s,a,s')."""
    for s, reward in by_name(given, model.states, where).items():
        is_one_number = not isinstance(reward, dict if is_dense else (dict, list))
        require(is_one_number, where, f"the reward of {short(s)} is not one number")
        if not isinstance(reward, list):
            # r(s) is paid for every action; where there is none, it must be 0.
            first_action = itertools.islice(model.actions, 1)
            reward = dict.fromkeys(model.rows[s] or first_action, reward)
        for a, paid in by_name(reward, model.actions, where).items():
            row = model.rows[s].get(a)
            amount = mean_reward(paid, row or dict.fromkeys(model.states, 1), model.states, where)
            require(row or amount == 0, where, f"the state {short(s)} has a reward never paid")
            model.rewards[s][a] = model.rewards[s].get(a, 0) + amount


def read_policy(path, model):
    """{s: {a: probability > 0}}; nothing at a terminal state, where what a policy says is ignored."""
    if path == "uniform":
        return {s: {a: Fraction(1, len(row)) for a in row} for s, row in model.rows.items()}
    file = read(path, "policy", ["mdp", "probabilities"])
    name, given = members(file, ("mdp", "probabilities"), path)
    require(name == model.name, path, f"a policy for {short(name)}, not for {short(model.name)}")
    given = by_name(given, model.states, f"{path}: probabilities")
    policy = {}
    for s, row in model.rows.items():
        where = f"{path}: probabilities of {short(s)}"
        require(s in given or not row, where, "missing")
        policy[s] = distribution(given[s], model.actions, where) if row else {}
        for a in policy[s]:
            require(a in row, where, f"the action {short(a)} is not available")
    return policy


CERTIFICATE_KEYS = [
    "mdp", "current", "candidate", "KL", "reverseKL", "quantities", "claims", "improved", "guaranteed",
]  # fmt: skip
VERDICTS = ("holds", "violated", "undecided", "notApplicable")
STATED_NUMBER = re.compile(r"-?[0-9]+(/[0-9]+)?|-?infinity")


def read_certificate(path):
    """A certificate of the right form. Whether it is true is for parts 3 to 5."""
    file = read(path, "certificate", CERTIFICATE_KEYS)
    parts = dict(zip(CERTIFICATE_KEYS, members(file, CERTIFICATE_KEYS, path)))

    def require_numbers(value, where):
        require(isinstance(value, dict), where, f"expected an object, found {short(value)}")
        for key, x in value.items():
            require_number(x, f"{where}.{short(key)}")

    def require_number(x, where):
        if isinstance(x, dict):
            require(x.keys() == {"lower", "upper"}, where, "expected the keys lower and upper")
            require_number(x["lower"], f"{where}.lower")
            require_number(x["upper"], f"{where}.upper")
            return
        is_number = isinstance(x, str) and STATED_NUMBER.fullmatch(x)
        require(is_number, where, f"expected a number p or p/q in quotes, found {short(repr(x))}")

    def require_verdict(x, where):
        require(x in VERDICTS, where, f"expected one of {', '.join(VERDICTS)}, found {short(x)}")

    require(isinstance(parts["mdp"], str), path, "mdp is not a text")
    for key in ("current", "candidate"):
        where = f"{path}: {key}"
        entries(parts[key], ("stateValues", "visitation"), where)
        for name, value in zip(
            ("stateValues", "visitation"), members(parts[key], ("stateValues", "visitation"), where)
        ):
            require_numbers(value, f"{where}.{name}")
    for key in ("KL", "reverseKL", "quantities"):
        require_numbers(parts[key], f"{path}: {key}")
    require(isinstance(parts["claims"], dict), path, "claims is not an object")
    for name, claim in parts["claims"].items():
        where = f"{path}: claims.{short(name)}"
        entries(claim, ("verdict", "margin", "bound", "upperBound", "assumption"), where)
        require_verdict(claim.get("verdict"), f"{where}.verdict")
        require_numbers(
            {key: x for key, x in claim.items() if key not in ("verdict", "assumption")}, where
        )
        require(isinstance(claim.get("assumption", ""), str), where, "assumption is not a text")
    for key in ("improved", "guaranteed"):
        require_verdict(parts[key], f"{path}: {key}")
    return file


# Part 2. Numbers which are not rational, and numbers which may be infinite.

INFINITY = "infinity"  # what a KL divergence may be, and with it a bound


class Ball:
    """A real number which is known to lie in [lower, upper]; both ends are rational.

    The sum of x in [a, b] and y in [c, d] lies in [a + c, b + d]. Their product is linear in each
    factor, so that it lies between the least and the largest of ac, ad, bc and bd.
    """

    def __init__(self, lower, upper):
        self.lower, self.upper = lower, upper

    def __neg__(self):
        return Ball(-self.upper, -self.lower)

    def __add__(self, other):
        return Ball(self.lower + low(other), self.upper + high(other))

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        ends = [x * y for x in (self.lower, self.upper) for y in (low(other), high(other))]
        return between(min(ends), max(ends))

    __radd__, __rmul__ = __add__, __mul__


def low(x):
    return x.lower if isinstance(x, Ball) else x


def high(x):
    return x.upper if isinstance(x, Ball) else x


def between(lower, upper):
    return Ball(lower, upper) if lower < upper else lower


@functools.cache
def atanh(z, bits):
    """An interval around atanh z = z + z³/3 + z⁵/5 + ..., for 0 ≤ z ≤ 3/5.

    The sum is formed twice in integers, multiples of 2^-bits: once every division rounds down, once
    up. Down, terms are left out, and all are positive: a lower bound. Up, the loop ends when the
    next power of z, rounded up, is at most 1 unit. What is left out is then at most
    1 + z² + z⁴ + ... ≤ 1/(1 − 9/25) < 2 units, which are added: an upper bound.
    """

    def total(divide):
        power = divide(z.numerator << bits, z.denominator)
        square = divide(z.numerator**2 << bits, z.denominator**2)
        n, total = 1, 0
        while power > 1:
            total += divide(power, n)
            power = divide(power * square, 1 << bits)
            n += 2
        return total

    lower = total(lambda x, y: x // y)
    upper = total(lambda x, y: -(-x // y)) + 2
    return Ball(Fraction(lower, 1 << bits), Fraction(upper, 1 << bits))


def log(x, bits):
    """An interval around the natural logarithm of x > 0.

    x = 2^k m with 1 < m < 4, and log x = k log 2 + log m. By log m = 2 atanh((m − 1)/(m + 1)), with
    an argument in (0, 3/5), also log 2 = 2 atanh(1/3).
    """
    if x == 1:
        return Fraction(0)
    k = x.numerator.bit_length() - x.denominator.bit_length() - 1
    m = x / Fraction(2) ** k
    return 2 * (k * atanh(Fraction(1, 3), bits) + atanh((m - 1) / (m + 1), bits))


def root(x, bits):
    """An interval around the square root of x ≥ 0: n ≤ √y < n + 1 for n = isqrt(⌊y⌋)."""
    if x in (0, INFINITY):
        return x
    lower = math.isqrt(math.floor(max(low(x), 0) * 4**bits))
    upper = math.isqrt(math.ceil(high(x) * 4**bits)) + 1
    return Ball(Fraction(lower, 1 << bits), Fraction(upper, 1 << bits))


def times(weight, x):
    """weight · x for a weight ≥ 0, where x may be infinite; 0 · ∞ = 0, as in sums with weights."""
    if weight == 0:
        return Fraction(0)
    return INFINITY if x == INFINITY else weight * x


def dot(x, y):
    """Σ x(k) y(k), for x ≥ 0 where y may be infinite."""
    terms = [times(x[k], y[k]) for k in x]
    return INFINITY if INFINITY in terms else sum(terms, Fraction(0))


def largest(*values):
    if INFINITY in values:
        return INFINITY
    return between(max(map(low, values)), max(map(high, values)))


def smaller(x, y):
    if INFINITY in (x, y):
        return y if x == INFINITY else x
    return between(min(low(x), low(y)), min(high(x), high(y)))


def verdict(*margins):
    """`holds` if every margin is ≥ 0, `violated` if one is not."""
    if any(low(x) < 0 <= high(x) for x in margins):
        raise Undecided("the sign of a margin")
    return "holds" if all(low(x) >= 0 for x in margins) else "violated"


# Part 3. The two policies: V and ρ as stated, once their equations are checked.


def require_true(condition, where, reason):
    if not condition:
        raise Rejected(f"{where}: {reason}")


class Evaluation:
    """A policy and what it is worth.

    P[s][t] is the probability of a step from s to t; a terminal state loops. V[s] is the value,
    rho[s] the discounted visitation (unnormalised), Q[s][a] the value of an action, A[s][a] the
    advantage, and value the return η = Σ ρ0(s) V(s).
    """

    def __init__(self, model, policy, stated, where):
        g, states = model.discount, model.states
        self.policy = policy
        self.P = transition_matrix(model, policy)
        self.V = stated_numbers(stated["stateValues"], states, f"{where}.stateValues")
        self.rho = stated_numbers(stated["visitation"], states, f"{where}.visitation")

        # V = r + γ P V and ρ = ρ0 + γ Pᵀ ρ, exactly.
        reward = {s: dot(policy[s], model.rewards[s]) for s in states}
        inflow = dict(model.initial)
        for s in states:
            for t, p in self.P[s].items():
                inflow[t] += g * self.rho[s] * p
        for s in states:
            residual = reward[s] + g * dot(self.P[s], self.V) - self.V[s]
            require_true(residual == 0, f"{where}.stateValues.{s}", "the residual is not 0")
            residual = inflow[s] - self.rho[s]
            require_true(residual == 0, f"{where}.visitation.{s}", "the residual is not 0")

        self.Q = {
            s: {a: model.rewards[s][a] + g * dot(row, self.V) for a, row in rows.items()}
            for s, rows in model.rows.items()
        }
        self.A = {s: {a: q - self.V[s] for a, q in self.Q[s].items()} for s in states}
        self.value = dot(model.initial, self.V)
        # What claim `bellman-residual` says is 0, beside the residuals above:
        # ρ0·V − ρ·r, Σ ρ − 1/(1 − γ), and Σ_a π(a|s) A(s,a) in each state.
        self.own_advantage = {s: dot(policy[s], self.A[s]) for s in states}
        self.zeros = [
            self.value - dot(self.rho, reward),
            sum(self.rho.values()) - 1 / (1 - g),
            *self.own_advantage.values(),
        ]


def transition_matrix(model, policy):
    P = {s: {} if model.rows[s] else {s: Fraction(1)} for s in model.states}
    for s, row in policy.items():
        for a, probability in row.items():
            for t, p in model.rows[s][a].items():
                P[s][t] = P[s].get(t, 0) + probability * p
    return P


def stated_numbers(stated, states, where):
    numbers = {}
    for s in states:
        text = stated.get(s)
        is_rational = isinstance(text, str) and re.fullmatch(r"-?[0-9]+(/0*[1-9][0-9]*)?", text)
        require_true(
            is_rational, f"{where}.{s}", f"expected a rational number, found {short(text)}"
        )
        numbers[s] = Fraction(text)
    return numbers


def require_affordable(model, stated):
    """Refuses at once what would take hours to insert into the equations."""
    steps = sum(len(row) for actions in model.rows.values() for row in actions.values())
    digits = max(
        (
            len(x)
            for key in ("current", "candidate")
            for of in stated[key].values()
            for x in of.values()
        ),
        default=0,
    )
    work = 20 * steps * (digits // 9 + 1) ** 2
    require(
        work <= MOST_WORK, "the model", "too large to check: too many transitions, long numbers"
    )


# Part 4. The update π → π̃, and every claim on it. A terminal state loops; it counts as a state with
# advantage 0 and divergence 0, except in maxima over actions, of which it has none.


def total_variation(p, q):
    """½ Σ |p − q|."""
    keys = p.keys() | q.keys()
    return sum((abs(p.get(k, 0) - q.get(k, 0)) for k in keys), Fraction(0)) / 2


def divergence(p, q, bits):
    """KL(p‖q) = Σ p log(p/q), infinite where q = 0 < p."""
    if not p.keys() <= q.keys():
        return INFINITY
    return sum((x * log(x / q[k], bits) for k, x in p.items() if x != q[k]), Fraction(0))


def ergodicity(rows):
    """Dobrushin's coefficient τ: how far apart two rows of a matrix can be, in total variation."""
    return max(
        (total_variation(x, y) for x, y in itertools.combinations(rows, 2)), default=Fraction(0)
    )


def resolvent_ergodicity(P, g):
    """τ of N = (I − γP)⁻¹.

    Fraction-free Gauss-Jordan elimination (Bareiss 1968). Each row of [I − γP | I] is multiplied by
    the common denominator of its left side, so that all entries are integers. In step k the first
    row clears the first column, which is then dropped, and moves to the end; after the division by
    the previous pivot every entry is a minor of the matrix, hence an integer. The pivot is a
    leading principal minor, which is not 0 because I − γP is strictly diagonally dominant by rows,
    and so is each of its leading blocks. After the last step the rows are det · N.
    """
    states, rows = list(P), []
    for s in states:
        row = [(s == t) - g * P[s].get(t, 0) for t in states]
        scale = math.lcm(*(Fraction(x).denominator for x in row))
        rows.append([int(x * scale) for x in row] + [scale * (s == t) for t in states])
    require_affordable_elimination(rows)
    last = 1
    for _ in states:
        pivot, *others = rows
        rows = [
            [(pivot[0] * x - row[0] * y) // last for x, y in zip(row[1:], pivot[1:])]
            for row in others
        ]
        rows.append(pivot[1:])
        last = pivot[0]
    return ergodicity([dict(enumerate(row)) for row in rows]) / last


def require_affordable_elimination(rows):
    """Refuses at once what would take hours. A minor has at most as many digits as all rows."""
    count = len(rows)
    digits = sum(max(map(abs, row)).bit_length() + count.bit_length() for row in rows) // 30
    work = count**3 * digits**1.6
    require(
        work <= MOST_WORK, "the model", "too large to check: its probabilities have many digits"
    )


class Update:
    """π → π̃ and everything that the claims speak of.

    g is γ, h is 1/(1 − γ); names in parentheses are those of the paper.
    """

    def __init__(self, model, current, candidate, stated, bits):
        self.g, self.h, self.bits = model.discount, 1 / (1 - model.discount), bits
        self.states = model.states
        self.live = [s for s in model.states if model.rows[s]]
        old = self.old = Evaluation(model, current, stated["current"], "current")
        new = self.new = Evaluation(model, candidate, stated["candidate"], "candidate")

        # Ā(s) = Σ_a π̃(a|s) A_π(s,a); its span over the states, sp; ε_exp = max |Ā|.
        self.mean = {s: dot(candidate[s], old.A[s]) for s in self.states}
        self.top, self.bottom = max(self.mean.values()), min(self.mean.values())
        self.span = self.top - self.bottom
        self.mean_size = max(self.top, -self.bottom)
        # ε_max = max |A_π|, and σ, the largest range of A_π in one state.
        self.size = max((abs(x) for s in self.live for x in old.A[s].values()), default=Fraction(0))
        self.range = max(
            (max(old.A[s].values()) - min(old.A[s].values()) for s in self.live),
            default=Fraction(0),
        )
        # 𝔸 = Σ ρ_π Ā, the surrogate L = η(π) + 𝔸, and the gap G = η(π̃) − L of the bounds.
        self.advantage = dot(old.rho, self.mean)
        self.surrogate = old.value + self.advantage
        self.gain = new.value - old.value
        self.gap = new.value - self.surrogate

        # Divergences by state; their sums under ρ_π; their maxima, α = max TV.
        self.TV = {s: total_variation(current[s], candidate[s]) for s in self.states}
        self.KL = {s: divergence(current[s], candidate[s], bits) for s in self.states}
        self.reverse = {s: divergence(candidate[s], current[s], bits) for s in self.states}
        self.moved, self.K = dot(old.rho, self.TV), dot(old.rho, self.KL)
        self.K_reverse = dot(old.rho, self.reverse)
        self.alpha = max(self.TV.values())
        self.max_KL, self.max_reverse = largest(*self.KL.values()), largest(*self.reverse.values())
        # The transitions that moved, under ρ_π; ½ ‖ρ_π̃ − ρ_π‖₁.
        moved_rows = {s: total_variation(old.P[s], new.P[s]) for s in self.states}
        self.moved_rows = dot(old.rho, moved_rows)
        self.shift = total_variation(old.rho, new.rho)
        # π̃ = (1 − β) π + β π' for a policy π' with the least β: π' ≥ 0 needs β ≥ 1 − π̃/π.
        self.beta = max(
            (1 - candidate[s].get(a, 0) / p for s in self.live for a, p in current[s].items()),
            default=Fraction(0),
        )
        # C = 4 γ ε_max/(1 − γ)², and c(x) = 1/((1 − γ)(1 − γ(1 − x))) of the coupling argument.
        self.C = 4 * self.g * self.h**2 * self.size
        self.c = self.coupling(self.alpha)

    def coupling(self, x):
        return self.h / (1 - self.g * (1 - x))


# The claims. Each entry is {"verdict", "margin", "bound", "upperBound", "assumption"}, as far as
# the claim has them.

VACUOUS = {"verdict": "holds", "margin": INFINITY}  # a bound that says nothing


def identity(*zeros):
    """Holds if all these are 0. The margin is minus the largest of them."""
    margin = -max(map(abs, zeros))
    return {"verdict": verdict(margin), "margin": margin}


def by_state(*margins):
    """An inequality in each state. Its sides follow from what else the certificate states."""
    return {"verdict": verdict(*margins)}


def not_applicable(**why):
    return {"verdict": "notApplicable", **why}


def identities(u):
    old, new = u.old, u.new
    # Σ ρ_π (Σ π̃ Q − Σ π Q) = 𝔸: the gradient of L at π in the direction π̃ − π is that of η; and in
    # the logit of (s, a) both gradients are ρ_π(s) π(a|s) A_π(s,a), with the baselines V and Σ π Q.
    own_value = {s: dot(old.policy[s], old.Q[s]) for s in u.states}
    direction = {s: dot(u.new.policy[s], old.Q[s]) - own_value[s] for s in u.states}
    logits = [
        old.rho[s] * p * (old.V[s] - own_value[s]) for s in u.live for p in old.policy[s].values()
    ]
    return {
        # V and ρ solve their systems; ρ0·V = ρ·r; Σ ρ = 1/(1 − γ); Σ_a π A = 0.
        "bellman-residual": identity(*old.zeros, *new.zeros),
        # η(π̃) − η(π) = Σ ρ_π̃ Ā.
        "performance-difference": identity(u.gain - dot(new.rho, u.mean)),
        # L_π(π) = η(π): the policy advantage of π over itself is 0.
        "surrogate-value": identity(dot(old.rho, old.own_advantage)),
        # ∇L = ∇η at π.
        "surrogate-gradient": identity(dot(old.rho, direction) - u.advantage, *logits),
    }


def inequalities(u):
    if not u.live:
        return {"pinsker": not_applicable(), "bretagnolle-huber": not_applicable()}
    # An infinite divergence satisfies both.
    finite = [s for s in u.live if u.KL[s] != INFINITY]
    return {
        # TV² ≤ KL/2.
        "pinsker": by_state(*(u.KL[s] - 2 * u.TV[s] ** 2 for s in finite)),
        # TV ≤ √(1 − e^−KL), which is KL + log(1 − TV²) ≥ 0. (TV < 1 where KL is finite.)
        "bretagnolle-huber": by_state(*(u.KL[s] + log(1 - u.TV[s] ** 2, u.bits) for s in finite)),
    }


def a_posteriori_widths(u):
    """B of the bounds |G| ≤ B which use the candidate's own visitations or transitions.

    G = (ρ_π̃ − ρ_π)·Ā = γ ρ_π (P_π̃ − P_π) N Ā with N = (I − γ P_π̃)⁻¹.
    """
    widths = {
        # The difference of the visitations has sum 0, so that Ā counts by half its span only.
        "visitation-shift-span": u.shift * u.span,
        # Hölder: ‖ρ_π̃ − ρ_π‖₁ max |Ā|.
        "visitation-shift": 2 * u.shift * u.mean_size,
    }
    if len(u.states) > MOST_STATES_FOR_ERGODICITY:
        return widths
    moved = u.g * u.span * u.moved_rows
    # γ sp τ(N) Σ ρ_π TVP: the span of N Ā is at most τ(N) sp.
    widths["resolvent-ergodicity"] = moved * resolvent_ergodicity(u.new.P, u.g)
    # τ(N) ≤ Σ γ^t τ(P_π̃)^t = 1/(1 − γ τ(P_π̃)).
    widths["dobrushin"] = moved * (1 / (1 - u.g * ergodicity(u.new.P.values())))
    return widths


def a_priori_widths(u):
    """B of the bounds |G| ≤ B which need no solve of the candidate."""
    g, h, c, C, alpha = u.g, u.h, u.c, u.C, u.alpha
    widths = {
        # γ sp/(1 − γ) Σ ρ_π TV, since τ(N) ≤ 1/(1 − γ) and TVP ≤ TV.
        "mean-total-variation-span": g * h * u.span * u.moved,
        # The same steps with sp ≤ 2 ε_exp: Achiam et al. 2017, corollary 1.
        "mean-total-variation": 2 * g * h * u.mean_size * u.moved,
        # Σ ρ_π TV ≤ α/(1 − γ): Pirotta et al. 2013, theorem 3.5.
        "max-total-variation-span": g * h**2 * u.span * alpha,
        # Coupled, the policies agree up to time t with probability at least (1 − α)^t.
        "coupling-span": g * c * u.span * alpha,
        # |Ā| ≤ 2 α ε_max: Schulman et al. 2015, appendix A, before its last step (equation 44).
        "coupling": 4 * g * c * u.size * alpha**2,
        # |Ā| ≤ α σ.
        "coupling-range": 2 * g * c * u.range * alpha**2,
        # c ≤ 1/(1 − γ)²: theorem 1 of the paper (equation 8).
        "total-variation": C * alpha**2,
        # TV² ≤ KL: equation 9.
        "kl": times(C, u.max_KL),
        # TV² ≤ KL/2, in either direction.
        "kl-pinsker": times(C / 2, smaller(u.max_KL, u.max_reverse)),
        # By Pinsker and Jensen in `mean-total-variation`: Achiam et al. 2017, corollary 3.
        "mean-kl-root": times(
            g * h**2 * u.mean_size, root(times(2 * (1 - g), smaller(u.K, u.K_reverse)), u.bits)
        ),
        "mean-kl": mean_kl_width(u),
        # 2 γ ε' β²/(1 − γ)² with ε' = max |E_π' A_π| = ε_exp/β: equation 6.
        "conservative-mixture": h**2 * mixture_loss(u),
        # 2 γ ε' β² c(β): Kakade & Langford 2002, theorem 4.1.
        "conservative-mixture-2002": u.coupling(u.beta) * mixture_loss(u),
    }
    if 3 * g >= 2:
        # C E KL, with the mean under (1 − γ) ρ_π.
        widths["mean-kl-penalty"] = times(C * (1 - g), u.K)
    return widths


def mixture_loss(u):
    """2 γ ε' β², with ε' = ε_exp/β."""
    return 2 * u.g * u.mean_size * u.beta


def mean_kl_width(u):
    """2 √(W F) + W m, for W = γ K/(1 − γ), F = Σ ρ_π (Ā − b)², m = max |Ā − b|.

    That is a bound for every constant b. Which ones are tried is part of the format: four, computed
    in float64 from the means and the extremes of Ā, as far as float64 can hold them.
    """
    W = times(u.g * u.h * (u.span > 0), u.K)
    if W == INFINITY:
        return INFINITY
    b = [
        double(u.advantage) * (1 - double(u.g)),
        (double(u.top) + double(u.bottom)) / 2,
    ]
    b += [sum(b) / 2, 0]

    def width(b):
        distance = {s: abs(x - Fraction(b)) for s, x in u.mean.items()}
        F = dot(u.old.rho, {s: x**2 for s, x in distance.items()})
        return 2 * root(W * F, u.bits) + W * max(distance.values())

    return functools.reduce(smaller, map(width, filter(math.isfinite, b)))


def double(x):
    """The nearest float64 number; an infinite one beyond their range."""
    try:
        return float(x)
    except OverflowError:
        return math.inf if x > 0 else -math.inf


def bound(u, width):
    """|G| ≤ B: the return of the candidate lies within B of the surrogate."""
    if width == INFINITY:
        return VACUOUS
    margin = width - abs(u.gap)
    ends = {"bound": u.surrogate - width, "upperBound": u.surrogate + width}
    return {"verdict": verdict(margin), "margin": margin, **ends}


def at_least(u, lower):
    """η(π̃) ≥ lower."""
    margin = u.new.value - lower
    return {"verdict": verdict(margin), "margin": margin, "bound": lower}


def improvements(u):
    old, new = u.old, u.new
    penalty = times(u.C, u.max_KL)
    claims = {
        # V_π̃ ≥ V_π in every state, where Ā ≥ 0 in every state.
        "pointwise-improvement": not_applicable(),
        # η(π̃) − η(π) ≥ M(π̃) − M(π) for M = L − C max KL, where M(π) = η(π): equation 10.
        "monotone-step": VACUOUS if penalty == INFINITY else at_least(u, u.surrogate - penalty),
        # Half the policy advantage is gained, where `conservative-mixture` loses at most the other
        # half: Kakade & Langford 2002, corollary 4.2.
        "conservative-gain": not_applicable(),
    }
    if u.bottom >= 0:
        claims["pointwise-improvement"] = by_state(*(new.V[s] - old.V[s] for s in u.live))
    if 2 * u.h**2 * mixture_loss(u) <= u.advantage:
        claims["conservative-gain"] = at_least(u, old.value + u.advantage / 2)
    return claims


def derive(model, current, candidate, stated, bits):
    """The whole certificate. Of what is stated it takes V and ρ, once they are checked."""
    u = Update(model, current, candidate, stated, bits)
    a_posteriori = {id: bound(u, width) for id, width in a_posteriori_widths(u).items()}
    a_priori = {id: bound(u, width) for id, width in a_priori_widths(u).items()} | improvements(u)
    claims = {
        "resolvent-ergodicity": not_applicable(assumption="size"),
        "dobrushin": not_applicable(assumption="size"),
        "mean-kl-penalty": not_applicable(),
        **identities(u),
        **inequalities(u),
        **a_posteriori,
        **a_priori,
    }
    # Something is guaranteed beforehand if some a-priori lower bound exceeds η(π).
    lower_bounds = [claim["bound"] for claim in a_priori.values() if "bound" in claim]
    nothing_guaranteed = verdict(*(u.old.value - lower for lower in lower_bounds)) == "holds"
    return {
        "schema": "monotone/certificate/v1",
        "mdp": model.name,
        "current": {"stateValues": u.old.V, "visitation": u.old.rho},
        "candidate": {"stateValues": u.new.V, "visitation": u.new.rho},
        "KL": u.KL,
        "reverseKL": u.reverse,
        "quantities": quantities(u),
        "claims": claims,
        "improved": verdict(u.gain),
        "guaranteed": "violated" if nothing_guaranteed else "holds",
    }


def quantities(u):
    """Means are under d_π = (1 − γ) ρ_π."""
    share = 1 - u.g
    return {
        "returnCurrent": u.old.value,
        "returnCandidate": u.new.value,
        "surrogate": u.surrogate,
        "policyAdvantage": u.advantage,
        "maxAdvantage": u.size,
        "maxExpectedAdvantage": u.mean_size,
        "penaltyCoefficient": u.C,
        "maxTotalVariation": u.alpha,
        "meanTotalVariation": share * u.moved,
        "maxKL": u.max_KL,
        "meanKL": times(share, u.K),
        "maxReverseKL": u.max_reverse,
        "meanReverseKL": times(share, u.K_reverse),
    }


# Part 5. The comparison.


def cell(x):
    """How a certificate states a number which is not rational: as the one interval that it lies in
    of those from k to k + 1 in units of a power of two, with 2^59 < max(|k|, |k + 1|) ≤ 2^60."""
    size = max(-x.lower, x.upper)
    unit = Fraction(2) ** (size.numerator.bit_length() - size.denominator.bit_length() - 60)
    if size > 2**60 * unit:
        unit *= 2
    k = x.lower // unit
    if x.upper > (k + 1) * unit:
        raise Undecided("in which interval a number lies")
    return {"lower": str(k * unit), "upper": str((k + 1) * unit)}


def compare(stated, derived, where):
    """Rejects unless both are the same tree; a rational is written in lowest terms."""
    if isinstance(derived, Ball):
        derived = cell(derived)
    if isinstance(derived, dict):
        has_keys = isinstance(stated, dict) and stated.keys() == derived.keys()
        require_true(has_keys, where, f"expected just the entries {', '.join(derived)}"[:200])
        for key in derived:
            compare(stated[key], derived[key], f"{where}.{key}")
    else:
        derived = str(derived)
        require_true(
            stated == derived, where, f"{short(stated)} is stated, {short(derived)} is true"
        )


def check(mdp, current, candidate, certificate):
    """Returns if the certificate is true of the files; raises otherwise."""
    model = read_model(mdp)
    policies = read_policy(current, model), read_policy(candidate, model)
    stated = read_certificate(certificate)
    require_affordable(model, stated)
    for bits in PRECISIONS:
        try:
            return compare(stated, derive(model, *policies, stated, bits), "certificate")
        except Undecided as question:
            undecided = question
    raise Rejected(f"{bits} bits do not decide {undecided}")


def main(arguments):
    """Returns the exit status and what to say."""
    if arguments in (["-h"], ["--help"]):
        return 0, __doc__.strip()
    if len(arguments) != 4:
        return 64, f"expected 4 arguments, found {len(arguments)}\n{USAGE}"
    if options := [x for x in arguments if x.startswith("-")]:
        return 64, f"unknown option {short(options[0])}\n{USAGE}"
    try:
        check(*arguments)
    except Rejected as fault:
        return 1, f"rejected: {one_line(fault)}"
    except Malformed as fault:
        return 65, one_line(fault)
    except (MemoryError, RecursionError):
        return 65, "too large to check: out of memory"
    except Unreadable as fault:
        return 66, one_line(fault)
    return 0, "accepted"


def one_line(fault):
    """A message in one line, whatever names stand in it."""
    text = " ".join(str(fault).split())[:500]
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


# Numbers may be long; older versions of Python have no limit to lift.
getattr(sys, "set_int_max_str_digits", int)(0)

if __name__ == "__main__":
    status, text = main(sys.argv[1:])
    print(text, file=sys.stderr if status else sys.stdout)
    sys.exit(status)
