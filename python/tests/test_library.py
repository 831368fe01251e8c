"""The library: another version, none, threads, arguments of every kind, memory."""

from __future__ import annotations

import contextlib
import gc
import os
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import monotone
from monotone import MDP, LibraryError, MonotoneError, VersionMismatch, _native, _places

STUB = """
int monotone_abi_version(void) { return 99; }
"""


def test_another_version_is_refused(tmp_path: Path) -> None:
    source, library = tmp_path / "stub.c", tmp_path / "stub.so"
    source.write_text(STUB)
    try:
        subprocess.run(["cc", "-shared", "-o", library, source], check=True)
    except FileNotFoundError:
        pytest.skip("no C compiler")
    with pytest.raises(VersionMismatch, match="version 99 of the interface, and this package needs 1"):
        _native.NativeEngine(library)


def test_no_library_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(_places.LIBRARY_VARIABLE, str(tmp_path / "none.so"))
    with pytest.raises(LibraryError, match="is not a file; correct it, or remove it"):
        _places.library()
    broken = tmp_path / "broken.so"
    broken.write_text("no library")
    with pytest.raises(LibraryError, match="cannot be loaded"):
        _native.NativeEngine(broken)


def test_importing_needs_neither_gymnasium_nor_hypothesis_nor_the_library() -> None:
    program = (
        "import sys, monotone; from monotone import _session; "
        "print([m for m in ('gymnasium', 'hypothesis', 'pytest', 'torch') if m in sys.modules], _session._default)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"


@pytest.mark.parametrize("shared", [True, False])
def test_threads_get_right_answers(shared: bool) -> None:
    one = monotone.model("racing")
    models = [one] * 4 if shared else [monotone.model("racing") for _ in range(4)]
    shares = [0.1 * (thread + 1) for thread in range(4)]
    uniform, greedy = one.policy("uniform"), one.policy("greedy(uniform)")
    candidates = [(1 - share) * uniform + share * greedy for share in shares]
    want = [float(one.check(uniform, candidate).return_candidate) for candidate in candidates]
    assert len(set(want)) == 4
    wrong: list[Any] = []

    def work(thread: int) -> None:
        for _ in range(500):
            check = models[thread].check(uniform, candidates[thread])
            if float(check.return_candidate) != want[thread] or check.improved is not monotone.Verdict.HOLDS:
                wrong.append((thread, check))

    threads = [threading.Thread(target=work, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_audits_and_checks_of_a_model_at_once() -> None:
    mdp = monotone.model("garnet-10-3-3")
    uniform, greedy = mdp.policy("uniform"), mdp.policy("greedy(uniform)")
    candidates = [(1 - share) * uniform + share * greedy for share in np.linspace(0, 0.9, 12)]
    want = [float(mdp.check(uniform, candidate).return_candidate) for candidate in candidates]
    wrong: list[Any] = []

    def check() -> None:
        for _ in range(15):
            found = [float(mdp.check(uniform, candidate).return_candidate) for candidate in candidates]
            wrong.extend([] if found == want else [found])

    def audit() -> None:
        for _ in range(15):
            with mdp.auditor() as auditor:
                auditor.step(uniform)
                for candidate in candidates[1:]:
                    auditor.step(candidate)
                wrong.extend(row for row in auditor.result().rows if row.improved is not monotone.Verdict.HOLDS)

    threads = [threading.Thread(target=work) for work in (check, audit, audit, check)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.binary(max_size=12)
    | st.sampled_from(["uniform", "optimal", "mix(0.5, uniform, optimal)", "1/3", "a\0b", "\ud800", np.eye(3, 2)])
    | st.tuples(
        st.integers(0, 4), st.integers(0, 4), st.sampled_from(["f8", "f4", "i8", "i1", "O", "U3", "M8[s]"])
    ).map(lambda t: np.zeros((t[0], t[1]), t[2])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)
CALLS = (
    "solve",
    "check",
    "policy",
    "improve",
    "audit",
    "step",
    "from_arrays",
    "from_dict",
    "from_json",
    "certificate",
)


def fuzzed(mdp: MDP, call: str, a: Any, b: Any, c: Any) -> None:
    """A call with arguments of any kind."""
    if call == "solve":
        mdp.solve(a, arithmetic=b)
    elif call == "check":
        mdp.check(a, b, arithmetic=c)
    elif call == "certificate":
        mdp.certificate(a, b)
    elif call == "policy":
        mdp.policy(a)
    elif call == "improve":
        mdp.improve(a if isinstance(a, str) else "max-kl", b, delta=c, iterations=1)
    elif call == "audit":
        mdp.audit([a, b, c])
    elif call == "step":
        with mdp.auditor() as auditor:
            auditor.step("uniform")
            auditor.step(a, logged_kl=b, batch=c)
    elif call == "from_arrays":
        MDP.from_arrays(a, b, c)
    elif call == "from_dict":
        MDP.from_dict({"schema": "monotone/mdp/v1", "name": a, "states": b, "actions": c})
    else:
        MDP.from_json(a if isinstance(a, str | bytes) else repr(a))


GOOD = ("uniform", "optimal", np.full((3, 2), 0.5), None, "certified", 0.01, [0, 1, 0])


def test_no_argument_ends_the_interpreter(is_long: bool) -> None:
    mdp = monotone.model("racing")
    values: list[Any] = []

    @settings(max_examples=1_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(anything)
    def collect(value: Any) -> None:
        values.append(value)

    collect()
    choices = random.Random(1)
    for _ in range(100_000 if is_long else 5_000):
        arguments = [choices.choice(GOOD if choices.random() < 0.4 else values) for _ in range(3)]
        with contextlib.suppress(MonotoneError, TypeError, ValueError, AttributeError):
            fuzzed(mdp, choices.choice(CALLS), *arguments)
    assert mdp.solve("greedy(uniform)", arithmetic="exact").expected_return.exact == 10


def resident() -> int:
    """Resident memory in bytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
@pytest.mark.parametrize("kind", ["check", "open", "failure", "json"])
def test_calls_leak_nothing(kind: str, is_long: bool) -> None:
    mdp = monotone.model("racing")
    text, uniform = mdp.to_json(), mdp.policy("uniform")
    bad = np.full((3, 2), 0.4)

    def call() -> None:
        if kind == "check":
            _ = mdp.check(uniform, uniform, arithmetic="certified").improved
        elif kind == "open":
            MDP.from_json(text)
        elif kind == "json":
            mdp.solve(uniform).to_dict()
        else:
            with pytest.raises(monotone.InvalidInput):
                mdp.solve(bad)

    count = 100_000 if is_long else 2_000
    for _ in range(1_000):
        call()
    gc.collect()
    before = resident()
    for _ in range(count):
        call()
    gc.collect()
    # A leak of 100 bytes a call is 10 MB over 100,000.
    assert resident() - before < (8e6 if is_long else 3e6)
