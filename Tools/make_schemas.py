#!/usr/bin/env python3
"""Writes the JSON Schemas of the output documents, and of the inputs made of them, to `mdps/schema/`.

    python3 Tools/make_schemas.py [--check]

Parts that several documents have (a quantity, a claim, an update) are described once here; each schema file is
complete by itself. The schemas of models, policies, batches, refutations and attainments are written by hand.
With --check nothing is written, and the exit status is 1 if a file differs.
"""

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "mdps" / "schema"


# Kinds of values.


def text(description=None, **more):
    return {"type": "string", **described(description), **more}


def words(*values, description=None):
    return {"enum": [*values], **described(description)}


def number(description=None):
    """A float64 number, infinite, or null where it is not known."""
    return {"type": ["number", "string", "null"], **described(description), "pattern": "^-?infinity$"}


def count(description=None):
    return {"type": "integer", "minimum": 0, **described(description)}


def flag(description=None):
    return {"type": "boolean", **described(description)}


def array(items, description=None):
    return {"type": "array", **described(description), "items": items}


def mapping(values, description=None):
    """An object with any keys."""
    return {"type": "object", **described(description), "additionalProperties": values}


def record(required, optional=None, description=None):
    """An object with these keys and no others."""
    return {
        "type": "object",
        **described(description),
        "required": [*required],
        "additionalProperties": False,
        "properties": {**required, **(optional or {})},
    }


def nullable(schema):
    return {"anyOf": [schema, {"type": "null"}]}


def described(description):
    return {"description": description} if description else {}


def reference(name):
    return {"$ref": f"#/$defs/{name}"}


# Parts that several documents have.

RATIONAL = r"^-?[0-9]+(/[1-9][0-9]*)?$"
VERDICTS = ("holds", "violated", "undecided", "notApplicable")
CLAIM_VERDICTS = ("holds", "violated", "undecided", "consistent", "notApplicable")
OUTCOMES = ("guaranteed", "improved", "harmful", "unchanged", "undecided")
ARITHMETICS = ("float64", "certified", "exact")
QUANTITIES = (
    "returnCurrent returnCandidate surrogate policyAdvantage maxAdvantage maxExpectedAdvantage penaltyCoefficient "
    "maxTotalVariation meanTotalVariation maxKL meanKL maxReverseKL meanReverseKL"
).split()


def quantity():
    finite = {"type": ["number", "null"]}
    return {
        "description": "float64: a number; certified: the true value lies in [midpoint − radius, midpoint + radius]; exact: "
        "p/q, with an approximation that is null beyond float64; null where it is not known.",
        "anyOf": [
            finite,
            {"enum": ["infinity", "-infinity"]},
            record({"midpoint": finite, "radius": finite}),
            record({"exact": text(pattern=RATIONAL), "approximate": finite}),
        ],
    }


def model_summary():
    parts = {"name": text(), "states": count(), "actions": count(), "discount": reference("quantity")}
    undiscounted = {"undiscounted": {"const": True, "description": "For γ = 1, exactly; else absent."}}
    return record(parts, undiscounted | {"reading": model_reading()}, "The model.")


def model_reading():
    return record(
        {
            "format": text("The format of the file, such as drn."),
            "discount": words("file", "option"),
            "terminal": words("marked", "absorbing", "none"),
            "terminalStates": count("How many states that rule made terminal."),
            "initial": words("file", "uniform", "first"),
            "actions": words("labels", "numbers"),
        },
        {
            "decimals": words("exact", "shortest", "simplest"),
            "reward": text("The reward structure that was taken."),
            "files": array(text("A file that was read beside the one that was named.")),
        },
        "How the model was read from a file of another format; absent for Monotone's own.",
    )


