#!/usr/bin/env python3
"""Tries to get a wrong certificate past `check_certificate.py`: python3 Tools/test_check_certificate.py [--statistics]

Takes the certificates of Tests/Certificates, which must be accepted, and changes one thing at a time: each number by one
in the last digit of its numerator and of its denominator, and in sign; each verdict; each entry left out, doubled or added;
the files exchanged; the whole certificate made anew for a theory with one false constant. All must be rejected.
"""

import copy
import inspect
import json
import re
import subprocess
import sys
import tempfile
import unittest
from fractions import Fraction
from pathlib import Path

import check_certificate as checker

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "Tests" / "Certificates"
MODELS = {
    "racing": "mdps/racing.json",
    "racing-greedy": "mdps/racing.json",
    "coupling-family": "mdps/coupling-family.json",
    "kakade-2003": "mdps/kakade-2003.json",
    "small-discount": "mdps/counterexamples/mean-kl-penalty-every-discount.mdp.json",
    "forms": "Tests/Certificates/forms.mdp.json",
}
NAMES = list(MODELS)
VERDICTS = ["holds", "violated", "undecided", "notApplicable"]
statistics = {}


class Case:
    """A certificate, and the files that it is about; what is derived from them is derived once."""

    def __init__(self, name):
        self.paths = [
            ROOT / MODELS[name],
            DATA / f"{name}.current.policy.json",
            DATA / f"{name}.candidate.policy.json",
            DATA / f"{name}.certificate.json",
        ]
        self.certificate = json.loads(self.paths[3].read_text(encoding="utf-8"))

    def reason(self, certificate, theory=checker):
        """Why the checker rejects; None if it accepts."""
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            file.write(certificate if isinstance(certificate, str) else json.dumps(certificate))
            file.flush()
            try:
                theory.check(*map(str, self.paths[:3]), file.name)
            except Exception as fault:
                return f"{fault}"
        return None


def entries(tree, path=()):
    """(path, value) of everything in a tree, branches included."""
    for key, value in tree.items():
        yield (*path, key), value
        if isinstance(value, dict):
            yield from entries(value, (*path, key))


def changed(tree, path, value):
    """A copy with another value at a path; without the entry if the value is None."""
    result = copy.deepcopy(tree)
    *branches, last = path
    branch = result
    for key in branches:
        branch = branch[key]
    if value is None:
        del branch[last]
    else:
        branch[last] = value
    return result


def neighbours(text):
    """Other numbers: numerator and denominator one more and one less, the sign changed, infinities, as a decimal."""
    value = Fraction(text)
    p, q = value.numerator, value.denominator
    candidates = [f"{p + 1}/{q}", f"{p - 1}/{q}", f"{p}/{q + 1}", f"{-p}/{q}", f"{p}/{q - 1}" if q > 1 else str(p + 10)]
    texts = [str(Fraction(x)) for x in candidates] + ["infinity", "-infinity", ""]
    return [x for x in texts if x != text]


def is_number(text):
    return isinstance(text, str) and re.fullmatch(r"-?\d+(/\d+)?", text) is not None


