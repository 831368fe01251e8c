#!/usr/bin/env python3
"""Measures large models against SciPy and QuantEcon, in one run: make bench-scale.

    pip install -r Benchmarks/peers/requirements-scale.txt
    python3 Benchmarks/scale.py .build/release/monotone [--states 100000 1000000] [--rounds 3]
    python3 Benchmarks/scale.py --page          # the section of SCALE.md from the results, without measuring

Every program is a process of its own that reads one .npz file (peers/scale_models.py) and takes turns with the
others, so that a machine that slows down slows all. Seconds are processor seconds, user and system, least of the
rounds; those of the parts come from the programs themselves. Peak memory is that of the whole process. Writes
Benchmarks/scale/one-machine.json and the section of SCALE.md between the marks.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import time

import scale_page

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "scale" / "one-machine.json"
SECTION = "one machine"
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


def run(command):
    """A process: what it printed, its seconds and its peak memory."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=output, stderr=errors, env={**os.environ, **ONE_THREAD})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode())
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{texts[1]}")
    return {
        "output": texts[0],
        "errors": texts[1],
        "seconds": usage.ru_utime + usage.ru_stime,
        "wall": time.perf_counter() - start,
        "memory": usage.ru_maxrss * 1024,
    }


def monotone(command):
    """A run of ours, with the seconds of its parts."""
    result = run(command)
    parts = re.findall(r"time: (\w+) ([\d.e+-]+) s by the wall, ([\d.e+-]+) s of processors", result["errors"])
    whole = {key: result[key] for key in ("seconds", "wall", "memory")}
    return {
        **whole,
        "parts": {name: float(seconds) for name, _, seconds in parts},
        "walls": {name: float(wall) for name, wall, _ in parts},
        "text": result["output"].splitlines()[:4],
    }


def peer(work, model):
    """A run of a peer, with the seconds of its parts."""
    result = run([sys.executable, HERE / "peers" / "scale_peer.py", work, model])
    report = json.loads(result["output"])
    return {**{key: result[key] for key in ("seconds", "wall", "memory")}, "parts": report}


def measure(binary, model, rounds):
    """The least of the rounds of every program on a model."""
    evaluation = ["solve", model, "--arithmetic", "certified", "--states", "0", "--timings"]
    ours = {
        "evaluate": [*evaluation, "--threads", "1"],
        "evaluate, 2 threads": [*evaluation, "--threads", "2"],
        "optimise": ["improve", model, "--until-gap", "1e-6", "--threads", "1", "--timings"],
        "optimise, 2 threads": ["improve", model, "--until-gap", "1e-6", "--threads", "2", "--timings"],
    }
    found = {}

    def keep(name, result, key="seconds"):
        if name not in found or result[key] < found[name][key]:
            found[name] = result

    for _ in range(rounds):
        for name, arguments in ours.items():
            keep(name, monotone([binary, *arguments]), "wall" if "threads" in name else "seconds")
        keep("SciPy", peer("evaluate", model))
        keep("QuantEcon", peer("optimise", model))
    return found


def computing(found):
    """Seconds by the wall of all but reading and writing."""
    return found["walls"].get("assembly", 0) + found["walls"]["solving"]


def ratios(found):
    """The ratios that are asked for."""
    evaluate, optimise = found["evaluate"], found["optimise"]
    scipy, quantecon = found["SciPy"], found["QuantEcon"]
    loading = scipy["parts"]["load"] + scipy["parts"]["assemble"]
    return {
        "evaluation, whole": evaluate["seconds"] / (loading + scipy["parts"]["solve"]),
        "evaluation, solve and proof": evaluate["parts"]["solving"] / scipy["parts"]["solve"],
        "optimisation, whole": optimise["seconds"] / (quantecon["parts"]["load"] + quantecon["parts"]["solve"]),
        "optimisation, solve and proof": optimise["parts"]["solving"] / quantecon["parts"]["solve"],
        "memory, evaluation": evaluate["memory"] / scipy["memory"],
        "memory, optimisation": optimise["memory"] / quantecon["memory"],
        "two threads, evaluation": computing(evaluate) / computing(found["evaluate, 2 threads"]),
        "two threads, optimisation": optimise["walls"]["solving"] / found["optimise, 2 threads"]["walls"]["solving"],
    }


