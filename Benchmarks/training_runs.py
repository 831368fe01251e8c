"""Training runs of the command `monotone train`: made or continued, followed with their processor time, and written as
results, several side by side.
"""

import concurrent.futures
import csv
import importlib.metadata
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Where `make mujoco` and `make games` install, and where the command looks, too.
sys.path.append(str(ROOT / ".build/python"))


def used(process):
    """The seconds of processor time of a process that runs and of its children, as far as the system tells."""
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        children = [file.read_text().split() for file in pathlib.Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return 0.0
    own = sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(used(child) for some in children for child in some)


def follow(command, clock, output=None):
    """Runs a command, and adds its processor time to a file every second, so that a cut loses none."""
    before = float(clock.read_text()) if clock.exists() else 0.0
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    pause = 0.01
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        clock.write_text(str(before + (usage.ru_utime + usage.ru_stime if ended else used(process.pid))))
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode
        time.sleep(pause)
        pause = min(1, 2 * pause)


def train(monotone, environment, folder, options):
    """Makes a run, or what is left of it.

    Returns:
        Its processor seconds, all its parts together.
    """
    clock = folder.with_name(f"{folder.name}.seconds")
    command = [monotone, "train", environment, "--output", folder]
    if any(folder.glob("checkpoints/*.json")):
        command += ["--resume"]
    else:
        clock.unlink(missing_ok=True)
        command += ["--overwrite", *options]
    status = follow(command, clock)
    if status:
        raise SystemExit(f"{folder.name}: monotone train ended with status {status}; call again to continue")
    return round(float(clock.read_text()), 1)


def progress(folder):
    """The rows of a run's progress.csv, numbers by column; None where there is none."""
    with open(folder / "progress.csv", newline="") as file:
        return [{key: float(x) if x else None for key, x in row.items()} for row in csv.DictReader(file)]


def curve(rows, every):
    """The mean return of the last episodes at every so many steps."""
    points = []
    for row in rows:
        while row["steps"] >= (len(points) + 1) * every:
            points.append(None if row["meanReturn"] is None else round(row["meanReturn"], 3))
    return points


def updates(rows, budget):
    """What the updates of the policy did."""
    accepted = [row for row in rows if row["accepted"]]
    return {
        "budget": budget, "count": len(rows), "rejected": len(rows) - len(accepted),
        "klShares": [float(f"{row['kl'] / budget:.4g}") for row in accepted],
        "gainRatios": [float(f"{row['improveRatio']:.4g}") for row in accepted if row["improveRatio"] is not None],
    }


def evaluation(monotone, folder, episodes, sampled=False):
    """The mean return of a trained policy, by `monotone evaluate`."""
    choice = ["--sampled"] if sampled else []
    document = subprocess.run(
        [monotone, "evaluate", folder, "--episodes", str(episodes), "--json", *choice],
        check=True, stdout=subprocess.PIPE,
    ).stdout
    return round(json.loads(document)["meanReturn"], 3)


def version(monotone):
    """The version of the command."""
    return subprocess.run([monotone, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def record(monotone, environment, seed, folder, seconds, *, episodes, every, sampled=False, versions=()):
    """The result of a run that is complete.

    Args:
        monotone: The command.
        environment: The name of what was trained on.
        seed: The run's.
        folder: The run's.
        seconds: Of processor time.
        episodes: How many new episodes make the score.
        every: The steps between two points of the curve.
        sampled: Whether new episodes are of sampled actions, or of most likely ones.
        versions: Packages whose versions it tells beside Gymnasium's.
    """
    configuration = json.loads((folder / "config.json").read_text())
    rows = progress(folder)
    # What stands in the result anyway.
    apart = ("schema", "simulator", "seed", "steps")
    return {
        "program": "monotone", "environment": environment, "seed": seed, "steps": int(rows[-1]["steps"]),
        "settings": {key: value for key, value in configuration.items() if key not in apart},
        "versions": {"monotone": version(monotone)}
        | {name: importlib.metadata.version(name) for name in ("gymnasium", *versions)},
        "processorSeconds": seconds,
        "score": evaluation(monotone, folder, episodes, sampled),
        "pointEvery": every,
        "curve": curve(rows, every),
        "updates": updates(rows, configuration["budget"]),
    }


def text(result):
    """JSON with a line for each field."""
    return "{\n" + ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in result.items()) + "\n}\n"


def write(file, content):
    """Writes a file whole, or not at all."""
    part = file.with_name(file.name + ".part")
    part.write_text(content)
    part.replace(file)


def keep(result, file):
    """Writes a result, and tells of it."""
    write(file, text(result))
    print(f"{file.name}: {result['score']:.1f} in {result['processorSeconds'] / 60:.1f} core-minutes", flush=True)


def prepare(*folders):
    """Makes folders, and keeps each program to one thread of linear algebra."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for folder in folders:
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)


def side_by_side(make, runs, jobs):
    """Makes runs, so many at a time."""
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(make, run) for run in runs]
        try:
            for future in concurrent.futures.as_completed(futures):
                future.result()
        except BaseException:
            # Runs in progress end by themselves, or by the signal that came to them, too.
            pool.shutdown(wait=True, cancel_futures=True)
            raise
