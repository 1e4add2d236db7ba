"""The teams within somebody's reach, a team's list, and what happened to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from prevent_cases.accounts.granting import may_nominate, roles_for
from prevent_cases.accounts.kinds import NOMINATING, SeatRole, TeamKind
from prevent_cases.accounts.models import Invitation, Team
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.casework.wording import day
from prevent_cases.lists.policy import keeps_a_list, lists_admin
from prevent_cases.lists.queries.teams import (
    OVER,
    Listed,
    counted,
    happened,
    nominees_of,
    seats_of,
    team_of,
    teams_of,
    waiting_for,
)
from prevent_cases.lists.views.acting import page

COLUMNS = ("Team", "Organisation", "Seats", "Nominated workers")
LISTED = ("Who", "As", "Dates", "Change")
SHOWN_OVER = 20


@require_GET
@open_to(keeps_a_list)
def home(request: Request) -> HttpResponse:
    """Every team this person may keep, with how many people are in it."""
    closed = request.GET.get("closed") == "1"
    teams = counted(teams_of(request.actor, closed=closed), today())
    rows = [
        [
            {"text": team.name, "url": reverse("lists:team", args=[team.pk])},
            {"text": team.organisation.name, "detail": TeamKind(team.kind).label},
            {"text": f"{team.seats}"},
            {"text": f"{team.nominees}" if team.kind in NOMINATING else "Not used here"},
        ]
        for team in teams
    ]  # fmt: skip
    context = {"rows": rows, "columns": COLUMNS, "closed": closed, "is_admin": lists_admin.allows(request.actor, None)}
    return page(request, "lists/home.html", context)


@require_GET
@open_to(keeps_a_list)
def team(request: Request, team_id: UUID) -> HttpResponse:
    """A team's list: who is on it now, who will be, who was; its seats and its invitations."""
    found = team_of(request.actor, team_id)
    nominees, seats = nominees_of(found, request.actor, today()), seats_of(found, request.actor, today())
    context = {
        "team": found,
        "kind": TeamKind(found.kind).label,
        "columns": LISTED,
        "nominates": found.kind in NOMINATING,
        "may_nominate": may_nominate(request.actor, found) and found.closed_on is None,
        "may_seat": bool(roles_for(request.actor, found)) and found.closed_on is None,
        "is_admin": lists_admin.allows(request.actor, None),
        "nominees": _rows([one for one in nominees if one.when != OVER], "lists:end-nomination"),
        "seats": _rows([one for one in seats if one.when != OVER], "lists:end-seat"),
        "over": _rows([one for one in (*nominees, *seats) if one.when == OVER][:SHOWN_OVER], ""),
        "invitations": _invitations(waiting_for(found, now())),
    }
    return page(request, "lists/team.html", context)


@require_GET
@open_to(keeps_a_list)
def history(request: Request, team_id: UUID) -> HttpResponse:
    """What happened to a list, in sentences."""
    found: Team = team_of(request.actor, team_id)
    return page(request, "lists/history.html", {"team": found, "lines": happened(found)})


def _rows(listed: list[Listed], ending: str) -> list[list[dict[str, Any]]]:
    return [
        [
            {"text": one.who, "is_name": True},
            {"text": one.detail or "On the list", "detail": "Not yet" if one.when == "coming" else ""},
            {"text": one.dates},
            {"text": "Set the last day", "url": reverse(ending, args=[one.id])} if one.may_end and ending
            else {"text": "Ended" if one.when == OVER else "Not yours to change"},
        ]
        for one in listed
    ]  # fmt: skip


def _invitations(waiting: list[Invitation]) -> list[list[dict[str, Any]]]:
    return [
        [
            {"text": one.name, "is_name": True, "detail": one.email},
            {"text": SeatRole(one.role).label},
            {"text": f"Open until {day(one.expires_at)}" if one.expires_at > now() else "Out of date"},
            {"text": "Send again or withdraw", "url": reverse("lists:invitation", args=[one.pk])},
        ]
        for one in waiting
    ]  # fmt: skip
