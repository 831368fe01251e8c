"""The engine in another process gives what the one in this gives."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from conftest import MODELS

import monotone
from monotone import ClosedHandle, InternalError, InvalidInput, UnreadableFile, UsageError


@pytest.fixture
def isolated() -> Iterator[monotone.Connection]:
    with monotone.connect(isolated=True) as connection:
        yield connection


@pytest.mark.parametrize("name", ["racing", "forest-management", "frozen-lake-4x4"])
def test_results_are_the_same(isolated: monotone.Connection, name: str) -> None:
    here, there = monotone.load(MODELS / f"{name}.json"), isolated.load(MODELS / f"{name}.json")
    assert (here.states, here.actions, here.discount) == (there.states, there.actions, there.discount)
    np.testing.assert_array_equal(here.transitions, there.transitions)
    candidate = here.policy("greedy(uniform)")
    for arithmetic in ("auto", "exact"):
        checks = [mdp.check("uniform", candidate, arithmetic=arithmetic) for mdp in (here, there)]
        assert checks[0].to_dict() == checks[1].to_dict()
        assert dict(checks[0].quantities) == dict(checks[1].quantities)
        assert checks[0].outcome is checks[1].outcome
    one, other = here.solve("optimal"), there.solve("optimal")
    np.testing.assert_array_equal(one.state_values, other.state_values)
    runs = [
        mdp.improve("max-kl", candidate * 0.5 + here.policy("uniform") * 0.5, iterations=2) for mdp in (here, there)
    ]
    assert runs[0].to_dict() == runs[1].to_dict()
    audits = [mdp.audit(["uniform", candidate, "uniform"], delta=0.1) for mdp in (here, there)]
    assert audits[0].to_dict() == audits[1].to_dict()
    assert here.certificate("uniform", candidate).to_dict() == there.certificate("uniform", candidate).to_dict()
    assert isolated.from_json(there.to_json()).solve().to_dict() == here.solve().to_dict()


def test_arrays_travel(isolated: monotone.Connection) -> None:
    class Rows:
        format, shape = "csr", (4, 2)
        data, indices, indptr = (
            np.array(["1", "1/3", "2/3", "1", "1"], object),
            np.array([0, 0, 1, 1, 0]),
            np.array([0, 1, 3, 4, 5]),
        )

    arguments: Any = {"transitions": Rows(), "rewards": [[0, 1], [0, 0]], "discount": "1/2", "terminal": None}
    here, there = monotone.MDP.from_arrays(**arguments), isolated.from_arrays(**arguments)
    want = here.solve(arithmetic="exact").fractions("state_values").tolist()
    assert there.solve(arithmetic="exact").fractions("state_values").tolist() == want


@pytest.mark.parametrize("decimals", ["shortest", "exact", "simplest"])
def test_floats_become_rational_alike(isolated: monotone.Connection, decimals: Any) -> None:
    # A third is no float, and a row of zeros in floats is that of a terminal state.
    arguments: Any = {
        "transitions": [[[0.5, 0.5, 0.0]], [[0.25, 0.0, 0.75]], [[0.0, 0.0, 0.0]]],
        "rewards": [0.1, 1 / 3, 0.0],
        "discount": "9/10",
        "decimals": decimals,
    }
    here, there = monotone.MDP.from_arrays(**arguments), isolated.from_arrays(**arguments)
    assert list(there.terminal) == [False, False, True]
    want = here.solve(arithmetic="exact").fractions("state_values").tolist()
    assert there.solve(arithmetic="exact").fractions("state_values").tolist() == want


def test_failures_are_the_same(isolated: monotone.Connection) -> None:
    mdp = isolated.load(MODELS / "racing.json")
    with pytest.raises(InvalidInput, match="sum"):
        mdp.solve(np.full((3, 2), 0.4))
    with pytest.raises(InvalidInput):
        mdp.solve(np.array([[np.nan, 1], [0.5, 0.5], [0, 0]]))
    with pytest.raises(UnreadableFile, match="none"):
        isolated.load("none.json")
    with pytest.raises(UsageError):
        mdp.improve("nosuch")
    with pytest.raises(InvalidInput):
        isolated.from_dict({})
    assert isolated.catalogue()["claims"] == monotone.connect().catalogue()["claims"]


def test_an_answer_that_nobody_waited_for_is_passed_over(isolated: monotone.Connection) -> None:
    engine: Any = isolated._engine
    engine._process.stdin.write('{"id": 0, "call": "catalogue"}\n')
    assert isolated.load(MODELS / "racing.json").name == "racing"


def test_the_end_of_the_process_is_an_exception(isolated: monotone.Connection) -> None:
    mdp = isolated.load(MODELS / "racing.json")
    engine: Any = isolated._engine
    os.kill(engine._process.pid, signal.SIGKILL)
    with pytest.raises(InternalError, match="open a new connection"):
        mdp.solve()
    with pytest.raises(ClosedHandle):
        mdp.solve()


def test_a_closed_connection_says_so() -> None:
    for isolated in (True, False):
        connection = monotone.connect(isolated=isolated)
        mdp = connection.load(MODELS / "racing.json")
        connection.close()
        with pytest.raises(ClosedHandle, match="connection is closed"):
            mdp.solve()
        with pytest.raises(ClosedHandle, match="connection is closed"):
            connection.load(MODELS / "racing.json")
