#!/usr/bin/env python3
"""Writes the certificates of `Tests/Certificates` anew, after a claim was added or changed.

    python3 Tools/make_certificates.py [PROGRAM]      default: .build/release/monotone

`Tools/check_certificate.py` must accept each; the tests compare them with what the library writes.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "Tests" / "Certificates"


def main(arguments):
    program = arguments[0] if arguments else str(ROOT / ".build" / "release" / "monotone")
    for name, model in json.loads((FOLDER / "models.json").read_text(encoding="utf-8")).items():
        mdp, current, candidate, certificate = (
            str(path)
            for path in (
                ROOT / model,
                *(FOLDER / f"{name}.{part}.json" for part in ("current.policy", "candidate.policy", "certificate")),
            )
        )
        written = subprocess.run(
            [program, "check", mdp, "--current", current, "--candidate", candidate, "--certificate", certificate],
            stdout=subprocess.DEVNULL,
        )
        # 2 and 3 are verdicts.
        if written.returncode not in (0, 2, 3):
            return written.returncode
        checker = [sys.executable, str(ROOT / "Tools" / "check_certificate.py"), mdp, current, candidate, certificate]
        if subprocess.run(checker, stdout=subprocess.DEVNULL).returncode != 0:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
