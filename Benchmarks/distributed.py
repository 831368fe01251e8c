#!/usr/bin/env python3
"""Measures distributed runs and projects them to 64 processes and 10⁹ states.

    make distributed
    python3 Benchmarks/distributed.py .build-distributed/release/monotone [--states 100000 1000000]
    python3 Benchmarks/distributed.py --page      # the section of SCALE.md from the results, without measuring

Solves the uniform policy of a garnet (4 actions, 5 next states, γ = 0.99) and of a grid walk (γ = 0.999), both of
peers/scale_models.py, with 1, 2 and 4 processes, holds the results against those of one machine within both radii,
and writes Benchmarks/scale/distributed.json and the section of SCALE.md between the marks. Needs NumPy.
"""

import argparse
import datetime
import json
import math
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

import numpy
import scale_page

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "scale" / "distributed.json"
SECTION = "beyond one machine"
ENVIRONMENT = os.environ | {
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
STAGES = ["reading", "hashing", "connecting", "assembly", "solver", "proof", "writing"]
# What the projection assumes of the network: 100 Gbit/s for 12 processes of a node, and the time of a message.
BYTES_PER_SECOND = 1e9
LATENCY = 5e-6
# Machines that are projected to.
PROCESSES = [1, 4, 16, 64]
STATES = [10**6, 10**7, 10**8, 10**9]


def run(*command):
    """A command that must succeed; what it printed."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=ENVIRONMENT)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {result.returncode}:\n{result.stderr}")
    return result.stdout


def one_machine(binary, model):
    """Midpoints and radii of V and ρ by one machine, in the order of states."""
    output = model.with_suffix(".one.npz")
    if not output.exists():
        run(binary, "solve", model, "--arithmetic", "certified", "--output", output, "--states", "0")
    with numpy.load(output) as arrays:
        return [(arrays[name], arrays[f"{name}_radius"]) for name in ("V", "rho")]


def agrees(folder, document, truth):
    """Whether a distributed result and one machine's lie within both radii of each other."""
    parts = [numpy.load(folder / process["file"]) for process in document["processes"]]
    for name, key, (values, radii) in zip(("V", "rho"), ("valueRadius", "visitationRadius"), truth, strict=True):
        found = numpy.concatenate([part[name] for part in parts])
        if not (numpy.abs(found - values) <= radii + document[key]).all():
            return False
    return True


def made(binary, kind, states, folder):
    """A model in a folder, made where it is not there yet."""
    arrays, model = folder / f"{kind}-{states}.npz", folder / f"{kind}-{states}.umb"
    if not model.exists():
        run(sys.executable, HERE / "peers" / "scale_models.py", kind, states, arrays)
        run(binary, "convert", arrays, "--numbers", "float64", "--output", model)
        arrays.unlink()
    return model


def measure(binary, model, processes, compares):
    """The runs of a model with each number of processes."""
    runs = []
    truth = one_machine(binary, model) if compares else None
    for count in processes:
        with tempfile.TemporaryDirectory(dir=model.parent) as name:
            output = pathlib.Path(name) / "result"
            job = ["mpirun", "--oversubscribe", "-n", count, binary, "solve", "--distributed", model]
            document = json.loads(run(*job, "--output", output, "--json"))
            document["agrees"] = agrees(output, document, truth) if truth else None
            if document["agrees"] is False:
                sys.exit(f"{model.stem}, {count} processes: not within both radii of one machine's result")
            document["fileBytes"] = document["inputs"][0]["bytes"]
            document["inputs"][0]["file"] = model.name
            runs.append(document)
            print(f"{model.stem}, {count} processes: {summary(document)}", flush=True)
    return runs


def seconds(document, stage):
    """The seconds of a stage: those of the slowest process."""
    return max(process["seconds"][stage] for process in document["processes"])


def peak(document):
    """The most memory of a process."""
    return max(process["peakBytes"] for process in document["processes"])


def summary(document):
    """A line about a run."""
    total = sum(seconds(document, stage) for stage in STAGES)
    return f"{total:.2f} s, at most {peak(document) / 1e6:.0f} MB a process, agrees: {document['agrees']}"


class Costs:
    """What a model's runs tell of its costs, in seconds and bytes for each entry, ghost and pass."""

    def __init__(self, runs):
        alone = max((d for d in runs if len(d["processes"]) == 1), key=lambda d: d["mdp"]["states"])
        largest = alone["mdp"]["states"]
        process = alone["processes"][0]
        entries, calls = process["entries"], process["calls"]
        self.entries = entries / largest
        self.reading = process["seconds"]["reading"] / entries
        self.bytes = alone["fileBytes"] / entries
        self.hashing = process["seconds"]["hashing"] / alone["fileBytes"]
        self.connecting = process["seconds"]["connecting"] / entries
        self.assembly = process["seconds"]["assembly"] / entries
        self.iterations = alone["linearIterations"]
        self.solver = process["seconds"]["solver"] / entries / self.iterations
        self.passes = calls["proof"]
        self.proof = process["seconds"]["proof"] / entries / self.passes
        self.writing = process["seconds"]["writing"] / entries
        rows = [(1, p["entries"], p["ghosts"], p["peakBytes"]) for d in runs for p in d["processes"]]
        table = numpy.array(rows, dtype=float)
        found, *_ = numpy.linalg.lstsq(table[:, :3] / table[:, 3:], numpy.ones(len(table)), rcond=None)
        self.base, self.entry, self.ghost = (max(0.0, float(number)) for number in found)
        fitted = table[:, :3] @ found
        self.misfit = float(numpy.max(numpy.abs(fitted / table[:, 3] - 1)))

    def project(self, kind, states, count):
        """Seconds and bytes of a process."""
        entries = self.entries * states / count
        ghosts = ghosts_of(kind, states, count, entries)
        exchange = 8 * ghosts / BYTES_PER_SECOND + LATENCY * (count - 1)
        # Two products and six reductions an iteration of BiCGSTAB.
        reductions = 6 * LATENCY * math.log2(count) if count > 1 else 0
        time = entries * (self.reading + self.connecting + self.assembly + self.writing)
        time += entries * self.bytes * self.hashing
        time += self.iterations * (entries * self.solver + 2 * exchange + reductions)
        time += self.passes * (entries * self.proof + exchange)
        return time, self.base + self.entry * entries + self.ghost * ghosts


def ghosts_of(kind, states, count, entries):
    """How many states of others the rows of a process lead to."""
    if count == 1:
        return 0
    if kind == "garnet":
        # Next states are drawn evenly: those that are hit at least once, of the others.
        others = states * (1 - 1 / count)
        return others * (1 - math.exp(-entries / states))
    return 2 * math.sqrt(states)


def page(results):
    """The section of SCALE.md."""
    lines = [
        "## Beyond one machine",
        "",
        "By `python3 Benchmarks/distributed.py` after `make distributed`: `solve --distributed` of the uniform policy, from an",
        "uncompressed `.umb` of float64 numbers: values, visitation, their proofs, Q, and everything written. Seconds are those",
        "of the slowest process by the wall; memory is the most of a process, mapped pages of the file included. Where a",
        "number of processes is missing, the run took more than three minutes: incomplete factors of a whole garnet reach",
        "all over memory, and those of a part of its rows less so.",
        "",
        f"{results['machine']}, {results['date']}; commit {results['commit']}. Other programs ran beside it.",
        "",
        "| model | processes | " + " | ".join(STAGES) + " | memory | radius V | radius ρ | Krylov iterations |",
        "|---|--:" + "|--:" * (len(STAGES) + 4) + "|",
    ]
    for name, runs in results["models"].items():
        for document in runs:
            cells = [name, str(len(document["processes"]))]
            cells += [f"{seconds(document, stage):.2f}" for stage in STAGES]
            cells += [f"{peak(document) / 1e6:.0f} MB"]
            cells += [f"{document[key]:.1e}" for key in ("valueRadius", "visitationRadius")]
            cells += [str(document["linearIterations"])]
            lines.append("| " + " | ".join(cells) + " |")
    compared = [name for name, runs in results["models"].items() if all(d["agrees"] for d in runs)]
    lines += [
        "",
        f"Equal to the certified results of one machine within both radii, in every state: {', '.join(compared)}.",
        "",
        "### Projection",
        "",
        "No cluster was at hand: what follows is computed from the runs above, not measured. Assumed is:",
        "",
        "- Costs of one process grow with its entries (branches of its states), each as in the largest run with one process;",
        "  processes on other cores and machines are as fast, and files are read at the speed measured.",
        "- Krylov iterations and passes of the proof stay those of that run. They depend on γ and on how fast the chain",
        "  mixes: for the garnet they were the same at both sizes; for the walk they may grow, and the projection is then",
        "  too low by that factor.",
        f"- A process sends and receives {BYTES_PER_SECOND / 1e9:.0f} GB/s, a message takes {LATENCY * 1e6:.0f} µs, every process",
        "  exchanges with every other, and nothing of it hides behind computing.",
        "- Ghosts: of the garnet, whose next states lie anywhere, all states of others that are hit at least once; of the walk,",
        "  two rows of the grid.",
        "- Memory is base + a·entries + b·ghosts, fitted to all runs above.",
        "",
        "| model | bytes: base | an entry | a ghost | largest misfit | seconds an entry: reading | a pass of proof | a Krylov iteration |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    kinds = {}
    for name, runs in results["models"].items():
        kinds.setdefault(name.split()[0], []).extend(runs)
    costs = {kind: Costs(runs) for kind, runs in kinds.items()}
    for kind, cost in costs.items():
        cells = [kind, f"{cost.base / 1e6:.0f} MB", f"{cost.entry:.0f}", f"{cost.ghost:.0f}", f"{cost.misfit:.0%}"]
        cells += [f"{number * 1e9:.1f} ns" for number in (cost.reading, cost.proof, cost.solver)]
        lines.append("| " + " | ".join(cells) + " |")
    heads = [f"{count} process{'es' if count > 1 else ''}" for count in PROCESSES]
    lines += ["", "Seconds, and memory of each process:", "", "| model | " + " | ".join(heads) + " |"]
    lines.append("|---" + "|--:" * len(PROCESSES) + "|")
    for kind, cost in costs.items():
        for states in STATES:
            cells = [f"{kind} 10^{round(math.log10(states))}"]
            for count in PROCESSES:
                time, memory = cost.project(kind, states, count)
                cells.append(f"{time:,.0f} s, {memory / 1e9:.1f} GB")
            lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "How far the model is from the runs with the most states, on two shared cores:", ""]
    for kind, runs in kinds.items():
        largest = max(document["mdp"]["states"] for document in runs)
        for document in runs:
            if document["mdp"]["states"] == largest:
                count = len(document["processes"])
                measured = sum(seconds(document, stage) for stage in STAGES)
                time, _ = costs[kind].project(kind, largest, count)
                lines.append(f"- {kind} {largest:,} with {count}: {measured:.0f} s measured, {time:.0f} s by the model")
    return "\n".join(lines)


def main():
    """Measures, or writes the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", nargs="?", type=pathlib.Path)
    parser.add_argument("--states", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--kinds", nargs="+", default=["garnet", "walk"])
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--compare-up-to", type=int, default=200_000, help="most states to hold against one machine")
    parser.add_argument("--models", type=pathlib.Path, help="keep the models in this folder, and use what is there")
    parser.add_argument("--page", action="store_true")
    arguments = parser.parse_args()
    if arguments.page:
        return scale_page.write_section(SECTION, page(json.loads(RESULTS.read_text())))
    if not arguments.binary:
        parser.error("give the command to measure, such as .build-distributed/release/monotone")
    binary = arguments.binary.resolve()
    earlier = json.loads(RESULTS.read_text())["models"] if RESULTS.exists() else {}
    results = {
        "date": datetime.date.today().isoformat(),
        "commit": scale_page.commit(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        # Runs that are not measured anew stay.
        "models": earlier,
    }
    for states in arguments.states:
        for kind in arguments.kinds:
            compares = states <= arguments.compare_up_to
            with tempfile.TemporaryDirectory() as temporary:
                folder = arguments.models or pathlib.Path(temporary)
                model = made(binary, kind, states, folder.resolve())
                runs = measure(binary, model, arguments.processes, compares)
            known = results["models"].get(f"{kind} {states:,}", [])
            runs += [old for old in known if len(old["processes"]) not in arguments.processes]
            results["models"][f"{kind} {states:,}"] = sorted(runs, key=lambda one: len(one["processes"]))
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    return scale_page.write_section(SECTION, page(results))


if __name__ == "__main__":
    main()
