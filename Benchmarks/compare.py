#!/usr/bin/env python3
"""Measures the toolkit against bare LAPACK and NumPy in one run, and prints ratios.

Usage: python3 Benchmarks/compare.py BENCH_EXECUTABLE [--rounds N] [--json FILE]

Each round asks for ours and for the peer's in turn; the ratio is taken round by round and its
median reported, so that a machine that slows down slows both. One thread throughout.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402  (the thread count must be set before)


class Bench:
    """The Swift side, waiting for tasks."""

    def __init__(self, executable):
        self.process = subprocess.Popen(
            [executable], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, task, argument=""):
        self.process.stdin.write(f"{task} {argument}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def timed(work, repeats=1):
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


def numpy_two_solves(order):
    """V and rho by two calls of numpy.linalg.solve, which factor twice."""
    rng = np.random.default_rng(1)
    transition = rng.random((order, order))
    transition /= transition.sum(axis=1, keepdims=True)
    system = np.eye(order) - 0.99 * transition
    reward, initial = rng.random(order), np.full(order, 1 / order)

    def work():
        np.linalg.solve(system, reward)
        np.linalg.solve(system.T, initial)

    return lambda: timed(work)


def numpy_small():
    """V, rho, eta, Q and A on ten states with four actions, as one writes it in NumPy."""
    rng = np.random.default_rng(1)
    kernel = rng.random((10, 4, 10))
    kernel /= kernel.sum(axis=2, keepdims=True)
    reward, initial = rng.random((10, 4)), np.full(10, 0.1)
    policy, identity = np.full((10, 4), 0.25), np.eye(10)

    def work():
        transition = np.einsum("sa,sat->st", policy, kernel)
        system = identity - 0.95 * transition
        values = np.linalg.solve(system, (policy * reward).sum(axis=1))
        np.linalg.solve(system.T, initial)
        initial @ values
        action_values = reward + 0.95 * (kernel @ values)
        action_values - values[:, None]

    return lambda: timed(work, 200)


def write_garnet(path, states):
    """A random model with two actions, ten next states each, probabilities in thousandths."""
    rng = random.Random(states)

    def row():
        cuts = sorted(rng.sample(range(1, 1000), 9))
        parts = [b - a for a, b in zip([0] + cuts, cuts + [1000])]
        return {str(s): f"{p}/1000" for s, p in zip(rng.sample(range(states), 10), parts)}

    transitions = [
        {"from": s, "action": a, "to": row(), "reward": rng.randrange(100)}
        for s in range(states)
        for a in range(2)
    ]
    document = {"schema": "monotone/mdp/v1", "name": "garnet", "discount": 0.95, "states": states}
    document |= {"actions": 2, "initial": {"0": 1}, "transitions": transitions}
    path.write_text(json.dumps(document))


def flint_two_solves(path):
    """V and rho of the uniform policy by python-flint, the systems built beforehand."""
    import flint

    document = json.loads(path.read_text())
    states = document["states"]
    system = flint.fmpq_mat(states, states)
    for s in range(states):
        system[s, s] = flint.fmpq(1)
    rewards, initial = flint.fmpq_mat(states, 1), flint.fmpq_mat(states, 1)
    initial[0, 0] = flint.fmpq(1)
    for t in document["transitions"]:
        rewards[t["from"], 0] += flint.fmpq(t["reward"], 2)
        for state, p in t["to"].items():
            weight = flint.fmpq(int(p.split("/")[0]), 1000) * flint.fmpq(95, 200)
            system[t["from"], int(state)] -= weight
    transposed = system.transpose()
    return lambda: timed(lambda: (system.solve(rewards), transposed.solve(initial)))


def compare(name, ours, peer, rounds, target):
    """Prints ours over peer's (or peer's over ours, for speed-ups) and whether the target is met."""
    pairs = [(ours(), peer()) for _ in range(rounds + 1)][1:]
    kind, limit = target
    ratios = [a / b if kind == "at most" else b / a for a, b in pairs]
    ratio = statistics.median(ratios)
    met = ratio <= limit if kind == "at most" else ratio >= limit
    mine, theirs = (statistics.median(side) for side in zip(*pairs))
    print(
        f"{name:58} {mine * 1e3:12.4f} ms {theirs * 1e3:12.4f} ms   x{ratio:6.2f} "
        f"({min(ratios):.2f} to {max(ratios):.2f})   {kind} {limit}: {'met' if met else 'MISSED'}",
        flush=True,
    )
    return {"name": name, "ours": mine, "peer": theirs, "ratio": ratio, "target": target, "met": met}


def single(name, ours, rounds):
    """Prints a figure that has no peer."""
    value = statistics.median(ours() for _ in range(rounds))
    print(f"{name:58} {value * 1e3:12.4f} ms", flush=True)
    return {"name": name, "ours": value}


def write_large_model(path, dense, digits):
    """A valid model of about 100 MB, its rows exact: integers over a power of ten."""
    rng = random.Random(1)
    scale = 10**digits
    with open(path, "w", encoding="ascii") as file:
        if dense:
            states = int((1e8 / 2 / (digits + 4)) ** 0.5)
        else:
            states = 130_000
        file.write(
            f'{{"schema": "monotone/mdp/v1", "name": "large", "discount": 0.99, "states": {states},'
            f' "actions": {2 if dense else 4}, "initial": {{"0": 1}}, "transitions": [\n'
        )

        def row(count):
            cuts = sorted(rng.randrange(1, scale) for _ in range(count - 1))
            return [b - a for a, b in zip([0] + cuts, cuts + [scale])]

        if dense:
            for state in range(states):
                rows = ",".join(
                    "[" + ",".join(f"0.{x:0{digits}d}" for x in row(states)) + "]" for _ in "ab"
                )
                file.write(f"[{rows}]{',' if state < states - 1 else ''}\n")
        else:
            for state in range(states):
                for action in range(4):
                    to = ", ".join(
                        f'"{next_state}": 0.{x:0{digits}d}'
                        for next_state, x in zip(rng.sample(range(states), 6), row(6))
                    )
                    last = state == states - 1 and action == 3
                    file.write(
                        f'{{"from": {state}, "action": {action}, "to": {{{to}}}, '
                        f'"reward": {rng.randrange(1000) / 1000}}}{"" if last else ","}\n'
                    )
        file.write("]}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("executable")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", help="also write the figures here")
    options = parser.parse_args()
    bench, rounds = Bench(options.executable), options.rounds
    print(f"NumPy {np.__version__}, one thread, python-flint for exact solves; ours, peer, ratio (range over {rounds} rounds)")

    results = []
    for order, limit in [(1000, 1.25), (3000, 1.15)]:
        results.append(
            compare(
                f"V, rho, eta from P, n = {order}: against bare dgetrf + 2 dgetrs",
                lambda: bench("chain", order),
                lambda: bench("bare-chain", order),
                rounds,
                ("at most", limit),
            )
        )
        peer = numpy_two_solves(order)
        results.append(
            compare(
                f"V, rho, eta from P, n = {order}: two numpy.linalg.solve",
                lambda: bench("chain", order),
                peer,
                rounds,
                ("at least", 1.7),
            )
        )
    results.append(
        compare(
            "Q and A, n = 1000, 4 dense actions: against 4 dgemv",
            lambda: bench("backup", 1000),
            lambda: bench("bare-backup", 1000),
            4 * rounds,
            ("at most", 1.5),
        )
    )
    results.append(
        compare(
            "V, rho, eta, Q, A, n = 10, 4 actions: NumPy",
            lambda: bench("small"),
            numpy_small(),
            4 * rounds,
            ("at least", 10),
        )
    )
    for task, text in [
        ("evaluate", "whole evaluation from the model"),
        ("enclose", "error estimate: enclosure of every quantity"),
        ("condition", "reciprocal condition"),
    ]:
        results.append(single(f"{text}, n = 1000, 4 dense actions", lambda: bench(task, 1000), rounds))
    results.append(
        compare(
            "certified evaluation, n = 1000, 4 dense actions: float64",
            lambda: bench("certify", 1000),
            lambda: bench("evaluate", 1000),
            rounds,
            ("at most", 1.2),
        )
    )
    results.append(
        compare(
            "all claims on one update, 10 states, in float balls: in balls",
            lambda: bench("screen"),
            lambda: bench("certified-check"),
            4 * rounds,
            ("at most", 0.5),
        )
    )
    for rule in ("mean-kl", "penalty"):
        results.append(
            compare(
                f"one {rule} step, 500 states, 6 actions: float64 evaluation",
                lambda: bench("rule", rule),
                lambda: bench("rule-evaluate"),
                4 * rounds,
                ("at most", 3),
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        for order in (30, 100, 200):
            path = pathlib.Path(folder) / f"garnet-{order}.json"
            write_garnet(path, order)
            results.append(
                compare(
                    f"exact evaluation, n = {order}: python-flint's two solves",
                    lambda: bench("exact", path),
                    flint_two_solves(path),
                    rounds,
                    ("at most", 1.0),
                )
            )
        for dense, digits in [(False, 6), (False, 17), (True, 5), (True, 17)]:
            path = pathlib.Path(folder) / "large.json"
            write_large_model(path, dense, digits)
            megabytes = path.stat().st_size / 1e6
            elapsed = min(Bench(options.executable)("read", path) for _ in range(3))
            form = "dense" if dense else "sparse"
            rate = megabytes / elapsed
            print(
                f"read {megabytes:.0f} MB, {form}, {digits}-digit numbers: {rate:.0f} MB/s   "
                f"at least 100: {'met' if rate >= 100 else 'MISSED'}",
                flush=True,
            )
            results.append({"name": f"read {form} {digits}", "rate": rate, "met": rate >= 100})
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
