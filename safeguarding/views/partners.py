"""Asking partners: a case's list, a new question, one question with its answers, asking again and withdrawing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts.models import Organisation
from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.consenting import position_on_sharing
from prevent_cases.casework.days import CLOSE_OF_DAY, civil_date, moment
from prevent_cases.casework.kinds import ConsentPosition, DocumentKind
from prevent_cases.casework.models import Case
from prevent_cases.casework.now import now, today
from prevent_cases.casework.sharing import usual_reasons
from prevent_cases.casework.store import ReceivedFile
from prevent_cases.casework.timing import calendar_in_force, off_day
from prevent_cases.casework.workflow import Refused
from referrals.policy import case_staff
from referrals.queries.frame import Frame
from referrals.queries.opening import opened, shown
from referrals.views.acting import carried_out
from safeguarding.clocks import PARTNER_USUALLY
from safeguarding.forms.partners import AskAgainForm, AskPartnerForm, RecordAnswerForm, WithdrawQuestionForm
from safeguarding.models import Agreement
from safeguarding.operations import partners as operations
from safeguarding.queries import partners as queries
from safeguarding.queries.partners import RequestPage
from safeguarding.states import CameBy, Identifier

OF_A_PARTNER = {"purpose": "partner_purpose", "power": "partner_power", "proportionality": "partner_proportionality"}
"""The reasons for which the procedure has words of its own where a partner is asked."""


@require_GET
@open_to(case_staff)
def partners(request: Request, case_id: UUID) -> HttpResponse:
    """Whom of other agencies was asked, and where each question is. No word of what was asked or answered."""
    source = access.source_of(request)
    with shown(request.actor, case_id, at=now(), source=source, record="partners") as (head, may_open):
        rows = queries.requests_of(head.case, today())
    page = {"rows": rows, "may_ask": may_open, "locked": queries.locked_because(head.referral)}
    return render(request, "safeguarding/partners/list.html", head.context() | page)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def ask_partner(request: Request, case_id: UUID) -> HttpResponse:
    """Put a question to somebody of another agency."""
    with opened(request.actor, case_id, at=now(), source=access.source_of(request), record="asking partners") as head:
        consent, why = position_on_sharing(head.case)
    back = reverse("partners", args=[case_id])
    if locked := queries.locked_because(head.referral):
        messages.info(request, f"That cannot be done now. {locked}")
        return redirect(back)
    form = AskPartnerForm(
        request.POST or None, case=head.case, cancel_url=back, partners=queries.partner_choices(),
        agreements=queries.agreement_choices(today()), usual=_usual(head.case),
        initial={"told": [Identifier.BORN_ON], "due_on": _usual_day(head.case), "consent": consent}
        | _why(head.case, consent, why),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: operations.ask_partner(
        referral=head.referral, asked=_asked(form), reasons=operations.Reasons(**form.reasons), by=request.actor,
        at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        return _sent(request, head.case, form.cleaned_data["due_on"], back)
    return render(request, "safeguarding/partners/ask.html", head.context() | {"form": form, "back_url": back})


@require_GET
@open_to(case_staff)
def partner_request(request: Request, case_id: UUID, request_id: UUID) -> HttpResponse:
    """One question: what was asked and told, where its link is, and what came back."""
    head, page = _opened(request, case_id, request_id)
    context = {"page": page, "back_url": reverse("partners", args=[case_id]), "back_text": "Asking partners"}
    return render(request, "safeguarding/partners/request.html", head.context() | context)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def partner_again(request: Request, case_id: UUID, request_id: UUID) -> HttpResponse:
    """Send the same question once more, by a new link."""
    head, page = _opened(request, case_id, request_id)
    form = AskAgainForm(request.POST or None, case=head.case, cancel_url=_at(page))
    if not page.may_ask_again:
        return _not_now(request, page)
    if form.is_valid() and carried_out(form, lambda: operations.ask_again(
        request_id=request_id, due_on=form.cleaned_data["due_on"], reason=form.cleaned_data["reason"],
        by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        return _sent(request, head.case, form.cleaned_data["due_on"], _at(page))
    return _form_page(request, head, page, form, "safeguarding/partners/again.html")


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def partner_withdraw(request: Request, case_id: UUID, request_id: UUID) -> HttpResponse:
    """The answer is no longer needed: the link opens nothing any more."""
    head, page = _opened(request, case_id, request_id)
    form = WithdrawQuestionForm(request.POST or None, case=head.case, cancel_url=_at(page))
    if not (page.is_waiting and page.may_act):
        return _not_now(request, page)
    if form.is_valid() and carried_out(form, lambda: operations.withdraw_question(
        request_id=request_id, reason=form.cleaned_data["reason"], by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "The question was withdrawn. Its link opens nothing any more.")
        return redirect(_at(page))
    return _form_page(request, head, page, form, "safeguarding/partners/withdraw.html")


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def partner_record(request: Request, case_id: UUID, request_id: UUID) -> HttpResponse:
    """Write down what a partner told somebody here. Always possible while the question waits, whatever else stands."""
    head, page = _opened(request, case_id, request_id)
    form = RecordAnswerForm(
        request.POST or None, request.FILES or None, asked_on=civil_date(page.request.asked_at), cancel_url=_at(page)
    )
    if not (page.is_waiting and page.may_act):
        return _not_now(request, page)
    if form.is_valid():
        try:
            operations.take_answer(
                request_id=request_id, answered=answered(form, given_on=form.cleaned_data["given_on"]),
                came_by=CameBy.TOLD, by=request.actor, at=now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "The answer was written down.")
            return redirect(_at(page))
    return _form_page(request, head, page, form, "safeguarding/partners/record.html")


def answered(form: Any, *, given_on: date | None = None) -> operations.Answered:
    """What a sound form says, with its files, as the operation takes it."""
    files = [_received(upload, inspected) for upload, inspected in form.cleaned_data["attachments"]]
    at = now()
    given_at = min(moment(given_on, CLOSE_OF_DAY), at) if given_on else None
    return operations.Answered(**form.said, files=files, given_at=given_at)


def _received(upload: Any, inspected: Any) -> ReceivedFile:
    upload.seek(0)
    return ReceivedFile(upload.read(), inspected, "File from a partner", DocumentKind.ATTACHMENT)


def _opened(request: Request, case_id: UUID, request_id: UUID) -> tuple[Frame, RequestPage]:
    source, record, at = access.source_of(request), f"partner {request_id}", now()
    with opened(request.actor, case_id, at=at, source=source, record=record) as head:
        return head, queries.request_page(request.actor, head.case, request_id, at)


def _usual(case: Case) -> dict[str, str]:
    """What the procedure says where a partner is asked."""
    texts = case.procedure.texts
    usual = usual_reasons(case.procedure)
    return {"lawful_basis": usual["lawful_basis"]} | {name: texts[key] for name, key in OF_A_PARTNER.items()}


def _usual_day(case: Case) -> date:
    return PARTNER_USUALLY.after(today(), calendar_in_force(case.procedure.division))


def _why(case: Case, consent: str, why: str) -> dict[str, str]:
    """Why without the person's agreement, as the records have it; where they were not asked, the procedure's words."""
    own = {"why_overridden": why} if consent == ConsentPosition.OVERRIDDEN else {"why_not_sought": why}
    return {"why_not_sought": case.procedure.texts["consent_not_sought"]} | {k: v for k, v in own.items() if v}


def _asked(form: AskPartnerForm) -> operations.Asked:
    body_id, agency = form.body
    said, agreement = form.cleaned_data, form.cleaned_data["agreement"]
    return operations.Asked(
        agency=agency, organisation=Organisation.objects.filter(pk=body_id).first() if body_id else None,
        agreement=Agreement.objects.filter(pk=agreement).first() if agreement else None,
        **{name: said[name] for name in ("name", "address", "question", "told", "due_on")},
    )  # fmt: skip


def _sent(request: Request, case: Case, due_on: date, to: str) -> HttpResponse:
    messages.success(request, "The question is on its way. You are told when an answer comes.")
    if flag := off_day(due_on, case.procedure):
        messages.warning(request, flag)
    return redirect(to)


def _at(page: RequestPage) -> str:
    return reverse("partner-request", args=[page.request.case_id, page.request.pk])


def _not_now(request: Request, page: RequestPage) -> HttpResponse:
    if not page.may_act:
        raise Http404
    messages.info(request, f"That cannot be done now: the question is at “{page.standing.text}”.")
    return redirect(_at(page))


def _form_page(request: Request, head: Frame, page: RequestPage, form: Any, template: str) -> HttpResponse:
    context = {"page": page, "form": form, "back_url": _at(page)}
    return render(request, template, head.context() | context)
