"""Models and policies as users give them: what is accepted, and what is refused with which words."""

from __future__ import annotations

import copy
import gc
import json
import pickle
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import MODELS

import monotone
from monotone import MDP, ClosedHandle, InvalidInput, Outcome, UnreadableFile, UsageError, Verdict

FLIP = [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]
PAID = [[0, 1], [0, 0]]
HALVES = np.full((2, 2), 0.5)


def test_all_ways_to_a_model_agree(racing: MDP, racing_file: Path) -> None:
    document = json.loads(racing_file.read_text())
    others = [
        MDP.from_file(racing_file),
        MDP.from_dict(document),
        MDP.from_dict(document | {"discount": Fraction(9, 10)}),
        MDP.from_dict(document | {"discount": Decimal("0.9")}),
        MDP.from_json(racing_file.read_bytes()),
        MDP.from_json(racing.to_json()),
        MDP.from_json(racing.to_json(dense=True)),
        pickle.loads(pickle.dumps(racing)),
    ]
    want = racing.solve("greedy(uniform)", arithmetic="exact").expected_return.exact
    assert want == 10
    for other in others:
        assert other.solve("greedy(uniform)", arithmetic="exact").expected_return.exact == want
        assert (other.states, other.actions, other.discount) == (racing.states, racing.actions, Fraction(9, 10))
    assert copy.deepcopy(racing) is racing


def test_a_model_of_its_own_arrays_is_the_same(monotone_mdp: MDP) -> None:
    again = MDP.from_arrays(
        monotone_mdp.transitions,
        monotone_mdp.rewards,
        monotone_mdp.discount,
        initial=monotone_mdp.initial,
        terminal=monotone_mdp.terminal,
        available=monotone_mdp.available,
    )
    np.testing.assert_array_equal(again.available, monotone_mdp.available)
    np.testing.assert_array_equal(again.terminal, monotone_mdp.terminal)
    np.testing.assert_allclose(again.transitions, monotone_mdp.transitions, rtol=1e-12)
    one, other = monotone_mdp.solve().expected_return, again.solve().expected_return
    assert float(one) == pytest.approx(float(other), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64, np.bool_, object])
def test_arrays_of_many_types(dtype: Any) -> None:
    mdp = MDP.from_arrays(np.array(FLIP).astype(dtype), np.array(PAID).astype(dtype), "1/2")
    # Uniform: V(0) = 1/2 + (V(0) + V(1))/4, V(1) = (V(0) + V(1))/4.
    assert mdp.solve(arithmetic="exact").fractions("state_values").tolist() == [Fraction(3, 4), Fraction(1, 4)]


def test_sparse_transitions_are_the_dense_ones() -> None:
    class Rows:
        """What a compressed sparse row matrix looks like."""

        format, shape = "csr", (4, 2)
        data, indices, indptr = np.ones(4), np.array([0, 1, 1, 0], np.int32), np.arange(5, dtype=np.int32)

    mdp = MDP.from_arrays(Rows(), PAID, "1/2")
    np.testing.assert_array_equal(mdp.transitions, np.array(FLIP, float))


@pytest.mark.parametrize("terminal", [[1], (1,), {1}, np.array([1]), [False, True], np.array([0, 1], bool)])
def test_terminal_states_are_flags_or_indices(terminal: Any) -> None:
    mdp = MDP.from_arrays([[[0, 1], [1, 0]], [[0, 0], [0, 0]]], [[3, 1], [0, 0]], "1/2", terminal=terminal)
    assert mdp.terminal.tolist() == [False, True]
    assert mdp.solve([0, 0], arithmetic="exact").expected_return.exact == 3


