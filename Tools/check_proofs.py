#!/usr/bin/env python3
"""Compares the theorems of Proofs/ with the catalogue of claims, and reads what they assume.

Usage: python3 Tools/check_proofs.py [--write] [--without-coq]

1. Every claim and every false variant of the catalogue has a theorem whose name is its id with
   underscores, and every theorem in Proofs/Bounds and Proofs/FalseVariants has its claim.
   Every claim that asks for no discount below 1 has another in Proofs/Undiscounted.
2. The constant before the formula of a bound is the same in Swift and in Coq.
3. Nothing is admitted, and no axiom is declared.
4. The table of the article MachineCheckedProofs.md names claim, theorem, Swift file and Python function.
5. Proofs/Assumptions.v prints what every theorem assumes; the answers name no axiom but those of
   Coq's classical reals, and those of theorems without logarithms name none.

`--write` renews that file and that table. The last point compiles Proofs/Assumptions.v and needs the
other files compiled; `--without-coq` leaves it out. Exits 1 and names every difference.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROOFS = ROOT / "Proofs"
ASSUMPTIONS = PROOFS / "Assumptions.v"
ARTICLE = ROOT / "Documentation/Monotone.docc/MachineCheckedProofs.md"
CERTIFICATES = ROOT / "Tools/check_certificate.py"
UNDISCOUNTED = "Undiscounted"
TABLE = "| claim | theorem | Swift | Python |\n|---|---|---|---|\n"

# What Coq's classical real numbers rest on; the last makes them a type with choice for MathComp.
AXIOMS = {
    "ClassicalDedekindReals.sig_not_dec",
    "ClassicalDedekindReals.sig_forall_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
    "Classical_Prop.classic",
    "Epsilon.epsilon_statement",
}

HEAD = """(** * What the theorems assume

    Coq prints the axioms behind every theorem: none where no logarithm occurs, and those of its
    classical real numbers where one does. Tools/check_proofs.py writes this file and reads the answers. *)

"""


def files():
    """The files of the project in the order of compilation."""
    lines = (PROOFS / "_CoqProject").read_text().split()
    return [PROOFS / line for line in lines if line.endswith(".v") and line != ASSUMPTIONS.name]


def without_comments(text):
    """Coq's comments nest."""
    kept, depth = [], 0
    for part in re.split(r"(\(\*|\*\))", text):
        if part == "(*":
            depth += 1
        elif part == "*)":
            depth -= 1
        elif depth == 0:
            kept.append(part)
    return "".join(kept)


def theorems():
    """(file, name, statement) of every theorem."""
    found = []
    for path in files():
        text = without_comments(path.read_text())
        for match in re.finditer(r"^(?:Theorem|Corollary)\s+([\w']+)(.*?)\.\s*\nProof", text, re.M | re.S):
            found.append((path.relative_to(PROOFS), match[1], match[2]))
    return found


def ids(folder):
    """Every claim id below a folder of Sources/MDPGuarantees, with its leading constant or None."""
    found = {}
    for path in sorted((ROOT / "Sources/MDPGuarantees" / folder).glob("*.swift")):
        for block in re.split(r"(?m)^(?=(?:package |public )?struct )", path.read_text()):
            if id_ := re.search(r'let id = "([\w-]+)"', block):
                constant = re.search(r"let leadingConstant = (\d+(?:\.\d+)?)(\.squareRoot\(\))?", block)
                value = None
                if constant:
                    value = float(constant[1])
                    value = value**0.5 if constant[2] else value
                found[id_[1]] = value
    return found


def leading_constant(statement):
    """The number with which the bound on the gap begins; 1 if it begins with none."""
    match = re.search(r"L π π'\|(?:%:E)?\s*<=\s*(.*)", statement, re.S)
    if not match:
        return None
    bound = match[1].lstrip("( \n")
    for pattern, value in (
        (r"Num\.sqrt (\d+)", lambda x: x**0.5),
        (r"(\d+)\^-1", lambda x: 1 / x),
        (r"(\d+)", lambda x: x),
    ):
        if number := re.match(pattern, bound):
            return value(float(number[1]))
    return 1.0


def catalogue_faults(found):
    """Ids without a theorem, theorems without an id, constants that differ."""
    by_name = {name: (path, statement) for path, name, statement in found if path.parts[0] != UNDISCOUNTED}
    claims, variants = ids("Claims"), ids("FalseVariants")
    for id_, constant in {**claims, **variants}.items():
        name = id_.replace("-", "_")
        if name not in by_name:
            yield f"{id_}: no theorem {name}"
            continue
        path, statement = by_name[name]
        if (id_ in variants) != (path.parts[0] == "FalseVariants"):
            yield f"{id_}: its theorem is in {path}"
        if id_ in claims and constant is not None:
            proved = leading_constant(statement)
            if proved is None or abs(proved - constant) > 1e-12:
                yield f"{id_}: the constant is {constant} in Swift and {proved} in {path}"
    known = {id_.replace("-", "_") for id_ in {**claims, **variants}}
    for path, name, _ in found:
        if path.parts[0] in ("Bounds", "FalseVariants") and name not in known:
            yield f"{path}: {name} is no claim of the catalogue"


def undiscounted_ids():
    """The claims that ask for no discount below 1."""
    found = set()
    for path in sorted((ROOT / "Sources/MDPGuarantees/Claims").glob("*.swift")):
        for block in re.split(r"(?m)^(?=(?:package |public )?struct )", path.read_text()):
            head = re.match(r"(?:package |public )?struct \w+: (\w+) ", block)
            if head and head[1] == "Claim" and ".discounting(" not in block or "needsDiscounting = false" in block:
                found.add(re.search(r'let id = "([\w-]+)"', block)[1])
    return found