def claim_result(verdicts=CLAIM_VERDICTS):
    consistent = "consistent: an equality that interval arithmetic did not refute within |margin| + radius, and cannot prove."
    return record(
        {
            "id": text("The claim's identifier."),
            "kind": text("identity, bound, inequality, …"),
            "verdict": words(*verdicts, description=consistent if "consistent" in verdicts else None),
            "rigorous": flag("Whether the verdict is proved."),
            "arithmetic": words(*ARITHMETICS),
            "margin": reference("quantity"),
            "radius": number("A bound on the error of the margin in float64."),
            "bound": reference("quantity"),
            "upperBound": reference("quantity"),
            "looseness": reference("quantity"),
            "witness": nullable(record({}, {"state": text(), "action": text()}, "Where the claim is tightest.")),
            "assumption": nullable(text("Why the claim does not apply, or is not settled.")),
        },
        description="The verdict on a claim.",
    )


def tightest():
    name = nullable(text())
    return record(
        {},
        {"aPriori": name, "aPosteriori": name},
        "The claims with the largest lower bounds, without and with a solve of the candidate.",
    )


def claim_statement():
    return record({key: text() for key in ("id", "kind", "source", "statement")}, description="A claim.")


def check_members(guaranteed):
    return {
        "mdp": reference("model"),
        "current": text("The policy before the update."),
        "candidate": text("The policy after the update."),
        "arithmetic": words(*ARITHMETICS, "auto"),
        "quantities": record({name: reference("quantity") for name in QUANTITIES}),
        "claims": array(reference("claim")),
        "tightest": reference("tightest"),
        "improved": words(*VERDICTS, description="Whether η(π̃) ≥ η(π)."),
        "guaranteed": words(*guaranteed, description="Whether an a-priori bound guaranteed an improvement."),
        "outcome": words(*OUTCOMES),
        "normalised": array(text(), "The JSON paths of rows that were divided by their sum."),
    }


UNKNOWN = {"unknown": mapping(text(), "Why a quantity is null.")}
ANSWERS = ("yes", "no", "undecided")


def update_audit():
    flagged = record(
        {"text": text(), "reason": text()}, description="A logged number that cannot be a KL divergence, and why."
    )
    estimate = record({"value": number(), "standardError": number()})
    batch = record(
        {
            "rows": count(),
            "trajectories": count(),
            "unreachableRows": count("Rows in states that the current policy never visits."),
            "impossibleRows": count("Rows of actions that the current policy never takes."),
            "exactSurrogateGain": number(),
        },
        {
            "surrogateGain": estimate,
            "meanKL": estimate,
            "advantageCorrelation": number(),
            "advantageScale": number(),
            "advantageError": number(),
            "gradientCosine": number(),
            "stateDistance": number("Total variation between the states of the batch and d_π."),
        },
        "The samples of the update against exact values.",
    )
    return record(
        {
            "index": count(),
            "current": text(),
            "candidate": text(),
            "mark": words(*OUTCOMES),
            "improved": words(*VERDICTS),
            "guaranteed": text(),
            "gain": reference("quantity"),
            "returnCurrent": reference("quantity"),
            "returnCandidate": reference("quantity"),
            "surrogateGain": reference("quantity"),
            "meanKL": reference("quantity"),
            "liveMeanKL": reference("quantity"),
            "maxKL": reference("quantity"),
            "tightest": reference("tightest"),
            "holds": count("Claims that hold."),
            "violated": array(text()),
            "undecided": array(text()),
        },
        {
            "undecidedReason": text("Why claims or the outcome are undecided."),
            "maxKLState": nullable(text()),
            "loggedKL": {"type": ["number", "string", "null"]},
            "loggedKLFlag": nullable(flagged),
            "meanWithin": words(*VERDICTS, description="Whether the mean KL is within δ."),
            "maxWithin": words(*VERDICTS, description="Whether the maximum KL is within δ."),
            "batch": batch,
            "normalised": array(text()),
        },
        "An update of another program against exact values.",
    )


def parameters():
    return array(record({"name": text(), "value": number()}))


