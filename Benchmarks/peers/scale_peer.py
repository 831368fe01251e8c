"""What SciPy and QuantEcon need for the work of Benchmarks/scale.py, as one process that prints JSON.

    python3 Benchmarks/peers/scale_peer.py evaluate MODEL.npz
    python3 Benchmarks/peers/scale_peer.py optimise MODEL.npz

evaluate: loads the arrays, assembles P of the uniform policy, and solves for V and ρ by BiCGSTAB (rtol 1e-14). Where
that breaks down, as it does on ρ for a start in one state of a garnet, it begins anew from what it has.
optimise: loads the arrays and runs QuantEcon's modified policy iteration (ε = 1e-6), compiled on two states before.
Seconds are of the processor. Needs the packages of requirements-scale.txt.
"""

import json
import sys
import time

import numpy
import scipy.sparse


def load(path):
    """The arrays, P with a row for each state and action, and γ."""
    with numpy.load(path) as arrays:
        model = {name: arrays[name] for name in arrays.files}
    states = len(model["pair_start"]) - 1
    transitions = scipy.sparse.csr_matrix(
        (model["probability"], model["next_state"], model["row_start"]), shape=(len(model["reward"]), states)
    )
    return model, transitions, float(model["discount"])


# A breakdown is rare: what does not converge after so many does not converge.
MOST_RESTARTS = 10


def solve(system, right):
    """BiCGSTAB's solution, how often it was begun anew, and whether it failed for all that."""
    import scipy.sparse.linalg

    found, failed, restarts = None, 1, -1
    while failed and restarts < MOST_RESTARTS:
        found, failed = scipy.sparse.linalg.bicgstab(system, right, x0=found, rtol=1e-14, atol=0, maxiter=2000)
        restarts += 1
    return found, restarts, bool(failed)


def evaluate(path):
    """SciPy: the uniform policy."""
    import scipy.sparse.linalg  # noqa: F401  (loaded before the time is taken)

    start = time.process_time()
    model, transitions, discount = load(path)
    loaded = time.process_time()
    pairs, states = transitions.shape
    counts = numpy.diff(model["pair_start"])
    weights = numpy.repeat(1 / counts, counts)
    policy = scipy.sparse.csr_matrix((weights, numpy.arange(pairs), model["pair_start"]), shape=(states, pairs))
    chain = policy @ transitions
    reward = policy @ model["reward"]
    system = (scipy.sparse.identity(states, format="csr") - discount * chain).tocsr()
    assembled = time.process_time()
    values, restarts, failed = solve(system, reward)
    _, more, lost = solve(system.T.tocsr(), model["initial"])
    solved = time.process_time()
    return {
        "load": loaded - start,
        "assemble": assembled - loaded,
        "solve": solved - assembled,
        "converged": not failed and not lost,
        "restarts": restarts + more,
        "residual": float(abs(reward - system @ values).max()),
        "return": float(model["initial"] @ values),
    }


def optimise(path):
    """QuantEcon: an ε-optimal policy."""
    from quantecon.markov import DiscreteDP

    start = time.process_time()
    model, transitions, discount = load(path)
    counts = numpy.diff(model["pair_start"])
    states = numpy.repeat(numpy.arange(len(counts)), counts)
    problem = DiscreteDP(model["reward"], transitions, discount, states, model["pair_action"])
    loaded = time.process_time()
    limit = 1_000_000
    small = scipy.sparse.csr_matrix(numpy.eye(2))
    two = numpy.arange(2)
    DiscreteDP(numpy.zeros(2), small, discount, two, numpy.zeros(2, model["pair_action"].dtype)).solve(
        method="mpi", epsilon=1e-6, max_iter=limit
    )
    compiled = time.process_time()
    result = problem.solve(method="mpi", epsilon=1e-6, max_iter=limit)
    solved = time.process_time()
    return {
        "load": loaded - start,
        "compile": compiled - loaded,
        "solve": solved - compiled,
        "iterations": int(result.num_iter),
        "return": float(model["initial"] @ result.v),
    }


if __name__ == "__main__":
    print(json.dumps({"evaluate": evaluate, "optimise": optimise}[sys.argv[1]](sys.argv[2])))