def undiscounted_faults(found):
    """Claims that apply to the discount 1 without a theorem about it, and theorems about others."""
    proved = {name: path for path, name, _ in found if path.parts[0] == UNDISCOUNTED}
    for id_ in sorted(ids("Claims")):
        name = id_.replace("-", "_")
        if (id_ in undiscounted_ids()) != (name in proved):
            yield f"{id_}: " + (f"in {proved[name]}, but asks for a discount below 1" if name in proved
                                else f"no theorem {name} in Proofs/{UNDISCOUNTED}")


def python_functions(id_):
    """The functions of the Python checker that speak of a claim, but for the one that calls them all."""
    source = CERTIFICATES.read_text()
    starts = [(match.start(), match[1]) for match in re.finditer(r"(?m)^def (\w+)", source)]
    found = []
    for use in re.finditer(f'"{id_}"', source):
        function = [name for start, name in starts if start < use.start()][-1]
        if function not in ("derive", *found):
            found.append(function)
    return found


def table(found):
    """The rows of the article's table, in the order of the catalogue's files in Proofs/."""
    names = {id_.replace("-", "_"): id_ for id_ in ids("Claims")}
    rows = []
    for path, name, _ in found:
        if (id_ := names.get(name)) and path.parts[0] != UNDISCOUNTED:
            swift = next(
                file.name
                for file in sorted((ROOT / "Sources/MDPGuarantees/Claims").glob("*.swift"))
                if f'let id = "{id_}"' in file.read_text()
            )
            python = ", ".join(f"`{function}`" for function in python_functions(id_))
            rows.append(f"| `{id_}` | `{name}` in `{path}` | `{swift}` | {python} |\n")
    return "".join(rows)


def article_with(rows):
    """The article with other rows."""
    head, start, rest = ARTICLE.read_text().partition(TABLE)
    if not start:
        sys.exit(f"{ARTICLE.name} has no table of claims")
    return head + start + rows + re.sub(r"\A(?:\|.*\n)*", "", rest)


def gaps():
    """Commands that leave something unproved."""
    words = r"\b(Admitted|admit|Axiom|Axioms|Conjecture|Parameter|Parameters|bypass_check|Unset Guard Checking)\b"
    for path in files():
        if word := re.search(words, without_comments(path.read_text())):
            yield f"{path.relative_to(ROOT)}: {word[1]}"


def has_logarithms(path):
    """Whether a file is about Coq's real numbers."""
    return bool(re.search(r"From Coq Require Import [^.]*\bReals\b", (PROOFS / path).read_text()))


def parted(found):
    """The full names of theorems without and with logarithms."""
    parts = [], []
    for path, name, _ in found:
        full = ".".join(("Monotone", *path.with_suffix("").parts, name))
        parts[has_logarithms(path)].append(full)
    return parts


def assumptions_text(found):
    """The contents of Proofs/Assumptions.v."""
    plain, real = parted(found)
    modules = sorted({".".join(path.with_suffix("").parts) for path, _, _ in found})
    lines = [f"From Monotone Require {module}." for module in modules]
    lines += ["", "(** ** Without logarithms *)", ""]
    lines += [f"Print Assumptions {name}." for name in plain]
    lines += ["", "(** ** With logarithms: once for all, as it takes seconds *)", ""]
    lines += ["Definition with_logarithms :=", "  (@" + ",\n   @".join(real) + ").", ""]
    lines += ["Print Assumptions with_logarithms."]
    return HEAD + "\n".join(lines) + "\n"


def answers():
    """The sets of axioms that Coq prints, in order."""
    command = ["coqc", "-q", "-w", "none", "-Q", ".", "Monotone", ASSUMPTIONS.name]
    run = subprocess.run(command, cwd=PROOFS, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(run.stdout + run.stderr)
    for answer in re.split(r"(?m)^(?=Closed under|Axioms:)", run.stdout):
        if answer.startswith("Closed"):
            yield set()
        elif answer.startswith("Axioms:"):
            yield set(re.findall(r"(?m)^([\w.']+)\s*(?::|$)", answer.split("\n", 1)[1]))


def assumption_faults(found):
    """Axioms that no theorem may rest on."""
    plain, real = parted(found)
    printed = list(answers())
    if len(printed) != len(plain) + 1:
        yield f"{len(plain) + 1} questions, but {len(printed)} answers"
        return
    for name, axioms in zip(plain, printed):
        if axioms:
            yield f"{name} has no logarithm and assumes {', '.join(sorted(axioms))}"
    if stray := printed[-1] - AXIOMS:
        yield f"theorems with logarithms assume {', '.join(sorted(stray))}"
    print(f"{len(plain)} theorems assume nothing, {len(real)} Coq's classical reals")


def main():
    options = set(sys.argv[1:])
    if options - {"--write", "--without-coq"}:
        sys.exit(__doc__)
    found = theorems()
    faults = [*catalogue_faults(found), *undiscounted_faults(found), *gaps()]
    if "--write" in options:
        ASSUMPTIONS.write_text(assumptions_text(found))
        ARTICLE.write_text(article_with(table(found)))
    elif ARTICLE.read_text() != article_with(table(found)):
        faults.append(f"{ARTICLE.name} is not up to date: python3 Tools/check_proofs.py --write")
    elif not ASSUMPTIONS.exists() or ASSUMPTIONS.read_text() != assumptions_text(found):
        faults.append("Proofs/Assumptions.v is not up to date: python3 Tools/check_proofs.py --write")
    if "--without-coq" not in options:
        faults += assumption_faults(found)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(ids('Claims'))} claims and {len(ids('FalseVariants'))} false variants have their theorems"
          if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