class Tampering(unittest.TestCase):
    def setUp(self):
        checker.derive = functools_cached(ORIGINAL)

    def tearDown(self):
        checker.derive = ORIGINAL

    def reject(self, case, certificate, kind, entry=""):
        reason = case.reason(certificate)
        self.assertIsNotNone(reason, f"{kind} at {entry}: accepted")
        self.assertNotIn("\n", reason)
        if entry:
            self.assertIn(entry, reason)
        statistics[kind] = statistics.get(kind, 0) + 1

    def test_accepted_unchanged(self):
        for name in NAMES:
            self.assertIsNone(Case(name).reason(Case(name).certificate))

    def test_every_number(self):
        for name in NAMES:
            case = Case(name)
            for path, value in entries(case.certificate):
                if is_number(value):
                    # A wrong value or visitation shows in the equation of a state before it.
                    solution = path[0] in ("current", "candidate")
                    entry = path[0] if solution else path[-2 if path[-1] in ("lower", "upper") else -1]
                    for other in neighbours(value):
                        self.reject(case, changed(case.certificate, path, other), "number", entry)

    def test_intervals_moved_widened_and_narrowed(self):
        for name in NAMES:
            case = Case(name)
            for path, value in entries(case.certificate):
                if isinstance(value, dict) and value.keys() == {"lower", "upper"}:
                    lower, upper = Fraction(value["lower"]), Fraction(value["upper"])
                    unit = upper - lower
                    for ends in (
                        (lower + unit, upper + unit), (lower - unit, upper - unit), (lower - unit, upper), (lower, upper + unit),
                        (lower, lower + unit / 2), (upper - unit / 2, upper), (lower, lower), (upper, lower),
                        (lower - unit, upper + unit), (-upper, -lower), (lower * 2, upper * 2), (lower, upper + unit / 2**70),
                    ):
                        other = {"lower": str(ends[0]), "upper": str(ends[1])}
                        self.reject(case, changed(case.certificate, path, other), "interval", path[-1])
                    self.reject(case, changed(case.certificate, path, str(lower)), "interval", path[-1])

    def test_every_verdict(self):
        for name in NAMES:
            case = Case(name)
            for path, value in entries(case.certificate):
                if value in VERDICTS:
                    for other in VERDICTS:
                        if other != value:
                            self.reject(case, changed(case.certificate, path, other), "verdict", path[-1])

    def test_every_entry_left_out(self):
        for name in NAMES:
            case = Case(name)
            for path, _ in entries(case.certificate):
                self.reject(case, changed(case.certificate, path, None), "left out")

    def test_every_entry_doubled(self):
        for name in NAMES:
            case = Case(name)
            text = case.paths[3].read_text(encoding="utf-8")
            lines = text.splitlines(keepends=True)
            for index, line in enumerate(lines):
                if re.match(r'\s*"[^"]*" : "[^"]*",?$', line):
                    doubled = line.rstrip().rstrip(",") + ",\n"
                    self.reject(case, "".join([*lines[:index], doubled, *lines[index:]]), "doubled")

    def test_entries_added(self):
        for name in NAMES:
            case = Case(name)
            branches = [()] + [path for path, value in entries(case.certificate) if isinstance(value, dict)]
            for path in branches:
                self.reject(case, changed(case.certificate, (*path, "looseness"), "1"), "added")
                self.reject(case, changed(case.certificate, (*path, "margin "), "0"), "added")

    def test_every_branch_exchanged(self):
        for name in NAMES:
            case = Case(name)
            tree = case.certificate
            groups = [["current", "candidate"], ["KL", "reverseKL"]]
            for a, b in groups:
                if tree[a] != tree[b]:
                    self.reject(case, {**tree, a: tree[b], b: tree[a]}, "exchanged")
            claims = tree["claims"]
            for a in claims:
                for b in claims:
                    if a < b and claims[a] != claims[b]:
                        self.reject(case, {**tree, "claims": {**claims, a: claims[b], b: claims[a]}}, "exchanged")

    def test_other_schema_and_other_text(self):
        for name in NAMES:
            case = Case(name)
            for schema in ("monotone/certificate/v2", "monotone/check/v1", ""):
                self.reject(case, {**case.certificate, "schema": schema}, "schema")
            self.reject(case, {**case.certificate, "mdp": "another"}, "schema", "mdp")
            for text in ("", "[]", "null", "{}", '"holds"', "{", "NaN"):
                self.reject(case, text, "not a certificate")


