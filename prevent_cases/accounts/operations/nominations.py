"""Nominated Prevent virtual workers of a team, and who covers for whom (K0.3)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.granting import may_nominate
from prevent_cases.accounts.models import Membership, Nomination, Team, User
from prevent_cases.accounts.operations.keeping import keep_listed, lock_list, must
from prevent_cases.accounts.refusals import Refused

ENDS_FIRST = "The last day cannot be before the first day"


@transaction.atomic
def nominate(
    *, user: User, team: Team, starts_on: date, ends_on: date | None = None, covers: User | None = None,
    version: int | None = None, by: Actor, at: datetime,
) -> Nomination:  # fmt: skip
    """Nominate a Prevent virtual worker of a team, or somebody to cover for one (K0.3).

    ``version`` is the list's version that the person saw.

    :raises NotAllowed: where their seat does not let them
    :raises StaleRecord: if the list has changed since
    :raises Refused: for somebody without a seat there, or nominated already in that time, or dates the wrong way round
    """
    team = lock_list(team, version)
    must(may_nominate(by, team))
    row = Nomination(user=user, team=team, starts_on=starts_on, ends_on=ends_on, covers=covers)
    _must_be_sound(row)
    keep_listed(row, by=by, at=at)
    user.groups.add(team.group)
    return row


@transaction.atomic
def change_nomination(
    *, nomination: Nomination, ends_on: date | None, covers: User | None, version: int | None = None, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Give a nomination another last day, or another nominee to cover for."""
    team = lock_list(nomination.team, version)
    must(may_nominate(by, team))
    nomination.ends_on, nomination.covers = ends_on, covers
    _must_be_sound(nomination)
    keep_listed(nomination, by=by, at=at)


@transaction.atomic
def end_nomination(
    *, nomination: Nomination, ends_on: date, version: int | None = None, by: Actor, at: datetime
) -> None:
    """Let a nomination end on a day; the restricted areas it opened close to that person the day after."""
    change_nomination(nomination=nomination, ends_on=ends_on, covers=nomination.covers, version=version, by=by, at=at)


def overlapping(starts_on: date, ends_on: date | None) -> Q:
    """Rows true on any day of a time."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    return later & Q(starts_on__lte=ends_on) if ends_on else later


def _must_be_sound(row: Nomination) -> None:
    if row.ends_on and row.ends_on < row.starts_on:
        raise Refused(ENDS_FIRST, "ends_on")
    if row.covers_id and row.covers_id == row.user_id:
        raise Refused("Nobody covers for themselves", "covers")
    seats = Membership.objects.filter(user=row.user, team=row.team)
    if not seats.exists():
        raise Refused(f"{row.user.name} has no seat in {row.team.name}. Give them one first", "user")
    others = Nomination.objects.filter(overlapping(row.starts_on, row.ends_on), user=row.user, team=row.team)
    if other := others.exclude(pk=row.pk).first():
        _already(row, other)
    if row.covers and not _nominees(row).filter(user=row.covers).exists():
        raise Refused(f"{row.covers.name} is not on this list in that time, so needs no cover", "covers")


def _already(row: Nomination, other: Nomination) -> None:
    if other.starts_on <= row.starts_on and other.ends_on is None:
        raise Refused(f"{row.user.name} is on this list already, from {other.starts_on:%-d %B %Y} on", "user")
    until = f" to {other.ends_on:%-d %B %Y}" if other.ends_on else " on"
    raise Refused(
        f"These dates overlap: {row.user.name} is on this list from {other.starts_on:%-d %B %Y}{until}", "starts_on"
    )


def _nominees(row: Nomination) -> QuerySet[Nomination]:
    return Nomination.objects.filter(overlapping(row.starts_on, row.ends_on), team=row.team)
