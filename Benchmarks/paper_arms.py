"""The methods of Schulman et al. 2015 on each task of Figure 4: their options, and what is swept."""

import dataclasses

# Environment steps of a run, seeds of the evaluation, and those of the sweep: never the same. An hour of two
# cores is 120 core-minutes. On CartPole-paper a million steps take some 0.2 core-minutes, on the robots 0.9,
# 1.1 and 1.6; CMA-ES takes three times as long, because its rollouts come as JSON lines.
#   cart-pole        8 methods x (20 + 3 x 2) runs x 0.3M steps =  62M  =  13 core-minutes and CMA-ES' 6
#   swimmer          7 methods x (10 + 3 x 2) runs x 1M         = 112M  = 101 core-minutes and CMA-ES' 29: two
#                    parts, the sweep apart
#   hopper           4 methods x (10 + 3 x 2) runs x 0.25M      =  16M  =  18 core-minutes
#   walker           4 methods x 10 runs x 0.25M                =  10M  =  16 core-minutes; the hopper's values;
#                    both took 71 on a slower machine, beside other work
TUNING = range(100, 102)


@dataclasses.dataclass
class Task:
    """A task: its environment, its sizes, and the options that all methods share."""

    environment: str
    steps: int
    seeds: int
    options: list
    # Of a batch along single paths, and of one with branches: its trajectories and the states that branch.
    batch: int
    trunk: int
    environments: int
    branching: list
    # The task whose sweep it takes over; None for its own.
    swept_on: str | None = None


ROBOT = ["--preset", "locomotion-paper"]
TASKS = {
    "cart-pole": Task(
        "CartPole-paper", 300_000, 20, ["--preset", "paper", "--hidden", "none", "--deviation", "3"],
        2_000, 1_000, 10, ["--vine-states", "25", "--vine-horizon", "50"],
    ),
    "swimmer": Task(
        "Swimmer-paper", 1_000_000, 10, [*ROBOT, "--hidden-bias", "false"],
        10_000, 3_000, 10, ["--vine-states", "35"],
    ),
    "hopper": Task("Hopper-paper", 250_000, 10, ROBOT, 10_000, 3_000, 10, ["--vine-states", "17"]),
    "walker": Task("Walker-paper", 250_000, 10, ROBOT, 10_000, 3_000, 10, ["--vine-states", "17"], swept_on="hopper"),
}


@dataclasses.dataclass
class Arm:
    """A method: its options, the option that is swept, and its values, in factors of three."""

    options: list
    swept: str
    values: list
    is_vine: bool = False
    is_search: bool = False


def thirds(middle):
    """A value with a third and three times of it."""
    return [float(f"{middle * factor:.3g}") for factor in (1 / 3, 1, 3)]


ARMS = {
    "single-path": Arm([], "--delta", thirds(0.01)),
    "vine": Arm(["--estimator", "vine", "--fisher-share", "1"], "--delta", thirds(0.01), is_vine=True),
    "natural-gradient": Arm(["--method", "natural-gradient"], "--step-size", thirds(0.1)),
    "max-kl": Arm(["--constraint", "max-kl"], "--delta", thirds(0.03)),
    "empirical-fisher": Arm(["--fisher", "empirical"], "--delta", thirds(0.01)),
    "cem": Arm(
        ["--method", "cem", "--population", "20", "--elite-share", "0.25", "--environments", "1"],
        "--parameter-noise", thirds(1), is_search=True,
    ),
    "cma-es": Arm([], "sigma0", thirds(1), is_search=True),
    "rwr": Arm(["--method", "rwr"], "--temperature", thirds(1)),
}

# What each task compares; max KL on cart-pole alone, as in the paper.
COMPARED = {
    "cart-pole": list(ARMS),
    "swimmer": [arm for arm in ARMS if arm != "max-kl"],
    "hopper": ["single-path", "vine", "natural-gradient", "cem"],
    "walker": ["single-path", "vine", "natural-gradient", "cem"],
}


def options(task, arm):
    """The options of a method on a task, without seed, steps and the swept value."""
    task, arm = TASKS[task], ARMS[arm]
    sampling = [] if arm.is_search else ["--environments", str(task.environments)]
    batch = ["--batch", str(task.trunk if arm.is_vine else task.batch)]
    return [*task.options, *sampling, *batch, *(task.branching if arm.is_vine else []), *arm.options]
