"""What the scripts that write goldens have in common: they write files, or say with --check which differ."""

import argparse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(description, files):
    """Writes files, or compares them.

    `files` is called without arguments and yields pairs of a path and its text or bytes. Returns the exit status: 1 if
    a file that is only compared differs or is missing.
    """
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    checks = parser.parse_args().check
    stale = 0
    for target, content in files():
        data = content.encode() if isinstance(content, str) else content
        name = target.relative_to(ROOT)
        if not checks:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            print(f"{name}: {len(data)} bytes", flush=True)
        elif not target.exists() or target.read_bytes() != data:
            print(f"differs: {name}", flush=True)
            stale += 1
    return 1 if stale else 0
