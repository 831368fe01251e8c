#!/usr/bin/env python3
"""Validates MDP, policy, batch, refutation and attainment files against `mdps/schema/`, each by the value of its "schema" key.

    python3 Tools/check_schema.py [PATH...]      default: every .json file under mdps/

A schema file itself is checked against the JSON Schema metaschema. Duplicate keys and NaN are faults too, and a path
inside a refutation or attainment must exist. Prints each fault with its JSON path; exits 1 if there is any.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

MDPS = Path(__file__).resolve().parent.parent / "mdps"


def validators():
    """A validator by schema identifier ("monotone/mdp/v1", ...)."""
    found = {}
    for path in sorted((MDPS / "schema").glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        found[schema["$id"]] = Draft202012Validator(schema)
    return found


def strict_object(pairs):
    """An object without duplicate keys; `json` would silently keep the last."""
    result = dict(pairs)
    if len(result) != len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"duplicate key {next(key for key in keys if keys.count(key) > 1)!r}")
    return result


def refuse_constant(text):
    raise ValueError(f"{text} is not JSON")


def faults(path, by_identifier):
    """One line for each fault of the file."""
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text, object_pairs_hook=strict_object, parse_constant=refuse_constant)
    except (OSError, ValueError) as error:
        return [str(error)]
    if not isinstance(document, dict):
        return ["not an object"]
    if "$schema" in document:
        return [e.message for e in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(document)]
    identifier = document.get("schema")
    if identifier not in by_identifier:
        return [f"unknown schema {identifier!r}"]
    found = [f"{error.json_path}: {error.message[:200]}" for error in by_identifier[identifier].iter_errors(document)]
    if identifier in ("monotone/refutation/v1", "monotone/attainment/v1") and not found:
        for key in ("mdp", "current", "candidate"):
            if not (path.parent / document[key]).is_file():
                found.append(f"$.{key}: there is no file {document[key]}")
    return found


def main(arguments):
    if any(a in ("-h", "--help") for a in arguments):
        print(__doc__)
        return 0
    paths = [Path(a) for a in arguments] or sorted(MDPS.rglob("*.json"))
    by_identifier = validators()
    faulty = 0
    for path in paths:
        for line in (found := faults(path, by_identifier)):
            print(f"{path}: {line}", file=sys.stderr)
        faulty += bool(found)
    print(f"{len(paths)} files checked, {faulty} with faults")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
