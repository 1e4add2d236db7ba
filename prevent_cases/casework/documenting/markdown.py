"""The few shapes of Markdown that the pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WRITTEN_BY = "Written by `make docs` from the code. Do not edit it here: change the code it is written from.\n"


def page(title: str, *parts: str) -> str:
    """A whole page, ending in one line break."""
    return "\n".join([f"# {title}\n", WRITTEN_BY, *parts]).rstrip("\n") + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; an empty string where there are no rows."""
    lines = [_row(heads), _row(["---"] * len(heads)), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n" if len(lines) > 2 else ""


def code(*names: object) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(f"{cell}".replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
