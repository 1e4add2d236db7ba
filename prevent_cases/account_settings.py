"""One's own account: how notices come, and the seats one holds today."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Digest
from prevent_cases.accounts.operations import choose_digest
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.rules import anyone_signed_in


class NoticesForm(GovukForm):
    """How often messages are sent."""

    submit_label = "Save"
    digest = forms.ChoiceField(
        label="How should we tell you that something needs you?",
        choices=Digest.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we should tell you"},
        help_text="Messages hold a reference and a link, and nothing else.",
    )


@require_http_methods(["GET", "POST"])
@open_to(anyone_signed_in)
def show(request: Request) -> HttpResponse:
    user = request.actor.user
    form = NoticesForm(request.POST or None, initial={"digest": user.digest})
    if request.method == "POST" and form.is_valid():
        choose_digest(user=user, digest=form.cleaned_data["digest"])
        messages.success(request, "Saved.")
        return redirect("account")
    seats = [
        {"key": seat.team_name, "value": "Prevent virtual worker" if seat.is_nominated else SeatRole(seat.role).label}
        for seat in request.actor.seats
    ]
    return render(request, "pages/account.html", {"form": form, "seats": seats, "person": user})


@require_http_methods(["GET", "POST"])
@open_to(anyone_signed_in)
def change_password(request: Request) -> HttpResponseBase:
    """Allauth's own page. Whoever signs in by a code has no password to change."""
    if not request.actor.user.has_usable_password():
        raise Http404
    return allauth_views.password_change(request)
