"""Triage: what came and what is held on one page, one decision, and a page that confirms the act it leads to."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from referrals.forms.triage import KNOWN_ANSWERS, QUERY, TriageForm
from referrals.operations import triage as operations
from referrals.policy import ssu_staff
from referrals.queries.frame import Frame
from referrals.queries.holding import team_that_recorded
from referrals.queries.identity import identity
from referrals.states import ReferralState
from referrals.views.acting import carried_out, not_now
from referrals.views.deciding import confirmation, deciding_page, desk, offered_by, send_form

FIRST = "Say first whether this is the person who was referred before: a likely match waits for your answer."


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def triage(request: Request, case_id: UUID) -> HttpResponse:
    """One page: what came, who it may be, what the register holds, the decision."""
    here = desk(request.actor, case_id)
    offered = offered_by(here.page)
    if not offered:
        return not_now(request, here.page)
    keeper = team_that_recorded(here.page.case)
    again = {TeamKind.LOCALITY: "OPEN", TeamKind.AREA: "KNOWN"}.get(TeamKind(keeper.kind), "") if keeper else ""
    decision = request.GET.get("decision", again)
    initial = {"decision": decision} if decision in offered else {}
    form = here.form(TriageForm, request.POST or None, offered, initial=initial)
    if form.is_valid():
        if form.cleaned_data["decision"] == QUERY:
            return redirect("referrals:query-back", case_id)
        if checks_open(request, here.page, form):
            here = desk(request.actor, case_id)
            return confirmation(request, here, send_form(here, form.cleaned_data["decision"], form.cleaned_data), form)
    return deciding_page(request, here, form)


def checks_open(request: Request, page: Frame, form: TriageForm) -> bool:
    """Open the checks, where they are not open yet and the decision rests on them."""
    if page.referral.state != ReferralState.RECEIVED or form.cleaned_data["decision"] not in KNOWN_ANSWERS:
        return True
    who = identity(request.actor, page.referral, today())
    if not who.is_settled:
        form.add_error(None, FIRST)
        return False
    return carried_out(form, lambda: operations.open_checks(
        referral=page.referral, compared=len(who.candidates), by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    ))  # fmt: skip
