"""Taking a referral back from where it went, and sending it on to another locality team."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from referrals.forms.moving import RecallForm, RerouteForm
from referrals.operations import triage as operations
from referrals.policy import ssu_staff
from referrals.queries.register import search_register
from referrals.queries.routes import routes, worker_account
from referrals.views.acting import carried_out, head_of, not_now, offers


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def recall(request: Request, case_id: UUID) -> HttpResponse:
    """The team it went to no longer holds it; the SSU decides again."""
    page = head_of(request, case_id, "recalling")
    if request.method == "GET" and not offers(page, "referral.recall"):
        return not_now(request, page)
    form = RecallForm(
        request.POST or None, case=page.case, cancel_url=reverse("case", args=[case_id]),
        reasons=page.case.procedure.reasons_for("referral.recall"),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: operations.recall(
        referral=page.referral, reason=form.reason_in_words, by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Recalled. The team it went to can no longer open it, and has been told.")
        return redirect("referrals:open-checks", case_id)
    return render(request, "referrals/triage/recall.html", page.context() | {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def reroute(request: Request, case_id: UUID) -> HttpResponse:
    """The person became open to another team, or moved."""
    page = head_of(request, case_id, "rerouting")
    if request.method == "GET" and not offers(page, "referral.reroute"):
        return not_now(request, page)
    found = routes(page.referral, search_register(page.referral))
    teams = found.of(TeamKind.LOCALITY)
    if request.method == "GET":
        teams = [pair for pair in teams if pair[0] != str(page.case.holder_team_id)]
    suggestion = found.suggestion(TeamKind.LOCALITY, other_than=str(page.case.holder_team_id))
    form = RerouteForm(
        request.POST or None, case=page.case, cancel_url=reverse("case", args=[case_id]),
        reasons=page.case.procedure.reasons_for("referral.reroute"),
        teams=teams,
        suggested=suggestion.team_id, because=suggestion.because,
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: operations.reroute(
        referral=page.referral, team=Team.objects.get(pk=form.cleaned_data["team"]), reason=form.reason_in_words,
        named_worker_name=form.cleaned_data["worker"], by=request.actor, at=now(),
        named_worker=worker_account(form.cleaned_data["worker"], None, form.cleaned_data["team"], today()),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Sent on. Both teams have been told.")
        return redirect("case", case_id)
    return render(request, "referrals/triage/reroute.html", page.context() | {"form": form})
