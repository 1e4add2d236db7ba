"""Who would get a referral? The same questions to the same functions that triage asks (referrals/queries/routes.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from prevent_cases.accounts.kinds import NOMINATING, SeatRole, TeamKind
from prevent_cases.accounts.models import Membership, Nomination, Team
from prevent_cases.casework.procedure import Procedure
from referrals.queries.routes import routes_from
from referrals.states import Known

CHILD_BELOW = 18
NIL_RETURN = "Nobody outside the Strategic Safeguarding Unit: it sends a nil return to policing, and closes the case."
KINDS = {
    TeamKind.LOCALITY.value: "locality team",
    TeamKind.AREA.value: "Area Referral Service",
    TeamKind.CHILDREN.value: "children's duty team",
}


@dataclass(frozen=True)
class Outcome:
    """Where it would go, why, and who would open it there today. Without a team, ``words`` says what happens."""

    words: str
    team: Team | None = None
    people: tuple[str, ...] = ()


def who_would_get(*, postcode: str, age: int, known: str, procedure: Procedure, on: date) -> Outcome:
    """The team and the people of today for a person of this age, at this postcode, known this way."""
    if age >= CHILD_BELOW and known == Known.NEVER:
        return Outcome(NIL_RETURN)
    kind = procedure.routes["CHILD" if age < CHILD_BELOW else known]
    suggestion = routes_from(postcode).suggestion(kind)
    team = Team.objects.filter(pk=suggestion.team_id).first() if suggestion.team_id else None
    if team is None:
        return Outcome(
            f"No {KINDS[kind]} is suggested for this postcode. The officer would have to choose one by hand."
        )
    return Outcome(suggestion.because or f"This is the only {KINDS[kind]}.", team, _people(team, on))


def _people(team: Team, on: date) -> tuple[str, ...]:
    current = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    seats = Membership.objects.filter(current, team=team, user__is_active=True).select_related("user")
    if team.kind not in NOMINATING:
        return tuple(
            f"{row.user.name}, {SeatRole(row.role).label.lower()}" for row in seats.order_by("user__name", "role")
        )
    rows = Nomination.objects.filter(current, team=team, user__in=seats.values("user"))
    return tuple(
        f"{row.user.name}, in cover for {row.covers.name}" if row.covers else row.user.name
        for row in rows.select_related("user", "covers").order_by("user__name")
    )
