"""Small lists for choosing from: colleagues, localities, teams, systems. Cached for a minute in this process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Locality, Membership, Team
from prevent_cases.casework import procedure
from prevent_cases.casework.now import today
from referrals.queries.triage import register_of

KEPT_FOR = 60.0


class KeptAMinute:
    """Reference data that hardly changes: read at most once a minute in each process, or after ``forget``."""

    def __init__(self, read: Callable[[], Any]):
        self.read, self.until, self.value = read, 0.0, None

    def __call__(self) -> Any:
        if time.monotonic() >= self.until:
            self.value, self.until = self.read(), time.monotonic() + KEPT_FOR
        return self.value

    def forget(self) -> None:
        self.until = 0.0


@KeptAMinute
def localities_and_teams() -> dict[str, dict[str, str]]:
    """``locality`` and ``team``: id as text to name, in the order of their names."""
    teams = Team.objects.filter(
        kind__in=(TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN), closed_on=None
    )
    return {
        "locality": {str(pk): name for pk, name in Locality.objects.order_by("name").values_list("pk", "name")},
        "team": {str(pk): name for pk, name in teams.order_by("name").values_list("pk", "name")},
    }


def unit_beside(team_id: Any) -> Team:
    """The unit that coordinates what a team receives: of the team's own organisation, where that has one."""
    own = Team.objects.values_list("organisation", flat=True).get(pk=team_id)
    units = list(Team.objects.filter(kind=TeamKind.SSU, closed_on=None).order_by("name"))
    return next((unit for unit in units if unit.organisation_id == own), units[0])


def colleagues(actor: Actor) -> list[tuple[str, str]]:
    """The people in this person's own case teams today, by name."""
    on = today()
    rows = (
        Membership.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            team__in=actor.team_ids(TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN),
            starts_on__lte=on,
            user__is_active=True,
        )
        .order_by("user__name")
        .values_list("user_id", "user__name")
        .distinct()
    )
    return [(str(pk), name) for pk, name in rows]


def systems_searched() -> list[str]:
    """The systems an officer can say were searched, the case system first."""
    register = register_of(procedure.in_force(settings.DEFAULT_PROCEDURE, today()))
    return [register, "Archived records", "Safeguarding enquiries log"]