class OtherFiles(unittest.TestCase):
    def test_of_another_pair(self):
        for name in NAMES:
            own = Case(name).paths[:3]
            swapped = [own[0], own[2], own[1]]
            others = [Case(other).paths[:3] for other in NAMES if other != name]
            mixed = [[x[i] if i in which else own[i] for i in range(3)] for x in others for which in ([0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2])]
            for paths in [swapped, [own[0], own[1], own[1]], [own[0], own[2], own[2]], *mixed]:
                if [x.read_text("utf-8") for x in paths] == [x.read_text("utf-8") for x in own]:
                    continue
                case = Case(name)
                case.paths[:3] = paths
                self.assertIsNotNone(case.reason(case.certificate), f"{name} with {paths}")
                statistics["other files"] = statistics.get("other files", 0) + 1

    def test_every_number_of_the_model_and_the_policies(self):
        """A certificate is about the numbers of its files: none of them can change beneath it."""
        for name in NAMES:
            for index in range(3):
                case = Case(name)
                text = case.paths[index].read_text(encoding="utf-8")
                document = json.loads(text, parse_float=str, parse_int=str)
                with tempfile.TemporaryDirectory() as folder:
                    case.paths[index] = Path(folder) / "changed.json"
                    for path, value in list(leaves(document)):
                        if not isinstance(value, str) or not re.fullmatch(checker.NUMBER, value) or path[0] in ("states", "actions"):
                            continue
                        if Fraction(value) == 1 and path[0] != "discount" and path[-1] != "reward" and path[0] != "rewards":
                            continue  # a row of one entry, which is divided by it
                        if path[0] == "rewards" and Fraction(document["transitions"][path[1]][path[2]][path[3]]) == 0:
                            continue  # never paid
                        other = set_leaf(copy.deepcopy(document), path, str(Fraction(value) + Fraction(1, 10**10)))
                        case.paths[index].write_text(json.dumps(other), encoding="utf-8")
                        self.assertIsNotNone(case.reason(case.certificate), f"{name}, file {index}: {path}")
                        statistics["number of a file"] = statistics.get("number of a file", 0) + 1


def leaves(tree, path=()):
    if isinstance(tree, (dict, list)):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(value, (*path, key))
    else:
        yield path, tree


def set_leaf(tree, path, value):
    branch = tree
    for key in path[:-1]:
        branch = branch[key]
    branch[path[-1]] = value
    return tree


class FalseTheories(unittest.TestCase):
    """A certificate made throughout, and consistently, by a theory with one false constant."""

    CONSTANTS = [
        ("C, c, c_beta = 4 * g", "C, c, c_beta = 2 * g"),  # Theorem 1 as the first version printed it
        ("C, c, c_beta = 4 * g * h**2", "C, c, c_beta = 4 * g * h"),
        ("bound(4 * g * c * size", "bound(2 * g * c * size"),
        ("bound(2 * g * c * ranges", "bound(g * c * ranges"),
        ("KL[s] - 2 * TV", "KL[s] - 4 * TV"),
        ("surrogate, gain, gap = old.value + advantage", "surrogate, gain, gap = old.value + (1 - g) * advantage"),
        ("bound(g * h * span * moved)", "bound(g * span * moved)"),
        ("drift, finite = tv(old.rho, new.rho), 2 * g", "drift, finite = tv(old.rho, new.rho), g"),
        ("times(2 * (1 - g)", "times((1 - g)"),
        ("return 2 * root(W", "return root(W"),
        ("times(g * h * (span > 0), K)", "times(g * (span > 0), K)"),
        ("3 * g >= 2", "3 * g >= 0"),
        ("2 * h**2 * drift <= advantage", "h**2 * drift <= 2 * advantage"),
        ("{name: p / total", "{name: p"),
    ]

    def test_false_constants(self):
        source = inspect.getsource(checker)
        differences = 0
        for true, false in self.CONSTANTS:
            self.assertEqual(source.count(true), 1, true)
            theory = {"__name__": "false theory"}
            exec(compile(source.replace(true, false), "false theory", "exec"), theory)
            for name in NAMES:
                case = Case(name)
                model = theory["read_model"](str(case.paths[0]))
                policies = [theory["read_policy"](str(path), model) for path in case.paths[1:3]]
                try:
                    tree = theory["derive"](model, *policies, case.certificate, 512)
                except theory["Rejected"]:  # V and rho are not even solutions in this theory
                    continue
                forged = written(tree, theory["Ball"])
                if forged != case.certificate:
                    self.assertIsNotNone(case.reason(forged), f"{name}: {false}")
                    statistics["false theory"] = statistics.get("false theory", 0) + 1
                    differences += 1
        self.assertGreater(differences, len(self.CONSTANTS))

    def test_the_writing_of_true_ones(self):
        """What makes the forgeries makes the true certificates, so they fail for their theory alone."""
        for name in NAMES:
            case = Case(name)
            model = checker.read_model(str(case.paths[0]))
            policies = [checker.read_policy(str(path), model) for path in case.paths[1:3]]
            self.assertEqual(written(checker.derive(model, *policies, case.certificate, 512), checker.Ball), case.certificate)


