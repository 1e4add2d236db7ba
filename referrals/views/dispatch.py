"""The ways out of triage. Each is confirmed on the page before, and done once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.accounts.models import Team
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.kinds import SENT_BY_HAND
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.now import now, today
from referrals.forms.triage import CHILD, SendForm, TriageForm
from referrals.operations import triage as operations
from referrals.policy import ssu_staff
from referrals.queries.routes import worker_account
from referrals.queries.triage import searched_with
from referrals.states import Known, ReferralState
from referrals.views.acting import carried_out, not_now
from referrals.views.deciding import Desk, confirmation, deciding_page, desk, offered_by, onward, send_form

TO_DECIDE = (ReferralState.RECEIVED, ReferralState.CHECKING)
GET_AND_POST = require_http_methods(["GET", "POST"])
Sending = Callable[[Request, Desk, SendForm], object]


@GET_AND_POST
@open_to(ssu_staff)
def send_nil_return(request: Request, case_id: UUID) -> HttpResponse:
    said = "Nil return sent to CT policing."
    if request.POST.get("delivery") in SENT_BY_HAND:
        said = "Nil return kept. Now send the file, and record that."
    return _send(request, case_id, _nil_return, said, Known.NEVER)


@GET_AND_POST
@open_to(ssu_staff)
def send_to_area(request: Request, case_id: UUID) -> HttpResponse:
    return _send(request, case_id, _to_area, "Sent to the Area Referral Service.", Known.KNOWN)


@GET_AND_POST
@open_to(ssu_staff)
def send_to_locality(request: Request, case_id: UUID) -> HttpResponse:
    return _send(request, case_id, _to_locality, "Sent to the locality team.", Known.OPEN, Known.KNOWN)


@GET_AND_POST
@open_to(ssu_staff)
def send_to_children(request: Request, case_id: UUID) -> HttpResponse:
    return _send(request, case_id, _to_children, "Sent to children's duty.", CHILD)


def _send(request: Request, case_id: UUID, send: Sending, said: str, *decisions: str) -> HttpResponse:
    """Send what was confirmed. Asked for without that, it is the triage page with the decision chosen."""
    if request.method == "GET":
        return redirect(f"{reverse('referrals:triage', args=[case_id])}?decision={decisions[0]}")
    here = desk(request.actor, case_id)
    if here.page.referral.state not in TO_DECIDE:
        return not_now(request, here.page)
    decision = request.POST.get("decision", "")
    decision = decision if decision in decisions else decisions[0]
    form = send_form(here, decision, data=request.POST)
    if not form.is_valid():
        return deciding_page(request, here, here.form(TriageForm, request.POST, offered_by(here.page)))
    done: list[object] = []
    if carried_out(form, lambda: done.append(send(request, here, form))):
        return _after_nil_return(request, done[0], said) or onward(request, case_id, said)
    return confirmation(request, desk(request.actor, case_id), form, form)


def _after_nil_return(request: Request, done: object, said: str) -> HttpResponse | None:
    """To the file that must still be emailed, else to the closing question, unless the next case was asked for: this
    one waits, to be finished."""
    if "next" in request.POST or not isinstance(done, Disclosure):
        return None
    messages.success(request, said)
    if done.delivery in SENT_BY_HAND:
        return redirect("referrals:disclosure", done.case_id, done.pk)
    return redirect("referrals:close", done.case_id)


def _common(request: Request, form: SendForm) -> dict[str, Any]:
    return {"by": request.actor, "at": now(), "version": form.cleaned_data["version"]}


def _nil_return(request: Request, here: Desk, form: SendForm) -> object:
    return operations.send_nil_return(
        referral=here.page.referral, using=searched_with(here.page.referral), council=settings.COUNCIL_NAME,
        delivery=form.delivery, not_searched=form.cleaned_data["not_searched"],
        **form.search, **_common(request, form),
    )  # fmt: skip


def _to_area(request: Request, here: Desk, form: SendForm) -> object:
    team = Team.objects.get(pk=form.team_id)
    return operations.send_to_area(referral=here.page.referral, team=team, **form.search, **_common(request, form))


def _to_locality(request: Request, here: Desk, form: SendForm) -> object:
    return operations.send_to_locality(
        referral=here.page.referral, team=Team.objects.get(pk=form.team_id), known=form.cleaned_data["decision"],
        named_worker=worker_account(form.worker_name, form.chosen_entry, form.team_id, today()),
        named_worker_name=form.worker_name,
        **form.search, **_common(request, form),
    )  # fmt: skip


def _to_children(request: Request, here: Desk, form: SendForm) -> object:
    team = Team.objects.get(pk=form.team_id)
    said = form.said_of_a_child
    return operations.send_to_children(referral=here.page.referral, team=team, said=said, **_common(request, form))
