"""Many rows at once by COPY. Pure, and without Django, so that other processes can write lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def line(values: Iterable[Any]) -> str:
    """One row in COPY's text form. None is NULL."""
    return "\t".join(map(_text, values)) + "\n"


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value if value.isalnum() else value.translate(ESCAPED)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