def error_sweep():
    spread = array(record({"mean": number(), "standardError": number()}))
    slope = record({"slope": number(), "intercept": number(), "halfWidth": number()})
    zero_mean = record({"largest": number(), "limit": number(), "passes": flag()}, {"denominator": number()})
    curve = record(
        {
            "name": text(),
            "label": text(),
            "isBranched": flag("Whether it uses a vine."),
            "isRatio": flag("Whether it divides by a sum of weights."),
            "trajectories": array(number()),
            "steps": array(number()),
            "error": spread,
            "noise": spread,
        },
        {"bias": number(), "rareShare": number(), "slopeSizes": count(), "slope": slope, "zeroMean": zero_mean},
    )
    return record(
        {
            "sizes": array(count()),
            "repeats": array(count()),
            "horizon": count(),
            "falseAlarm": number(),
            "curves": array(curve),
        },
        description="Errors of the estimators against the number of trajectories.",
    )


PARTS = {
    "quantity": quantity,
    "model": model_summary,
    "claim": claim_result,
    "firstClaim": lambda: claim_result(VERDICTS),
    "tightest": tightest,
    "statement": claim_statement,
    "update": update_audit,
    "errorSweep": error_sweep,
}


# The documents.


def solution():
    by_state = mapping(reference("quantity"))
    by_action = mapping(mapping(reference("quantity")))
    system = mapping({"type": ["number", "string", "null"]})
    return record(
        {
            "mdp": reference("model"),
            "policy": text(),
            "arithmetic": words(*ARITHMETICS),
            "return": reference("quantity"),
            "stateValues": by_state,
            "actionValues": by_action,
            "advantages": by_action,
            "visitation": by_state,
            "accuracy": record(
                {"value": system, "visitation": system},
                {"reciprocalCondition": number()},
                "Bounds on the errors of the two linear systems.",
            ),
            "normalised": array(text()),
        },
        {"expectedSteps": reference("quantity"), "remarks": array(text())},
    )


def check():
    return record(check_members(ANSWERS), UNKNOWN)


def first_check():
    members = check_members(VERDICTS)
    del members["outcome"]
    members["claims"] = array(reference("firstClaim"))
    return record(members)


def certificate():
    """What `read_certificate` in Tools/check_certificate.py takes."""
    ends = text(pattern=r"^(-?[0-9]+(/[0-9]+)?|-?infinity)$")
    exact = {"anyOf": [ends, record({"lower": ends, "upper": ends})]}
    verdict = words(*VERDICTS)
    evaluation = record({"stateValues": mapping(exact), "visitation": mapping(exact)})
    claim = record({"verdict": verdict}, {"margin": exact, "bound": exact, "upperBound": exact, "assumption": text()})
    return record(
        {
            "mdp": text("The name of the model."),
            "current": evaluation,
            "candidate": evaluation,
            "KL": mapping(exact, "KL(π‖π̃) by state."),
            "reverseKL": mapping(exact, "KL(π̃‖π) by state."),
            "quantities": record({name: exact for name in QUANTITIES}),
            "claims": mapping(claim),
            "improved": verdict,
            "guaranteed": verdict,
        }
    )


def last_policy():
    return record(
        {
            "schema": words("monotone/policy/v1"),
            "mdp": text(),
            "probabilities": {"type": ["object", "array"]},
        },
        description="The last policy, as a policy file.",
    )


def optimum():
    ends = record({"lower": reference("quantity"), "upper": reference("quantity")})
    return record(
        {
            "mdp": reference("model"),
            "requestedGap": number("The gap that was asked for."),
            "gap": reference("quantity"),
            "proved": flag("Whether the gap that was asked for is proved."),
            "return": {**ends, "description": "The policy's return is at least lower, the optimal one at most upper."},
            "rounds": count("Applications of the Bellman operator."),
            "sweeps": count("Sweeps of modified policy iteration."),
            "solves": count("Solves of inexact policy iteration."),
            "interrupted": flag(),
            "policy": last_policy(),
            "normalised": array(text()),
        }
    )


