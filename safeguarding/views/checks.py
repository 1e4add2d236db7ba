"""The police checks of a case: asking, putting first, writing down an answer for police, taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.kinds import DocumentKind, Look
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_end_hold
from prevent_cases.casework.store import ReceivedFile
from prevent_cases.casework.workflow import Refused
from referrals.policy import case_staff, ssu_staff
from referrals.queries.frame import Frame, frame
from referrals.views.acting import carried_out, head_of
from safeguarding.forms.checks import AnswerForThemForm, AskCheckForm, TakeBackCheckForm
from safeguarding.models import Check
from safeguarding.operations import checks as operations
from safeguarding.policy import may_answer_check, may_ask_check, may_hear_why
from safeguarding.queries.checks import CheckRead, check_of, checks_of, hold_of, open_purposes
from safeguarding.states import CheckPurpose, CheckState

GET_AND_POST = require_http_methods(["GET", "POST"])


@require_GET
@open_to(case_staff)
def checks(request: Request, case_id: UUID) -> HttpResponse:
    """The hold, the checks, and what this person may do about them."""
    with transaction.atomic():
        head = frame(request.actor, case_id, today())
        access.look(
            request.actor, head.case, Look.CASE, if_open=Look.MATERIAL, at=now(), source=access.source_of(request),
            record="police checks",
        )  # fmt: skip
        rows = checks_of(head.case)
        hold = hold_of(head.case, today())
    asks = may_ask_check.allows(request.actor, head.referral)
    page = {
        "hold": hold,
        "checks": [{"read": row, "actions": _actions(request, head, row, asks=asks)} for row in rows],
        "may_ask": asks,
        "may_ask_more": asks and bool(open_purposes(head.case)),
        "may_end": may_end_hold.allows(request.actor, head.referral),
        "back_url": reverse("case", args=[case_id]),
    }
    return render(request, "safeguarding/checks/list.html", head.context() | page)


@GET_AND_POST
@open_to(case_staff)
def check_ask(request: Request, case_id: UUID) -> HttpResponse:
    """Ask CT policing. They are told that a check waits for them, with the references alone."""
    head = head_of(request, case_id, "asking for a check")
    if not may_ask_check.allows(request.actor, head.referral):
        raise Http404
    purposes = open_purposes(head.case)
    if request.method == "GET" and not purposes:
        messages.info(request, "CT policing was asked everything already and has not answered yet.")
        return redirect("checks", case_id)
    back = reverse("checks", args=[case_id])
    offered = purposes if request.method == "GET" else CheckPurpose.values
    form = AskCheckForm(request.POST or None, case=head.case, cancel_url=back, purposes=offered)
    if form.is_valid() and carried_out(form, lambda: operations.ask_check(
        referral=head.referral, purpose=form.cleaned_data["purpose"], is_priority=form.cleaned_data["is_priority"],
        by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "CT policing was asked.")
        return redirect(back)
    return render(request, "safeguarding/checks/ask.html", head.context() | {"form": form, "back_url": back})


@require_POST
@open_to(case_staff)
def check_prioritise(request: Request, case_id: UUID, check_id: UUID) -> HttpResponse:
    """One press: CT policing is asked to do it first."""
    head, check = _found(request, case_id, check_id)
    if not may_ask_check.allows(request.actor, head.referral):
        raise Http404
    try:
        operations.prioritise_check(check=check, by=request.actor, at=now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "CT policing was asked to do this first.")
    return redirect("checks", case_id)


@GET_AND_POST
@open_to(ssu_staff)
def check_answer(request: Request, case_id: UUID, check_id: UUID) -> HttpResponse:
    """The unit writes down what police answered, with how it knows."""
    head, check = _found(request, case_id, check_id)
    back = reverse("checks", args=[case_id])
    if not may_answer_check.allows(request.actor, check):
        raise Http404
    if request.method == "GET" and check.state != CheckState.ASKED:
        messages.info(request, "This check is no longer open.")
        return redirect(back)
    form = AnswerForThemForm(
        request.POST or None, request.FILES or None, case=head.case, cancel_url=back, check=check,
        hears_why=may_hear_why.allows(request.actor, check),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: operations.answer_check(
        check=check, answer=_answer(form.cleaned_data), by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Answer recorded.")
        return redirect(back)
    page = head.context() | {"form": form, "back_url": back, "asked": check.get_purpose_display()}
    return render(request, "safeguarding/checks/answer.html", page)


@GET_AND_POST
@open_to(case_staff)
def check_take_back(request: Request, case_id: UUID, check_id: UUID) -> HttpResponse:
    """It is not needed any more."""
    head, check = _found(request, case_id, check_id)
    back = reverse("checks", args=[case_id])
    if not may_ask_check.allows(request.actor, head.referral):
        raise Http404
    form = TakeBackCheckForm(
        request.POST or None, case=head.case, cancel_url=back,
        reasons=head.case.procedure.reasons_for("check.take_back"),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: operations.take_back_check(
        check=check, reason=form.reason_in_words, by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "The check was taken back.")
        return redirect(back)
    return render(request, "safeguarding/checks/take_back.html", head.context() | {"form": form, "back_url": back})


def _found(request: Request, case_id: UUID, check_id: UUID) -> tuple[Frame, Check]:
    head = head_of(request, case_id, "answering a check")
    check = check_of(head.case, check_id)
    check.case = head.case
    return head, check


def _answer(typed: dict[str, Any]) -> operations.Answer:
    return operations.Answer(
        result=typed["result"], why=typed.get("why", ""), expected=typed["expected"], told_by=typed["told_by"],
        told_on=typed["told_on"], evidence=typed["evidence"],
        files=[
            ReceivedFile(upload.read(), inspected, "Answer from CT policing", DocumentKind.ATTACHMENT)
            for upload, inspected in typed["attachments"]
        ],
    )  # fmt: skip


def _actions(request: Request, head: Frame, row: CheckRead, *, asks: bool) -> list[dict[str, str]]:
    if not row.is_open:
        return []
    row.check.case = head.case
    ids = [head.case.pk, row.id]
    actions = []
    if may_answer_check.allows(request.actor, row.check):
        actions.append({"text": "Record the answer", "url": reverse("check-answer", args=ids)})
    if asks:
        actions.append({"text": "Take it back", "url": reverse("check-take-back", args=ids)})
    return actions