@pytest.mark.parametrize("decimals", ["shortest", "exact", "simplest"])
def test_decimals_are_recorded(decimals: Any) -> None:
    mdp = MDP.from_arrays(FLIP, [[1 / 3, 0], [0, 0]], 0, decimals=decimals)
    third = {"shortest": Fraction("0.3333333333333333"), "exact": Fraction(1 / 3), "simplest": Fraction(1, 3)}
    assert mdp.solve([0, 0], arithmetic="exact").fractions("state_values")[0] == third[decimals]
    assert mdp.decimals == mdp.solve().decimals == mdp.check("uniform", "uniform").decimals == decimals


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"transitions": [[1, 0]]}, "shape \\(1, 2\\); expected \\(states, actions, states\\)"),
        ({"transitions": [[[0.5, 0.4], [0, 1]], [[0, 1], [1, 0]]]}, "sum"),
        ({"transitions": [[[float("nan"), 1], [0, 1]], [[0, 1], [1, 0]]]}, "nan|NaN|finite"),
        ({"transitions": [[[-1, 2], [0, 1]], [[0, 1], [1, 0]]]}, "-1|negative"),
        ({"transitions": [[[1, 0], [0, 1]], [[0, 1]]]}, "rectangular"),
        ({"transitions": np.array(FLIP, complex)}, "real numbers"),
        ({"transitions": np.array(FLIP, np.float16)}, "float16"),
        ({"rewards": [[0, 1]]}, "shape|rewards"),
        ({"rewards": [[0, float("inf")], [0, 0]]}, "inf|finite"),
        ({"rewards": [["a", "b"], ["c", "d"]]}, "a"),
        ({"discount": 1.5}, "discount"),
        ({"discount": "-1/2"}, "discount"),
        ({"discount": float("nan")}, "discount is nan"),
        ({"initial": [0.5, 0.4]}, "sum"),
        ({"initial": 2}, "expected 0 to 1"),
        ({"initial": [1, 0, 0]}, "shape|initial"),
        ({"terminal": [5]}, "indices from 0 to 1"),
        ({"terminal": [True]}, "terminal"),
        ({"available": [[True]]}, "available"),
    ],
)
def test_bad_arrays_are_refused(changes: dict[str, Any], words: str) -> None:
    given: Any = {"transitions": FLIP, "rewards": PAID, "discount": "1/2"} | changes
    with pytest.raises(InvalidInput, match=words) as caught:
        MDP.from_arrays(**given)
    assert caught.value.faults


def test_discount_one_is_refused_where_paths_do_not_end() -> None:
    with MDP.from_arrays(FLIP, PAID, 1) as mdp, pytest.raises(InvalidInput):
        mdp.solve("uniform")


def test_every_fault_of_a_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"schema": "monotone/mdp/v1", "discount": 2}')
    with pytest.raises(InvalidInput) as caught:
        monotone.load(path)
    assert len(caught.value.faults) >= 5
    assert caught.value.faults[0].line == 1
    assert monotone.validate(path) == caught.value.faults
    assert monotone.validate(MODELS / "racing.json") == ()
    with pytest.raises(UnreadableFile, match=r"none\.json"):
        monotone.load(tmp_path / "none.json")
    with pytest.raises(UnreadableFile, match=r"none\.json"):
        monotone.validate(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (np.full((3, 2), 0.5), r"shape \(3, 2\); expected \(states, actions\) = \(2, 2\)"),
        (np.full((2, 2), 0.4), "sum"),
        (np.array([[np.nan, 1], [0.5, 0.5]]), "nan|NaN|finite"),
        (np.array([[np.inf, 1], [0.5, 0.5]]), "inf|finite"),
        (np.array([[-0.5, 1.5], [0.5, 0.5]]), "-0.5|negative"),
        ([0, 2], "expected 0 to 1"),
        ([0.5, 0.5], "action's index"),
        ("nosuch", "nosuch"),
        ("", "expected a policy"),
        ({0: {0: 1}}, "state '1' has no row"),
        ([None, [1, 0]], "rectangular|None"),
        ({0: {5: 1}, 1: {0: 1}}, "unknown action 5"),
        ([["1/0", "1"], ["1", "0"]], "1/0"),
        (np.ma.masked_array(HALVES, mask=[[True, False], [False, False]]), "masked"),
        (object(), "not a number"),
    ],
)
def test_bad_policies_are_refused(two_states: MDP, policy: Any, words: str) -> None:
    with pytest.raises((InvalidInput, UnreadableFile, UsageError), match=words):
        two_states.solve(policy)
    with pytest.raises((InvalidInput, UnreadableFile, UsageError)):
        two_states.check("uniform", policy)