def distributed():
    stages = record(
        {name: number() for name in ("reading", "hashing", "connecting", "assembly", "solver", "proof", "writing")},
        description="Seconds by part of the run.",
    )
    calls = mapping(count(), "How often each part was entered.")
    process = record(
        {
            "rank": count(),
            "states": count(),
            "pairs": count(),
            "entries": count(),
            "ghosts": count("States of other processes whose values it needs."),
            "peakBytes": count("The most memory it had, files that it mapped included."),
            "seconds": stages,
            "calls": calls,
        },
        {"file": text("The .npz of its states, beside distributed.json; absent where none was asked for.")},
        "The share and the work of one process.",
    )
    return record(
        {
            "command": words("solve", "improve"),
            "mdp": record(
                {"name": text(), "states": count(), "choices": count(), "branches": count(), "discount": text()},
                description="The model.",
            ),
            "policy": text(),
            "return": reference("quantity"),
            "linearIterations": count("Krylov iterations."),
            "inputs": array(
                record(
                    {
                        "file": text(),
                        "bytes": count(),
                        "blockHash": text("SHA-256 of the SHA-256s of its blocks of 4 MiB.", pattern="^[0-9a-f]{64}$"),
                    }
                )
            ),
            "processes": {**array(process), "minItems": 1},
        },
        {
            "valueRadius": number("A bound on |V − V̂| in every state; absent where unknown, as all bounds."),
            "actionValueRadius": number("A bound on |Q − Q̂| of every pair."),
            "visitationRadius": number("A bound on Σ |ρ − ρ̂|; of solve."),
            "optimalityGap": number("A bound on V* − V in every state; of improve."),
            "iterations": count("Improvements of the policy; of improve."),
            "converged": flag("Whether the gap that was asked for is proved; of improve."),
            "remarks": array(text("What ran otherwise than planned.")),
        },
    )


def improvement():
    step = record(
        {
            "index": count(),
            "return": reference("quantity"),
            "returnBefore": reference("quantity"),
            "surrogate": reference("quantity"),
            "maxKL": reference("quantity"),
            "meanKL": reference("quantity"),
            "bound": reference("quantity"),
            "optimalityResidual": reference("quantity"),
            "outcome": words(*OUTCOMES),
            "improved": words(*VERDICTS),
            "guaranteed": text(),
            "tightest": reference("tightest"),
            "claims": array(reference("claim")),
        }
    )
    optimum = record(
        {
            "exact": flag(),
            "proved": flag(),
            "gap": reference("quantity"),
            "lower": reference("quantity"),
            "upper": reference("quantity"),
        },
        description="The optimal return, and how far the last policy is from it.",
    )
    return record(
        {
            "mdp": reference("model"),
            "rule": text(),
            "parameters": mapping(number()),
            "start": text("The first policy."),
            "arithmetic": words(*ARITHMETICS, "auto"),
            "iterations": array(step),
            "converged": flag("Whether the last step changed nothing."),
            "interrupted": flag(),
            "optimum": nullable(optimum),
            "policy": last_policy(),
            "normalised": array(text()),
        },
        {"failure": nullable(text("Why the rule stopped.")), "remarks": array(text())},
    )


