#!/usr/bin/env python3
"""Runs libFuzzer over every reader that the project has, and keeps what it finds.

    make fuzz-readers                                            10 million executions in all
    make fuzz-readers EXECUTIONS=1000000
    python3 Tools/fuzz_readers.py .build-fuzz/release/fuzz-readers [--executions N] [--reader NAME …]

Executions are shared evenly among the readers. Each has a folder of inputs under .build-fuzz/corpus, which begins
with small valid files and grows with every run: a later run goes on from there. Inputs that crash, hang or take more than
2 GiB land in .build-fuzz/faults/READER; each is read again by `fuzz-readers --reader=READER FILE`. Prints a table of
executions and rates, writes it to .build-fuzz/executions.json, and exits 1 if there is any fault.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import time

LONGEST = 16384


def run(program, reader, corpus, faults, executions, seconds):
    """The executions of a reader, and their seconds."""
    folder, found = corpus / reader, faults / reader
    found.mkdir(parents=True, exist_ok=True)
    line = [
        program, f"--reader={reader}", f"-runs={executions}", f"-max_len={LONGEST}", "-timeout=20",
        "-rss_limit_mb=2048", f"-max_total_time={seconds}", f"-artifact_prefix={found}/", "-print_final_stats=1",
        folder,
    ]  # fmt: skip
    start = time.monotonic()
    result = subprocess.run([str(part) for part in line], capture_output=True, text=True, errors="replace")
    elapsed = time.monotonic() - start
    count = re.search(r"stat::number_of_executed_units:\s*(\d+)", result.stderr)
    done = int(count[1]) if count else 0
    if result.returncode != 0:
        (found / "log.txt").write_text(result.stderr)
    return done, elapsed, result.returncode


def main():
    """Runs all readers in turn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--executions", type=int, default=10_000_000, help="executions of all readers together")
    parser.add_argument("--reader", nargs="+", help="some readers only")
    parser.add_argument("--seconds", type=int, default=0, help="most seconds for each reader; 0 for no limit")
    arguments = parser.parse_args()
    program = arguments.program.absolute()
    folder = program.parent.parent
    corpus, faults = folder / "corpus", folder / "faults"
    subprocess.run([program, f"--seeds={corpus}"], check=True)
    known = subprocess.run([program, "--list"], capture_output=True, text=True, check=True).stdout.split()
    readers = arguments.reader or known
    share = -(-arguments.executions // len(readers))
    results, status = {}, 0
    for reader in readers:
        done, elapsed, code = run(program, reader, corpus, faults, share, arguments.seconds)
        results[reader] = {"executions": done, "seconds": round(elapsed, 1), "fault": code != 0}
        rate = done / max(elapsed, 1e-9)
        fault = f"  FAULT, status {code}: see {faults / reader}" if code else ""
        print(f"{reader:14} {done:>12,} executions {elapsed:9.1f} s {rate:9,.0f} a second{fault}", flush=True)
        status = status or int(code != 0)
    total = sum(result["executions"] for result in results.values())
    print(f"{'all':14} {total:>12,} executions")
    (folder / "executions.json").write_text(json.dumps(results, indent=1) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
