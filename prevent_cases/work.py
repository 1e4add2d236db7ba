"""My work: what is due, across cases, for this person and for their teams. Overdue first, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import clocks
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Exclusion
from prevent_cases.casework.now import now, today
from prevent_cases.casework.wording import due_words, weekday
from prevent_cases.named_on import named_on
from prevent_cases.screens import CASE_TEAMS
from referrals.models import Contribution
from referrals.policy import case_staff
from referrals.states import ContributionState

MOST = 50
SOON = 2
KEPT_FROM = "c.id <> ALL (ARRAY(SELECT case_id FROM casework_exclusion WHERE user_id = %s AND ended_at IS NULL))"


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline: what, on which case, by when."""

    case_id: UUID
    run_id: UUID
    clock: str
    due_at: datetime
    reference: str
    name: str
    assignee: str
    team: str


@require_GET
@open_to(case_staff)
def my_work(request: Request) -> HttpResponse:
    """Deadlines on cases assigned to this person, or of one of their teams; and questions colleagues asked them."""
    actor, on = request.actor, today()
    teams = {str(s.team_id): s.team_name for s in actor.seats if s.kind in CASE_TEAMS}
    chosen = request.GET.get("team", "")
    team_id = UUID(chosen) if chosen in teams else None
    rows = due_work(actor, team_id)
    groups: dict[str, list[dict[str, Any]]] = {"Overdue": [], "Due in the next two days": [], "Later": []}
    for row in rows[:MOST]:
        gap = (civil_date(row.due_at) - on).days
        late = row.due_at < now()
        groups["Overdue" if late else "Due in the next two days" if gap <= SOON else "Later"].append(_shown(row, on))
    context = {
        "tabs": tabs(actor, str(team_id or "")),
        "groups": [(title, shown) for title, shown in groups.items() if shown],
        "more": len(rows) > MOST,
        "questions": _questions(actor, on) if team_id is None else [],
        "named": named_on(actor, on) if team_id is None else [],
        "is_mine": team_id is None,
    }
    return render(request, "work/my_work.html", context)


def tabs(actor: Actor, chosen: str) -> list[dict[str, Any]]:
    """Whose work: one's own (an empty string), a team's by its id, or what one has not finished."""
    teams = {str(s.team_id): s.team_name for s in actor.seats if s.kind in CASE_TEAMS}
    places = {"": ("Assigned to me", reverse("my-work"))}
    places |= {key: (name, f"{reverse('my-work')}?team={key}") for key, name in teams.items()}
    places["unfinished"] = ("Unfinished", reverse("unfinished"))
    return [{"text": text, "url": url, "current": key == chosen} for key, (text, url) in places.items()]


def due_work(actor: Actor, team_id: UUID | None) -> list[Due]:
    """Running deadlines, soonest first: of one team, or this person's: on the cases assigned to them, and those that
    they owe themselves. One statement, whose cost does not grow with the number of cases."""
    picked, given = _of_person(actor) if team_id is None else _of_team(actor, team_id)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT c.id, r.id, r.clock, r.due_at, c.reference,
                       trim(coalesce(f.given_name, o.given_name) || ' ' || coalesce(f.family_name, o.family_name)),
                       coalesce(u.name, ''), t.name
                FROM (SELECT id, due_at FROM ({picked}) every ORDER BY due_at, id LIMIT {MOST + 1}) p
                JOIN casework_clockrun r ON r.id = p.id JOIN casework_case c ON c.id = r.case_id
                JOIN accounts_team t ON t.id = c.holder_team_id
                LEFT JOIN referrals_referral f ON f.case_id = c.id
                LEFT JOIN referrals_practitionerreferral o ON o.case_id = c.id
                LEFT JOIN accounts_user u ON u.id = c.assignee_id
                ORDER BY p.due_at, p.id""",
            given,
        )
        return [Due(*row) for row in cursor.fetchall()]


def _of_person(actor: Actor) -> tuple[str, list[Any]]:
    """The soonest fifty lie on the fifty cases whose next deadline is soonest; and among those they owe themselves."""
    me = actor.user_id
    return (
        f"""SELECT r.id, r.due_at FROM (
                SELECT c.id FROM casework_case c WHERE c.closed_at IS NULL AND c.assignee_id = %s AND {KEPT_FROM}
                 ORDER BY c.next_due_at, c.id LIMIT {MOST + 1}) mine
              JOIN casework_clockrun r ON r.case_id = mine.id
             WHERE r.state = 'RUNNING' AND r.clock = ANY (%s)
             UNION
            (SELECT r.id, r.due_at FROM casework_clockrun r JOIN casework_case c ON c.id = r.case_id
              WHERE r.state = 'RUNNING' AND r.person_id = %s AND r.clock = ANY (%s) AND {KEPT_FROM}
              ORDER BY r.due_at LIMIT {MOST + 1})""",
        [me, me, _listed(), me, _listed(), me],
    )


def _of_team(actor: Actor, team_id: UUID) -> tuple[str, list[Any]]:
    """One walk of the index for each kind of deadline, so that those never listed are not walked over."""
    me = actor.user_id
    return (
        f"""SELECT soonest.id, soonest.due_at FROM unnest(%s::text[]) listed (clock) CROSS JOIN LATERAL (
                SELECT r.id, r.due_at FROM casework_clockrun r JOIN casework_case c ON c.id = r.case_id
                 WHERE r.state = 'RUNNING' AND r.team_id = %s AND r.clock = listed.clock
                   AND (c.sensitivity = 0 OR c.assignee_id = %s) AND {KEPT_FROM}
                 ORDER BY r.due_at, r.id LIMIT {MOST + 1}) soonest""",
        [_listed(), team_id, me, me],
    )


def _listed() -> list[str]:
    return [clock.key for clock in clocks.every() if clock.shown_in_lists]


def _questions(actor: Actor, on: date) -> list[dict[str, Any]]:
    rows = Contribution.objects.filter(colleague=actor.user_id, state=ContributionState.ASKED).order_by("due_on")
    rows = rows.exclude(case__in=Exclusion.objects.standing().filter(user=actor.user_id).values("case"))
    return [
        {
            "url": reverse("referrals:contribution", args=[row.pk]),
            "reference": row.case.reference,
            "asked_by": row.asked_by.name,
            "due": due_words(row.due_on, on),
            "late": row.due_on < on,
        }
        for row in rows.select_related("case", "asked_by")[:MOST]
    ]


def _shown(row: Due, on: date) -> dict[str, Any]:
    clock = clocks.declared(row.clock)
    return {
        "url": reverse("case", args=[row.case_id]),
        "what": clock.label,
        "whose": "" if clock.is_ours else f"Owed by {clock.owner}",
        "name": row.name or "Name not known",
        "reference": row.reference,
        "due": due_words(row.due_at, on) if clock.is_ours else f"Expected by {weekday(row.due_at)}",
        "assignee": row.assignee or "Nobody yet",
        "team": row.team,
    }