def verification():
    counts = record(
        {key: count() for key in ("holds", "violated", "undecided", "notApplicable", "rigorous")},
        {"consistent": count("Equalities that were not refuted; absent where there are none.")},
    )
    step = record(
        {
            "index": count(),
            "return": reference("quantity"),
            "surrogate": reference("quantity"),
            "maxKL": reference("quantity"),
            "meanKL": reference("quantity"),
            "bound": reference("quantity"),
            "optimalityResidual": reference("quantity"),
            "outcome": words(*OUTCOMES),
            "counts": counts,
        },
        {
            "badNews": array(reference("claim"), "Claims that are violated or undecided."),
            "problems": array(reference("claim"), "Claims that are violated or undecided."),
        },
    )
    rule = record(
        {
            "rule": text(),
            "parameters": parameters(),
            "claims": array(reference("statement"), "What holds of this rule's steps besides."),
            "command": text(),
            "steps": array(step),
            "returns": array(reference("quantity"), "In float64, by step."),
            "maxKL": array(reference("quantity")),
            "iterationBudget": count(),
        },
        {
            "gapClosed": number(),
            "iterationsToClose": nullable(count()),
            "failure": nullable(text()),
        },
    )
    members = check_members((*ANSWERS, *VERDICTS))
    later = {"outcome": members.pop("outcome"), "gain": reference("quantity")}  # not in the first verifications
    update = record(
        {
            "label": text(),
            "command": text("What reproduces the check."),
            "check": record(members, {**later, **UNKNOWN}),
        }
    )
    model = record(
        {
            "file": text(),
            "model": reference("model"),
            "updates": array(update),
            "rules": array(rule),
        },
        {
            "description": nullable(text()),
            "source": nullable(text()),
            "uniformReturn": reference("quantity"),
            "optimalReturn": reference("quantity"),
            "optimalityResidual": reference("quantity"),
            "errors": array(text()),
        },
    )
    sample = {"name": text(), "description": nullable(text()), "file": text(), "model": text(), "command": text()}
    refutation = record({**sample, "variant": reference("statement"), "result": reference("claim")})
    attainment = record(
        {**sample, "attained": reference("quantity"), "result": reference("claim")}, {"supremum": text()}
    )
    return record(
        {
            "arithmetic": words(*ARITHMETICS, "auto"),
            "claims": array(reference("statement")),
            "models": array(model),
            "refutations": array(refutation),
            "attainments": array(attainment),
            "interrupted": flag(),
        }
    )


def validation():
    place = {"line": count(), "column": count()}
    fault = record({"kind": words("syntax", "schema", "value"), **place, "path": text(), "message": text()})
    file = record({"file": text(), "valid": flag(), "faults": array(fault)}, {"normalised": array(text())})
    return record({"files": array(file)})


def evaluation():
    return record(
        {
            "environment": text(),
            "steps": count("Environment steps of the training."),
            "actions": words("deterministic", "sampled"),
            "episodes": count(),
            "returns": words("undiscounted"),
            "meanReturn": number(),
            "leastReturn": number(),
            "greatestReturn": number(),
            "meanLength": number(),
        },
        {
            "standardError": number(),
            "simulator": text("The simulator and its version, for robots and gym: environments."),
        },
    )


def audit():
    counted = (
        "updates guaranteed improved harmful unchanged undecided withViolatedClaims withUndecidedClaims meanBeyond maxBeyond "
        "logged loggedBeyond understated flaggedKL"
    ).split()
    batches = record(
        {"updates": count(), "foreign": count()},
        {"lowestGradientCosine": number(), "lowestAdvantageCorrelation": number()},
    )
    summary = record(
        {key: count() for key in counted},
        {
            "budget": number("The trust region δ."),
            "largestMeanKL": reference("quantity"),
            "largestMaxKL": reference("quantity"),
            "largestRatio": reference("quantity"),
            "batches": batches,
        },
    )
    error = record({"message": text(), "updates": array(count(), "The updates without a verdict.")})
    return record(
        {"mdp": reference("model"), "summary": summary, "updates": array(reference("update")), "errors": array(error)}
    )