def page(results):
    """The section of SCALE.md."""
    lines = [
        "## One machine",
        "",
        "By `make bench-scale`: garnet (4 actions, 5 next states, γ = 0.99) and a grid walk (γ = 0.999), one `.npz` file",
        "a model. Certified evaluation of the uniform policy against SciPy's load, assembly of P_π and two BiCGSTAB solves",
        "(rtol 1e-14, no proof, begun anew where it breaks down); a policy proved to be within 1e-6 of optimal against QuantEcon's modified policy iteration",
        "(ε = 1e-6, compiled before, no proof of rounding). Processor seconds in one thread; peak memory of whole processes.",
        "",
        f"{results['machine']}, {results['date']}, rounds: {results['rounds']}; commit {results['commit']}. "
        f"Mean load of the machine in the last quarter of an hour: {results['load']}; beyond 1, times by the wall say little.",
        "",
        "| model | work | ours: load and assembly | solve and proof | memory | theirs: load and assembly | solve | memory |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]

    def gigabytes(value):
        return f"{value / 1e9:.2f} GB"

    for name, found in results["models"].items():
        for work, other in (("evaluate", "SciPy"), ("optimise", "QuantEcon")):
            ours, theirs = found[work], found[other]
            loading = theirs["parts"]["load"] + theirs["parts"].get("assemble", 0)
            cells = [name, f"{work} / {other}"]
            made = ours["parts"]["reading"] + ours["parts"].get("assembly", 0)
            cells += [f"{made:.2f} s", f"{ours['parts']['solving']:.2f} s", gigabytes(ours["memory"])]
            cells += [f"{loading:.2f} s", f"{theirs['parts']['solve']:.2f} s", gigabytes(theirs["memory"])]
            lines.append("| " + " | ".join(cells) + " |")
    names = list(next(iter(results["models"].values()))["ratios"])
    lines += [
        "",
        "Ratios, ours over theirs; in the last two columns one thread's wall time over that of two, without reading:",
        "",
    ]
    lines.append("| model | " + " | ".join(names) + " |")
    lines.append("|---" + "|--:" * len(names) + "|")
    for name, found in results["models"].items():
        lines.append(f"| {name} | " + " | ".join(f"{found['ratios'][key]:.2f}" for key in names) + " |")
    return "\n".join(lines)


def main():
    """Measures, or writes the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", nargs="?")
    parser.add_argument("--states", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--kinds", nargs="+", default=["garnet", "walk"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--page", action="store_true")
    arguments = parser.parse_args()
    if arguments.page:
        return scale_page.write_section(SECTION, page(json.loads(RESULTS.read_text())))
    if not arguments.binary:
        parser.error("give the command to measure, such as .build/release/monotone")
    results = {
        "date": datetime.date.today().isoformat(),
        "commit": scale_page.commit(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "rounds": arguments.rounds,
        "models": {},
    }
    for states in arguments.states:
        for kind in arguments.kinds:
            with tempfile.TemporaryDirectory() as folder:
                model = f"{folder}/{kind}.npz"
                maker = [sys.executable, HERE / "peers" / "scale_models.py", kind, str(states), model]
                subprocess.run(maker, check=True)
                found = measure(arguments.binary, model, arguments.rounds)
            found["ratios"] = ratios(found)
            results["models"][f"{kind} {states:,}"] = found
            print(f"{kind} {states:,}: " + ", ".join(f"{k} {v:.2f}" for k, v in found["ratios"].items()), flush=True)
            results["load"] = round(os.getloadavg()[2], 1)
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    scale_page.write_section(SECTION, page(results))


if __name__ == "__main__":
    main()
