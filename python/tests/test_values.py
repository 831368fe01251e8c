"""Values of every shipped model against NumPy and fractions, and arrays against the command's own JSON."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import Any

import independent
import numpy as np
import pytest
from conftest import MODELS

import monotone
from monotone import Quantity
from monotone.check import QUANTITIES


def test_solve_agrees_with_numpy(monotone_mdp: monotone.MDP) -> None:
    model = independent.read(MODELS / f"{monotone_mdp.name}.json")
    solution = monotone_mdp.solve("uniform", arithmetic="certified")
    values, visits, expected = independent.float_values(model, model.uniform)
    scale = max(1.0, float(np.abs(values).max()))
    np.testing.assert_allclose(solution.state_values, values, atol=1e-9 * scale, rtol=1e-9)
    np.testing.assert_allclose(solution.visitation, visits, atol=1e-8, rtol=1e-8)
    assert float(solution.expected_return) == pytest.approx(expected, abs=1e-9 * scale, rel=1e-9)


SMALL = [name for name in monotone.model_names() if independent.read(MODELS / f"{name}.json").states <= 12]


@pytest.mark.parametrize("name", SMALL)
def test_solve_agrees_with_fractions(name: str) -> None:
    model = independent.read(MODELS / f"{name}.json")
    values, expected = independent.exact_values(model, model.uniform)
    with monotone.model(name) as mdp:
        exact = mdp.solve("uniform", arithmetic="exact")
        certified = mdp.solve("uniform", arithmetic="certified")
    assert list(exact.fractions("state_values")) == values
    assert exact.expected_return.exact == expected
    assert certified.expected_return >= expected - abs(expected) / 10**9 - Fraction(1, 10**9)
    radius = certified.radius("state_values")
    for state, value in enumerate(values):
        error = abs(Fraction(certified.state_values[state]) - value)
        assert error <= Fraction(radius[state])


def flat(table: dict[str, Any], mdp: monotone.MDP) -> list[float]:
    return [Quantity.of(table[s].get(a, 0)).value for s in mdp.states for a in mdp.actions]


def test_arrays_of_solve_are_those_of_its_document(monotone_mdp: monotone.MDP) -> None:
    solution = monotone_mdp.solve("uniform")
    document = solution.to_dict()
    for name, array in (("stateValues", solution.state_values), ("visitation", solution.visitation)):
        assert [Quantity.of(document[name][s]).value for s in monotone_mdp.states] == array.tolist()
    for name, array in (("actionValues", solution.action_values), ("advantages", solution.advantages)):
        assert flat(document[name], monotone_mdp) == array.reshape(-1).tolist()


@pytest.mark.monotone_models("racing", "river-swim", "frozen-lake-4x4", "kakade-2003", "garnet-10-3-3")
def test_arrays_of_check_are_those_of_its_document(monotone_mdp: monotone.MDP) -> None:
    candidate = monotone_mdp.policy("mix(0.1, uniform, greedy(uniform))")
    for arithmetic in ("auto", "float64", "certified", "exact"):
        check = monotone_mdp.check("uniform", candidate, arithmetic=arithmetic)
        document = check.to_dict()
        assert check.improved is monotone.Verdict.of(document["improved"])
        assert check.guaranteed is monotone.Verdict.of(document["guaranteed"])
        assert check.outcome.value == document["outcome"]
        for name in QUANTITIES:
            want, found = Quantity.of(document["quantities"][name]), check.quantities[name]
            assert (found.value, found.exact) == (want.value, want.exact) or math.isnan(want.value)
        verdicts = [monotone.Verdict.of(claim["verdict"]) for claim in document["claims"]]
        assert [claim.verdict for claim in check.claims.values()] == verdicts
        codes = check._reply.array("verdicts")
        assert codes is not None
        assert [monotone.Verdict.of_code(code) for code in codes.tolist()] == verdicts


@pytest.mark.monotone_models("racing", "frozen-lake-4x4", "taxi", "gamblers-problem")
def test_documents_are_those_of_the_command(monotone_mdp: monotone.MDP) -> None:
    path = MODELS / f"{monotone_mdp.name}.json"

    def printed(*arguments: str) -> Any:
        return json.loads(monotone.command.run(*arguments, "--json").stdout)

    assert monotone_mdp.solve("uniform").to_dict() == printed("solve", str(path), "--policy", "uniform")
    check = monotone_mdp.check("uniform", "greedy(uniform)").to_dict()
    line = ("check", str(path), "--current", "uniform", "--candidate", "greedy(uniform)")
    assert check | {"current": "", "candidate": ""} == printed(*line) | {"current": "", "candidate": ""}


def test_improvement_and_audit_are_those_of_the_command(racing: monotone.MDP, tmp_path: Any) -> None:
    path = str(MODELS / "racing.json")
    run = racing.improve("max-kl", iterations=3, delta=0.02)
    line = ("improve", path, "--rule", "max-kl", "--iterations", "3", "--delta", "0.02", "--json")
    document = json.loads(monotone.command.run(*line).stdout)
    assert run.to_dict() == document
    assert run.returns.tolist()[1:] == [float(step.return_after) for step in run.steps]
    assert len(run.steps) == 3
    last = [
        [Fraction(document["policy"]["probabilities"][s].get(a, 0)) for a in racing.actions]
        for s in racing.states[:2]
    ]
    np.testing.assert_allclose(run.policy[:2], np.array(last, dtype=float), rtol=1e-15)

    policies = [
        racing.policy("uniform"),
        racing.policy("mix(0.1, uniform, greedy(uniform))"),
        racing.policy("optimal"),
    ]
    files = []
    for index, policy in enumerate(policies):
        files.append(str(tmp_path / f"{index}.npy"))
        np.save(files[-1], policy)
    audit = racing.audit(policies)
    printed = json.loads(monotone.command.run("audit", path, "--policies", *files, "--json").stdout)
    names = {"current": "", "candidate": ""}
    assert [row | names for row in audit.to_dict()["updates"]] == [row | names for row in printed["updates"]]
    assert audit.to_dict()["summary"] == printed["summary"]
