"""Put somebody on a team's list, give them a seat, end either with its work handed over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.accounts import operations as accounts
from prevent_cases.accounts.granting import may_nominate, roles_for
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Membership, Nomination, Team, User
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.lists.forms.acting import ListForm
from prevent_cases.lists.forms.listed import EndForm, HandOverForm, NominateForm, SeatForm
from prevent_cases.lists.operations.leaving import hand_over_leaver, leave
from prevent_cases.lists.policy import keeps_a_list
from prevent_cases.lists.queries.holding import held, stays_on, successors
from prevent_cases.lists.queries.teams import row_of, team_of
from prevent_cases.lists.views.acting import carried_out, page


@require_http_methods(["GET", "POST"])
@open_to(keeps_a_list)
def nominate(request: Request, team_id: UUID) -> HttpResponse:
    """Put a member of the team on its list, for themselves or in cover."""
    team = team_of(request.actor, team_id)
    if not may_nominate(request.actor, team):
        raise Http404
    later = Nomination.objects.filter(team=team).exclude(ends_on__lt=today())
    form = NominateForm(
        request.POST or None, seated=_seated(team), nominees=list(_people(later)), initial={"starts_on": today()},
        **_of(team),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: accounts.nominate(
        user=form.who(), covers=form.covered(), team=team, starts_on=form.cleaned_data["starts_on"],
        ends_on=form.cleaned_data["ends_on"], version=form.cleaned_data["version"], by=request.actor, at=now(),
    ), team):  # fmt: skip
        return _done(request, team, "The list was changed.")
    return _page(request, team, form, "Put somebody on the list")


@require_http_methods(["GET", "POST"])
@open_to(keeps_a_list)
def give_seat(request: Request, team_id: UUID) -> HttpResponse:
    """Give a seat to somebody who has an account."""
    team = team_of(request.actor, team_id)
    form = SeatForm(
        request.POST or None, roles=roles_for(request.actor, team), initial={"starts_on": today()}, **_of(team)
    )
    if form.is_valid() and carried_out(form, lambda: accounts.seat(
        user=form.found, team=team, role=form.cleaned_data["role"], starts_on=form.cleaned_data["starts_on"],
        ends_on=form.cleaned_data["ends_on"], version=form.cleaned_data["version"], by=request.actor, at=now(),
    ), team):  # fmt: skip
        return _done(request, team, "The seat was given.")
    return _page(request, team, form, "Give somebody a seat")


@require_http_methods(["GET", "POST"])
@open_to(keeps_a_list)
def end_nomination(request: Request, nomination_id: UUID) -> HttpResponse:
    return _end(request, row_of(request.actor, Nomination, nomination_id), "Take somebody off the list")


@require_http_methods(["GET", "POST"])
@open_to(keeps_a_list)
def end_seat(request: Request, seat_id: UUID) -> HttpResponse:
    return _end(request, row_of(request.actor, Membership, seat_id), "End a seat")


@require_http_methods(["GET", "POST"])
@open_to(keeps_a_list)
def hand_over(request: Request, team_id: UUID, user_id: UUID) -> HttpResponse:
    """Pass somebody's open work in a team to another, without ending anything."""
    team = team_of(request.actor, team_id)
    leaver = User.objects.filter(pk=user_id, memberships__team=team).distinct().first()
    work = held(leaver, team) if leaver else None
    if leaver is None or work is None or work.is_nothing:
        raise Http404
    form = HandOverForm(request.POST or None, successors=list(successors(team, leaver, today())), **_of(team))
    if form.is_valid() and carried_out(form, lambda: hand_over_leaver(
        leaver=leaver, team=team, to=User.objects.get(pk=form.cleaned_data["successor"]), until=today(),
        by=request.actor, at=now(),
    ), team):  # fmt: skip
        return _done(request, team, "The work was handed over.")
    return _page(request, team, form, "Hand work over", who=leaver, work=work.in_words)


def _end(request: Request, row: Membership | Nomination, title: str) -> HttpResponse:
    """The last day of a seat or nomination; what they still work on is counted, and passes to another."""
    team = row.team
    work = [] if stays_on(row.user, team, today(), beside=row) else held(row.user, team).in_words
    form = EndForm(
        request.POST or None, has_work=bool(work), successors=list(successors(team, row.user, today())), **_of(team)
    )
    if form.is_valid() and carried_out(form, lambda: leave(
        row=row, ends_on=form.cleaned_data["ends_on"], successor=form.person(), version=form.cleaned_data["version"],
        by=request.actor, at=now(),
    ), team):  # fmt: skip
        return _done(request, team, "The last day was set.")
    role = SeatRole(row.role).label if isinstance(row, Membership) else "Nominated worker"
    return _page(request, team, form, title, who=row.user, role=role, starts_on=row.starts_on, work=work)


def _of(team: Team) -> dict[str, Any]:
    return {"version": team.list_version, "cancel_url": reverse("lists:team", args=[team.pk])}


def _done(request: Request, team: Team, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("lists:team", team.pk)


def _page(request: Request, team: Team, form: ListForm, title: str, **more: Any) -> HttpResponse:
    return page(request, "lists/change.html", {"team": team, "form": form, "title": title, **more})


def _people(rows: Any) -> Any:
    return User.objects.filter(pk__in=rows.values("user")).order_by("name")


def _seated(team: Team) -> list[User]:
    seats = Membership.objects.filter(team=team, user__is_active=True).exclude(ends_on__lt=today())
    return list(_people(seats))
