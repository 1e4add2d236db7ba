"""Seats in teams: given and ended by whoever's own seat lets them (accounts/granting.py)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.granting import may_grant
from prevent_cases.accounts.kinds import OrganisationKind, SeatRole, TeamKind
from prevent_cases.accounts.models import Membership, Nomination, Team, User
from prevent_cases.accounts.operations.keeping import drop_listed, keep_listed, lock_list, must
from prevent_cases.accounts.operations.nominations import ENDS_FIRST, overlapping
from prevent_cases.accounts.refusals import Refused

NO_ADMIN_LEFT = "Nobody else in this team keeps the staff lists after that day. Give somebody else a seat in it first"
NO_MANAGER_LEFT = "The council would have no manager of its staff lists after that day. Make somebody else one first"


@transaction.atomic
def seat(
    *, user: User, team: Team, role: str, starts_on: date, ends_on: date | None = None, version: int | None = None,
    by: Actor, at: datetime,
) -> Membership:  # fmt: skip
    """Give a person a seat in a team.

    :raises NotAllowed: where the giver's own seat does not let them
    :raises StaleRecord: if the list has changed since ``version``
    :raises Refused: for a closed team, a suspended account, or a seat that they hold already in that time
    """
    team = lock_list(team, version)
    must(may_grant(by, team, role))
    if team.closed_on is not None:
        raise Refused(f"{team.name} is closed")
    if ends_on and ends_on < starts_on:
        raise Refused(ENDS_FIRST, "ends_on")
    if not user.is_active:
        raise Refused("This account is suspended. Let it be used again first", "user")
    if Membership.objects.filter(overlapping(starts_on, ends_on), user=user, team=team, role=role).exists():
        raise Refused(f"{user.name} has this seat already in that time", "user")
    row = Membership(user=user, team=team, role=role, starts_on=starts_on, ends_on=ends_on)
    keep_listed(row, by=by, at=at)
    return row


@transaction.atomic
def end_seat(*, membership: Membership, ends_on: date, version: int | None = None, by: Actor, at: datetime) -> None:
    """Let a seat end on a day, and with a person's last seat in the team their nominations there.

    What they still work on is handed over first (prevent_cases.lists.operations.leaving).

    :raises NotAllowed: where the seat of whoever ends it does not let them
    :raises Refused: for a day before it began, or where the lists would be left without anybody to keep them
    """
    team = lock_list(membership.team, version)
    must(may_grant(by, team, membership.role))
    if ends_on < membership.starts_on:
        raise Refused(f"The last day cannot be before the first day, {membership.starts_on:%-d %B %Y}", "ends_on")
    if team.kind == TeamKind.LISTS:
        _somebody_stays(membership, team, ends_on)
    membership.ends_on = ends_on
    keep_listed(membership, by=by, at=at)
    staying = Membership.objects.filter(user=membership.user_id, team=team).exclude(ends_on__lte=ends_on)
    if not staying.exists():
        _end_nominations(membership.user_id, team, ends_on, by=by, at=at)


def must_leave_an_admin(user: User, *, on: date) -> None:
    """:raises Refused: if an account that stops on a day is the last to keep some team's lists"""
    seats = Membership.objects.filter(user=user, team__kind=TeamKind.LISTS, team__closed_on__isnull=True)
    for row in seats.exclude(ends_on__lte=on).select_related("team__organisation"):
        _somebody_stays(row, row.team, on)


def _somebody_stays(leaving: Membership, team: Team, ends_on: date) -> None:
    """:raises Refused: if this takes away the last admin of the team, or the last manager of the council's lists"""
    list(Team.objects.filter(kind=TeamKind.LISTS, closed_on__isnull=True).select_for_update().order_by("pk"))
    staying = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on), starts_on__lte=ends_on, user__is_active=True,
        team__kind=TeamKind.LISTS, team__closed_on__isnull=True,
    ).exclude(user=leaving.user_id)  # fmt: skip
    if not staying.filter(team=team).exists():
        raise Refused(NO_ADMIN_LEFT, "ends_on")
    if leaving.role != SeatRole.MANAGER or team.organisation.kind != OrganisationKind.COUNCIL:
        return
    if not staying.filter(team__organisation=team.organisation, role=SeatRole.MANAGER).exists():
        raise Refused(NO_MANAGER_LEFT, "ends_on")


def _end_nominations(user_id: UUID, team: Team, ends_on: date, *, by: Actor, at: datetime) -> None:
    for row in Nomination.objects.filter(user=user_id, team=team).exclude(ends_on__lte=ends_on):
        if row.starts_on > ends_on:
            drop_listed(row, by=by, at=at)
        else:
            row.ends_on = ends_on
            keep_listed(row, by=by, at=at)
