"""CMA-ES (Hansen & Ostermeier) from the package cma, on policies that `monotone serve` follows.

    python3 Benchmarks/paper_cma.py MONOTONE ENVIRONMENT SIGMA SEED STEPS POINT EPISODES [HIDDEN]

Each member of a generation plays one episode; all members of a generation begin in the same state. The parameters are
those of the network, layer by layer, then the log deviations of the actions; hidden biases stay 0 where HIDDEN is
given, as with --hidden-bias false. Prints a JSON object: the steps, the mean return of the last 100 episodes at every
POINT steps, and as score the mean return of EPISODES episodes of the final mean, with the most likely actions.

A rollout of the library's environments returns observations, actions and rewards of every step; as JSON lines that
takes about twice the time of the simulation itself.
"""

import json
import subprocess
import sys
import warnings

warnings.filterwarnings("ignore", message="Could not import matplotlib")

import cma  # noqa: E402
import numpy  # noqa: E402

WINDOW = 100
# exp of it is no deviation at all.
NO_DEVIATION = -30.0


class Environment:
    """An environment in a process of its own."""

    def __init__(self, monotone, name, hidden, seed):
        self.process = subprocess.Popen(
            [monotone, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        opened = self.call("environment_open", name=name, options={"hidden": hidden, "seed": seed})
        self.handle, result = opened["handle"], opened["result"]
        self.parameters, self.actions = result["parameters"], result["actionWidth"]
        self.inputs = result["observationWidth"]
        # Of the episodes of these environments.
        self.limit = 500 if name.startswith("CartPole") else 1000

    def call(self, function, **members):
        """A call of the service; its faults end the program."""
        self.process.stdin.write(json.dumps({"call": function, **members}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer["status"]:
            raise SystemExit(f"monotone serve: {answer['result']}")
        return answer

    def states(self):
        """First states of new episodes."""
        return [self.call("environment_restart", handle=self.handle)["arrays"]["states"]["data"]]

    def episode(self, parameters, states):
        """The return and the length of an episode that begins in given states."""
        self.call("environment_restart", handle=self.handle, states=states)
        rollout = self.call(
            "rollout", handle=self.handle, parameters=list(parameters), options={"steps": self.limit}
        )
        first = rollout["result"]["episodes"][0]
        return first["totalReward"], first["length"]


def free(environment, hidden):
    """The parameters that are searched; the others, biases of the hidden layer, stay 0."""
    if not hidden:
        return numpy.arange(environment.parameters)
    first = environment.inputs * hidden[0]
    return numpy.delete(numpy.arange(environment.parameters), slice(first, first + hidden[0]))


def main():
    """Searches, and prints the result."""
    monotone, name, sigma, seed, steps, point, episodes = sys.argv[1:8]
    seed, steps, point, episodes = int(seed), int(steps), int(point), int(episodes)
    hidden = [int(width) for width in sys.argv[8:]]
    environment = Environment(monotone, name, hidden, seed)
    searched = free(environment, hidden)

    def whole(values):
        parameters = numpy.zeros(environment.parameters)
        parameters[searched] = values
        return parameters

    # The seed 0 means to cma that there is none.
    search = cma.CMAEvolutionStrategy(
        numpy.zeros(len(searched)), float(sigma), {"seed": seed + 1, "verbose": -9, "verb_log": 0, "maxiter": 10**9}
    )
    taken, generation, returns, curve = 0, 0, [], []
    # As training does, it stops before a generation as long as the last would go beyond.
    while taken + generation <= steps:
        states, members, losses, before = environment.states(), search.ask(), [], taken
        for member in members:
            total, length = environment.episode(whole(member), states)
            returns.append(total)
            losses.append(-total)
            taken += length
        search.tell(members, losses)
        generation = taken - before
        while taken >= (len(curve) + 1) * point:
            curve.append(round(float(numpy.mean(returns[-WINDOW:])), 3))
    final = whole(search.mean)
    final[-environment.actions:] = NO_DEVIATION
    scores = [environment.episode(final, environment.states())[0] for _ in range(episodes)]
    print(json.dumps({"steps": taken, "curve": curve, "score": round(float(numpy.mean(scores)), 3)}))


if __name__ == "__main__":
    main()
