#!/usr/bin/env python3
"""Makes every golden anew in a copy of the tree and compares it with the committed one.

    python3 Tools/check_goldens.py [SCRIPT ...]

A script whose packages are not installed (Tools/requirements.txt) is left out, and said to be. Texts and whole
numbers must be equal; float64 numbers may differ by what two linear algebra libraries, or two orders of summation,
differ by. Exits 1 for a golden that differs, is missing or is made by no script.
"""

import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# In the order in which they read each other's files.
SCRIPTS = [
    "make_mdps", "make_goldens", "make_flint_goldens", "make_bound_goldens", "make_attainment_goldens",
    "make_stress_goldens", "make_rule_goldens", "make_softmax_goldens", "make_environment_goldens",
    "make_rollout_goldens", "make_training_goldens", "make_trpo_goldens", "make_convolution_goldens",
    "make_derivative_goldens", "make_audit_batch_goldens", "make_statistics_goldens", "make_permutation_goldens",
    "make_method_goldens",
]

# Goldens are compared by the tests at 1e-10 or coarser; what differs by less than a hundredth of that is rounding.
TOLERANCE = 1e-12
# Iterative solvers and training loops amplify rounding; their goldens say what they promise themselves.
COARSE = {"rules/convex.json": 1e-7, "training/": 1e-6, "trpo/": 1e-8}


def tolerance(name):
    return next((value for part, value in COARSE.items() if part in name), TOLERANCE)


def same(a, b, limit):
    """Whether two JSON values are the same but for rounding."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key], limit) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y, limit) for x, y in zip(a, b))
    if isinstance(a, float) or isinstance(b, float):
        return (
            isinstance(a, (int, float)) and isinstance(b, (int, float))
            and (a == b or math.isclose(a, b, rel_tol=limit, abs_tol=limit))
        )
    return a == b and type(a) is type(b)


def equal(committed, made, name):
    if committed.read_bytes() == made.read_bytes():
        return True
    if not name.endswith(".json"):
        return False
    return same(json.loads(committed.read_text()), json.loads(made.read_text()), tolerance(name))


def run(script, copy):
    """None if the script ran, else the package that it lacks; ends the program where it fails otherwise."""
    result = subprocess.run(
        [sys.executable, f"Tools/{script}.py"], cwd=copy, capture_output=True, text=True
    )
    if result.returncode == 0:
        return None
    missing = re.search(r"ModuleNotFoundError: No module named '([\w.]+)'", result.stderr)
    if missing:
        return missing[1]
    sys.exit(f"{script}: failed\n{result.stderr[-2000:]}")


def main():
    asked = [Path(name).stem for name in sys.argv[1:]] or SCRIPTS
    unknown = [name for name in asked if name not in SCRIPTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; the scripts are {', '.join(SCRIPTS)}", file=sys.stderr)
        return 64
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        ignored = shutil.ignore_patterns("__pycache__")
        for part in ("Tools", "mdps", "Tests/Goldens"):
            shutil.copytree(ROOT / part, copy / part, ignore=ignored)
        differing = []
        for script in SCRIPTS:
            if script not in asked:
                continue
            before = {p: p.stat().st_mtime_ns for p in copy.rglob("*.json")}
            start = time.monotonic()
            lacks = run(script, copy)
            if lacks:
                print(f"{script}: left out, {lacks} is not installed", flush=True)
                continue
            made = [p for p in copy.rglob("*") if p.is_file() and before.get(p) != p.stat().st_mtime_ns
                    and p.suffix in {".json", ".npy"} and "Tools" not in p.relative_to(copy).parts]
            names = sorted(str(p.relative_to(copy)) for p in made)
            wrong = [n for n in names if not (ROOT / n).exists() or not equal(ROOT / n, copy / n, n)]
            differing += wrong
            print(f"{script}: {len(names)} files, {len(wrong)} differ ({time.monotonic() - start:.0f} s)", flush=True)
            for name in wrong:
                print(f"  differs: {name}", flush=True)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
