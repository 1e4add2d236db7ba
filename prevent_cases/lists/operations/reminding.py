"""Tell whoever keeps the lists of their gaps: each gap once a week, and never what a case is about."""

from __future__ import annotations

from datetime import datetime

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.casework import outbox
from prevent_cases.casework.days import civil_date
from prevent_cases.lists.queries.gaps import find_gaps


def remind_of_gaps(*, at: datetime) -> int:
    """One notice for each gap and week to each team that keeps lists; how many were written."""
    on = civil_date(at)
    year, week, _ = on.isocalendar()
    keepers = list(Team.objects.filter(kind=TeamKind.LISTS, closed_on__isnull=True))
    return sum(
        outbox.write_once(key=f"lists.gap:{gap.key}:{year}-{week}:{n}", kind="lists.gap", to=team, at=at)
        for gap in (find_gaps(on) if keepers else [])
        for n, team in enumerate(keepers)
    )
