"""Invite somebody, send it again, withdraw it; and the page on which it is taken up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts.actors import the_service
from prevent_cases.accounts.granting import roles_for
from prevent_cases.accounts.invitations import OVER, find
from prevent_cases.accounts.models import Invitation
from prevent_cases.accounts.operations import accept_invitation, withdraw_invitation
from prevent_cases.accounts.refusals import Refused
from prevent_cases.casework.access import Request, open_to, open_to_all, source_of
from prevent_cases.casework.now import now, today
from prevent_cases.casework.tries import may_try
from prevent_cases.lists.forms.joining import JoinForm
from prevent_cases.lists.forms.listed import InviteForm
from prevent_cases.lists.forms.places import ConfirmForm
from prevent_cases.lists.operations.inviting import invite, send_again
from prevent_cases.lists.policy import keeps_a_list
from prevent_cases.lists.queries.teams import row_of, team_of
from prevent_cases.lists.views.acting import carried_out, page

KEPT_AS = "invitation"


@require_http_methods(["GET", "POST"])
@open_to(keeps_a_list)
def invite_to(request: Request, team_id: UUID) -> HttpResponse:
    """Offer a seat to somebody without an account."""
    team = team_of(request.actor, team_id)
    roles = roles_for(request.actor, team)
    if team.closed_on is not None or not roles:
        raise Http404
    form = InviteForm(
        request.POST or None, team=team, roles=roles, version=team.list_version, initial={"starts_on": today()},
        cancel_url=reverse("lists:team", args=[team.pk]),
    )  # fmt: skip
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if carried_out(form, lambda: invite(team=team, **given, by=request.actor, at=now())):
            messages.success(request, "The invitation is on its way. It can be taken up for seven days.")
            return redirect("lists:team", team.pk)
    return page(request, "lists/change.html", {"team": team, "form": form, "title": "Invite somebody"})


@require_http_methods(["GET", "POST"])
@open_to(keeps_a_list)
def invitation(request: Request, invitation_id: UUID) -> HttpResponse:
    """Send an invitation again, with a new link."""
    row = row_of(request.actor, Invitation, invitation_id)
    form = ConfirmForm(
        request.POST if request.method == "POST" else None, cancel_url=reverse("lists:team", args=[row.team_id])
    )
    form.submit_label = "Send a new link"  # type: ignore[misc]
    if form.is_valid() and carried_out(form, lambda: send_again(invitation=row, by=request.actor, at=now())):
        messages.success(request, "A new link is on its way. The one before works no more.")
        return redirect("lists:team", row.team_id)
    return render(
        request, "lists/invitation.html", {"form": form, "invitation": row, "is_open": row.expires_at > now()}
    )


@require_http_methods(["GET", "POST"])
@open_to(keeps_a_list)
def withdraw(request: Request, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    row = row_of(request.actor, Invitation, invitation_id)
    form = ConfirmForm(
        request.POST if request.method == "POST" else None, cancel_url=reverse("lists:team", args=[row.team_id])
    )
    form.submit_label = "Withdraw the invitation"  # type: ignore[misc]
    if form.is_valid() and carried_out(form, lambda: withdraw_invitation(invitation=row, by=request.actor, at=now())):
        messages.success(request, "The invitation was withdrawn. Its link works no more.")
        return redirect("lists:team", row.team_id)
    return page(request, "lists/invitation.html", {"form": form, "invitation": row, "is_withdrawing": True})


@require_GET
@open_to_all("The link itself shows the right; a wrong one is answered like one that is over.")
def join_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Put the secret of a link in the session, so that it stays in no address while the password is chosen."""
    request.session[KEPT_AS] = secret
    return redirect("join")


@require_http_methods(["GET", "POST"])
@open_to_all("The secret in the session shows the right; without an open one it says a neutral sentence.")
def join(request: HttpRequest) -> HttpResponse:
    """Choose a password for the account that was offered."""
    secret = request.session.get(KEPT_AS, "")
    found = find(secret, now()) if secret and may_try("join", source_of(request), now()) else None
    if found is None:
        return render(request, "lists/join_over.html", {"words": OVER}, status=410)
    form = JoinForm(request.POST or None, invitation=found)
    if form.is_valid():
        password = form.cleaned_data["password"]
        try:
            accept_invitation(invitation=found, password=password, by=the_service("invitation"), at=now())
        except Refused as refusal:
            return render(request, "lists/join_over.html", {"words": str(refusal)}, status=410)
        del request.session[KEPT_AS]
        messages.success(request, "Your account is ready. Sign in with your work email address and your password.")
        return redirect("account_login")
    return render(request, "lists/join.html", {"form": form})