def test_policies_of_many_forms_are_one(two_states: MDP) -> None:
    forms: list[Any] = [
        [0, 1],
        np.array([0, 1]),
        np.array([[1, 0], [0, 1]]),
        np.array([[1, 0], [0, 1]], dtype=np.float32),
        np.asfortranarray(np.eye(2)),
        np.eye(4)[::2, ::2],
        np.eye(2).astype(">f8"),
        [["1", "0"], [Fraction(0), Decimal(1)]],
        {"0": {"0": 1}, "1": {"1": "1"}},
        {0: {0: 1}, 1: {1: 1}},
    ]
    for form in forms:
        np.testing.assert_array_equal(two_states.policy(form), np.eye(2))
    rows = np.array([[0.25, 0.75], [1, 0]])
    np.testing.assert_array_equal(two_states.policy(np.asfortranarray(rows)), rows)
    thirds = two_states.policy([["1/3", "2/3"], ["1", "0"]], exact=True)
    assert thirds[0].tolist() == [Fraction(1, 3), Fraction(2, 3)]


def test_what_stands_at_terminal_states_is_ignored(racing: MDP) -> None:
    rows: Any = [[0.5, 0.5], [0.5, 0.5], [7.0, -3.0]]
    check = racing.check(rows, [[0.5, 0.5], [0.5, 0.5], None])
    assert check.outcome is Outcome.UNCHANGED
    np.testing.assert_array_equal(racing.policy(rows)[2], 0)


def test_float32_rows_are_normalised(racing: MDP) -> None:
    row = np.array([0.1, 0.9], dtype=np.float32)
    assert float(row.astype(np.float64).sum()) != 1
    policy = np.stack([row, row, row])
    np.testing.assert_allclose(racing.policy(policy)[0].sum(), 1, rtol=1e-15)
    with pytest.raises(InvalidInput, match="sum"):
        racing.check("uniform", policy * np.float32(1.001))


def test_stacks_are_checked_one_by_one(racing: MDP) -> None:
    uniform, greedy = racing.policy("uniform"), racing.policy("greedy(uniform)")
    stack = np.stack([uniform, 0.9 * uniform + 0.1 * greedy, greedy])
    outcomes = [check.outcome for check in racing.check_all("uniform", stack)]
    assert outcomes == [Outcome.UNCHANGED, Outcome.IMPROVED, Outcome.IMPROVED]
    assert [check.outcome for check in racing.check(uniform, stack)] == outcomes  # type: ignore[attr-defined]
    assert [c.outcome for c in racing.check_all(stack, ["uniform", "uniform", "uniform"])][2] is Outcome.HARMFUL
    assert racing.check_all(uniform, np.zeros((0, 3, 2))) == []
    with pytest.raises(InvalidInput, match="3 policies before and 1 after"):
        racing.check_all(stack, [uniform])


def test_unknown_names_have_the_nearest(racing: MDP) -> None:
    with pytest.raises(UsageError, match="pinsker"):
        racing.check("uniform", "uniform", claims=["pinskr"])
    with pytest.raises(UsageError, match="max-kl"):
        racing.improve("max-k1")
    with pytest.raises(UsageError):
        racing.solve(arithmetic="certifed")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="'racing'"):
        monotone.model("racin")


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [
        ([1, 0, -1, 2], Verdict.VIOLATED),
        ([1, -1, 2, 1], Verdict.UNDECIDED),
        ([1, 3, 2, 1], Verdict.CONSISTENT),
        ([3, -1], Verdict.UNDECIDED),
        ([2, 1, 2], Verdict.HOLDS),
        ([2, 2], Verdict.NOT_APPLICABLE),
    ],
)
def test_the_theory_is_as_its_worst_claim(racing: MDP, codes: list[int], verdict: Verdict) -> None:
    class Reply:
        handle = 0

        def text(self) -> str:
            return "{}"

        def array(self, name: str) -> Any:
            return np.array(codes, np.int8)

    assert monotone.Check(Reply(), racing._space, None, "auto").theory is verdict


