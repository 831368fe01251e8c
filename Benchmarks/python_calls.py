#!/usr/bin/env python3
"""Measures what the Python package costs: to import it, and per call beyond the engine.

    python3 Benchmarks/python_calls.py        # with the wheel installed

The share of the package in a call is measured with a library that answers at once. Processor time, least of repeated
batches, so that other work on the machine counts little.
"""

import subprocess
import sys
import time

import monotone
import monotone.testing


def least(call, count=200, batches=15):
    """Least mean time of a batch of calls, in microseconds."""
    call()
    times = []
    for _ in range(batches):
        start = time.process_time()
        for _ in range(count):
            call()
        times.append((time.process_time() - start) / count * 1e6)
    return min(times)


class Instant:
    """The library, but its check answers at once with a reply from before: what is left is the package's share."""

    def __init__(self, library, pointer):
        self.library = library
        self.monotone_check = lambda *arguments: pointer
        self.monotone_reply_free = lambda pointer: None

    def __getattr__(self, name):
        return getattr(self.library, name)


def importing():
    """Least time of `import monotone` in a fresh interpreter that has NumPy, in milliseconds."""
    program = "import numpy, time; s = time.process_time(); import monotone; print((time.process_time() - s) * 1e3)"
    return min(float(subprocess.check_output([sys.executable, "-c", program])) for _ in range(15))


def line(name, value, unit, limit):
    print(f"{name:<58} {value:9.1f} {unit}   target < {limit}")


def main():
    line("import monotone, beyond NumPy", importing(), "ms", 20)
    for name, states in (("kakade-langford", 4), ("strens-chain", 5), ("garnet-10-3-3", 10)):
        mdp = monotone.model(name)
        current, candidate = mdp.policy("uniform"), mdp.policy("mix(0.1, uniform, greedy(uniform))")

        def check():
            return mdp.check(current, candidate, arithmetic="certified").improved

        line(f"{name} ({states} states): certified check", least(check), "µs", 1000 if states <= 5 else 5000)
        engine, first = mdp._engine, mdp.check(current, candidate, arithmetic="certified")
        library = engine._library
        engine._library = Instant(library, first._reply._pointer)
        line(f"{name} ({states} states): beyond the engine", least(check, 2000), "µs", 25)
        engine._library = library
    start = time.process_time()
    monotone.testing.assert_policy_improvement_rule(
        lambda model, policy: model.policy(policy), raises_return=True, examples=300
    )
    line("300 examples of a rule, each with a certified check", time.process_time() - start, "s ", 10)


if __name__ == "__main__":
    main()
