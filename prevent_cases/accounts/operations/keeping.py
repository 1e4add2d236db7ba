"""How rows about people are written: with their history, and so that two admins of one list never overwrite each other.

Each row of a team's list that changes leaves one line of history and raises ``Team.list_version`` by one. So the lines
since a version are the last ones, as many as the version has grown.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.db.models import F

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Membership, Nomination, Team
from prevent_cases.accounts.refusals import NotAllowed, StaleRecord

Row = TypeVar("Row", bound=models.Model)
CHANGED = (
    "Somebody else changed this list after you opened it. What they changed is shown above. Check it and try again."
)
NOT_YOURS = "Your own seat does not let you do that in this team."


def keep(row: Row, *, by: Actor, at: datetime) -> Row:
    """Save a row with its history: who, and when."""
    row._history_user, row._history_date = by.user, at  # type: ignore[attr-defined]
    row.save()
    return row


def drop(row: models.Model, *, by: Actor, at: datetime) -> None:
    """Delete a row; its history keeps it, with who and when."""
    row._history_user, row._history_date = by.user, at  # type: ignore[attr-defined]
    row.delete()


def keep_listed(row: Nomination | Membership, *, by: Actor, at: datetime) -> None:
    """Save a row of a team's list, which is now one version on."""
    keep(row, by=by, at=at)
    grow(row.team_id)


def drop_listed(row: Nomination | Membership, *, by: Actor, at: datetime) -> None:
    """Delete a row of a team's list; its history keeps it."""
    drop(row, by=by, at=at)
    grow(row.team_id)


def grow(team_id: UUID, by_rows: int = 1) -> None:
    Team.objects.filter(pk=team_id).update(list_version=F("list_version") + by_rows)


def lock_list(team: Team, version: int | None) -> Team:
    """The team, locked until the end of the transaction. :raises StaleRecord: if its list is past ``version``"""
    fresh = Team.objects.select_related("organisation").select_for_update(of=("self",)).get(pk=team.pk)
    if version is not None and fresh.list_version != version:
        raise StaleRecord(CHANGED)
    return fresh


def must(allowed: bool) -> None:  # noqa: FBT001 -- reads as a sentence: must(may_grant(...))
    """:raises NotAllowed: unless this is so"""
    if not allowed:
        raise NotAllowed(NOT_YOURS)
