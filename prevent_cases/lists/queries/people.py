"""Accounts as the lists show them: standing, seats, suspensions. Nothing of what anybody works on."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Membership, Suspension, User
from prevent_cases.casework.wording import date_and_time
from prevent_cases.lists.queries.teams import dates_of

MOST = 100


def accounts_to_show(asked: str = "") -> list[User]:
    """Accounts by a part of their name or address; suspended ones first, then the longest unused."""
    people = User.objects.all()
    if asked.strip():
        people = people.filter(Q(name__icontains=asked.strip()) | Q(email__icontains=asked.strip()))
    return list(people.order_by("is_active", F("last_login").asc(nulls_first=True), "name")[:MOST])


def seats_in_words(user: User) -> dict[str, Any]:
    """An account's seats as rows of a summary, and what happened to the account in sentences."""
    seats = Membership.objects.filter(user=user).select_related("team").order_by("-starts_on", "team__name")
    spells = Suspension.objects.filter(user=user).select_related("by", "ended_by").order_by("-at")
    told = []
    for row in spells:
        if row.ended_at and row.ended_by:
            told.append(f"{date_and_time(row.ended_at)}: {row.ended_by.name} let it be used again. {row.ended_why}")
        told.append(f"{date_and_time(row.at)}: {row.by.name if row.by else 'The service'} suspended it. {row.why}")
    return {
        "seats": [{"key": seat.team.name, "value": f"{SeatRole(seat.role).label}. {dates_of(seat)}"} for seat in seats],
        "told": told,
    }
