"""Training runs of the command `monotone train`: followed with their processor time, read, and written as results."""

import csv
import json
import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def used(process):
    """The seconds of processor time of a process that runs, as far as the system tells."""
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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


def evaluation(monotone, folder, episodes):
    """The mean return of a trained policy, by `monotone evaluate`."""
    document = subprocess.run(
        [monotone, "evaluate", folder, "--episodes", str(episodes), "--json"], check=True, stdout=subprocess.PIPE
    ).stdout
    return round(json.loads(document)["meanReturn"], 3)


def version(monotone):
    """The version of the command."""
    return subprocess.run([monotone, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def text(result):
    """JSON with a line for each field."""
    return "{\n" + ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in result.items()) + "\n}\n"


def write(file, content):
    """Writes a file whole, or not at all."""
    part = file.with_name(file.name + ".part")
    part.write_text(content)
    part.replace(file)