def comparison():
    numbers = mapping(number())
    record_errors = mapping(mapping({"anyOf": [number(), numbers]}))
    update = record(
        {
            "iteration": count(),
            "steps": count(),
            "rows": count(),
            "outcome": text(),
            "audit": reference("update"),
            "errors": record_errors,
            "theory": numbers,
            "practice": numbers,
            "practiceIsRatio": flag(),
        },
        {key: number() for key in ("predictedGain", "sampledGain", "sampledKL", "stepLength")},
    )
    rule = record({"rule": text(), "parameters": parameters(), "returns": array(number())})
    sweeps = record(
        {},
        {
            "errors": reference("errorSweep"),
            "fisher": {"type": "object"},
            "ratioBiases": array({"type": "object"}),
            "settings": {"type": "object"},
        },
    )
    return record(
        {
            "mdp": reference("model"),
            "settings": array(text(), "The hyper-parameters, as option and value."),
            "every": count("Every how many updates one is recorded."),
            "updates": array(update),
            "exactReturns": array(number(), "Of exact TRPO, by update."),
            "ruleReturns": array(rule),
            "interrupted": flag(),
        },
        {
            "initialReturn": number(),
            "optimalReturn": number(),
            "sweepIteration": count(),
            "sweeps": sweeps,
            "counts": mapping(count()),
        },
    )


def survey():
    policy = record({"mdp": reference("model"), "iteration": count(), "sweep": reference("errorSweep")})
    return record(
        {"falseAlarm": number(), "policies": array(policy), "interrupted": flag()}, {"counts": mapping(count())}
    )


def fuzz():
    sizes = {key: count() for key in ("case", "states", "actions", "attempts", "simplifications")}
    counterexample = record({**sizes, "reason": text(), "files": text()}, {"command": text()})
    counted = ("holds", "violated", "undecided", "notRefuted", "notApplicable")
    entry = record(
        {"id": text(), "kind": text(), "statement": text(), **{key: count() for key in counted}},
        {"firstUndecided": count(), "counterexample": counterexample},
    )
    return record(
        {
            "seed": count(),
            "cases": count(),
            "replayed": count(),
            "properties": array(entry),
            "stillViolated": array(text("The files of a kept counterexample.")),
        }
    )


def falsification():
    found = record(
        {
            "states": count(),
            "actions": count(),
            "files": text(),
            "command": text(),
            "attempts": count(),
            "simplifications": count(),
        }
    )
    return record(
        {"claim": text(), "parameters": mapping(text()), "evaluations": count()},
        {
            "score": number(),
            "scored": text("The parameter that was minimised."),
            "surviving": text(),
            "refuted": text(),
            "counterexample": found,
        },
    )


def ladder_search():
    bound = record(
        {"id": text(), "constant": number()},
        {"attained": number(), "needed": number(), "files": text(), "states": count()},
    )
    refuted = record(
        {"id": text(), "statement": text(), "isRefuted": flag()},
        {"margin": number(), "command": text(), "files": text(), "states": count(), "actions": count()},
    )
    return record({"seed": count(), "budget": count(), "bounds": array(bound), "refutations": array(refuted)})


def training():
    """The keys and ranges of hyper-parameters are told by `monotone train --help`."""
    value = {"type": ["number", "string", "boolean", "array", "null"], "items": {"type": "number"}}
    return {
        "type": "object",
        "required": ["schema"],
        "properties": {
            "schema": {},
            "simulator": text("The simulator and its version that a run used: a record, and no choice."),
            "gymMake": text("Of a gym: environment: the keyword arguments of gymnasium.make, a JSON object."),
            "gymImport": text("Of a gym: environment: the modules that were imported, with commas between."),
            "python": text("Of a gym: environment: the Python interpreter."),
            "gymTimeout": number("Of a gym: environment: the seconds that an answer may take."),
        },
        "additionalProperties": value,
    }


def checkpoint():
    moments = {"type": ["object", "null"]}
    return record(
        {
            "environment": text(),
            "configuration": {"type": "object"},
            "state": {"type": "object", "required": ["iteration", "steps", "episodes"]},
            "tensors": record({"file": text(), "bytes": count(), "checksum": count()}),
            "checksum": count(),
            "progressBytes": count(),
            "eventBytes": count(),
        },
        {
            "moments": moments,
            "simulator": text("The simulator and its version, for robots and gym: environments."),
            "gymnasium": {
                **record(
                    {"makeArguments": text(), "imports": array(text()), "python": text(), "timeout": number()}
                ),
                "description": "How a gym: environment is made.",
            },
        },
    )


