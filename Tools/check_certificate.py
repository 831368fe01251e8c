#!/usr/bin/env python3
"""Checks a certificate of Monotone against the model and the two policies that it speaks of.

    python3 Tools/check_certificate.py MDP CURRENT CANDIDATE CERTIFICATE    (a policy: a JSON file, or the word uniform)

Exit status 0: accepted. 1: rejected, with one line that says why. Shares no code with the toolkit. Acceptance proves that
every number in the certificate is right and every verdict a theorem, of exactly the numbers that the files write: 0.1 is one
tenth, and a row of probabilities that sums to 1 only within 1e-9 is divided by its sum. For
1. V and rho of both policies leave residuals of exactly zero in V = r + g P V and rho = initial + g P^T rho (`evaluate`). As
   0 <= g < 1 and P is stochastic, I - g P is invertible: they are the only solutions.
2. All the rest is derived from them anew (`derive`). Rational numbers are `Fraction`s; logarithms and roots make a `Ball`
   [lower, upper], by series and integer roots, every rounding outward and the remainder bounded.
3. The certificate has just the entries so derived, each once and each equal (`compare`): a rational in lowest terms, another
   number as the one interval of 60 binary digits that it lies in (`cell`), a verdict by the sign of its margins.
"""
import functools, itertools, json, math, pathlib, re, sys, types
from fractions import Fraction
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(/[0-9]+|(\.[0-9]+)?([eE][+-]?0*([0-9]{1,4}|10000))?)")
MOST_ACTIONS = 10**6  # where they are a count; as a list they are as long as the file
INFINITY = "infinity"  # what a KL divergence may be, and with it a bound
VACUOUS = {"verdict": "holds", "margin": INFINITY}
class Rejected(Exception): """A file is wrong; says where."""
class Undecided(Exception): """The checker's own enclosures are too wide; more bits will tell."""
def require(condition, reason):
    if not condition: raise Rejected(reason)

# Reading: every number as the file writes it.
def number(text, where="a file"):
    require(isinstance(text, Fraction) or isinstance(text, str) and NUMBER.fullmatch(text), f"{where}: no number: {text!r:.60}")
    return Fraction(text)
def unique(pairs):
    require(len(dict(pairs)) == len(pairs), f"a key stands twice among {[key for key, _ in pairs][:9]}")
    return dict(pairs)
def entries(value, keys):  # an object with no other keys
    require(isinstance(value, dict) and all(key in keys for key in value), f"not entries by {[*itertools.islice(keys, 9)]}: {value!s:.60}")
    return value
def read(path, kind, keys=()):
    text, numbers = pathlib.Path(path).read_text("utf-8"), dict.fromkeys(("parse_int", "parse_float", "parse_constant"), number)
    file = json.loads(text, object_pairs_hook=unique, **numbers)
    require(isinstance(file, dict) and file.get("schema") == f"monotone/{kind}/v1", f"{path}: no {kind}")
    return entries(file, ["schema", *keys.split()]) if keys else file
def by_name(value, names):  # {name: entry} of an object, or of an array in the order of the names
    return entries(dict(zip(names, value)) if isinstance(value, list) and len(value) == len(names) else value, names)
def listed(names, most):  # {name: None}: as they are, or "0", "1", ... for a count
    if not isinstance(names, list):
        require(number(names) <= most, f"a count of {names!s:.60}, where at most {most} can be")
        names = [str(i) for i in range(int(str(names)))]
    require(len(set(map(str, names))) == len(names) > 0, f"a name stands twice, or there is none: {str(names)[:60]}")
    return dict.fromkeys(names)
def distribution(value, names):  # {name: probability > 0}, divided by its sum
    row = {name: number(p) for name, p in by_name(value, names).items()}
    total = sum(row.values())
    require(abs(total - 1) <= Fraction(1, 10**9) and min(row.values()) >= 0, f"not a distribution: {str(value)[:60]}")
    return {name: p / total for name, p in row.items() if p}
def mean_reward(reward, row, states):  # of r(s,a), or of r(s,a,s') by next state; null is 0
    if not isinstance(reward, (dict, list)): return number("0" if reward is None else reward)
    return sum(row.get(s, 0) * number("0" if x is None else x) for s, x in by_name(reward, states).items())
