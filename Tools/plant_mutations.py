#!/usr/bin/env python3
"""Plants faults in a copy of the solver and shows that the properties catch each of them.

Usage: python3 Tools/plant_mutations.py [--cases 1000] [--keep FOLDER] [--output FILE.md]

All faults are planted at once, each behind a switch that an environment variable sets, so that the
copy is built once. For each fault, `monotone fuzz` must find a violation within the given number of
cases, or the solver's own checks must stop it. Prints a table with the first case that shows the
fault and the size of the smallest counterexample, and exits 1 if a fault is missed.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

# (name, file, what stands there, what the fault makes of it). `M` in the last is the condition.
MUTATIONS = [
    ("P transposed in the float64 solve", "MDPSolvers/PolicySolver.swift",
     "    lu.solve(&values)\n",
     "    if M { lu.solveTransposed(&values) } else { lu.solve(&values) }\n"),
    ("ρ normalised to 1 in float64", "MDPSolvers/PolicySolver.swift",
     "      stateVisitation[state] = position < 0 ? mdp.initial[state] : visits[position]\n",
     "      stateVisitation[state] = position < 0 ? mdp.initial[state] : visits[position]\n"
     "        * (M ? 1 - mdp.discount : 1)\n"),
    ("ρ normalised to 1 in rationals", "MDPSolvers/ExactSolver.swift",
     "        mass: mass, massError: .zero,",
     "        mass: M ? mass.map { $0 * (Rational.one - mdp.discount) } : mass, massError: .zero,"),
    ("γ missing in the backup of Q", "MDPSolvers/PolicyResidual.swift",
     "mdp.expectedReward[$0] + mdp.discount * next[$0] }",
     "mdp.expectedReward[$0] + (M ? Number.one : mdp.discount) * next[$0] }"),
    ("ε_max without absolute value", "Guarantees/PolicyEvaluation+Penalty.swift",
     "public var maxAdvantage: Number { advantages.maximumMagnitude }",
     "public var maxAdvantage: Number {\n    M ? advantages.reduce(.zero) "
     "{ Number.maximum($0, $1) } : advantages.maximumMagnitude\n  }"),
    ("ε_exp without absolute value", "Guarantees/PolicyUpdate.swift",
     "public var maxExpectedAdvantage: Number { expectedAdvantages.maximumMagnitude }",
     "public var maxExpectedAdvantage: Number {\n    M ? expectedAdvantages.reduce(.zero) "
     "{ Number.maximum($0, $1) } : expectedAdvantages.maximumMagnitude\n  }"),
    ("KL reversed", "Guarantees/PolicyUpdate.swift",
     "Divergences.kullbackLeibler(pairs(state), { before[$0] }, { after[$0] })",
     "M ? Divergences.kullbackLeibler(pairs(state), { after[$0] }, { before[$0] })\n"
     "        : Divergences.kullbackLeibler(pairs(state), { before[$0] }, { after[$0] })"),
    ("KL without the actions that π never takes", "Distributions/Divergences.swift",
     "        sum += after.real\n", "        if !(M) { sum += after.real }\n"),
    ("KL finite where π̃ drops an action", "Distributions/Divergences.swift",
     "        return .infinity\n", "        if M { continue }\n        return .infinity\n"),
    ("TV without its half", "Distributions/Divergences.swift",
     "    return sum / Number(2)\n", "    return M ? sum : sum / Number(2)\n"),
    ("C with (1−γ) for (1−γ)²", "Guarantees/PolicyEvaluation+Penalty.swift",
     "return Number(4) * maxAdvantage * mdp.discount / (distance * distance)",
     "return Number(4) * maxAdvantage * mdp.discount / (M ? distance : distance * distance)"),
    ("Pinsker's ½ squared", "Guarantees/Claims/Pinsker.swift",
     "Self.check(update, divisor: 2)", "Self.check(update, divisor: M ? 4 : 2)"),
    ("constant 2 in the coupling bound", "Guarantees/Claims/CouplingBounds.swift",
     "size: Number(4) * update.maxAdvantage", "size: Number(M ? 2 : 4) * update.maxAdvantage"),
    ("𝔸 under the candidate's visitation", "Guarantees/PolicyUpdate.swift",
     "policyAdvantage = current.stateVisitation.sum { expected[$0] }",
     "policyAdvantage = (M ? candidate : current).stateVisitation.sum { expected[$0] }"),
    ("L without η(π)", "Guarantees/PolicyUpdate.swift",
     "{ current.expectedReturn + policyAdvantage }",
     "{ M ? policyAdvantage : current.expectedReturn + policyAdvantage }"),
    ("a terminal state worth 1", "MDPSolvers/ExactSolver.swift",
     "return space.livePosition.map { $0 < 0 ? .zero : values[$0] }",
     "return space.livePosition.map { $0 < 0 ? (M ? .one : .zero) : values[$0] }"),
    ("terminal states visited without discounting", "MDPSolvers/ExactSolver.swift",
     "let horizon = mdp.isUndiscounted ? .zero : Rational.one / (Rational.one - mdp.discount)",
     "let horizon = mdp.isUndiscounted ? (M ? .one : .zero)\n"
     "      : Rational.one / (Rational.one - mdp.discount)"),
    ("means without discounting under ρ", "Guarantees/PolicyUpdate.swift",
     "return steps.isExactlyZero ? .zero : Number.one / steps",
     "return steps.isExactlyZero ? .zero : (M ? Number.one : Number.one / steps)"),
    ("radius without discounting in units of one step", "MDPSolvers/ExpectedSteps.swift",
     "    let largest = longest / share\n",
     "    let largest = M ? Number.one / Number(4) : longest / share\n"),
    ("terminal states without 1/(1−γ) visits", "MDPSolvers/ExactSolver.swift",
     "        inflow[state].multiply(by: horizon)\n",
     "        if !(M) { inflow[state].multiply(by: horizon) }\n"),
    ("span of Ā without terminal states", "Guarantees/PolicyUpdate+Ladder.swift",
     "var advantageSpan: Number { Number.span(expectedAdvantages) }",
     "var advantageSpan: Number {\n    M ? Number.span(mdp.space.liveStates.map "
     "{ expectedAdvantages[$0] }) : Number.span(expectedAdvantages)\n  }"),
    ("c without γ(1−α)", "Guarantees/PolicyUpdate+Ladder.swift",
     "/ ((Number.one - discount) * (Number.one - discount * (Number.one - weight)))",
     "/ ((Number.one - discount)\n        * (M ? Number.one : Number.one - discount * "
     "(Number.one - weight)))"),
    ("α² for α in the mixture weight", "Guarantees/PolicyUpdate+Ladder.swift",
     "    return weight\n", "    return M ? weight * weight : weight\n"),
    ("r(s,a,s') not weighted by P", "MDPCore/FiniteMDP.swift",
     "reward += probabilities[entry] * (try Number(document.transitionRewards[entry]))",
     "reward += (M ? Number.one : probabilities[entry])\n              "
     "* (try Number(document.transitionRewards[entry]))"),
    ("greedy for the worst action", "MDPSolvers/Optimality/ActionGaps.swift",
     "LargestPairs(pairs) { evaluation.actionValues[$0] }",
     "LargestPairs(pairs) { M ? -evaluation.actionValues[$0] : evaluation.actionValues[$0] }"),
    ("surrogate gradient against the gain", "PolicyImprovement/Softmax/LogitStep.swift",
     "Double.expMinusOne(exponent)",
     "Double.expMinusOne((M ? -1 : 1) * exponent)"),
    ("the worst action for the optimum", "MDPSolvers/Optimality/ImprovementQuestion.swift",
     "LargestPairs(pairs) { evaluation.actionValues[$0] }",
     "LargestPairs(pairs) { M ? -evaluation.actionValues[$0] : evaluation.actionValues[$0] }"),
    ("a policy improved in its first state only",
     "MDPSolvers/Optimality/ImprovementQuestion.swift",
     "      guard !worse.isEmpty else { continue }\n",
     "      guard !worse.isEmpty, M ? state == space.liveStates[0] : true else { continue }\n"),
    ("a penalty of a tenth", "PolicyImprovement/EvaluatedPolicy.swift",
     "let price = 4 * largest * discount / distance",
     "let price = (M ? 0.4 : 4) * largest * discount / distance"),
    ("mass to worse actions that π never takes", "PolicyImprovement/Convex/TradeOffs.swift",
     "return excess[pair] >= best - state.tolerance",
     "return (M ? true : false) || excess[pair] >= best - state.tolerance"),
    ("γ lost when a model is written", "MDPFormats/Writing/MDPWriter.swift",
     "{ $0 += document.discount.json }", '{ $0 += M ? "0.5" : document.discount.json }'),
    ("an array written by columns", "MDPFormats/Writing/NPYWriter.swift",
     "let index = state * actionCount + Int(space.pairAction[pair])",
     "let index = M ? Int(space.pairAction[pair]) * space.stateCount + state\n          "
     ": state * actionCount + Int(space.pairAction[pair])"),
]

SWITCH = """#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The fault that is planted in this copy.
public let plantedMutation = getenv("PLANTED_MUTATION").flatMap { Int(String(cString: $0)) } ?? 0
"""


def plant(copy: pathlib.Path) -> None:
    sources = copy / "Sources"
    (sources / "Arithmetic" / "PlantedMutation.swift").write_text(SWITCH, encoding="utf-8")
    for number, (name, file, original, mutated) in enumerate(MUTATIONS, 1):
        path = sources / file
        text = path.read_text(encoding="utf-8")
        if text.count(original) < 1:
            sys.exit(f"{file}: nothing to plant '{name}' in; the source has changed")
        text = text.replace(original, mutated.replace("M ?", f"plantedMutation == {number} ?")
                            .replace("if M ", f"if plantedMutation == {number} ")
                            .replace("!(M)", f"plantedMutation != {number}"), 1)
        if "import Arithmetic" not in text:
            text = text.replace("internal import", "internal import Arithmetic\ninternal import", 1)
        path.write_text(text, encoding="utf-8")


def run(copy: pathlib.Path, number: int, cases: int, folder: pathlib.Path) -> dict:
    environment = dict(os.environ, PLANTED_MUTATION=str(number), OPENBLAS_NUM_THREADS="1")
    command = [copy / ".build/release/monotone", "fuzz", "--cases", str(cases), "--json",
               "--counterexamples", str(folder / str(number))]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    if done.returncode in (0, 2, 3):
        return json.loads(done.stdout)
    # An optimised build stops at a failed precondition without a word.
    return {"trap": f"signal {-done.returncode}" if done.returncode < 0 else
            done.stderr.decode(errors="replace").strip()}


def row(number: int, name: str, result: dict) -> tuple[str, bool, tuple[int, int] | None]:
    if "trap" in result:
        return f"| {number} | {name} | the solver's own check | – | – | – | {result['trap']} |", True, None
    caught = [p for p in result["properties"] if p.get("counterexample")]
    if not caught:
        return f"| {number} | {name} | **missed** | – | – | – | – |", False, None
    first = min(p["counterexample"]["case"] for p in caught)
    best = min(caught, key=lambda p: (p["counterexample"]["states"], p["counterexample"]["actions"]))
    shrunk = best["counterexample"]
    names = ", ".join(f"`{p['id']}`" for p in caught[:3]) + (", …" if len(caught) > 3 else "")
    return (f"| {number} | {name} | {first} | {len(caught)} | {shrunk['states']} | "
            f"{shrunk['actions']} | {names} |", True, (shrunk["states"], shrunk["actions"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--keep", help="build in this folder and leave it there")
    parser.add_argument("--output", help="write the table to this file as well")
    options = parser.parse_args()
    copy = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="planted-"))
    copy.mkdir(parents=True, exist_ok=True)
    for name in ["Sources", "Tests"]:
        shutil.rmtree(copy / name, ignore_errors=True)
    for name in ["Package.swift", "Sources"]:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    # The tests are no part of the copy, but their targets want folders.
    for path in (ROOT / "Tests").iterdir():
        if path.name.endswith("Tests"):
            (copy / "Tests" / path.name).mkdir(parents=True)
            (copy / "Tests" / path.name / "Empty.swift").write_text("\n")
    plant(copy)
    subprocess.run(["swift", "build", "-c", "release", "-j", "2", "--product", "monotone"],
                   cwd=copy, check=True, stdout=sys.stderr)
    lines = ["| | planted fault | first case | properties | states | actions | caught by |",
             "|---|---|---|---|---|---|---|"]
    sizes, missed = [], []
    with tempfile.TemporaryDirectory() as folder:
        sound = run(copy, 0, min(options.cases, 100), pathlib.Path(folder))
        if any(p["violated"] for p in sound["properties"]):
            sys.exit("without a fault the copy must hold")
        for number, (name, *_) in enumerate(MUTATIONS, 1):
            print(f"[{number}/{len(MUTATIONS)}] {name}", file=sys.stderr)
            line, is_caught, size = row(
                number, name, run(copy, number, options.cases, pathlib.Path(folder)))
            lines.append(line)
            sizes += [size] if size else []
            missed += [] if is_caught else [name]
    states = statistics.median(size[0] for size in sizes)
    actions = statistics.median(size[1] for size in sizes)
    lines += ["", f"{len(MUTATIONS) - len(missed)} of {len(MUTATIONS)} planted faults caught within "
              f"{options.cases} cases; the median shrunk counterexample has {states:g} states and "
              f"{actions:g} actions."]
    text = "\n".join(lines)
    print(text)
    if options.output:
        head = ("# Planted faults\n\nWritten by `Tools/plant_mutations.py`: faults planted one at a "
                "time in a copy of the solver, and what\n`monotone fuzz` says of them. *First case*: "
                "the first that shows the fault; *properties*: how many do; *states*\nand *actions*: "
                "the smallest shrunk counterexample.\n\n")
        pathlib.Path(options.output).write_text(head + text + "\n", encoding="utf-8")
    if not options.keep:
        shutil.rmtree(copy)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
