"""Acts on accounts: what a person chooses for themselves, and the seats and nominations they are given."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Digest, Membership, Nomination, Team, User


@transaction.atomic
def choose_digest(*, user: User, digest: str) -> None:
    """Have each notice as it happens, or one message each morning."""
    row = User.objects.select_for_update().get(pk=user.pk)
    row.digest = Digest(digest)
    row.save(update_fields=["digest"])


@transaction.atomic
def nominate(
    *, user: User, team: Team, starts_on: date, ends_on: date | None = None, covers: User | None = None,
    by: Actor, at: datetime,
) -> Nomination:  # fmt: skip
    """Nominate a Prevent virtual worker of a team, or somebody to cover for one (K0.3)."""
    row = Nomination(user=user, team=team, starts_on=starts_on, ends_on=ends_on, covers=covers)
    _keep(row, by, at)
    user.groups.add(team.group)
    return row


@transaction.atomic
def change_nomination(
    *, nomination: Nomination, ends_on: date | None, covers: User | None, by: Actor, at: datetime
) -> None:
    """Give a nomination another last day, or another nominee to cover for."""
    nomination.ends_on, nomination.covers = ends_on, covers
    _keep(nomination, by, at)


@transaction.atomic
def end_nomination(*, nomination: Nomination, ends_on: date, by: Actor, at: datetime) -> None:
    """Let a nomination end on a day; the restricted areas it opened close to that person the day after."""
    nomination.ends_on = ends_on
    _keep(nomination, by, at)


@transaction.atomic
def seat(
    *, user: User, team: Team, role: str, starts_on: date, ends_on: date | None = None, by: Actor, at: datetime
) -> Membership:
    """Give a person a seat in a team."""
    row = Membership(user=user, team=team, role=role, starts_on=starts_on, ends_on=ends_on)
    _keep(row, by, at)
    return row


def _keep(row: Nomination | Membership, by: Actor, at: datetime) -> None:
    """Save with the history: who, and when."""
    row._history_user, row._history_date = by.user, at  # type: ignore[union-attr]
    row.save()