def read_model(path):
    """The model. rows[s] is {a: {s': P(s'|s,a)}} for the actions that s offers: none if terminal. rewards[s] is {a: r(s,a)}."""
    file = read(path, "mdp", "name description source discount states actions initial terminal transitions rewards features")
    g, given, ends = number(file["discount"]), file["transitions"], file.get("terminal", [])
    states, actions = listed(file["states"], len(given) + len(ends)), listed(file["actions"], MOST_ACTIONS)
    require(0 <= g < 1, f"{path}: the discount is not in [0, 1)")
    rows, rewards = {s: {} for s in states}, {s: {} for s in states}
    dense = given and not isinstance(given[0], dict)  # [s][a][s'], with null for a terminal state or an unavailable action
    if dense: given = [{"from": s, "action": a, "to": row} for s, x in by_name(given, states).items() if x is not None
                       for a, row in by_name(x, actions).items() if row is not None]
    for t in given:
        s, a = (str(entries(t, ("from", "action", "to", "reward"))[key]) for key in ("from", "action"))
        require(a in actions and a not in rows[s], f"{path}: action {a} of state {s} is unknown, or given twice")
        rows[s][a] = distribution(t["to"], states)
        rewards[s][a] = mean_reward(t.get("reward"), rows[s][a], states)
    for s, x in by_name(file.get("rewards", {}), states).items():  # r(s), or r(s,a) or r(s,a,s') beside dense transitions
        require(not isinstance(x, dict if dense else (dict, list)), f"{path}: the rewards of {s} are not one number")
        for a, reward in by_name(x if isinstance(x, list) else dict.fromkeys(rows[s] or [*actions][:1], x), actions).items():
            paid = mean_reward(reward, rows[s].get(a) or dict.fromkeys(states, 1), states)
            require(a in rows[s] or paid == 0, f"{path}: {s} has a reward that is never paid")
            rewards[s][a] = rewards[s].get(a, 0) + paid
    require({str(s) for s in ends} == {s for s in rows if not rows[s]}, f"{path}: terminal states, actions")
    initial = dict.fromkeys(states, Fraction(0)) | distribution(file["initial"], states)
    return types.SimpleNamespace(**locals())
def read_policy(path, model):  # {s: {a: probability > 0}}; nothing at a terminal state
    if path == "uniform": return {s: {a: Fraction(1, len(row)) for a in row} for s, row in model.rows.items()}
    file = read(path, "policy", "mdp probabilities")
    require(file["mdp"] == model.file["name"], f"{path}: for another model")
    given = by_name(file["probabilities"], model.states)
    policy = {s: distribution(given[s], model.actions) if row else {} for s, row in model.rows.items()}
    for s in model.states: require(policy[s].keys() <= model.rows[s].keys(), f"{path}: an action that {s} does not offer")
    return policy

# Numbers that are not rational.
class Ball:  # a real number known to lie in [lower, upper]
    def __init__(self, lower, upper): self.lower, self.upper = lower, upper
    def __neg__(self): return Ball(-self.upper, -self.lower)
    def __add__(self, other): return Ball(self.lower + low(other), self.upper + high(other))
    def __sub__(self, other): return self + -other
    def __rsub__(self, other): return -self + other
    def __mul__(self, other):
        ends = [x * y for x in (self.lower, self.upper) for y in (low(other), high(other))]
        return between(min(ends), max(ends))
    __radd__, __rmul__ = __add__, __mul__
