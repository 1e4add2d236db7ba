"""Whom a worker may hand a concern to: the lead of their team and, in their absence, the deputy (E4.12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.accounts.models import Membership

TITLES = {SeatRole.MANAGER: "safeguarding lead", SeatRole.DEPUTY: "deputy safeguarding lead"}


@dataclass(frozen=True)
class Lead:
    """Somebody who decides about concerns at an organisation. ``title`` says in which capacity."""

    user_id: UUID
    name: str
    title: str


def leads_of(team_id: UUID | None, writer_id: UUID | None, on: date) -> list[Lead]:
    """The leads of a practitioners' team today, then its deputies; never the writer. One statement, or none."""
    if team_id is None:
        return []
    seats = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, team=team_id, role__in=TITLES,
        team__kind=TeamKind.PRACTITIONER, team__closed_on=None, user__is_active=True,
    )  # fmt: skip
    rows = seats.exclude(user=writer_id).order_by("-role", "user__name").values_list("user_id", "user__name", "role")
    found: dict[UUID, Lead] = {}
    for user_id, name, role in rows:
        found.setdefault(user_id, Lead(user_id, name, TITLES[SeatRole(role)]))
    return list(found.values())
