"""What somebody types on a page of the lists, and the moment at which these tests stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from prevent_cases.casework.days import LONDON

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)


def typed_day(name: str, on: date | None) -> dict[str, str]:
    """A date as its three boxes send it."""
    if on is None:
        return {}
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def text_of(response: Any) -> str:
    return str(response.content.decode())
