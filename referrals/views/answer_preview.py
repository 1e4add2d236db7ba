"""The answer exactly as it would be sent, and as it was; asking for sign-off of what was read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import POLICY
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.now import now, today
from prevent_cases.casework.rendering.content import DocumentContent, prepared
from prevent_cases.casework.rendering.pdf import render_pdf
from referrals.forms.answer import SubmitAnswerForm
from referrals.models import Referral
from referrals.operations.answering import answer_content
from referrals.operations.answering import submit_answer as submit
from referrals.operations.sharing import Reasons
from referrals.policy import case_staff
from referrals.queries.answer import DraftAnswer, draft_answer, sent_answer
from referrals.queries.colleagues import managers_who_may_sign_off
from referrals.queries.frame import Frame
from referrals.queries.opening import opened
from referrals.states import ReferralState
from referrals.views.acting import carried_out, not_now, offers
from referrals.views.disclosing import cards_of, in_case, rows_of

AT_SIGN_OFF = "Written by the manager who signs it off."
WHOEVER_SIGNS = "The manager who signs it off"


@require_GET
@open_to(case_staff)
def answer_preview(request: Request, case_id: UUID) -> HttpResponse:
    """The answer exactly as it would be sent; or, once it was, what was sent, to whom, and its files."""
    with opened(request.actor, case_id, at=now(), source=access.source_of(request), record="answer") as head:
        page = preview(request, head)
    if page is None:
        may_begin = offers(head, "referral.submit_answer")
        return redirect("referrals:answer", case_id) if may_begin else not_now(request, head)
    return render(request, "referrals/answer/preview.html", page)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def submit_answer(request: Request, case_id: UUID) -> HttpResponse:
    """Ask for sign-off of the answer as it was read on the preview."""
    if request.method == "GET":
        return redirect("referrals:answer-preview", case_id)
    with opened(request.actor, case_id, at=now(), source=access.source_of(request), record="answer") as head:
        page = preview(request, head)
    if page is None:
        return redirect("referrals:answer", case_id)
    form = SubmitAnswerForm(request.POST, case=head.case, cancel_url=reverse("referrals:answer", args=[case_id]))
    if form.is_valid() and carried_out(form, lambda: submit(
        referral=head.referral, by=request.actor, at=now(), version=form.cleaned_data["version"],
        answer_version=form.cleaned_data["answer_version"],
    )):  # fmt: skip
        messages.success(request, "Sent for sign-off. The managers of your team are let in to read it, and are told.")
        return redirect("case", case_id)
    return render(request, "referrals/answer/preview.html", page | {"form": form, "to_do": []})


@require_GET
@open_to(case_staff)
def answer_draft(request: Request, case_id: UUID) -> HttpResponse:
    """The answer as it stands, as a PDF to download that says it is a draft."""
    source = access.source_of(request)
    with opened(request.actor, case_id, at=now(), source=source, what=Look.DOCUMENT, record="answer draft") as head:
        draft = draft_answer(head.referral)
    if draft.answer is None:
        return not_now(request, head)
    content = draft_content(head.referral, draft)
    marked = replace(content, title=f"Draft, not sent: {content.title}", name="answer-draft")
    response = HttpResponse(render_pdf(marked), content_type="application/pdf")
    name = f"{slugify(head.case.reference).upper()}-answer-draft.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = POLICY
    return response


def preview(request: Request, head: Frame) -> dict[str, Any] | None:
    """What the preview page holds; None while nobody has begun an answer. Read inside opened material."""
    draft = draft_answer(head.referral)
    if draft.answer is None:
        return None
    is_open = head.referral.state in (ReferralState.PREPARING, ReferralState.SIGN_OFF)
    sent = None if is_open else sent_answer(head.case)
    to_do = _to_do(draft) if offers(head, "referral.submit_answer") else []
    return head.context() | {
        "content": None if sent else prepared(draft_content(head.referral, draft)),
        "written": draft.written,
        "saved_at": draft.saved_at,
        "sent": sent,
        "rows": rows_of(sent.disclosure, may_open=True) if sent else [],
        "files": cards_of(sent.files, in_case(head.case.pk)) if sent else [],
        "managers": managers_who_may_sign_off(head.case, request.actor.user_id, today()) if is_open else [],
        "may_sign_off": offers(head, "referral.sign_off_answer"),
        "may_write": offers(head, "referral.submit_answer"),
        "to_do": to_do,
        "form": None if to_do or not offers(head, "referral.submit_answer") else _form(head, draft),
        "back_url": reverse("case", args=[head.case.pk]),
    }


def _form(head: Frame, draft: DraftAnswer) -> SubmitAnswerForm:
    form = SubmitAnswerForm(
        case=head.case, cancel_url=reverse("referrals:answer", args=[head.case.pk]),
        initial={"answer_version": draft.version},
    )  # fmt: skip
    form.helper.form_action = reverse("referrals:submit-answer", args=[head.case.pk])
    return form


def _to_do(draft: DraftAnswer) -> list[tuple[str, str]]:
    """What must still be said before it can be signed off, and the place on the answer's page where to say it."""
    to_do = [(f"Say what is known under “{one.label}”", f"id_known_{one.heading}") for one in draft.unanswered]
    if not draft.is_minimum_checked:
        to_do.append(("Confirm that it says no more than is necessary", "id_minimum_checked"))
    return to_do


def draft_content(referral: Referral, draft: DraftAnswer) -> DocumentContent:
    """The document as it would be sent today, with the manager's own parts still open."""
    reasons = Reasons(lawful_basis=referral.case.procedure.texts["lawful_basis"], necessity=AT_SIGN_OFF, delivery="")
    return answer_content(
        referral, draft.said, reasons, council=settings.COUNCIL_NAME, signed_by=WHOEVER_SIGNS, on=today(),
        unanswered=frozenset(one.heading for one in draft.unanswered),
    )  # fmt: skip
