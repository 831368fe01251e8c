#!/usr/bin/env python3
"""Tries to get something wrong past `check_certificate.py`: python3 Tools/test_check_certificate.py [--statistics]

Takes the certificates of Tests/Certificates, which must be accepted, and changes one thing at a time: each number in its last
digit, in sign and in spelling; each interval moved, widened and narrowed; each verdict; each entry left out, doubled, added
or exchanged; the files of another pair; each number of the model and of the policies; the whole certificate made anew,
consistently, for a theory with one false constant or a model read falsely. All must be rejected.
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

try:
    import resource
except ImportError:  # not on this system
    resource = None

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "Tests" / "Certificates"
MODELS = json.loads((DATA / "models.json").read_text(encoding="utf-8"))
NAMES = list(MODELS)
VERDICTS = ["holds", "violated", "undecided", "notApplicable"]
statistics = {}


class Case:
    """A certificate, and the files that it is about."""

    def __init__(self, name):
        self.paths = [ROOT / MODELS[name]]
        self.paths += [DATA / f"{name}.{kind}.json" for kind in ("current.policy", "candidate.policy", "certificate")]
        self.text = self.paths[3].read_text(encoding="utf-8")
        self.certificate = json.loads(self.text)

    def reason(self, certificate):
        """Why the checker rejects; None if it accepts."""
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            file.write(certificate if isinstance(certificate, str) else json.dumps(certificate))
            file.flush()
            try:
                checker.check(*map(str, self.paths[:3]), file.name)
            except (checker.Rejected, checker.Malformed) as fault:
                return checker.one_line(fault)
        return None


def remembering(function, key):
    """A function that remembers its results: thousands of tampered certificates share their model, policies, V and rho."""
    known = {}

    def remembered(*arguments):
        index = key(*arguments)
        if index not in known:
            # The arguments are kept, so that no other object gets the identity of one of them.
            known[index] = function(*arguments), arguments
        return known[index][0]

    return remembered


def entries(tree, path=()):
    """(path, value) of everything in a tree, branches included."""
    for key, value in tree.items():
        yield (*path, key), value
        if isinstance(value, dict):
            yield from entries(value, (*path, key))


def leaves(tree, path=()):
    """(path, value) of what is neither object nor array."""
    if isinstance(tree, (dict, list)):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(value, (*path, key))
    else:
        yield path, tree


def changed(tree, path, value):
    """A copy with another value at a path; without the entry if the value is `...`."""
    key, *rest = path
    result = copy.copy(tree)
    if rest:
        result[key] = changed(tree[key], rest, value)
    elif value is ...:
        del result[key]
    else:
        result[key] = value
    return result


def is_number(text):
    return isinstance(text, str) and re.fullmatch(r"-?\d+(/\d+)?", text) is not None


def others(text):
    """What may stand in the place of a number: neighbours, other spellings of the same number, and what is none."""
    value = Fraction(text)
    p, q = value.numerator, value.denominator
    numbers = {f"{p + 1}/{q}", f"{p - 1}/{q}", f"{p}/{q + 1}", f"{-p}/{q}"} | ({f"{p}/{q - 1}"} if q > 1 else set())
    numbers = {str(Fraction(x)) for x in numbers} | {str(value + Fraction(1, 10**400)), "infinity"}
    spellings = {f"{2 * p}/{2 * q}", f"{p}/{q}" if q == 1 else f" {p}/{q}", f"{text}\n", f"{p}e0"}
    return sorted((numbers | spellings) - {text}) + [p, {"lower": text, "upper": text}, None]


class Quick(unittest.TestCase):
    """Every test reads and derives what is common to its certificates but once."""

    def setUp(self):
        def of_files(path, model=None):
            return Path(path).read_bytes() if Path(path).is_file() else path, id(model)

        def of_updates(model, current, candidate, stated, bits):
            return id(model), id(current), id(candidate), repr((stated["current"], stated["candidate"])), bits

        for name, key in (("read_model", of_files), ("read_policy", of_files), ("derive", of_updates), ("cell", id)):
            self.addCleanup(setattr, checker, name, getattr(checker, name))
            setattr(checker, name, remembering(getattr(checker, name), key))

    def reject(self, case, certificate, kind, entry=""):
        reason = case.reason(certificate)
        self.assertIsNotNone(reason, f"{kind} at {entry}: accepted")
        self.assertNotIn("\n", reason)
        self.assertIn(entry, reason)
        statistics[kind] = statistics.get(kind, 0) + 1


class Accepted(Quick):
    def test_unchanged(self):
        for name in NAMES:
            self.assertIsNone(Case(name).reason(Case(name).certificate), name)


class Tampering(Quick):
    def test_every_number(self):
        for name in NAMES:
            case = Case(name)
            for path, value in entries(case.certificate):
                if is_number(value):
                    # A wrong value or visitation may show in the equation of another state.
                    entry = path[0] if path[0] in ("current", "candidate") else path[-2 if path[-1] in ("lower", "upper") else -1]
                    for other in others(value):
                        self.reject(case, changed(case.certificate, path, other), "number", entry)
                elif value == "infinity":
                    for other in ("-infinity", "inf", "1e9999", "0", 0, None, {"lower": "0", "upper": "1"}):
                        self.reject(case, changed(case.certificate, path, other), "infinity", path[-1])

    def test_intervals_moved_widened_and_narrowed(self):
        for name in NAMES:
            case = Case(name)
            for path, value in entries(case.certificate):
                if isinstance(value, dict) and value.keys() == {"lower", "upper"}:
                    lower, upper = Fraction(value["lower"]), Fraction(value["upper"])
                    unit, tiny = upper - lower, (upper - lower) / 2**70
                    for ends in (
                        (lower + unit, upper + unit), (lower - unit, upper - unit), (lower - unit, upper), (lower, upper + unit),
                        (lower, lower + unit / 2), (upper - unit / 2, upper), (lower, lower), (upper, lower),
                        (lower - unit, upper + unit), (-upper, -lower), (lower * 2, upper * 2), (lower, upper + tiny),
                        (lower - tiny, upper), (lower + tiny, upper + tiny), (lower + tiny, upper - tiny), (lower - 1, upper + 1),
                    ):
                        other = {"lower": str(ends[0]), "upper": str(ends[1])}
                        self.reject(case, changed(case.certificate, path, other), "interval", path[-1])
                    for other in (str(lower), [str(lower), str(upper)], {**value, "middle": value["lower"]}):
                        self.reject(case, changed(case.certificate, path, other), "interval", path[-1])

    def test_every_verdict(self):
        for name in NAMES:
            case = Case(name)
            for path, value in entries(case.certificate):
                if value in VERDICTS:
                    for other in [*VERDICTS, "Holds", "", True, None]:
                        if other != value:
                            self.reject(case, changed(case.certificate, path, other), "verdict", path[-1])

    def test_every_entry_left_out(self):
        for name in NAMES:
            case = Case(name)
            for path, _ in entries(case.certificate):
                self.reject(case, changed(case.certificate, path, ...), "left out")

    def test_every_entry_doubled(self):
        for name in NAMES:
            case = Case(name)
            lines = case.text.splitlines(keepends=True)
            for index, line in enumerate(lines):
                if re.match(r'\s*"[^"]*" : "[^"]*",?$', line):
                    doubled = line.rstrip().rstrip(",") + ",\n"
                    self.reject(case, "".join([*lines[:index], doubled, *lines[index:]]), "doubled", "twice")

    def test_entries_added(self):
        for name in NAMES:
            case = Case(name)
            branches = [()] + [path for path, value in entries(case.certificate) if isinstance(value, dict)]
            for path in branches:
                for key, value in (("looseness", "1"), ("margin ", "0"), ("witness", None), ("", {})):
                    self.reject(case, changed(case.certificate, (*path, key), value), "added")

    def test_every_branch_exchanged(self):
        for name in NAMES:
            case = Case(name)
            tree = case.certificate
            for a, b in (("current", "candidate"), ("KL", "reverseKL")):
                if tree[a] != tree[b]:
                    self.reject(case, {**tree, a: tree[b], b: tree[a]}, "exchanged")
            claims = tree["claims"]
            for a in claims:
                for b in claims:
                    if a < b and claims[a] != claims[b]:
                        self.reject(case, {**tree, "claims": {**claims, a: claims[b], b: claims[a]}}, "exchanged")

    def test_other_names_and_other_text(self):
        for name in NAMES:
            case = Case(name)
            for schema in ("monotone/certificate/v2", "monotone/check/v1", "", None, ["monotone/certificate/v1"]):
                self.reject(case, {**case.certificate, "schema": schema}, "schema", "certificate")
            self.reject(case, {**case.certificate, "mdp": "another"}, "schema", "mdp")
            for text in (
                "", "[]", "null", "{}", '"holds"', "{", "NaN", "0", "[" * 100_000, '{"a":' * 100_000,
                case.text + case.text, case.text + "x", "\ufeff" + case.text,
            ):
                self.reject(case, text, "not a certificate")
            for value in ("NaN", "Infinity", "-Infinity", "1e400", "1" * 5000, "1e99999999", "[" * 100_000):
                for key in ("stateValues", "improved", "claims"):
                    text = re.sub(rf'"{key}" : ', f'"{key}" : {value}, "x" : ', case.text, count=1)
                    self.assertNotEqual(text, case.text)
                    self.reject(case, text, "not a certificate")


class OtherFiles(Quick):
    def test_of_another_pair(self):
        for name in NAMES:
            own = Case(name).paths[:3]
            pairs = [Case(other).paths[:3] for other in NAMES if other != name]
            choices = ([0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2])
            mixed = [[pair[i] if i in choice else own[i] for i in range(3)] for pair in pairs for choice in choices]
            for paths in [[own[0], own[2], own[1]], [own[0], own[1], own[1]], [own[0], own[2], own[2]], *mixed]:
                if [x.read_text("utf-8") for x in paths] == [x.read_text("utf-8") for x in own]:
                    continue
                case = Case(name)
                case.paths[:3] = paths
                self.reject(case, case.certificate, "other files")

    def test_every_number_of_the_model_and_the_policies(self):
        """A certificate is about the numbers of its files: none of them can change beneath it."""
        for name in NAMES:
            for index in range(3):
                case = Case(name)
                document = json.loads(case.paths[index].read_text("utf-8"), parse_float=str, parse_int=str)
                with tempfile.TemporaryDirectory() as folder:
                    case.paths[index] = Path(folder) / "changed.json"
                    for path, value in leaves(document):
                        is_reward = path[0] == "rewards" or path[-1] == "reward" or path[-2:-1] == ("reward",)
                        if not re.fullmatch(checker.NUMBER, value or "") or path[-1] in ("from", "action") or len(path) == 1 != (
                            path[0] == "discount"
                        ) or path[0] in ("states", "actions", "terminal"):
                            continue
                        if Fraction(value) == 1 and path[0] in ("initial", "transitions", "probabilities") and not is_reward:
                            continue  # a row of one entry, which is divided by it
                        if path[0] == "rewards" and name == "forms":
                            row = document["transitions"][path[1]][path[2]]
                            if Fraction(row[path[3]]) == 0:
                                continue  # never paid
                        other = changed(document, path, str(Fraction(value) + Fraction(1, 10**10)))
                        case.paths[index].write_text(json.dumps(other), encoding="utf-8")
                        self.reject(case, case.certificate, "number of a file")


class Reading(unittest.TestCase):
    """Every form of file, against values by hand; and files that are none."""

    MODEL = {
        "schema": "monotone/mdp/v1", "name": "m", "discount": 0.9, "states": ["s", "t"], "actions": ["a", "b"],
        "initial": {"s": 1}, "terminal": ["t"],
        "transitions": [
            {"from": "s", "action": "a", "to": {"s": 0.25, "t": "3/4"}, "reward": {"s": 4, "t": "1/3"}},
            {"from": "s", "action": "b", "to": {"t": 1}, "reward": -2},
        ],
    }
    POLICY = {"schema": "monotone/policy/v1", "mdp": "m", "probabilities": {"s": {"a": 0.5, "b": 0.5}}}
    DENSE = [[[0.25, 0.75], [0, 1]], None]

    def read(self, model, policy=None):
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / "model.json", Path(folder) / "policy.json"]
            for path, document in zip(paths, (model, policy or self.POLICY)):
                path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
            model = checker.read_model(str(paths[0]))
            return model, checker.read_policy(str(paths[1]), model)

    def test_forms_of_models(self):
        F = Fraction
        rows = {"s": {"a": {"s": F(1, 4), "t": F(3, 4)}, "b": {"t": F(1)}}, "t": {}}
        forms = [
            {},
            {"initial": [1, 0]},
            {"initial": ["0.50", 0], "transitions": ...},
            {"transitions": self.DENSE, "rewards": [["1.25", -2], None]},
            {"transitions": self.DENSE, "rewards": [[[4, "1/3"], [9, -2]], [None, None]]},
            {"transitions": self.DENSE, "rewards": [[[4, "1/3"], [9, -2]], [[0, 0], None]], "terminal": ["t"]},
            {"transitions": [[[0.25, 0.75], [0, 1]], [None, None]], "rewards": [["125e-2", "-20E-1"], [0, None]]},
            {"description": "d", "source": "x", "features": [[1], [2]]},
        ]
        for form in forms:
            if form.get("transitions", 0) is ...:
                continue
            model, policy = self.read({**self.MODEL, **form})
            self.assertEqual(model.rows, rows, form)
            self.assertEqual(model.rewards["s"], {"a": F(5, 4), "b": F(-2)}, form)
            self.assertEqual((model.discount, model.initial), (F(9, 10), {"s": F(1), "t": F(0)}), form)
            self.assertEqual(policy, {"s": {"a": F(1, 2), "b": F(1, 2)}, "t": {}})

    def test_rewards_of_states_add_up(self):
        for rewards in ({"s": "1/2"}, ["5e-1", None], [0.5, 0], {"s": 0.5, "t": 0}):
            model, _ = self.read({**self.MODEL, "rewards": rewards})
            self.assertEqual(model.rewards["s"], {"a": Fraction(7, 4), "b": Fraction(-3, 2)})
        model, _ = self.read({**self.MODEL, "transitions": self.DENSE, "rewards": [3, None]})
        self.assertEqual(model.rewards["s"], {"a": Fraction(3), "b": Fraction(3)})

    def test_counts(self):
        counted = {
            **self.MODEL, "states": 2, "actions": 2, "initial": {"0": 1}, "terminal": [1],
            "transitions": [
                {"from": 0, "action": "0", "to": {"0": 0.25, "1": "3/4"}, "reward": {"0": 4, "1": "1/3"}},
                {"from": "0", "action": 1, "to": {"1": 1}, "reward": -2},
            ],
        }
        model, policy = self.read(counted, {**self.POLICY, "probabilities": [[0.5, 0.5], None]})
        self.assertEqual(model.rows["0"], {"0": {"0": Fraction(1, 4), "1": Fraction(3, 4)}, "1": {"1": Fraction(1)}})
        self.assertEqual(model.rewards["0"], {"0": Fraction(5, 4), "1": Fraction(-2)})
        self.assertEqual(policy, {"0": {"0": Fraction(1, 2), "1": Fraction(1, 2)}, "1": {}})

    def test_rows_are_divided_by_their_sums(self):
        third, rest = "0.3333333333", "0.6666666666"
        row = {"s": Fraction(1, 3), "t": Fraction(2, 3)}
        model, policy = self.read(
            changed({**self.MODEL, "initial": [third, rest]}, ("transitions", 0, "to"), {"s": third, "t": rest}),
            changed(self.POLICY, ("probabilities", "s"), {"a": third, "b": rest}))
        self.assertEqual((model.initial, model.rows["s"]["a"], list(policy["s"].values())), (row, row, list(row.values())))
        self.assertEqual(model.rewards["s"]["a"], Fraction(4, 3) + Fraction(2, 9))
        for path in (("initial",), ("transitions", 0, "to")):
            for off in ("1.000000001", "0.999999999"):
                self.read(changed(self.MODEL, path, {"s": off}))
            for off in ("1.0000000010001", "0.9999999989999", "2"):
                with self.assertRaises(checker.Malformed):
                    self.read(changed(self.MODEL, path, {"s": off}))

    def test_numbers(self):
        for text, value in (
            ("0", 0), ("-0", 0), ("12", 12), ("-3/6", Fraction(-1, 2)), ("3/06", Fraction(1, 2)), ("0.10", Fraction(1, 10)),
            ("1e2", 100), ("1E+2", 100), ("-1.5e-1", Fraction(-3, 20)), ("1e0010000", 10**10000), ("1e-10000", Fraction(1, 10**10000)),
        ):
            self.assertEqual(checker.number(text), value)
        for text in (
            "", " 1", "1 ", "1\n", "+1", "01", "-", ".5", "1.", "1e", "1e10001", "1e00010001", "1e99999", "1/-2", "-1/+2", "1/2/3",
            "1.5/2", "1/2.5", "1e2/3", "1_000", "0x10", "nan", "inf", "infinity", "Infinity", "١", True, False, None, 1, 1.5, [], {}, "1/0", "0/00",
        ):
            with self.assertRaises(checker.Malformed, msg=repr(text)):
                checker.number(text)

    def test_what_is_no_model(self):
        to = ("transitions", 0, "to")
        wrong = [
            *(changed(self.MODEL, (key,), ...) for key in ("schema", "name", "discount", "states", "actions", "initial", "transitions")),
            *({**self.MODEL, key: value} for key, value in (
                ("schema", "monotone/mdp/v2"), ("gamma", 0.9), ("reward", 1), ("discount", 1), ("discount", -0.1), ("discount", "x"),
                ("discount", True), ("discount", None), ("states", ["s", "t", "s"]), ("states", 1), ("states", []), ("states", 0),
                ("states", 2.5), ("states", True), ("actions", ["a", "b", "a"]), ("actions", ["a"]), ("terminal", []),
                ("terminal", ["s", "t"]), ("terminal", ["u"]), ("initial", {"s": 0.5}), ("initial", {"u": 1}), ("initial", {}),
                ("initial", [1]), ("initial", {"s": 2, "t": -1}), ("initial", {"s": True}), ("initial", {"s": 1, "t": None}),
                ("transitions", []), ("transitions", {}), ("transitions", [[[0.25, 0.75], [0, 1]]]), ("transitions", [None, None]),
                ("transitions", [[[0.25, 0.75]], None]), ("transitions", [[[0.25, 0.75], [0, 1]], [None, [0, 1]]]),
                ("transitions", [[[0.25], [0, 1]], None]), ("transitions", [0, None]), ("transitions", [[0, [0, 1]], None]),
                ("rewards", {"t": 1}), ("rewards", [0, 1]), ("rewards", {"u": 0}), ("rewards", 1), ("rewards", [0]),
                ("rewards", [[1, 2], None]), ("rewards", {"s": {"a": 1}}), ("rewards", {"s": True}), ("rewards", {"s": "x"}),
            )),
            changed(self.MODEL, to, {"s": 0.25, "t": 0.7}), changed(self.MODEL, to, {"s": 1.5, "t": -0.5}),
            changed(self.MODEL, to, {"u": 1}), changed(self.MODEL, to, None), changed(self.MODEL, to, ...),
            changed(self.MODEL, ("transitions", 0, "from"), "t"), changed(self.MODEL, ("transitions", 0, "from"), "u"),
            changed(self.MODEL, ("transitions", 0, "action"), "b"), changed(self.MODEL, ("transitions", 0, "action"), "c"),
            changed(self.MODEL, ("transitions", 0, "prob"), 1), changed(self.MODEL, ("transitions", 0), {}),
            changed(self.MODEL, ("transitions", 0), ["s", "a", {"s": 1}, 0]), changed(self.MODEL, ("transitions", 0, "reward"), {"u": 1}),
            changed(self.MODEL, ("transitions", 0, "reward"), "one"), changed(self.MODEL, ("transitions", 0, "reward"), False),
            *({**self.MODEL, "transitions": self.DENSE, "rewards": rewards} for rewards in (
                [[1, 2, 3], None], [[1, 2], [0, 1]], [[1, 2], 1], [[[1, 2], [1]], None], [[1, 2]], {"s": {"a": 1, "b": 1}})),
            {**self.MODEL, "transitions": [[[0.25, 0.75], None], None], "rewards": [[1, 2], None]},
            json.dumps(self.MODEL)[:-1] + ', "discount": 0.9}', json.dumps(self.MODEL).replace("0.25", "0.25, \"s\": 0.25"),
            json.dumps(self.MODEL).replace("0.9", "NaN"), json.dumps(self.MODEL).replace("0.9", "Infinity"),
            json.dumps(self.MODEL).replace("0.9", "0.90e"), json.dumps(self.MODEL).replace("-2", "-02"), "[]", "",
        ]
        for model in wrong:
            with self.assertRaises(checker.Malformed, msg=f"{model}"):
                self.read(model)

    def test_what_is_no_policy(self):
        rows = ("probabilities",)
        wrong = [
            *(changed(self.POLICY, (key,), ...) for key in ("schema", "mdp", "probabilities")),
            {**self.POLICY, "mdp": "another"}, {**self.POLICY, "schema": "monotone/mdp/v1"}, {**self.POLICY, "policy": {}},
            *(changed(self.POLICY, rows, value) for value in (
                {}, [], None, [[0.5, 0.5]], [[0.5, 0.5, 0], None], [None, None], "uniform",
                {"s": {"a": 0.5}}, {"s": {"a": 1.5, "b": -0.5}}, {"s": {"a": 0.5, "c": 0.5}}, {"s": {"a": 1}, "u": {}}, {"s": None},
                {"s": {"a": True}}, {"s": {"a": "1/0"}}, {"s": {}}, {"s": {"a": "nan"}})),
            json.dumps(self.POLICY).replace('"a": 0.5', '"a": 0.5, "a": 0.5'),
        ]
        for policy in wrong:
            with self.assertRaises(checker.Malformed, msg=f"{policy}"):
                self.read(self.MODEL, policy)
        for ignored in ([[0.5, 0.5], [0, 0]], [[0.5, 0.5], [-3, 7]], {"s": {"a": 0.5, "b": 0.5}, "t": {"a": 2}}):
            self.assertEqual(self.read(self.MODEL, changed(self.POLICY, rows, ignored))[1]["t"], {})
        unavailable = changed(self.MODEL, ("transitions", 1), ...)
        self.assertEqual(self.read(unavailable, changed(self.POLICY, rows, {"s": {"a": 1, "b": 0}}))[1]["s"], {"a": 1})
        with self.assertRaises(checker.Malformed):
            self.read(unavailable)


class FalseTheories(Quick):
    """A certificate made throughout, and consistently, by a theory with one false line."""

    LINES = [
        # One for each bound.
        ("u.shift * u.span", "u.shift * u.span / 2"),
        ("2 * u.shift * u.mean_size", "u.shift * u.mean_size"),
        ("moved = u.g * u.span * u.moved_rows", "moved = u.span * u.moved_rows"),
        ("1 / (1 - u.g * ergodicity(u.new.P", "1 / (1 - u.g * ergodicity(u.old.P"),
        ("rows]) / last", "rows]) / last / 2"),
        ("g * h * u.span * u.moved,", "g * u.span * u.moved,"),
        ("2 * g * h * u.mean_size * u.moved", "g * h * u.mean_size * u.moved"),
        ("g * h**2 * u.span * alpha", "g * h * u.span * alpha"),
        ("g * c * u.span * alpha", "g * c * u.span * alpha**2"),
        ("4 * g * c * u.size", "2 * g * c * u.size"),
        ("2 * g * c * u.range", "g * c * u.range"),
        ("self.C = 4 * self.g", "self.C = 2 * self.g"),  # Theorem 1 as the first version printed it
        ("self.C = 4 * self.g * self.h**2", "self.C = 4 * self.g * self.h"),
        ("C * alpha**2,", "C * alpha**2 / 2,"),
        ("\"kl\": times(C, u.max_KL)", "\"kl\": times(C, u.max_reverse)"),
        ("times(C / 2, smaller", "times(C / 4, smaller"),
        ("times(2 * (1 - g)", "times((1 - g)"),
        ("return 2 * root(W", "return root(W"),
        ("+ W * max(distance", "+ 0 * max(distance"),
        ("times(u.g * u.h * (u.span > 0), u.K)", "times(u.g * (u.span > 0), u.K)"),
        ("times(C * (1 - g), u.K)", "times(C * (1 - g) / 2, u.K)"),
        ("3 * g >= 2", "3 * g >= 0"),
        ("return 2 * u.g * u.mean_size * u.beta", "return u.g * u.mean_size * u.beta"),
        ("(1 - candidate[s].get(a, 0) / p for", "(2 - candidate[s].get(a, 0) / p for"),
        ("penalty = times(u.C, u.max_KL)", "penalty = times(u.C / 2, u.max_KL)"),
        ("at_least(u, old.value + u.advantage / 2)", "at_least(u, old.value + u.advantage)"),
        ("2 * u.h**2 * mixture_loss(u) <= u.advantage", "mixture_loss(u) <= u.advantage"),
        # Inequalities, quantities, divergences, facts.
        ("u.KL[s] - 2 * u.TV", "u.KL[s] - 4 * u.TV"),
        ("u.bottom >= 0", "u.top >= 0"),
        ("self.surrogate = old.value + self.advantage", "self.surrogate = old.value + (1 - self.g) * self.advantage"),
        ("\"meanTotalVariation\": share * u.moved", "\"meanTotalVariation\": u.moved"),
        ("for k in keys), Fraction(0)) / 2", "for k in keys), Fraction(0))"),
        ("sum((x * log(x / q[k], bits)", "sum((q[k] * log(x / q[k], bits)"),
        ("        return INFINITY\n    return sum((x * log", "        return Fraction(9)\n    return sum((x * log"),
        ("return 2 * (k * atanh", "return 3 * (k * atanh"),
        ("u.old.value - lower for lower", "u.old.value - lower - 1 for lower"),
        ("for claim in a_priori.values()", "for claim in claims.values()"),
        ("\"improved\": verdict(u.gain)", "\"improved\": verdict(-u.gain)"),
        ("2**60 * unit:\n        unit *= 2", "2**60 * unit:\n        unit *= 1"),
        # Readings of the files.
        ("{name: p / total", "{name: p"),
        ("rewards[s].get(a, 0) + amount", "rewards[s].get(a, 0) - amount"),
        ("return sum(row.get(t, 0) * amount", "return sum(amount"),
        ("initial.get(s, Fraction(0)) for s in states", "Fraction(1, len(states)) for s in states"),
    ]

    def test_false_lines(self):
        source = inspect.getsource(checker)
        for true, false in self.LINES:
            self.assertEqual(source.count(true), 1, true)
            theory = {"__name__": "false theory"}
            exec(compile(source.replace(true, false), "false theory", "exec"), theory)
            forgeries = 0
            for name in NAMES:
                case = Case(name)
                forged = made(theory, case)
                if forged not in (None, case.certificate):
                    self.reject(case, forged, "false theory")
                    forgeries += 1
            self.assertGreater(forgeries, 0, f"no certificate tells {false!r} from {true!r}")

    def test_the_making_of_true_ones(self):
        """What makes the forgeries makes the true certificates, so they fail for their theory alone."""
        for name in NAMES:
            case = Case(name)
            self.assertEqual(made(vars(checker), case), case.certificate)


def made(theory, case):
    """The certificate that a theory makes of a case; None where it makes none."""
    model = theory["read_model"](str(case.paths[0]))
    policies = [theory["read_policy"](str(path), model) for path in case.paths[1:3]]
    stated = {key: solved(model, policy) for key, policy in zip(("current", "candidate"), policies)}
    try:
        return written(theory["derive"](model, *policies, stated, 2000), theory)
    except Exception:  # it contradicts itself
        return None


def solved(model, policy):
    """V and rho of a policy, by elimination over the rationals."""
    n = range(len(model.states))
    P = [[Fraction(0)] * len(n) for _ in n]
    for i, s in enumerate(model.states):
        if not model.rows[s]:
            P[i][i] = Fraction(1)
        for a, p in policy[s].items():
            for j, t in enumerate(model.states):
                P[i][j] += p * model.rows[s][a].get(t, 0)
    reward = [sum((p * model.rewards[s][a] for a, p in policy[s].items()), Fraction(0)) for s in model.states]
    matrix = [[(i == j) - model.discount * P[i][j] for j in n] for i in n]
    V = solution(matrix, reward)
    rho = solution([[matrix[j][i] for j in n] for i in n], [model.initial[s] for s in model.states])
    return {"stateValues": dict(zip(model.states, map(str, V))), "visitation": dict(zip(model.states, map(str, rho)))}


def solution(matrix, right):
    """x of matrix x = right, by Gauss-Jordan elimination."""
    rows = [[*map(Fraction, row), Fraction(x)] for row, x in zip(matrix, right)]
    for k in range(len(rows)):
        pivot = next(i for i in range(k, len(rows)) if rows[i][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for i in range(len(rows)):
            if i != k and rows[i][k]:
                rows[i] = [x - rows[i][k] * y for x, y in zip(rows[i], rows[k])]
    return [row[-1] for row in rows]


def written(tree, theory):
    """A derived tree as a certificate states it."""
    if isinstance(tree, dict):
        return {key: written(value, theory) for key, value in tree.items()}
    return theory["cell"](tree) if isinstance(tree, theory["Ball"]) else str(tree)


class CommandLine(unittest.TestCase):
    def run_checker(self, *arguments):
        command = [sys.executable, str(ROOT / "Tools" / "check_certificate.py"), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True)

    def test_accepted(self):
        result = self.run_checker(*Case("racing").paths)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "accepted\n", ""))

    def test_uniform_is_a_policy(self):
        mdp, current, candidate, certificate = Case("tiny-step").paths
        self.assertEqual(self.run_checker(mdp, "uniform", candidate, certificate).returncode, 0)
        self.assertEqual(self.run_checker(mdp, current, "uniform", certificate).returncode, 1)

    def fails(self, status, beginning, *arguments):
        result = self.run_checker(*arguments)
        self.assertEqual((result.returncode, result.stdout), (status, ""), (arguments, result.stderr))
        self.assertTrue(result.stderr.startswith(beginning), result.stderr)
        return result.stderr.splitlines()

    def test_help(self):
        for option in ("-h", "--help"):
            result = self.run_checker(option)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertIn("What acceptance proves", result.stdout)

    def test_usage(self):
        paths = Case("racing").paths
        for arguments in ((), paths[:1], paths[:3], [*paths, paths[3]], ["--verbose", *paths[1:]], [*paths[:3], "-"]):
            lines = self.fails(64, "", *arguments)
            self.assertEqual(lines[-1], "usage: check_certificate.py MDP CURRENT CANDIDATE CERTIFICATE")

    def test_unreadable(self):
        with tempfile.TemporaryDirectory() as folder:
            for index in range(4):
                for path in (folder, Path(folder) / "absent.json", "optimal", "a" * 5000):
                    paths = [*Case("racing").paths]
                    paths[index] = path
                    self.assertEqual(len(self.fails(66, f"{path}: "[:500], *paths)), 1)

    def test_malformed(self):
        contents = (
            b"", b"{}", b"[]", b"\xff\xfe", b"\x93NUMPY", b"[" * 100_000, b'{"a":' * 100_000, b"9" * 10_000, b"9" * 2_000_000,
            b'{"schema": "monotone/mdp/v1"}', b'{"schema": "monotone/policy/v1"}', b'{"schema": "monotone/certificate/v1"}',
            b'{"schema": "monotone/check/v2"}',
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "wrong.json"
            for data in contents:
                path.write_bytes(data)
                for index in range(4):
                    paths = [*Case("racing").paths]
                    paths[index] = path
                    self.assertEqual(len(self.fails(65, f"{path}: ", *paths)), 1)
            path.write_bytes(b"")
            with open(path, "r+b") as file:
                file.truncate(checker.MOST_BYTES + 1)  # a file with a hole: quickly made
            for index in range(4):
                paths = [*Case("racing").paths]
                paths[index] = path
                self.assertIn("too large to check", self.fails(65, f"{path}: ", *paths)[0])

    def test_malformed_certificates(self):
        """What is not of the format is malformed; what is of it, and wrong, is rejected."""
        case = Case("racing")
        number = ("quantities", "surrogate")
        wrong_form = [
            changed(case.certificate, path, value) for path, value in (
                (("schema",), "monotone/certificate/v2"), (("claims",), ...), (("claims",), []), (("note",), ""), (("mdp",), 1),
                (("current",), {}), (("current", "stateValues"), ...), (("current", "advantages"), {}), (number, 1), (number, None),
                (number, "x"), (number, ["1"]), (number, "0.5"), (number, {"lower": "0"}), (("improved",), "yes"), (("KL",), None),
                (("claims", "kl", "verdict"), True), (("claims", "kl", "verdict"), ...), (("claims", "kl", "looseness"), "1"),
            )
        ]
        wrong = [
            changed(case.certificate, path, value) for path, value in (
                (("mdp",), "another"), (("claims", "kl"), ...), (("current", "stateValues", "cool"), ...), (number, "1/3"),
                (("current", "visitation", "cool"), "1/0"), (("current", "visitation", "cool"), "infinity"), (number, "2/4"),
                (number, {"lower": "0", "upper": "1"}), (("improved",), "violated"), (("claims", "kl", "verdict"), "undecided"),
                (("claims", "kl", "assumption"), "size"), (("claims", "new"), {"verdict": "holds"}), (("KL", "cool"), "infinity"),
            )
        ]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "certificate.json"
            for status, certificates in ((65, wrong_form), (1, wrong)):
                for certificate in certificates:
                    path.write_text(json.dumps(certificate), encoding="utf-8")
                    beginning = "rejected: " if status == 1 else f"{path}: "
                    self.assertEqual(len(self.fails(status, beginning, *case.paths[:3], path)), 1)

    def test_rejected_for_other_policies(self):
        mdp, current, candidate, certificate = Case("racing").paths
        for policies in ((current, current), (candidate, current), ("uniform", "uniform")):
            self.assertEqual(len(self.fails(1, "rejected: ", mdp, *policies, certificate)), 1)


class Hostile(unittest.TestCase):
    """Files that ask for much and give little: each is refused in a line, at once, in little memory."""

    MODEL = {
        "schema": "monotone/mdp/v1", "name": "m", "discount": 0.5, "states": 1, "actions": 1, "initial": {"0": 1},
        "transitions": [{"from": 0, "action": 0, "to": {"0": 1}}],
    }

    def run_checker(self, model, certificate="{}", policy="uniform"):
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / "model.json", Path(folder) / "certificate.json"]
            for path, document in zip(paths, (model, certificate)):
                path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
            command = [sys.executable, str(ROOT / "Tools" / "check_certificate.py"), str(paths[0]), policy, policy, str(paths[1])]
            return subprocess.run(command, capture_output=True, text=True, timeout=60, preexec_fn=limit_memory)

    def refuse(self, model, certificate="{}", reason="", status=65):
        result = self.run_checker(model, certificate)
        self.assertEqual((result.returncode, result.stdout), (status, ""), result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertEqual(result.stderr.startswith("rejected: "), status == 1, result.stderr)
        self.assertNotIn("MemoryError", result.stderr)
        self.assertIn(reason, result.stderr)

    def test_counts(self):
        for key in ("states", "actions"):
            for count in (10**9, "1000000000", 10**18, "9" * 6000, -1, 0, 1.5, "1e9", "1/0", None, {}, True):
                self.refuse({**self.MODEL, key: count}, reason="a count of" if count in (10**9, 10**18, "1e9") else "")

    def test_many_states_and_actions(self):
        """What is held grows with the file, not with states times actions."""
        count = 10_000
        transitions = [{"from": i, "action": 0, "to": {"0": 1}, "reward": 1} for i in range(count)]
        model = {**self.MODEL, "states": count, "actions": 10**6, "transitions": transitions}
        self.refuse({**model, "rewards": {str(i): 1 for i in range(count)}}, reason="certificate")

    def test_no_numbers(self):
        for text in ("NaN", "Infinity", "-Infinity", "1e10001", "1e-10001", "1e99999999999"):
            for key in ("discount", "initial", "name", "features", "states", "terminal"):
                self.refuse(json.dumps({**self.MODEL, key: 0}).replace(f'"{key}": 0', f'"{key}": {text}'))

    def test_one_line(self):
        model = {**self.MODEL, "states": ["a\nb", "c\u2028d\x85e"], "initial": {"a\nb": 2}}
        self.refuse(model)
        self.refuse({**self.MODEL, "name": "x\ny"}, {"schema": "monotone/certificate/v1", "mdp": "a\nb", "current": {"a\n": 1}})
        self.refuse({**self.MODEL, "\ud800\n": 1})

    def test_doubled_keys(self):
        for text in ('"discount": 0.5, "discount": 0.5', '"discount": 0.5, "description": {"a": 1, "a": 1}'):
            self.refuse(json.dumps(self.MODEL).replace('"discount": 0.5', text), reason="twice")

    def test_long_numbers_are_numbers(self):
        """Thousands of digits, more than Python converts unasked."""
        model = {
            **self.MODEL, "actions": 2, "transitions": [
                {"from": 0, "action": 0, "to": {"0": 1}, "reward": "1e5000"}, {"from": 0, "action": 1, "to": {"0": 1}, "reward": "1e-4999"},
            ],
        }
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.json"
            path.write_text(json.dumps(model), encoding="utf-8")
            read = checker.read_model(str(path))
        uniform = checker.read_policy("uniform", read)
        stated = {key: solved(read, uniform) for key in ("current", "candidate")}
        self.assertEqual(Fraction(stated["current"]["stateValues"]["0"]), Fraction(10**5000) + Fraction(1, 10**4999))
        certificate = written(checker.derive(read, uniform, uniform, stated, 256), vars(checker))
        self.assertEqual(self.run_checker(model, certificate).stdout, "accepted\n")
        certificate["current"]["stateValues"]["0"] = str(Fraction(10**5000) + Fraction(1, 10**4998))
        self.refuse(model, certificate, "residual", status=1)


def limit_memory():
    """At most 1 GiB for a checker, so that one that asks for more is found out."""
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


class Independence(unittest.TestCase):
    def test_standard_library_alone(self):
        source = Path(checker.__file__).read_text(encoding="utf-8")
        imported = set(re.findall(r"^(?:from|import) (\w+)", source, re.M))
        self.assertGreater(len(imported), 4)
        self.assertLessEqual(imported, sys.stdlib_module_names)


class Numbers(unittest.TestCase):
    def test_logarithms_and_roots(self):
        """Against exp by its series, and squares: independent of the series for atanh."""
        for x in (Fraction(1, 3), Fraction(3), Fraction(1023, 1024), Fraction(2), Fraction(10**30, 7), Fraction(1, 10**40), Fraction(4)):
            ball = checker.log(x, 200)
            self.assertLess(ball.upper - ball.lower, Fraction(1, 2**185))
            self.assertLessEqual(exponential(ball.lower), x * (1 + Fraction(1, 2**160)))
            self.assertGreaterEqual(exponential(ball.upper), x * (1 - Fraction(1, 2**160)))
            square = checker.root(x, 200)
            self.assertTrue(square.lower**2 <= x <= square.upper**2)
            self.assertLess(square.upper - square.lower, Fraction(1, 2**190))
        self.assertEqual(checker.log(Fraction(1), 200), 0)

    def test_enclosures_hold_at_every_precision(self):
        """Few bits make the rounding and the remainder large: an enclosure that misses one of them fails to hold."""
        for z in (Fraction(k, 100) for k in range(61)):
            exact = checker.atanh(z, 2000)
            for bits in range(1, 40):
                ball = checker.atanh(z, bits)
                self.assertTrue(ball.lower <= exact.lower and exact.upper <= ball.upper, (z, bits))
                root, square = checker.root(z + 3, bits), z + 3
                self.assertTrue(root.lower**2 <= square <= root.upper**2)

    def test_balls(self):
        """Every operation contains what it yields of the ends, and a number in between."""
        B, F = checker.Ball, Fraction
        def contains(ball, x): return checker.low(ball) <= x <= checker.high(ball)
        samples = [(F(-3), F(-2)), (F(-1), F(2)), (F(0), F(1)), (F(1), F(5)), (F(-1), F(0))]
        for a, b in ((a, b) for a in samples for b in samples):
            for x, y in ((x, y) for x in (*a, sum(a) / 2) for y in (*b, sum(b) / 3)):
                p, q = B(*a), B(*b)
                for ball, value in (
                    (p + q, x + y), (p - q, x - y), (p * q, x * y), (-p, -x), (x + q, x + y), (x - q, x - y), (p - y, x - y),
                    (x * q, x * y), (p * y, x * y), (checker.largest(p, q), max(x, y)), (checker.smaller(p, q), min(x, y)),
                ):
                    if a[0] <= x <= a[1] and b[0] <= y <= b[1]:
                        self.assertTrue(contains(ball, value), (a, b, x, y, value))
        self.assertEqual(checker.largest(F(1), checker.INFINITY), checker.INFINITY)
        self.assertEqual(checker.smaller(F(1), checker.INFINITY), 1)
        self.assertEqual(checker.smaller(checker.INFINITY, F(1)), 1)

    def test_signs(self):
        B, F = checker.Ball, Fraction
        self.assertEqual(checker.verdict(F(0), F(1), B(F(0), F(1))), "holds")
        self.assertEqual(checker.verdict(F(0), F(-1)), "violated")
        self.assertEqual(checker.verdict(B(F(-2), F(-1)), F(3)), "violated")
        self.assertEqual(checker.verdict(), "holds")
        for margin in (B(F(-1), F(1)), B(F(-1), F(0))):
            with self.assertRaises(checker.Undecided):
                checker.verdict(F(1), margin)

    def test_cells(self):
        """The one interval of 60 digits, by counting; none where the number may be in two."""
        for x in (F for p in (1, -1) for F in (Fraction(p, 3), Fraction(p * 10**40, 7), Fraction(p, 10**300), Fraction(p * (2**60 + 1), 2**60))):
            tiny = abs(x) / 2**200
            ends = {key: Fraction(text) for key, text in checker.cell(checker.Ball(x - tiny, x + tiny)).items()}
            unit = ends["upper"] - ends["lower"]
            self.assertEqual([n & (n - 1) for n in unit.as_integer_ratio()], [0, 0])
            self.assertTrue(ends["lower"] < x < ends["upper"] and (ends["lower"] / unit).denominator == 1)
            self.assertTrue(2**59 < max(map(abs, ends.values())) / unit <= 2**60)
            edge = ends["upper"]
            for ball in (checker.Ball(edge - tiny, edge + tiny), checker.Ball(-tiny, tiny), checker.Ball(Fraction(0), tiny)):
                with self.assertRaises(checker.Undecided):
                    checker.cell(ball)


class Size(unittest.TestCase):
    def ring(self, count, probability=Fraction(1)):
        """States in a ring; each goes one or two states on."""
        states = [str(i) for i in range(count)]
        rows = {
            s: {"a": {states[(i + 1) % count]: probability, states[(i + 2) % count]: 1 - probability}}
            for i, s in enumerate(states)
        }
        rewards = {s: {"a": Fraction(0)} for s in states}
        model = checker.Model("ring", Fraction(1, 2), states, ["a"], {s: Fraction(1, count) for s in states}, rows, rewards)
        policy = {s: {"a": Fraction(1)} for s in states}
        part = {"stateValues": dict.fromkeys(states, "0"), "visitation": {s: f"2/{count}" for s in states}}
        return model, policy, {"current": part, "candidate": part}

    def test_memory_of_the_chain_up_to_100_states(self):
        for count in (100, 101):
            model, policy, stated = self.ring(count)
            claims = checker.derive(model, policy, policy, stated, 64)["claims"]
            for id in ("resolvent-ergodicity", "dobrushin"):
                self.assertEqual(claims[id].get("assumption"), "size" if count > 100 else None)
                self.assertEqual(claims[id]["verdict"], "notApplicable" if count > 100 else "holds")

    def test_what_would_take_hours_is_refused_at_once(self):
        model, policy, stated = self.ring(100, Fraction(1, 3 * 10**3000 + 1))
        with self.assertRaisesRegex(checker.Malformed, "too large to check"):
            checker.derive(model, policy, policy, stated, 64)
        model, policy, stated = self.ring(10_000)
        checker.require_affordable(model, stated)
        stated["current"]["stateValues"]["7"] = "1" * 100_000
        with self.assertRaisesRegex(checker.Malformed, "too large to check"):
            checker.require_affordable(model, stated)

    def test_long_numbers_are_refused_before_they_are_read(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            file.write('{"schema": [' + "9" * 1_500_000 + "]}")
            file.flush()
            with self.assertRaisesRegex(checker.Malformed, "too large to check"):
                checker.read_model(file.name)


def exponential(x):
    """e^x to about 170 bits."""
    y, terms = x / 2**10, [Fraction(1)]
    for n in range(1, 40):
        terms.append(terms[-1] * y / n)
    result = Fraction(round(sum(terms) * 2**400), 2**400)
    for _ in range(10):
        result = Fraction(round(result * result * 2**600), 2**600)
    return result


if __name__ == "__main__":
    show = "--statistics" in sys.argv
    result = unittest.main(argv=[x for x in sys.argv if x != "--statistics"], exit=False).result
    if show:
        print(statistics, "total", sum(statistics.values()))
    sys.exit(not result.wasSuccessful())
