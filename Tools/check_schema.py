#!/usr/bin/env python3
"""Validates documents against `mdps/schema/`, each by the value of its "schema" key.

    python3 Tools/check_schema.py [PATH...]      default: every .json file under mdps/
    python3 Tools/check_schema.py --as monotone/answer/v1 PATH...      for documents without that key
    python3 Tools/check_schema.py --reader .build/release/monotone [PATH...]

A schema file itself is checked against the JSON Schema metaschema. Duplicate keys and NaN are faults too, and a path
inside a refutation or attainment must exist. Of a .jsonl file every line is a document. Prints each fault with its JSON path; exits 1 if there is any.

With --reader, small variants of each file (below 4,000 bytes) are given to the schema and to `monotone validate`: every
value in turn replaced, every member left out, every array emptied. What the reader takes the schema must take; what the
schema takes the reader may refuse only for what a schema cannot say.
"""

import json
import re
import subprocess
import sys
import tempfile
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


def faults(path, by_identifier, identifier=None):
    """One line for each fault of the file."""
    try:
        text = path.read_text(encoding="utf-8")
        parts = text.splitlines() if path.suffix == ".jsonl" else [text]
        documents = [json.loads(part, object_pairs_hook=strict_object, parse_constant=refuse_constant) for part in parts]
    except (OSError, ValueError) as error:
        return [str(error)]
    return [fault for document in documents for fault in document_faults(path, document, by_identifier, identifier)]


def document_faults(path, document, by_identifier, identifier):
    if not isinstance(document, dict):
        return ["not an object"]
    if "$schema" in document:
        return [e.message for e in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(document)]
    identifier = identifier or document.get("schema")
    if identifier not in by_identifier:
        return [f"unknown schema {identifier!r}"]
    found = [f"{error.json_path}: {error.message[:200]}" for error in by_identifier[identifier].iter_errors(document)]
    if identifier in ("monotone/refutation/v1", "monotone/attainment/v1") and not found:
        for key in ("mdp", "current", "candidate"):
            if not (path.parent / document[key]).is_file():
                found.append(f"$.{key}: there is no file {document[key]}")
    return found


class Literal(str):
    """Text that stands in a file as it is."""


REPLACEMENTS = [
    None, True, {}, [], [None], [0], [1], [[]], {"a": 1}, "", "a", "0", "1", "1/2", "3/2", "-0", "-1", "1e5", "NaN", 0, 1, 2, -1,
    0.5, 1.5, *map(Literal, ("-0", "1.0", "1e0", "2.0", "1e400", "1e-400", "0." + "3" * 5000, "1" * 5000)),
]
# What a JSON Schema cannot say: that names are declared, which values go together, and how a count is written.
READER_ONLY = re.compile(r"expected \d+, (one for each|as many)|expected the name of one of")


def is_for_the_reader(fault):
    """Whether a fault of form depends on other parts of the file, as which rewards are null does."""
    return READER_ONLY.search(fault["message"]) or fault["path"].startswith("$.rewards[")


def variants(value):
    """Each with one part of the value changed."""
    yield from REPLACEMENTS
    if isinstance(value, dict):
        for key in value:
            yield {k: v for k, v in value.items() if k != key}
            for variant in variants(value[key]):
                yield {**value, key: variant}
        yield {**value, "extra": 1}
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield value[:i] + value[i + 1 :]
            for variant in variants(item):
                yield value[:i] + [variant] + value[i + 1 :]
        yield value + value[:1]


def text(value):
    if isinstance(value, Literal):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(text, value)) + "]"
    return json.dumps(value)


def disagreements(path, reader, by_identifier, folder):
    """One line for each variant of the file that only one of schema and reader takes."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if document.get("schema") not in ("monotone/mdp/v1", "monotone/policy/v1", "monotone/batch/v1"):
        return
    files = []
    for i, variant in enumerate(variants({k: v for k, v in document.items() if k not in ("description", "source")})):
        if isinstance(variant, dict) and variant.get("schema") == document["schema"]:
            files.append(folder / f"{i}.json")
            files[-1].write_text(text(variant), encoding="utf-8")
    for start in range(0, len(files), 500):
        command = [reader, "validate", "--json", *map(str, files[start : start + 500])]
        report = json.loads(subprocess.run(command, stdout=subprocess.PIPE).stdout)
        for entry in report["files"]:
            file = Path(entry["file"])
            found = faults(file, by_identifier)
            refused = [f for f in entry["faults"] if f["kind"] != "value" and not is_for_the_reader(f)]
            if entry["valid"] and found:
                yield f"the reader takes what the schema refuses: {found[0]}: {file.read_text()[:300]}"
            elif refused and not found:
                yield f"the schema takes what the reader refuses: {refused[0]['message']}: {file.read_text()[:300]}"


def main(arguments):
    if any(a in ("-h", "--help") for a in arguments):
        print(__doc__)
        return 0
    sys.set_int_max_str_digits(0)  # numbers of any length
    reader = identifier = None
    if arguments[:1] == ["--as"]:
        identifier, arguments = arguments[1], arguments[2:]
    if arguments[:1] == ["--reader"]:
        reader, arguments = arguments[1], arguments[2:]
    paths = [Path(a) for a in arguments] or sorted(MDPS.rglob("*.json"))
    by_identifier = validators()
    faulty = 0
    for path in paths:
        for line in (found := faults(path, by_identifier, identifier)):
            print(f"{path}: {line}", file=sys.stderr)
        if reader and not found and path.stat().st_size < 4000:
            with tempfile.TemporaryDirectory() as folder:
                for line in disagreements(path, reader, by_identifier, Path(folder)):
                    found.append(line)
                    print(f"{path}: {line}", file=sys.stderr)
        faulty += bool(found)
    print(f"{len(paths)} files checked, {faulty} with faults")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