def failure():
    fault = record({"file": text(), "line": count(), "column": count(), "path": text(), "message": text()})
    return record(
        {
            "kind": words("usage", "bad-data", "unreadable", "internal"),
            "message": text("Everything that is wrong, for people."),
            "faults": array(fault, "The faults of an input, each with its place."),
        }
    )


def model():
    return record(
        {
            "name": text(),
            "discount": text("γ as the model states it, exactly."),
            "states": array(text(), "In the order of the arrays."),
            "actions": array(text(), "In the order of the arrays."),
            "normalised": array(text(), "The JSON paths of rows that were divided by their sum."),
        }
    )


def catalogue():
    return record(
        {
            "version": text("The version of Monotone."),
            **{key: array(text()) for key in ("claims", "quantities", "rules", "environments")},
        }
    )


def environment():
    widths = {key: count() for key in ("observationWidth", "actionWidth")}
    parameters = count("The length of a policy's vector of parameters.")
    return record({"name": text(), **widths, "parameters": parameters, "discrete": flag()})


def rollout():
    episode = record({"totalReward": number(), "length": count()})
    return record({"episodes": array(episode, "The episodes that ended, in the order of their ends.")})


DOCUMENTS = {
    # file: (identifier, title, builder)
    "solution": ("solution/v1", "The solution of a policy: solve --json", solution),
    "check": ("check/v2", "The check of an update: check --json", check),
    "check-v1": ("check/v1", "The check of an update as it was first written: check --json --schema v1", first_check),
    "certificate": ("certificate/v1", "A certificate of an update: check --certificate", certificate),
    "improvement": ("improvement/v1", "Steps of an improvement rule: improve --json", improvement),
    "optimum": ("optimum/v1", "A policy proved to be near an optimal one: improve --until-gap", optimum),
    "distributed": ("distributed/v1", "A run of several processes: solve, improve --distributed", distributed),
    "verification": ("verification/v1", "A verification: verify --json, verification.json", verification),
    "validation": ("validation/v1", "Faults of files: validate --json", validation),
    "evaluation": ("evaluation/v1", "Episodes of a trained policy: evaluate --json", evaluation),
    "audit": ("audit/v1", "An audit of another program: audit --json", audit),
    "comparison": ("comparison/v1", "Sampled updates against exact values: compare", comparison),
    "estimator-survey": ("estimator-survey/v1", "Tests of estimators: compare FOLDER", survey),
    "fuzz": ("fuzz/v1", "Property tests on random updates: fuzz --json", fuzz),
    "falsification": ("falsification/v1", "The search of a counterexample: falsify --json", falsification),
    "ladder-search": ("ladder-search/v1", "The search of every bound: falsify --report", ladder_search),
    "training": ("training/v1", "Hyper-parameters of training: config.json", training),
    "checkpoint": ("checkpoint/v1", "A checkpoint of training", checkpoint),
    "failure": ("failure/v1", "Why a call failed: replies of the C interface, serve", failure),
    "model": ("model/v1", "A model that was opened: replies of the C interface, serve", model),
    "catalogue": ("catalogue/v1", "What calls know by name: replies of the C interface, serve", catalogue),
    "environment": ("environment/v1", "An environment that was opened: replies of the C interface, serve", environment),
    "rollout": ("rollout/v1", "Episodes of a policy: replies of the C interface, serve", rollout),
}


def used_parts(schema):
    """The parts that a schema refers to, and those that these refer to."""
    found = {}
    pending = [schema]
    while pending:
        written = json.dumps(pending.pop())
        for name, build in PARTS.items():
            if name not in found and f'"#/$defs/{name}"' in written:
                found[name] = build()
                pending.append(found[name])
    return {name: found[name] for name in PARTS if name in found}


