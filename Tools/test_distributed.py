#!/usr/bin/env python3
"""Compares distributed runs with the command of one machine, and sees that they fail as they should.

Usage: python3 Tools/test_distributed.py MONOTONE [--models FILE …] [--processes 1,2,4]

MONOTONE is a command built by `make distributed`. Every model of mdps/ is solved and improved by 1, 2 and 4
processes, from one file and from shards, from rationals and from float64 numbers, and each number must lie within
its radius of the exact solution (rational arithmetic of one machine), as a comparison of rational numbers. Then
runs must fail as they should: with damaged input, and when a signal ends a process. Every check prints one line; the
first failure ends the run with status 1. Nothing is skipped: a missing mpirun is a failure.
"""

import argparse
import array
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from fractions import Fraction

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Open MPI refuses to run as root, and more processes than cores, unless it is told to.
ENVIRONMENT = os.environ | {
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class Failure(Exception):
    """A check that did not come out."""


def require(condition: bool, message: str) -> None:
    """Ends the run where a check does not come out."""
    if not condition:
        raise Failure(message)


class Commands:
    """The command under test, on one machine and in an MPI job."""

    def __init__(self, monotone: pathlib.Path, folder: pathlib.Path) -> None:
        self.monotone = str(monotone.resolve())
        self.folder = folder

    def alone(self, *arguments: str, status: int = 0) -> str:
        """Runs the command of one machine."""
        return self._run([self.monotone, *arguments], status).stdout

    def job(self, processes: int, *arguments: str, status: int = 0) -> subprocess.CompletedProcess:
        """Runs the command in an MPI job."""
        line = ["mpirun", "--oversubscribe", "-n", str(processes), self.monotone, *arguments]
        return self._run(line, status)

    def _run(self, line: list[str], status: int) -> subprocess.CompletedProcess:
        result = subprocess.run(line, capture_output=True, text=True, env=ENVIRONMENT, cwd=self.folder, timeout=900)
        require(
            result.returncode == status,
            f"{' '.join(line)}: status {result.returncode}, expected {status}\n{result.stderr}",
        )
        return result


def npy(data: bytes) -> list:
    """The numbers of a one-dimensional `.npy` array."""
    length = int.from_bytes(data[8:10], "little")
    head = data[10 : 10 + length].decode()
    code = next(code for name, code in (("<f8", "d"), ("<i8", "q"), ("<i4", "i")) if name in head)
    numbers = array.array(code)
    numbers.frombytes(data[10 + length :])
    return list(numbers)


class Result:
    """What a distributed run wrote: its JSON, and the arrays of all processes behind each other."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.document = json.loads((folder / "distributed.json").read_text())
        self.arrays: dict[str, list] = {}
        self.starts = [0]
        for process in self.document["processes"]:
            with zipfile.ZipFile(folder / process["file"]) as archive:
                part = {name[:-4]: npy(archive.read(name)) for name in archive.namelist()}
            require(part["firstState"] == [len(self.starts) - 1], "shards in the order of states")
            self.starts += [self.starts[-1] + start for start in part["pairStart"][1:]]
            for name, numbers in part.items():
                self.arrays.setdefault(name, []).extend(numbers)

    def pairs(self, state: int) -> range:
        """The pairs of a state."""
        return range(self.starts[state], self.starts[state + 1])


def exact(quantity: object) -> Fraction:
    """A number of a result of one machine, which must be exact."""
    require(isinstance(quantity, dict) and "exact" in quantity, f"{quantity} is not exact")
    return Fraction(quantity["exact"])


def names(model: dict, key: str) -> list[str]:
    """The names of states or actions in the order of the file."""
    value = model[key]
    return [str(index) for index in range(value)] if isinstance(value, int) else value


def radius(document: dict, key: str) -> Fraction:
    """A bound of a result, which must be known."""
    require(isinstance(document[key], float), f"{key} is {document[key]}")
    return Fraction(document[key])


def check_solution(result: Result, model: dict, truth: dict) -> None:
    """Holds a distributed solution against the exact one."""
    states, actions = names(model, "states"), names(model, "actions")
    document, arrays = result.document, result.arrays
    require(len(arrays["V"]) == len(states), "a value for each state")
    value_radius = radius(document, "valueRadius")
    action_radius = radius(document, "actionValueRadius")
    visitation = Fraction(0)
    for index, name in enumerate(states):
        miss = abs(Fraction(arrays["V"][index]) - exact(truth["stateValues"][name]))
        require(miss <= value_radius, f"V({name}) misses by {float(miss)} > {float(value_radius)}")
        visitation += abs(Fraction(arrays["rho"][index]) - exact(truth["visitation"][name]))
        for pair in result.pairs(index):
            action = arrays["pairAction"][pair]
            if action < 0:
                require(arrays["Q"][pair] == 0, f"Q of the terminal state {name}")
                continue
            known = exact(truth["actionValues"][name][actions[action]])
            miss = abs(Fraction(arrays["Q"][pair]) - known)
            require(miss <= action_radius, f"Q({name}, {actions[action]}) misses by {float(miss)}")
    bound = radius(document, "visitationRadius")
    require(visitation <= bound, f"visitation misses by {float(visitation)} > {float(bound)}")
    enclosure = document["return"]
    miss = abs(Fraction(enclosure["midpoint"]) - exact(truth["return"]))
    require(miss <= Fraction(enclosure["radius"]), f"the return misses by {float(miss)}")


def check_policy(result: Result, model: dict, optimum: dict) -> None:
    """Holds an improved policy and its proofs against the optimal values."""
    document, arrays = result.document, result.arrays
    gap, value_radius = radius(document, "optimalityGap"), radius(document, "valueRadius")
    for index, name in enumerate(names(model, "states")):
        best = exact(optimum["stateValues"][name])
        value = Fraction(arrays["V"][index])
        # V is within the radius of the policy's value, which is at most the gap below the optimum.
        require(value - value_radius <= best, f"V({name}) is above the optimum")
        require(best - value <= gap + value_radius, f"V({name}) is further from the optimum than proved")
    for index in range(len(result.starts) - 1):
        chosen = [arrays["policy"][pair] for pair in result.pairs(index)]
        require(sorted(chosen) == [0.0] * (len(chosen) - 1) + [1.0], f"one action in state {index}")


class Checks:
    """All checks, in order."""

    def __init__(self, commands: Commands, processes: list[int]) -> None:
        self.commands = commands
        self.processes = processes

    def result(self, output: str) -> Result:
        """What a run wrote."""
        return Result(self.commands.folder / output)

    def values(self, path: pathlib.Path) -> None:
        """The values of the uniform policy, from one file and from shards."""
        model = json.loads(path.read_text())
        exactly = ("--json", "--arithmetic", "exact", "--force")
        truth = json.loads(self.commands.alone("solve", str(path), *exactly))
        umb = f"{path.stem}.umb"
        self.commands.alone("convert", str(path), "--output", umb)
        self.commands.alone("convert", str(path), "--shards", "3", "--output", umb)
        worst = 0.0
        for count in self.processes:
            for source in (umb, f"{path.stem}-2-of-3.umb"):
                output = f"{source}-solve-{count}"
                self.commands.job(count, "solve", "--distributed", source, "--output", output)
                result = self.result(output)
                check_solution(result, model, truth)
                worst = max(worst, result.document["valueRadius"])
        print(f"solve {path.name}: within the radius of the exact values (at most {worst:.1e})")

    def floats(self, path: pathlib.Path) -> None:
        """Numbers rounded to float64, whose rows no longer sum to 1: the bounds speak of that file."""
        umb = f"{path.stem}-float64.umb"
        self.commands.alone("convert", str(path), "--numbers", "float64", "--output", umb)
        self.commands.alone("convert", umb, "--output", "float64.json", "--overwrite")
        model = json.loads((self.commands.folder / "float64.json").read_text())
        exactly = ("--json", "--arithmetic", "exact", "--force")
        truth = json.loads(self.commands.alone("solve", "float64.json", *exactly))
        output = f"{path.stem}-float64"
        self.commands.job(2, "solve", "--distributed", umb, "--output", output)
        check_solution(self.result(output), model, truth)
        print(f"solve {path.name} in float64: within the radius of the exact values of that file")

    def policies(self, path: pathlib.Path) -> None:
        """Improved policies, and their evaluation by a second job."""
        model = json.loads(path.read_text())
        exactly = ("--json", "--arithmetic", "exact", "--force")
        optimum = json.loads(self.commands.alone("solve", str(path), "--policy", "optimal", *exactly))
        umb = f"{path.stem}.umb"
        worst = 0.0
        for count in self.processes:
            output = f"{path.stem}-improve-{count}"
            goal = ("--until-gap", "1e-6", "--output", output)
            self.commands.job(count, "improve", "--distributed", umb, *goal)
            result = self.result(output)
            check_policy(result, model, optimum)
            require(result.document["converged"] is True, "the gap is reached")
            require(result.document["optimalityGap"] <= 1e-6, "the gap is the one that was asked for")
            worst = max(worst, result.document["optimalityGap"])
        # The same policy, evaluated anew by another number of processes.
        again = f"{path.stem}-again"
        self.commands.job(3, "solve", "--distributed", umb, "--policy", output, "--output", again)
        second = self.result(again)
        require(second.arrays["policy"] == result.arrays["policy"], "the policy that was read")
        bound = radius(second.document, "valueRadius") + radius(result.document, "valueRadius")
        for one, other in zip(second.arrays["V"], result.arrays["V"], strict=True):
            require(abs(Fraction(one) - Fraction(other)) <= bound, "two evaluations of one policy")
        print(f"improve {path.name}: within {worst:.1e} of the exact optimum, as proved")

    def restart(self, path: pathlib.Path) -> None:
        """A run that was ended goes on from its last policy, with another number of processes."""
        umb = f"{path.stem}.umb"
        goal = ("improve", "--distributed", umb, "--until-gap", "1e-9")
        self.commands.job(2, *goal, "--iterations", "2", "--output", "short", status=3)
        require(self.result("short").document["converged"] is False, "two steps are too few")
        self.commands.job(4, *goal, "--output", "whole")
        self.commands.job(4, *goal, "--policy", "short", "--output", "continued")
        whole, continued = self.result("whole").document, self.result("continued").document
        require(continued["converged"] is True, "the continued run reaches the gap")
        require(continued["iterations"] < whole["iterations"], "it begins where the other ended")
        print(f"restart {path.name}: {continued['iterations']} steps after 2, {whole['iterations']} at once")

    def killed(self, path: pathlib.Path) -> None:
        """A signal ends a process: the job fails, and nothing that is left looks like a result."""
        for number in (signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM):
            self.ended(path, number)

    def ended(self, path: pathlib.Path, number: signal.Signals) -> None:
        """One signal."""
        umb, output = f"{path.stem}.umb", self.commands.folder / "killed"
        shutil.rmtree(output, ignore_errors=True)
        # A solver that never ends: one process dies in it.
        line = [
            "mpirun", "--oversubscribe", "-n", "3", self.commands.monotone, "improve", "--distributed",
            umb, "--until-gap", "0", "--iterations", "1000000000", "--output", str(output),
            "--petsc", "-ksp_type richardson -pc_type none -ksp_max_it 1",
        ]  # fmt: skip
        # Swift's own handler returns to where the fault was, and a signal that is sent has no fault.
        job = subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=ENVIRONMENT | {"SWIFT_BACKTRACE": "enable=no"}, cwd=self.commands.folder,
        )  # fmt: skip
        deadline = time.monotonic() + 120
        while not list(output.glob("policy-*-of-3.npz")) and job.poll() is None:
            require(time.monotonic() < deadline, "the job does not begin")
            time.sleep(0.05)
        children = subprocess.run(
            ["pgrep", "-P", str(job.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
        require(len(children) == 3, f"three processes, not {len(children)}: {job.stderr}")
        os.kill(int(children[1]), number)
        _, errors = job.communicate(timeout=120)
        require(job.returncode != 0, "the job of a killed process fails")
        require(f"signal {int(number)}" in errors, f"mpirun says which process was ended, not {errors}")
        require("PETSC ERROR" not in errors, "PETSc leaves signals to the command")
        require(not (output / "distributed.json").exists(), "no result is left")
        policies = sorted(file.name for file in output.glob("policy-*.npz"))
        require(len(policies) == 3, f"the last policy is left, not {policies}")
        goal = ("--until-gap", "1e-9", "--policy", "killed", "--output", "killed")
        self.commands.job(2, "improve", "--distributed", umb, *goal)
        require(self.result("killed").document["converged"] is True, "a restart from what was left")
        require(not list(output.glob("policy-*")), "the policy is part of the result then")
        print(f"process ended by {number.name}: the job fails, leaves no result, and can go on from its last policy")

    def hashes(self, path: pathlib.Path) -> None:
        """The hash of the input is the one that its description says."""
        data = (self.commands.folder / f"{path.stem}.umb").read_bytes()
        block = 4 << 20
        parts = [data[start : start + block] for start in range(0, len(data), block)]
        known = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
        text = self.commands.job(3, "solve", "--distributed", f"{path.stem}.umb", "--json").stdout
        found = json.loads(text)["inputs"]
        require(found == [{"file": f"{path.stem}.umb", "bytes": len(data), "blockHash": known}], "hash")
        print("input: its size and hash stand in the result")

    def faults(self, path: pathlib.Path) -> None:
        """Bad input and bad options end all processes with the status that they have on one machine."""
        folder = self.commands.folder
        umb = f"{path.stem}.umb"
        data = bytearray((folder / umb).read_bytes())
        damaged = data.replace(b"state-to-choices.bin", b"state-to-choicez.bin")
        (folder / "damaged.umb").write_bytes(damaged)
        (folder / "short.umb").write_bytes(data[: len(data) // 2])
        (folder / "text.umb").write_text("{}")
        self.far()
        solve = ("solve", "--distributed")
        for arguments, status, words in [
            ((*solve, "damaged.umb"), 65, "checksum"),
            ((*solve, "short.umb"), 65, "short.umb:1:"),
            ((*solve, "text.umb"), 65, "expected an uncompressed .umb archive"),
            ((*solve, "absent.umb"), 66, "no such file"),
            ((*solve, umb, "--discount", "1"), 65, "needs a discount below 1"),
            ((*solve, umb, "--policy", "absent"), 66, "no result of a distributed run"),
            ((*solve, umb, "--petsc", "-ksp_type gmrs"), 64, "PETSc refuses an option"),
            ((*solve, umb, "--output", umb), 73, umb),
            ((*solve, umb, "--arithmetic", "exact"), 64, "does not go with --distributed"),
            ((*solve, umb, "--polcy", "uniform"), 64, "Unknown option"),
            (("slove", "--distributed", umb), 64, "unknown command"),
            (("improve", "--distributed", umb), 64, "needs --until-gap"),
            ((*solve, umb, "--policy", "far"), 65, "firstState"),
        ]:
            errors = self.commands.job(3, *arguments, status=status).stderr
            count = sum(words in line for line in errors.splitlines())
            require(count == 1, f"{arguments}: expected {words!r} once in {errors}")
        print("faults: all end all processes with their status, and one of them says why")

    def far(self) -> None:
        """Copies a result of two processes, with a first state that is none of the model."""
        folder = shutil.copytree(self.commands.folder / "short", self.commands.folder / "far")
        part = folder / "part-1-of-2.npz"
        with zipfile.ZipFile(part) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        first = members["firstState.npy"]
        members["firstState.npy"] = first[:-8] + (2**63 - 1).to_bytes(8, "little")
        with zipfile.ZipFile(part, "w") as archive:
            for name, contents in members.items():
                archive.writestr(name, contents)

    def packages(self, path: pathlib.Path) -> None:
        """Without HYPRE and MUMPS there are other solvers, a note, and the same values."""
        model = json.loads(path.read_text())
        truth = json.loads(self.commands.alone("solve", str(path), "--json", "--arithmetic", "exact", "--force"))
        for count in self.processes:
            output = f"packages-{count}"
            # One step of each method: none but elimination solves anything then.
            avoided = ("--petsc", "-ksp_max_it 1 -monotone_avoid hypre,mumps")
            line = ("solve", "--distributed", f"{path.stem}.umb", "--output", output)
            errors = self.commands.job(count, *line, *avoided).stderr
            result = self.result(output)
            check_solution(result, model, truth)
            require(result.document["valueRadius"] < 1e-9, "elimination solves the system")
            require(len(result.document["remarks"]) == 2, "a remark for each package")
            for package in ("HYPRE", "MUMPS"):
                require(errors.count(f"note: PETSc has no {package}") == 1, f"one note, not {errors}")
            self.commands.job(count, *line, "--overwrite")
            require("remarks" not in self.result(output).document, "nothing is missing")
        print(f"packages: without HYPRE and MUMPS within {result.document['valueRadius']:.1e}, with two notes")

    def schemas(self) -> None:
        """Every document that was written is as its schema says."""
        documents = sorted(self.commands.folder.glob("*/distributed.json"))
        line = [sys.executable, str(ROOT / "Tools" / "check_schema.py"), *map(str, documents)]
        result = subprocess.run(line, capture_output=True, text=True)
        require(result.returncode == 0, f"documents and their schema:\n{result.stdout}{result.stderr}"[:3000])
        print(f"schema: {len(documents)} documents are as it says")


def main() -> int:
    """Runs all checks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("monotone", type=pathlib.Path)
    parser.add_argument("--models", type=pathlib.Path, nargs="+")
    parser.add_argument("--processes", default="1,2,4")
    arguments = parser.parse_args()
    models = arguments.models or sorted((ROOT / "mdps").glob("*.json"))
    with tempfile.TemporaryDirectory() as folder:
        commands = Commands(arguments.monotone, pathlib.Path(folder))
        checks = Checks(commands, [int(count) for count in arguments.processes.split(",")])
        try:
            for path in models:
                checks.values(path.resolve())
                checks.policies(path.resolve())
            for name in ("frozen-lake-8x8", "garnet-30-4-5", "racing"):
                checks.floats(ROOT / "mdps" / f"{name}.json")
            model = ROOT / "mdps" / "taxi.json"
            commands.alone("convert", str(model), "--output", "taxi.umb", "--overwrite")
            for check in (checks.restart, checks.packages, checks.killed, checks.hashes, checks.faults):
                check(model)
            checks.schemas()
        except Failure as failure:
            print(f"FAILED: {failure}", file=sys.stderr)
            return 1
    print(f"all checks passed on {len(models)} models")
    return 0


if __name__ == "__main__":
    sys.exit(main())
