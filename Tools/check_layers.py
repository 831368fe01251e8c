#!/usr/bin/env python3
"""Holds the package to its layers: a module may import only what its row of the design names.

Usage: python3 Tools/check_layers.py [PACKAGE_DIRECTORY]

Reads `swift package dump-package` (what each target declares) and the import lines of the sources
(what each file uses), and compares both with the table below. Exits 1 and names every stray arrow.
"""

import json
import pathlib
import re
import subprocess
import sys

# The whole table of the design: modules that do not exist yet cost nothing.
MAY_IMPORT = {
    "CLAPACKE": "",
    "CSuiteSparse": "",
    "CFLINT": "",
    "MonotoneArithmetic": "CFLINT",
    "CZlib": "",
    "CLZMA": "",
    "MonotoneFiles": "CZlib CLZMA MonotoneArithmetic",
    "MonotoneLinearAlgebra": "CLAPACKE CFLINT CSuiteSparse MonotoneArithmetic",
    "MonotoneProbability": "MonotoneArithmetic",
    "MDPCore": "MonotoneArithmetic MonotoneLinearAlgebra MonotoneProbability",
    "MDPFormats": "MDPCore MonotoneFiles MonotoneArithmetic",
    "MDPSolvers": "MDPCore MonotoneLinearAlgebra MonotoneArithmetic",
    "NeuralTRPO": "MDPCore MonotoneProbability MonotoneLinearAlgebra MonotoneFiles CLAPACKE",
    "Simulators": "NeuralTRPO MDPCore MonotoneProbability MonotoneLinearAlgebra MonotoneFiles MonotoneArithmetic",
    "TrainingRuns": "Simulators NeuralTRPO MDPFormats MDPCore MonotoneProbability MonotoneLinearAlgebra MonotoneFiles MonotoneArithmetic",
    "MDPGuarantees": "MDPSolvers MDPCore MonotoneProbability MonotoneLinearAlgebra MonotoneArithmetic",
    "PolicyImprovement": "MDPGuarantees MDPSolvers MDPCore MonotoneProbability MonotoneLinearAlgebra MonotoneArithmetic",
    "MDPVerification": "PolicyImprovement MDPGuarantees MDPSolvers MDPFormats MDPCore MonotoneLinearAlgebra "
    "MonotoneFiles MonotoneArithmetic",
    "TRPOComparison": "TrainingRuns NeuralTRPO MDPVerification PolicyImprovement MDPGuarantees MDPSolvers "
    "MDPFormats MDPCore MonotoneProbability MonotoneLinearAlgebra MonotoneFiles MonotoneArithmetic",
    "MDPTesting": "PolicyImprovement MDPGuarantees MDPSolvers NeuralTRPO MDPFormats MDPCore "
    "MonotoneProbability MonotoneFiles MonotoneArithmetic",
    "MDPFalsification": "MDPTesting MDPVerification PolicyImprovement MDPGuarantees MDPSolvers MDPFormats "
    "MDPCore MonotoneProbability MonotoneLinearAlgebra MonotoneFiles MonotoneArithmetic",
    "MonotoneReports": "TRPOComparison MDPFalsification MDPTesting MDPVerification TrainingRuns NeuralTRPO "
    "PolicyImprovement MDPGuarantees MDPSolvers MDPFormats MDPCore MonotoneProbability MonotoneFiles "
    "MonotoneArithmetic",
    "CMPI": "",
    "CPETSc": "",
    "DistributedSolvers": "CMPI CPETSc MDPSolvers MDPFormats MDPCore MonotoneLinearAlgebra MonotoneFiles MonotoneArithmetic",
    "CMonotone": "",
    "MonotoneC": "CMonotone MonotoneLinearAlgebra MonotoneReports TRPOComparison TrainingRuns Simulators NeuralTRPO MDPVerification "
    "PolicyImprovement MDPGuarantees MDPSolvers MDPFormats MDPCore MonotoneFiles MonotoneProbability "
    "MonotoneArithmetic",
}

# Modules that come with the toolchain or from packages, and who may use them.
SYSTEM = {"Swift", "Glibc", "Darwin", "Dispatch", "Synchronization", "RealModule", "Numerics"}
FOUNDATION = {"Foundation", "FoundationXML", "FoundationEssentials"}
FOUNDATION_USERS = {"NeuralTRPO", "TrainingRuns", "TRPOComparison", "MDPFalsification", "MonotoneReports", "monotone"}
LOG_USERS = {"NeuralTRPO", "TrainingRuns", "TRPOComparison", "monotone"}

IMPORT = re.compile(
    r"^\s*(?:@\w+\s+)*(?:public |internal |package |private |fileprivate )?import "
    r"(?:struct |class |enum |func |protocol )?(\w+)"
)

# Calls of Foundation that trap where a signal interrupts them; files and `InputBytes` are read instead.
TRAPPING = re.compile(r"\b(?:availableData|readData\(|readDataToEndOfFile|readToEnd\(|read\(upToCount)")


def declared(package: pathlib.Path) -> dict[str, set[str]]:
    """Target name to the names of the targets and products it declares."""
    dump = subprocess.run(
        ["swift", "package", "dump-package"], cwd=package, capture_output=True, check=True
    )
    return {
        target["name"]: {
            next(iter(dependency.values()))[0] for dependency in target["dependencies"]
        }
        for target in json.loads(dump.stdout)["targets"]
        if target["type"] != "test" and not (target.get("path") or "").startswith("Tests/")
    }


def faults(package: pathlib.Path) -> list[str]:
    found = []
    targets = declared(package)
    for module, dependencies in targets.items():
        if module == "monotone":
            continue  # the command line may see everything
        if module not in MAY_IMPORT:
            found.append(f"Package.swift: the design has no module {module}")
            continue
        for stray in sorted(dependencies - set(MAY_IMPORT[module].split()) - SYSTEM):
            found.append(f"Package.swift: {module} may not depend on {stray}")
    for path in sorted((package / "Sources").rglob("*.swift")):
        module = path.relative_to(package / "Sources").parts[0]
        allowed = set(MAY_IMPORT.get(module, "").split()) | SYSTEM
        if module == "monotone":
            allowed |= set(targets) | {"ArgumentParser"}
        if module in FOUNDATION_USERS:
            allowed |= FOUNDATION
        if module in LOG_USERS:
            allowed |= {"Logging"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = IMPORT.match(line)
            if match and match.group(1) not in allowed:
                found.append(
                    f"{path.relative_to(package)}:{number}: {module} may not import "
                    f"{match.group(1)}"
                )
    for path in sorted([*(package / "Sources").rglob("*.swift"), *(package / "Tests").rglob("*.swift")]):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if match := TRAPPING.search(line):
                found.append(
                    f"{path.relative_to(package)}:{number}: {match.group()} traps where a signal "
                    "interrupts it"
                )
    return found


def main() -> int:
    package = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = faults(package)
    print("\n".join(found) if found else "layers: every import follows the design")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