def written(tree, ball):
    """A derived tree as a certificate states it."""
    if isinstance(tree, dict):
        return {key: written(value, ball) for key, value in tree.items()}
    if not isinstance(tree, ball):
        return str(tree)
    exponent = -2000
    size = max(abs(tree.lower), abs(tree.upper))
    exponent = size.numerator.bit_length() - size.denominator.bit_length() - 62
    while True:
        unit = Fraction(2) ** exponent
        k = tree.lower // unit
        if max(abs(k), abs(k + 1)) <= 2**60:
            return {"lower": str(k * unit), "upper": str((k + 1) * unit)}
        exponent += 1


class CommandLine(unittest.TestCase):
    def test_exit_status(self):
        case = Case("racing")
        command = [sys.executable, str(ROOT / "Tools" / "check_certificate.py"), *map(str, case.paths)]
        accepted = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual((accepted.returncode, accepted.stdout, accepted.stderr), (0, "accepted\n", ""))
        rejected = subprocess.run([*command[:3], command[4], *command[4:]], capture_output=True, text=True)
        self.assertEqual(rejected.returncode, 1)
        self.assertEqual(len(rejected.stderr.splitlines()), 1)
        for arguments in (command[:2], [*command, "more"], [*command[:-1], "absent.json"]):
            self.assertEqual(subprocess.run(arguments, capture_output=True).returncode, 1)


class Independence(unittest.TestCase):
    def test_standard_library_alone_and_short(self):
        source = Path(checker.__file__).read_text(encoding="utf-8")
        self.assertLess(len(source.splitlines()), 250)
        imported = set(re.findall(r"^(?:from|import) ([\w, ]+?)(?: import.*)?$", source, re.M))
        modules = {name.strip() for line in imported for name in line.split(",")}
        self.assertLessEqual(modules, sys.stdlib_module_names)


class Numbers(unittest.TestCase):
    def test_logarithms_and_roots(self):
        """Against exp by its series, and squares: independent of the series for atanh."""
        for x in (Fraction(1, 3), Fraction(3), Fraction(1023, 1024), Fraction(2), Fraction(10**30, 7), Fraction(1, 10**40), Fraction(4)):
            ball = checker.log(x, 200)
            self.assertLess(ball.upper - ball.lower, Fraction(1, 2**185))
            self.assertLessEqual(exponential(ball.lower) * (1 - Fraction(1, 2**150)), x)
            self.assertGreaterEqual(exponential(ball.upper) * (1 + Fraction(1, 2**150)), x)
            square = checker.root(x, 200)
            self.assertTrue(square.lower**2 <= x <= square.upper**2)
            self.assertLess(square.upper - square.lower, Fraction(1, 2**190))


def exponential(x):
    """e^x to about 170 bits."""
    y, terms = x / 2**10, [Fraction(1)]
    for n in range(1, 40):
        terms.append(terms[-1] * y / n)
    result = Fraction(round(sum(terms) * 2**400), 2**400)
    for _ in range(10):
        result = Fraction(round(result * result * 2**600), 2**600)
    return result


ORIGINAL = checker.derive


def functools_cached(derive):
    """`derive` for one model and pair of policies, as long as V and rho are those of last time; else itself."""
    known = {}

    def cached(model, current, candidate, stated, bits):
        key = (repr(model.rows), repr(model.rewards), repr(current), repr(candidate), repr(stated["current"]), repr(stated["candidate"]), bits)
        if key not in known:
            known[key] = derive(model, current, candidate, stated, bits)
        return known[key]

    return cached


if __name__ == "__main__":
    show = "--statistics" in sys.argv
    result = unittest.main(argv=[x for x in sys.argv if x not in ("--statistics",)], exit=False).result
    if show:
        print(statistics, "total", sum(statistics.values()))
    sys.exit(not result.wasSuccessful())
