#!/usr/bin/env python3
"""Measures what the Python package costs: to import it, and per call beyond the engine.

    python3 Benchmarks/python_calls.py        # with the wheel installed

The engine's share of a call is measured by the same call of the library with everything prepared. Medians of
repeated batches, in microseconds; importing in milliseconds, NumPy's own time taken off.
"""

import ctypes
import statistics
import subprocess
import sys
import time

import numpy as np

import monotone
import monotone.testing
from monotone import _abi, _places


def median(call, count=300, batches=15):
    """Median time of a call in microseconds."""
    times = []
    for _ in range(batches):
        start = time.perf_counter()
        for _ in range(count):
            call()
        times.append((time.perf_counter() - start) / count * 1e6)
    return statistics.median(times)


def importing(statement):
    """Median time of a statement in a fresh interpreter, in milliseconds."""
    program = f"import time; s = time.perf_counter(); {statement}; print((time.perf_counter() - s) * 1e3)"
    lines = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True) for _ in range(11)
    ]
    return statistics.median(float(line.stdout) for line in lines)


def prepared(mdp, current, candidate, options):
    """The library's check with prepared arguments, and nothing read of its reply."""
    library = _abi.load(_places.library())
    policies = _abi.PolicyArgument(), _abi.PolicyArgument()
    held = [policy.hold(mdp._space.policy(value)) for policy, value in zip(policies, (current, candidate))]
    first, second = (ctypes.addressof(policy) for policy in policies)
    check, free, handle = library.monotone_check, library.monotone_reply_free, mdp._handle

    def call():
        free(check(handle, first, second, options))

    call.held = held
    return call


def line(name, value, unit, limit):
    print(f"{name:<58} {value:9.1f} {unit}   target < {limit}")


def main():
    numpy_alone, both = (
        importing("import numpy, json, ctypes"),
        importing("import numpy, json, ctypes; import monotone"),
    )
    line("import monotone, beyond NumPy", both - numpy_alone, "ms", 20)
    for name, states in (("kakade-langford", 4), ("strens-chain", 5), ("garnet-10-3-3", 10)):
        mdp = monotone.model(name)
        current, candidate = mdp.policy("uniform"), mdp.policy("mix(0.1, uniform, greedy(uniform))")
        whole = median(lambda: mdp.check(current, candidate, arithmetic="certified").improved)
        engine = median(prepared(mdp, current, candidate, b'{"arithmetic": "certified"}'))
        line(f"{name} ({states} states): certified check", whole, "µs", 1000)
        line(f"{name} ({states} states): beyond the engine", whole - engine, "µs", 25)
    start = time.perf_counter()
    monotone.testing.assert_policy_improvement_rule(
        lambda model, policy: model.policy(policy), raises_return=True, examples=300
    )
    line("300 examples of a rule, each with a certified check", time.perf_counter() - start, "s ", 10)


if __name__ == "__main__":
    main()
