"""Assertions and strategies: what fails, what passes, what is told."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import INSTALLED, load_example
from hypothesis import given, settings
from hypothesis import strategies as st

from monotone import MDP, UndecidedWarning, Verdict, _places, strategies, testing
from monotone._judgement import Judgement

Pair = tuple[MDP, Any]


def with_model(make: Callable[[MDP], st.SearchStrategy[Any]]) -> st.SearchStrategy[Pair]:
    return strategies.mdps().flatmap(lambda mdp: st.tuples(st.just(mdp), make(mdp)))


@given(with_model(strategies.policies))
@settings(deadline=None)
def test_policies_are_policies(case: Pair) -> None:
    mdp, policy = case
    assert policy.shape == mdp.shape
    np.testing.assert_array_equal(policy[~mdp.available], 0)
    np.testing.assert_allclose(policy[~mdp.terminal].sum(axis=1), 1, rtol=1e-15)


@given(with_model(strategies.updates))
@settings(deadline=None, max_examples=300)
def test_the_theory_holds_on_every_update(case: Pair) -> None:
    mdp, (current, candidate) = case
    testing.assert_claims(mdp, current, candidate)


@pytest.mark.parametrize("kl", [1e-9, 0.01, 5.0])
def test_pairs_have_their_divergence(kl: float) -> None:
    @given(with_model(partial(strategies.policy_pairs_at, kl=kl)))
    @settings(deadline=None)
    def reaches(case: Pair) -> None:
        mdp, (current, candidate) = case
        check = mdp.check(current, candidate)
        assert check.max_kl <= kl * (1 + 1e-6)
        if (mdp.available.sum(axis=1) > 1).any():
            assert check.max_kl >= kl * (1 - 1e-6)

    reaches()


def test_assertions_return_the_check_and_fail_on_proof(racing: MDP) -> None:
    better = "mix(0.1, uniform, greedy(uniform))"
    assert testing.assert_improves(racing, "uniform", better).guaranteed
    testing.assert_guaranteed(racing, "uniform", better)
    testing.assert_not_harmful(racing, "uniform", "uniform")
    testing.assert_claims(racing, "uniform", better)
    testing.assert_kl_within(racing, "uniform", better, max_kl=0.01, mean_kl=0.01)
    failures: list[tuple[Callable[[], Any], str]] = [
        (lambda: testing.assert_improves(racing, "uniform", "uniform"), "does not improve"),
        (lambda: testing.assert_improves(racing, "optimal", "uniform"), "does not improve"),
        (lambda: testing.assert_not_harmful(racing, "optimal", "uniform"), "harmful: η changes from"),
        (lambda: testing.assert_guaranteed(racing, "uniform", "optimal"), "no bound guarantees"),
        (lambda: testing.assert_kl_within(racing, "uniform", better, max_kl=1e-6), "max KL is .*, above 1e-06"),
        (lambda: testing.assert_kl_within(racing, "uniform", "optimal", mean_kl=1), "drops an action"),
    ]
    for failing, words in failures:
        with pytest.raises(AssertionError, match=words) as caught:
            failing()
        assert "(proved)" in str(caught.value)
        assert '"schema": "monotone/mdp/v1"' in str(caught.value)
    with pytest.raises(TypeError, match="give max_kl"):
        testing.assert_kl_within(racing, "uniform", better)


def test_the_message_reproduces_the_failure(racing: MDP, tmp_path: Path) -> None:
    rows = np.array([[0.1, 0.9], [0.7, 0.3], [0, 0]])
    with pytest.raises(AssertionError) as caught:
        testing.assert_not_harmful(racing, "optimal", rows)
    message = str(caught.value)
    for name in ("model.json", "current.json", "candidate.json"):
        text = re.search(rf"^{name}:\n(.*?)(?=^\w+\.json:|^reproduce:)", message, re.S | re.M)
        assert text is not None
        (tmp_path / name).write_text(text[1])
    line = re.search(r"^reproduce: monotone (.*)$", message, re.M)
    assert line is not None
    command = [str(_places.command()), *shlex.split(line[1])]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert done.stdout.startswith("harmful")


def test_undecided_passes_unless_strict(racing: MDP) -> None:
    judge = Judgement(racing, ("uniform", "optimal"))
    with pytest.warns(UndecidedWarning, match="undecided: it rains"):
        judge.require(Verdict.UNDECIDED, "it rains")
    with pytest.raises(AssertionError, match="strict=True"):
        Judgement(racing, ("uniform", "optimal"), strict=True).require(Verdict.UNDECIDED, "it rains")
    # Two actions that do the same: the return does not change, which an enclosure cannot show.
    mdp = MDP.from_arrays(np.full((3, 2, 3), "1/3"), [["1/3", "1/3"], ["1/7", "1/7"], ["0", "0"]], "9/10")
    rows = [np.tile([share, 1 - share], (3, 1)) for share in (0.3, 0.6)]
    with pytest.warns(UndecidedWarning):
        testing.assert_not_harmful(mdp, *rows, arithmetic="certified")
    testing.assert_not_harmful(mdp, *rows, arithmetic="exact", strict=True)


def test_consistent_passes_in_silence_unless_strict(racing: MDP, recwarn: pytest.WarningsRecorder) -> None:
    check = testing.assert_claims(racing, "uniform", "optimal", arithmetic="certified")
    assert check.theory is Verdict.CONSISTENT
    claim = check.claims["performance-difference"]
    assert claim.verdict is Verdict.CONSISTENT
    assert not claim.rigorous
    assert "not refuted within" in (claim.assumption or "")
    assert not recwarn.list
    with pytest.raises(AssertionError, match="consistent, which strict=True forbids"):
        testing.assert_claims(racing, "uniform", "optimal", arithmetic="certified", strict=True)
    testing.assert_claims(racing, "uniform", "optimal", strict=True)


def test_undecided_is_an_event_within_hypothesis(racing: MDP, recwarn: pytest.WarningsRecorder) -> None:
    @given(st.integers())
    @settings(max_examples=3)
    def inside(_: int) -> None:
        Judgement(racing, ("uniform", "optimal")).require(Verdict.UNDECIDED, "it rains")

    inside()
    assert not recwarn.list


def test_a_right_rule_passes_and_fast() -> None:
    npg = load_example("numpy-npg/npg.py")
    start = time.perf_counter()
    testing.assert_policy_improvement_rule(npg.natural_gradient_step, full_support=True, examples=300)
    assert time.perf_counter() - start < 30  # the target of 10 s is measured by Benchmarks/python_calls.py
    testing.assert_advantages(npg.advantages)


def test_a_sign_error_shrinks_to_two_states_and_two_actions() -> None:
    npg = load_example("numpy-npg/npg.py")
    with pytest.raises(AssertionError, match="against the advantages") as caught:
        testing.assert_policy_improvement_rule(
            partial(npg.natural_gradient_step, sign=-1), full_support=True, examples=300
        )
    model = model_of(str(caught.value))
    assert size(model["states"]) <= 2
    assert size(model["actions"]) <= 2
    with pytest.raises(AssertionError, match="the advantage of action") as caught:
        testing.assert_advantages(partial(npg.advantages, sign=-1))
    assert size(model_of(str(caught.value))["states"]) <= 2


def size(names: Any) -> int:
    return names if isinstance(names, int) else len(names)


def model_of(message: str) -> Any:
    return json.JSONDecoder().raw_decode(message[message.index("{") :])[0]


@pytest.mark.parametrize(
    ("rule", "promises", "words"),
    [
        (lambda mdp, pi: pi * 0.9, {}, "no policy"),
        (lambda mdp, pi: pi[0], {}, "no policy"),
        (lambda mdp, pi: mdp.policy("greedy(uniform)"), {"max_kl": 0.1}, "max KL is"),
        (
            lambda mdp, pi: mdp.policy("uniform"),
            {"raises_surrogate": False, "raises_return": True},
            "return changes by -",
        ),
        (lambda mdp, pi: mdp.policy("uniform"), {"raises_surrogate": False, "mean_kl": 0.0}, "mean KL is"),
    ],
)
def test_broken_promises_are_found(rule: Any, promises: dict[str, Any], words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        testing.assert_policy_improvement_rule(rule, **promises)


def test_a_promise_kept_exactly_is_kept() -> None:
    testing.assert_policy_improvement_rule(
        lambda mdp, pi: pi, mean_kl=0.0, max_kl=0.0, raises_return=True, strict=True, examples=50
    )
    testing.assert_policy_improvement_rule(
        lambda mdp, pi: mdp.improve("policy-iteration", pi, iterations=1).policy, raises_return=True, examples=50
    )


def test_the_plugin(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest, monotone.testing
        from monotone._judgement import configuration

        @pytest.mark.monotone_models("racing", "river-swim")
        def test_model(monotone_mdp):
            check = monotone.testing.assert_claims(monotone_mdp, "uniform", "optimal")
            assert check.arithmetic == "exact"

        def test_fails(tmp_path):
            with monotone.model("racing") as mdp:
                monotone.testing.assert_not_harmful(mdp, "optimal", "uniform")
        """
    )
    plugin = [] if INSTALLED else ["-p", "monotone.pytest_plugin"]
    options = ("--monotone-arithmetic=exact", "--monotone-report=out", "-p", "no:cacheprovider")
    result = pytester.runpytest_subprocess(*plugin, *options)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*1 failures to reproduce in out*"])
    folder = pytester.path / "out" / "failure-1"
    line = shlex.split((folder / "command.txt").read_text())
    assert line[:2] == ["monotone", "check"]
    done = subprocess.run([str(_places.command()), *line[1:]], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 4
