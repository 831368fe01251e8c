"""The sections of SCALE.md, each between marks of its own, and the commit that was measured."""

import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE / "SCALE.md"


def write_section(name, content):
    """Puts a section into the page, in the place of the one before; the others stay."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    text = PAGE.read_text() if PAGE.exists() else "# Scale\n"
    section = f"{start}\n{content}\n{end}"
    if start in text:
        head, rest = text.split(start)
        text = head + section + rest.split(end)[1]
    else:
        text = text.rstrip("\n") + "\n\n" + section + "\n"
    PAGE.write_text(text)


def commit():
    """The commit that was measured."""
    head = subprocess.run(["git", "-C", HERE, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return head.stdout.strip() or "unknown"
