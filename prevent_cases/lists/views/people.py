"""Accounts: who has not signed in for long, who is suspended; suspend one, let one be used again. Reviews of access."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import AccessReview, Team, User
from prevent_cases.accounts.operations import restore, suspend
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.casework.wording import date_and_time, day
from prevent_cases.lists.forms.listed import ReviewForm
from prevent_cases.lists.forms.places import ReasonForm
from prevent_cases.lists.operations.reviewing import seats_to_review, sign_review
from prevent_cases.lists.policy import keeps_a_list, lists_admin
from prevent_cases.lists.queries.holding import in_teams
from prevent_cases.lists.queries.people import accounts_to_show, seats_in_words
from prevent_cases.lists.queries.teams import row_of, teams_of
from prevent_cases.lists.views.acting import carried_out, page

COLUMNS = ("Name", "Standing", "Last signed in")
REVIEW_COLUMNS = ("Team", "Due", "Standing")


@require_GET
@open_to(lists_admin)
def people(request: Request) -> HttpResponse:
    """Suspended accounts, and those that nobody used for longest."""
    rows = [
        [
            {"text": user.name, "url": reverse("lists:person", args=[user.pk]), "is_name": True},
            {"text": "In use" if user.is_active else "Suspended", "tone": "done" if user.is_active else "attention"},
            {"text": date_and_time(user.last_login) or "Never"},
        ]
        for user in accounts_to_show(request.GET.get("q", ""))
    ]
    return page(request, "lists/people.html", {"rows": rows, "columns": COLUMNS, "q": request.GET.get("q", "")})


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def person(request: Request, user_id: UUID) -> HttpResponse:
    """An account: its seats, what open work it has as counts, and suspending it or letting it be used again."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404
    act: Any = suspend if user.is_active else restore
    form = ReasonForm(request.POST or None, cancel_url=reverse("lists:people"))
    form.submit_label = "Suspend the account" if user.is_active else "Let it be used again"  # type: ignore[misc]
    if form.is_valid() and carried_out(form, lambda: act(
        user=user, why=form.cleaned_data["why"], by=request.actor, at=now()
    )):  # fmt: skip
        messages.success(request, "The account was suspended." if user.is_active else "The account can be used again.")
        return redirect("lists:person", user.pk)
    context = {"person": user, "form": form, **seats_in_words(user), "work": _work(user)}
    return page(request, "lists/person.html", context)


@require_GET
@open_to(keeps_a_list)
def reviews(request: Request) -> HttpResponse:
    """The reviews of access of the teams within reach: those to sign, then the last ones signed."""
    rows = AccessReview.objects.filter(team__in=teams_of(request.actor)).select_related("team", "signed_by")
    shown = [*rows.filter(signed_at=None).order_by("due_on", "team__name"),
             *rows.filter(signed_at__isnull=False).order_by("-signed_at")[:50]]  # fmt: skip
    return page(request, "lists/reviews.html", {"columns": REVIEW_COLUMNS, "rows": [_review(one) for one in shown]})


@require_http_methods(["GET", "POST"])
@open_to(keeps_a_list)
def review(request: Request, review_id: UUID) -> HttpResponse:
    """Go through the people of a team, keep or end each seat, and sign."""
    row = row_of(request.actor, AccessReview, review_id)
    if row.signed_at is not None:
        return page(request, "lists/review_signed.html", {"review": row, "lines": _decided(row)})
    seats = [(str(seat.pk), _asked(seat)) for seat in seats_to_review(row.team, today())]
    form = ReviewForm(
        request.POST or None, seats=seats, version=row.team.list_version, cancel_url=reverse("lists:reviews")
    )
    if form.is_valid() and carried_out(form, lambda: sign_review(
        review=row, decisions=form.decisions(), version=form.cleaned_data["version"], by=request.actor, at=now()
    ), row.team):  # fmt: skip
        messages.success(request, "The review was signed.")
        return redirect("lists:reviews")
    return page(request, "lists/review.html", {"review": row, "form": form})


def _asked(seat: Any) -> str:
    last = f"last signed in {day(seat.user.last_login)}" if seat.user.last_login else "never signed in"
    return f"{seat.user.name}, {SeatRole(seat.role).label.lower()} since {day(seat.starts_on)}, {last}"


def _review(row: AccessReview) -> list[dict[str, Any]]:
    if row.signed_at:
        standing = {"text": f"Signed {day(row.signed_at)} by {row.signed_by.name if row.signed_by else ''}"}
    else:
        late = row.due_on < today()
        standing = {"text": "Overdue" if late else "To be signed", "tone": "late" if late else "waiting"}
    link = {"text": row.team.name, "url": reverse("lists:review", args=[row.pk])}
    return [link, {"text": day(row.due_on)}, standing]


def _decided(row: AccessReview) -> list[str]:
    names = dict(User.objects.filter(pk__in=[d["user"] for d in row.decisions]).values_list("pk", "name"))
    said = {"keep": "kept", "end": "ended"}
    return [
        f"{names.get(UUID(d['user']), 'Somebody')}, {SeatRole(d['role']).label.lower()}: {said[d['decision']]}"
        for d in row.decisions
    ]


def _work(user: User) -> list[dict[str, Any]]:
    teams = Team.objects.filter(memberships__user=user).distinct()
    return [
        {"team": team.name, "lines": held.in_words, "url": reverse("lists:hand-over", args=[team.pk, user.pk])}
        for team, held in in_teams(user, teams)
    ]