def low(x): return x.lower if isinstance(x, Ball) else x
def high(x): return x.upper if isinstance(x, Ball) else x
def between(lower, upper): return Ball(lower, upper) if lower < upper else lower
@functools.cache
def atanh(z, bits):
    """z + z^3/3 + z^5/5 + ... for 0 <= z <= 3/5: what follows a power of at most 2^-bits sums to less than twice that."""
    def total(divide):
        power, square = divide(z.numerator << bits, z.denominator), divide(z.numerator**2 << bits, z.denominator**2)
        n, total = 1, 0
        while power > 1: total, power, n = total + divide(power, n), divide(power * square, 1 << bits), n + 2
        return total
    return Ball(Fraction(total(lambda x, y: x // y), 1 << bits), Fraction(total(lambda x, y: -(-x // y)) + 2, 1 << bits))
def log(x, bits):
    """k log 2 + log m for x = 2^k m, 1 < m < 4, with log m = 2 atanh((m - 1)/(m + 1)) and log 2 = 2 atanh(1/3)."""
    k = x.numerator.bit_length() - x.denominator.bit_length() - 1
    m = x / Fraction(2)**k
    return 2 * (k * atanh(Fraction(1, 3), bits) + atanh((m - 1) / (m + 1), bits)) if x != 1 else Fraction(0)
def root(x, bits):  # of x >= 0
    if x in (0, INFINITY): return x
    ends = math.isqrt(math.floor(max(low(x), 0) * 4**bits)), math.isqrt(math.ceil(high(x) * 4**bits)) + 1
    return Ball(Fraction(ends[0], 1 << bits), Fraction(ends[1], 1 << bits))
def times(weight, x): return Fraction(0) if weight == 0 else INFINITY if x == INFINITY else weight * x
def dot(x, y):
    terms = [times(x[k], y[k]) for k in x]
    return INFINITY if INFINITY in terms else sum(terms, Fraction(0))
def largest(*values):
    return INFINITY if INFINITY in values else between(max(map(low, values)), max(map(high, values)))
def smaller(x, y): return x if y == INFINITY else y if x == INFINITY else -largest(-x, -y)
def verdict(*margins):  # whether every margin is >= 0
    if any(low(x) < 0 <= high(x) for x in margins): raise Undecided("the sign of a margin")
    return "holds" if all(low(x) >= 0 for x in margins) else "violated"

def double(x):  # the nearest float64 number; an infinite one beyond its range
    try: return float(x)
    except OverflowError: return math.inf if x > 0 else -math.inf

# The theory. A terminal state loops, and counts with advantage 0 and divergence 0.
def tv(p, q): return sum((abs(p.get(k, 0) - q.get(k, 0)) for k in p.keys() | q.keys()), Fraction(0)) / 2
def kl(p, q, bits):
    return sum((x * log(x / q[k], bits) for k, x in p.items() if x != q[k]), Fraction(0)) if p.keys() <= q.keys() else INFINITY
def ergodicity(rows):  # Dobrushin's coefficient: how far apart two rows can be
    return max((tv(x, y) for x, y in itertools.combinations(rows, 2)), default=Fraction(0))
def resolvent_ergodicity(P, g):  # the same of (I - g P)^-1, found by fraction-free Gauss-Jordan elimination
    rows, last = [], 1
    for s in P:
        row = [(s == t) - g * P[s].get(t, 0) for t in P]
        scale = math.lcm(*(Fraction(x).denominator for x in row))
        rows.append([int(x * scale) for x in row] + [scale * (s == t) for t in P])
    for _ in P:  # the first row clears the first column; its entry is not 0, because I - g P is diagonally dominant
        pivot, *others = rows
        rows = [[(pivot[0] * x - row[0] * y) // last for x, y in zip(row[1:], pivot[1:])] for row in others] + [pivot[1:]]
        last = pivot[0]
    return ergodicity([dict(enumerate(row)) for row in rows]) / last
def evaluate(model, policy, stated, where):
    """V and rho of a policy as stated, if they solve their systems; Q, A, P, the return, and what must come to 0."""
    g, P = model.g, {s: {} if model.rows[s] else {s: Fraction(1)} for s in model.states}
    for s, a in ((s, a) for s in model.states for a in policy[s]):
        for t, p in model.rows[s][a].items(): P[s][t] = P[s].get(t, 0) + policy[s][a] * p
    V, rho = ({s: number(stated[k].get(s), f"{where}.{k}.{s}") for s in model.states} for k in ("stateValues", "visitation"))
    r = {s: dot(policy[s], model.rewards[s]) for s in model.states}
    for s in model.states:
        require(V[s] == r[s] + g * dot(P[s], V), f"{where}.stateValues.{s}: the residual is not 0")
        inflow = g * sum(rho[t] * P[t][s] for t in model.states if s in P[t])
        require(rho[s] == model.initial[s] + inflow, f"{where}.visitation.{s}: the residual is not 0")
    Q = {s: {a: model.rewards[s][a] + g * dot(row, V) for a, row in model.rows[s].items()} for s in model.states}
    A = {s: {a: q - V[s] for a, q in Q[s].items()} for s in model.states}
    own, value = {s: dot(policy[s], A[s]) for s in model.states}, dot(model.initial, V)
    zeros = [value - dot(rho, r), sum(rho.values()) - 1 / (1 - g), *own.values()]
    return types.SimpleNamespace(**locals())
def derive(model, current, candidate, stated, bits):
    """The whole certificate; of what is stated it takes V and rho, once they are checked."""
    states, live, g, h = model.states, [s for s in model.rows if model.rows[s]], model.g, 1 / (1 - model.g)
    old, new = (evaluate(model, p, stated[key], key) for p, key in ((current, "current"), (candidate, "candidate")))
    mean = {s: dot(candidate[s], old.A[s]) for s in states}  # the expected advantage
    advantage, top, bottom = dot(old.rho, mean), max(mean.values()), min(mean.values())
    surrogate, gain, gap = old.value + advantage, new.value - old.value, new.value - old.value - advantage
    size, mean_size, span = max((abs(x) for s in live for x in old.A[s].values()), default=Fraction(0)), max(top, -bottom), top - bottom
    ranges = max((max(old.A[s].values()) - min(old.A[s].values()) for s in live), default=Fraction(0))
    TV, TVP = ({s: tv(p[s], q[s]) for s in states} for p, q in ((current, candidate), (old.P, new.P)))
    KL, reverse = ({s: kl(p[s], q[s], bits) for s in states} for p, q in ((current, candidate), (candidate, current)))
    K, K_reverse, moved, moved_rows = (dot(old.rho, x) for x in (KL, reverse, TV, TVP))
    alpha, max_KL, max_reverse = (largest(*x.values()) for x in (TV, KL, reverse))
    beta = max((1 - candidate[s].get(a, 0) / p for s in live for a, p in current[s].items()), default=Fraction(0))  # mixed in
    C, c, c_beta = 4 * g * h**2 * size, h / (1 - g * (1 - alpha)), h / (1 - g * (1 - beta))
    shift, drift, finite = tv(old.rho, new.rho), 2 * g * mean_size * beta, [s for s in live if KL[s] != INFINITY]
    def claim(margin, **ends): return {"verdict": verdict(margin), "margin": margin, **ends}
    def identity(*zeros): return claim(-max(map(abs, zeros)))
    def at_least(lower): return claim(new.value - lower, bound=lower)
    def bound(width):  # |gap| <= width
        if width == INFINITY: return VACUOUS
        return claim(width - abs(gap), bound=surrogate - width, upperBound=surrogate + width)
    def given(condition, claim, **why): return claim() if condition else {"verdict": "notApplicable", **why}
    def remembered(time): return given(len(states) <= 100, lambda: bound(g * span * moved_rows * time()), assumption="size")
    def mean_kl(b):  # 2 sqrt(W F) + W m, W = g h K, F = rho.(mean - b)^2, m = max |mean - b|: a bound, whatever the constant b
        rest = {s: abs(x - Fraction(b)) for s, x in mean.items()}
        return 2 * root(W * dot(old.rho, {s: x**2 for s, x in rest.items()}), bits) + W * max(rest.values())
    W, *b = times(g * h * (span > 0), K), double(advantage) * (1 - double(g)), (double(top) + double(bottom)) / 2
    b += sum(b) / 2, 0  # the constants that are tried, where float64 can hold them
    claims = {
        "bellman-residual": identity(*old.zeros, *new.zeros),
        "performance-difference": identity(gain - dot(new.rho, mean)), "surrogate-value": identity(dot(old.rho, old.own)),
        "surrogate-gradient": identity(
            dot(old.rho, {s: dot(candidate[s], old.Q[s]) - dot(current[s], old.Q[s]) for s in states}) - advantage,
            *(old.rho[s] * p * (old.V[s] - dot(current[s], old.Q[s])) for s in live for p in current[s].values())),
        "pinsker": given(live, lambda: {"verdict": verdict(*(KL[s] - 2 * TV[s]**2 for s in finite))}),
        "bretagnolle-huber": given(live, lambda: {"verdict": verdict(*(KL[s] + log(1 - TV[s]**2, bits) for s in finite))}),
        "pointwise-improvement": given(bottom >= 0, lambda: {"verdict": verdict(*(new.V[s] - old.V[s] for s in live))}),
        "visitation-shift-span": bound(shift * span), "visitation-shift": bound(2 * shift * mean_size),
        "resolvent-ergodicity": remembered(lambda: resolvent_ergodicity(new.P, g)),
        "dobrushin": remembered(lambda: 1 / (1 - g * ergodicity(new.P.values()))),
        "mean-total-variation-span": bound(g * h * span * moved), "mean-total-variation": bound(2 * g * h * mean_size * moved),
        "max-total-variation-span": bound(g * h**2 * span * alpha), "coupling-span": bound(g * c * span * alpha),
        "coupling": bound(4 * g * c * size * alpha**2), "coupling-range": bound(2 * g * c * ranges * alpha**2),
        "total-variation": bound(C * alpha**2), "kl": bound(times(C, max_KL)),
        "kl-pinsker": bound(times(C / 2, smaller(max_KL, max_reverse))),
        "mean-kl-root": bound(times(g * h**2 * mean_size, root(times(2 * (1 - g), smaller(K, K_reverse)), bits))),
        "mean-kl": VACUOUS if W == INFINITY else bound(functools.reduce(smaller, map(mean_kl, filter(math.isfinite, b)))),
        "mean-kl-penalty": given(3 * g >= 2, lambda: bound(times(C * (1 - g), K))),
        "conservative-mixture": bound(h**2 * drift), "conservative-mixture-2002": bound(c_beta * drift),
        "monotone-step": VACUOUS if times(C, max_KL) == INFINITY else at_least(surrogate - times(C, max_KL)),
        "conservative-gain": given(2 * h**2 * drift <= advantage, lambda: at_least(old.value + advantage / 2))}
    prior = [x["bound"] for id, x in claims.items() if "bound" in x and id[:7] not in ("visitat", "resolve", "dobrush")]
    return {
        "schema": "monotone/certificate/v1", "mdp": model.file["name"], "KL": KL, "reverseKL": reverse, "claims": claims,
        "current": {"stateValues": old.V, "visitation": old.rho}, "candidate": {"stateValues": new.V, "visitation": new.rho},
        "improved": verdict(gain), "guaranteed": "violated" if verdict(*(old.value - x for x in prior)) == "holds" else "holds",
        "quantities": {
            "returnCurrent": old.value, "returnCandidate": new.value, "surrogate": surrogate, "policyAdvantage": advantage,
            "maxAdvantage": size, "maxExpectedAdvantage": mean_size, "penaltyCoefficient": C,
            "maxTotalVariation": alpha, "meanTotalVariation": (1 - g) * moved, "maxKL": max_KL, "meanKL": times(1 - g, K),
            "maxReverseKL": max_reverse, "meanReverseKL": times(1 - g, K_reverse)}}

# The comparison.
def cell(x):  # the interval [k, k + 1] 2^e with 2^59 < max(|k|, |k + 1|) <= 2^60 that a number lies in
    size = max(-x.lower, x.upper)
    unit = Fraction(2)**(size.numerator.bit_length() - size.denominator.bit_length() - 60)
    if size > 2**60 * unit: unit *= 2
    k = x.lower // unit
    if x.upper > (k + 1) * unit: raise Undecided("in which interval a number lies")
    return {"lower": str(k * unit), "upper": str((k + 1) * unit)}
def compare(stated, derived, where):
    if isinstance(derived, dict):
        require(isinstance(stated, dict) and stated.keys() == derived.keys(), f"{where}: not just {', '.join(derived)}"[:200])
        for key in derived: compare(stated[key], derived[key], f"{where}.{key}")
    elif isinstance(derived, Ball): compare(stated, cell(derived), where)
    else: require(stated == str(derived), f"{where}: {stated!r:.60} is not {str(derived)!r:.60}")
def check(mdp, current, candidate, certificate):
    model, stated = read_model(mdp), read(certificate, "certificate")
    policies = read_policy(current, model), read_policy(candidate, model)
    for bits in (256, 1024, 4096, 16384):
        try: return compare(stated, derive(model, *policies, stated, bits), "certificate")
        except Undecided as question: undecided = question
    raise Rejected(f"{bits} bits do not decide {undecided}")

getattr(sys, "set_int_max_str_digits", int)(0)  # numbers may be long
if __name__ == "__main__":
    try: check(*sys.argv[1:])
    except Exception as fault:  # in one line, whatever names stand in it
        sys.exit("rejected: " + " ".join(str(fault if isinstance(fault, Rejected) else repr(fault)).split())[:500])
    print("accepted")
