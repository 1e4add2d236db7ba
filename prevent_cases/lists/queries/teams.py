"""A team's list as its page shows it: nominees, seats, invitations, and what happened to it in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.granting import may_grant, may_nominate, within_reach
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Invitation, Membership, Nomination, Team, User
from prevent_cases.casework.wording import date_and_time, day

COMING, NOW, OVER = "coming", "now", "over"
MOST_TOLD = 100


def teams_of(actor: Actor, *, closed: bool = False) -> QuerySet[Team]:
    """The teams in which this person may give something."""
    teams = Team.objects.filter(within_reach(actor), closed_on__isnull=not closed)
    return teams.select_related("organisation", "locality", "area").order_by("kind", "name")


def team_of(actor: Actor, team_id: UUID) -> Team:
    """:raises Http404: for a team out of this person's reach, and for none"""
    found = Team.objects.filter(within_reach(actor), pk=team_id).select_related("organisation", "locality", "area")
    team = found.first()
    if team is None:
        raise Http404
    return team


def row_of(actor: Actor, model: Any, pk: UUID) -> Any:
    """A seat, nomination, invitation or review of a team within reach. :raises Http404: for any other"""
    teams = Team.objects.filter(within_reach(actor))
    related = {Nomination: ("user", "covers"), Membership: ("user",)}.get(model, ())
    row = model.objects.select_related("team__organisation", *related).filter(pk=pk, team__in=teams).first()
    if row is None:
        raise Http404
    return row


def counted(teams: QuerySet[Team], on: date) -> QuerySet[Any]:
    """Teams with ``seats`` and ``nominees``, how many of each they have on a day."""

    def current(name: str) -> Any:
        later = Q(**{f"{name}__ends_on__isnull": True}) | Q(**{f"{name}__ends_on__gte": on})
        return Count(f"{name}__user", filter=later & Q(**{f"{name}__starts_on__lte": on}), distinct=True)

    return teams.annotate(seats=current("memberships"), nominees=current("nominations"))


@dataclass(frozen=True)
class Listed:
    """A row of a list in words. ``when`` is coming, now or over; ``may_end`` says whether this person may end it."""

    id: UUID
    who: str
    detail: str
    dates: str
    when: str
    may_end: bool


def nominees_of(team: Team, actor: Actor, on: date) -> list[Listed]:
    rows = Nomination.objects.filter(team=team).select_related("user", "covers").order_by("-starts_on", "user__name")
    allowed = may_nominate(actor, team)
    return [
        Listed(
            row.pk, row.user.name, f"Covers for {row.covers.name}" if row.covers else "", dates_of(row),
            standing(row, on), allowed and standing(row, on) != OVER,
        )
        for row in rows
    ]  # fmt: skip


def seats_of(team: Team, actor: Actor, on: date) -> list[Listed]:
    rows = Membership.objects.filter(team=team).select_related("user").order_by("-starts_on", "user__name")
    return [
        Listed(
            row.pk, row.user.name,
            f"{SeatRole(row.role).label}{'' if row.user.is_active else ', account suspended'}", dates_of(row),
            standing(row, on), may_grant(actor, team, row.role) and standing(row, on) != OVER,
        )
        for row in rows
    ]  # fmt: skip


def waiting_for(team: Team, at: datetime) -> list[Invitation]:
    """Invitations to a team that were not taken up or withdrawn, newest first."""
    rows = Invitation.objects.filter(team=team, used_at=None, withdrawn_at=None).select_related("invited_by")
    return list(rows.order_by("-invited_at"))


def standing(row: Membership | Nomination, on: date) -> str:
    if row.starts_on > on:
        return COMING
    return OVER if row.ends_on and row.ends_on < on else NOW


def dates_of(row: Any) -> str:
    return f"{day(row.starts_on)} to {day(row.ends_on)}" if row.ends_on else f"From {day(row.starts_on)}"


def people_called(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()).first()


def happened(team: Team, last: int = MOST_TOLD) -> list[str]:
    """The last changes to a team's list in sentences, newest first. Two statements."""
    told = [*_lines(Nomination, team, last), *_lines(Membership, team, last)]
    return [words for _, words in sorted(told, key=lambda each: each[0], reverse=True)[:last]]


def changed_since(team: Team, version: int) -> list[str]:
    """What happened to a list since a version that somebody saw: each change raised the version by one."""
    fresh = Team.objects.values_list("list_version", flat=True).get(pk=team.pk)
    return happened(team, min(fresh - version, MOST_TOLD)) if fresh > version else []


def _lines(model: Any, team: Team, last: int) -> list[tuple[UUID, str]]:
    columns = ("covers__name",) if model is Nomination else ("role",)
    rows = model.history.filter(team=team).order_by("-history_id").values_list(
        "history_id", "history_date", "history_type", "history_user__name", "user__name", "starts_on", "ends_on",
        *columns,
    )  # fmt: skip
    return [(row[0], _sentence(model, *row[1:])) for row in rows[:last]]


def _sentence(
    model: Any, at: datetime, kind: str, by: str | None, who: str, starts_on: date, ends_on: date | None, more: str
) -> str:
    dates = f"from {day(starts_on)}{f' to {day(ends_on)}' if ends_on else ''}"
    if model is Nomination:
        what = {"+": f"put {who} on the list", "~": f"changed {who} on the list to", "-": f"took {who} off the list,"}
        cover = f", to cover for {more}" if more else ""
    else:
        role = SeatRole(more).label.lower()
        what = {
            "+": f"gave {who} a seat as {role}",
            "~": f"changed {who}'s seat as {role} to",
            "-": f"removed {who}'s seat,",
        }
        cover = ""
    return f"{date_and_time(at)}: {by or 'The service'} {what[kind]} {dates}{cover}."
