#!/usr/bin/env python3
"""Writes `Tests/Goldens/statistics/rliable.json`: interquartile means and their bootstrap intervals by rliable.

    python3 Tools/make_statistics_goldens.py            write it
    python3 Tools/make_statistics_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

The ends of a bootstrap interval are random. Beside rliable's, each comes with the range in which it must lie that
another bootstrap of as many repetitions finds: between two quantiles of rliable's repetitions, so far apart that for
each side both bootstraps, by Chernoff's bound on binomial numbers, stay within with probability 1 - 2e-9. For all ends
of the file together that is a false alarm in a million files.
"""

import json
import math
import random
import sys
from pathlib import Path

import numpy
from rliable import library, metrics

import golden_files

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "statistics" / "rliable.json"
REPETITIONS = 20_000
FALSE_ALARM = 1e-9


def divergence(p, q):
    """KL between coins of bias p and q."""
    return sum(a * math.log(a / b) for a, b in ((p, q), (1 - p, 1 - q)) if a > 0)


def beyond(probability, towards):
    """The nearest probability whose true quantile one bootstrap's quantile of `probability` stays short of."""
    near, far = probability, float(towards)
    for _ in range(100):
        middle = (near + far) / 2
        if REPETITIONS * divergence(probability, middle) < -math.log(FALSE_ALARM):
            near = middle
        else:
            far = middle
    return far


def interval(scores):
    """The interquartile mean of scores by run and task, rliable's interval, and the range of each end."""

    def statistic(x):
        return numpy.array([metrics.aggregate_iqm(x)])

    # rliable draws from NumPy's global generator, whatever it is given.
    numpy.random.seed(0)
    points, intervals = library.get_interval_estimates({"": scores}, statistic, reps=REPETITIONS)
    numpy.random.seed(0)
    repetitions = library.StratifiedBootstrap(scores).apply(statistic, REPETITIONS)[:, 0]
    ends = []
    for probability, end in zip((0.025, 0.975), intervals[""][:, 0]):
        assert math.isclose(end, numpy.quantile(repetitions, probability), rel_tol=1e-12)
        # Once for the other bootstrap, once for this one.
        ends.append({
            "value": end,
            "range": [numpy.quantile(repetitions, beyond(beyond(probability, side), side)) for side in (0, 1)],
        })
    return {"interquartileMean": points[""][0], "lower": ends[0], "upper": ends[1]}


def case(name, *tasks):
    return {"name": name, "tasks": tasks, **interval(numpy.array(tasks).T)}


def curves(count, points):
    """Learning curves: noisy ways from one level to another."""
    draws = random.Random(5)
    ways = [(draws.gauss(0, 20), draws.gauss(300, 80)) for _ in range(count)]
    runs = [
        [round(a + (b - a) * point / points + draws.gauss(0, 15), 3) for point in range(points)] for a, b in ways
    ]
    return {"runs": runs, "points": [interval(numpy.array([column]).T) for column in zip(*runs)]}


def files():
    draws = random.Random(4)

    def scores(count, mean, deviation):
        return [round(draws.gauss(mean, deviation), 3) for _ in range(count)]

    golden = {
        "repetitions": REPETITIONS,
        # Every remainder of the count by four.
        "means": [
            {"values": values, "interquartileMean": metrics.aggregate_iqm(numpy.array(values))}
            for values in (scores(count, -50, 1000) for count in range(1, 14))
        ],
        "cases": [
            case("one task, ten runs", scores(10, 3000, 400)),
            case("one task, three runs", scores(3, 100, 20)),
            case("a run that failed", scores(9, 350, 5) + [12.5]),
            case("ties", [1.0, 1.0, 1.0, 2.0, 2.0, 5.0, 5.0, 5.0]),
            case("four tasks of different levels", *(scores(10, mean, 0.2) for mean in (0.5, 1, 2, 8))),
            case("three tasks of five runs", *(scores(5, mean, 30) for mean in (0, 100, 50))),
        ],
        "curves": curves(10, 8),
    }
    yield TARGET, json.dumps(golden, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, files))