def test_one_claim_can_be_asked_for(racing: MDP) -> None:
    check = racing.check("uniform", "greedy(uniform)", claims=["pinsker"])
    assert list(check.claims) == ["pinsker"]
    assert check.theory is Verdict.HOLDS


def test_a_closed_model_says_so(racing_file: Path) -> None:
    with monotone.load(racing_file) as mdp:
        solution, auditor = mdp.solve(), mdp.auditor()
    mdp.close()
    assert solution.state_values.shape == (3,)
    assert "closed" in repr(mdp)
    calls = (mdp.solve, mdp.to_json, mdp.auditor, lambda: mdp.check("uniform", "uniform"))
    for call in calls:
        with pytest.raises(ClosedHandle, match="racing is closed; open it again"):
            call()
    auditor.close()
    with pytest.raises(ClosedHandle):
        auditor.step("uniform")


def test_a_forgotten_model_is_closed(racing_file: Path) -> None:
    mdp = monotone.load(racing_file)
    engine, handle = mdp._engine, mdp._handle
    del mdp
    gc.collect()
    with pytest.raises(UsageError):
        engine.call("solve", handle, (), None) if False else engine.call("model_write", handle)


def test_results_are_read_only_and_readable(racing: MDP) -> None:
    solution, check = racing.solve(), racing.check("uniform", "greedy(uniform)")
    with pytest.raises(ValueError, match="read-only"):
        solution.state_values[0] = 1
    assert repr(racing) == "<MDP racing: 3 states, 2 actions, γ = 9/10>"
    assert "improved" in repr(check)
    assert "uniform" in repr(solution)
    run, audit = racing.improve("max-kl", iterations=1), racing.audit(["uniform", "optimal"])
    for shown in (solution, check, run, audit):
        html = shown._repr_html_()
        assert html.startswith("<table>")
        assert html.count("<td>") > 3
    changed = check.to_dict()
    changed["claims"].clear()
    assert check.to_dict()["claims"]


def test_numbers_beyond_float64_are_exact() -> None:
    mdp = MDP.from_arrays([[["1"]]], [["1e400"]], "1/2")
    assert mdp.solve(arithmetic="exact").expected_return.exact == 2 * 10**400
    assert mdp.solve(arithmetic="exact").expected_return > 1e308
    with pytest.raises(UsageError, match="beyond float64"):
        _ = mdp.rewards


def test_logged_divergences_are_kept_or_flagged(racing: MDP) -> None:
    policies = ["uniform", "mix(0.1, uniform, optimal)", "uniform", "optimal", "uniform"]
    audit = racing.audit(policies, logged_kl=[0.01, float("nan"), None, -1.0])
    assert [row.logged_kl for row in audit.rows][:3] == [0.01, None, None]
    assert [row.logged_flag is None for row in audit.rows] == [True, False, True, False]
    assert audit.rows[1].logged_flag == "nan: not a number"
    assert audit.summary["flaggedKL"] == 2
    with pytest.raises(InvalidInput, match="found 2 logged KL divergences for 2 policies"):
        racing.audit(["uniform", "optimal"], logged_kl=[0.1, 0.2])
    with pytest.raises(InvalidInput, match="unknown member 'state' of a batch"), racing.auditor() as auditor:
        auditor.step("uniform", batch={"state": [0]})
    with pytest.raises(InvalidInput, match=r"advantages\[1\] of the batch is nan"), racing.auditor() as auditor:
        auditor.step("uniform", batch={"states": [0, 0], "actions": [0, 1], "advantages": [1.0, float("nan")]})


def test_a_certificate_is_written(racing: MDP, tmp_path: Path) -> None:
    certificate = racing.certificate("uniform", "greedy(uniform)")
    certificate.save(tmp_path / "proof.json")
    assert json.loads((tmp_path / "proof.json").read_text()) == certificate.to_dict()
    assert certificate.to_dict()["schema"] == "monotone/certificate/v1"