def with_key(identifier, body):
    body["required"] = ["schema", *[key for key in body.get("required", []) if key != "schema"]]
    body["properties"] = {
        "schema": {"const": f"monotone/{identifier}"},
        **{key: value for key, value in body["properties"].items() if key != "schema"},
    }
    return body


def document(identifier, title, build):
    body = with_key(identifier, build())
    parts = used_parts(body)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"monotone/{identifier}",
        "title": f"{title} (monotone/{identifier})",
        **body,
        **({"$defs": parts} if parts else {}),
    }


# Documents without a schema key of their own.


def keyless(name, title, body):
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"monotone/{name}/v1",
        "title": f"{title} (monotone/{name}/v1)",
        **body,
    }


def audit_line():
    batch = json.loads((FOLDER / "batch.schema.json").read_text(encoding="utf-8"))
    policy = json.loads((FOLDER / "policy.schema.json").read_text(encoding="utf-8"))
    members = {key: value for key, value in batch["properties"].items() if key not in ("schema", "mdp")}
    line = record(
        {"probabilities": policy["properties"]["probabilities"]},
        {
            "schema": {"const": "monotone/policy/v1"},
            "mdp": text(),
            "name": text(),
            "kl": {"description": "The KL divergence that the program logged.", "type": ["number", "string", "null"]},
            "precision": words("float64", "float32"),
            "batch": {"type": "object", "required": ["states", "actions", "advantages"], "properties": members},
        },
    )
    body = {**line, "$defs": {**policy["$defs"], **batch.get("$defs", {})}}
    return keyless("audit-line", "One policy of a run: a line of audit --policies -", body)


def observation():
    line = record(
        {
            "type": words("test_case"),
            "run_start": number("When the run began, in seconds since 1970."),
            "property": text(),
            "status": words("passed", "failed", "gave_up"),
            "status_reason": text("Why, where it did not pass."),
            "representation": text("The update in words, where a property failed."),
            "arguments": mapping(text()),
            "how_generated": text("Seed and case."),
            "features": record({key: count() for key in ("states", "pairs", "transitions", "terminal")}),
            "timing": mapping(number()),
            "metadata": record({"kind": text("The kind of model.")}),
        }
    )
    return keyless("observation", "A property on a case, after Hypothesis: a line of fuzz --observations", line)


def run_environment():
    facts = "toolVersion swiftVersion operatingSystem processor linearAlgebra".split()
    body = record(
        {**{key: text() for key in facts}, "processorCount": count(), "date": text("The end of the run, in UTC.")}
    )
    return keyless("run-environment", "The machine and the versions of a run: environment.json", body)


def answer():
    """What the result is depends on the call; it has a schema key unless the call has no document to give."""
    numbers = {"type": "array", "items": {"type": ["number", "null"]}}
    kind = words("float64", "int32", "int8")
    outputs = mapping(record({"type": kind, "shape": array(count()), "data": numbers}), "In row-major order.")
    identifier = {"description": "The id of the call; null where it had none."}
    failed = record(
        {"id": identifier, "status": words(64, 65, 66, 70), "result": {"$ref": "#/$defs/failure"}},
    )
    handle = count("What was opened; 0 where nothing was.")
    done = record({"id": identifier, "status": words(0), "handle": handle, "result": {"type": "object"}, "arrays": outputs})
    body = {"anyOf": [done, failed], "$defs": {"failure": with_key("failure/v1", failure())}}
    return keyless("answer", "The answer to a call: a line of serve", body)


def main(arguments):
    schemas = {name: document(*entry) for name, entry in DOCUMENTS.items()} | {
        "audit-line": audit_line(),
        "observation": observation(),
        "run-environment": run_environment(),
        "answer": answer(),
    }
    status = 0
    for name, schema in schemas.items():
        path = FOLDER / f"{name}.schema.json"
        written = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        if arguments != ["--check"]:
            path.write_text(written, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != written:
            print(f"{path.name} is not what Tools/make_schemas.py writes", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
