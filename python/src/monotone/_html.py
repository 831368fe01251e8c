"""Tables for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

ROWS = 40


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of texts; of more than 40 rows the rest is counted."""
    from html import escape

    listed = list(rows)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in listed[:ROWS]
    )
    if len(listed) > ROWS:
        body += f'<tr><td colspan="{len(heads)}">… and {len(listed) - ROWS} more</td></tr>'
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    return (
        f'<table><caption style="text-align: left">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
