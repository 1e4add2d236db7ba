"""Whoever acts has seen the case as it is."""

from __future__ import annotations

from prevent_cases.casework.models import Case
from prevent_cases.casework.workflow import StaleRecord


def must_be_as_seen(case: Case, version: int | None) -> None:
    """:raises StaleRecord: if the case, which is locked, changed since ``version``, which the person saw"""
    if version is not None and version != case.version:
        raise StaleRecord("Somebody else changed this case after you opened it. Check it, then try again.")
