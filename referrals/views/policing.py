"""Asking CT policing a question, and recording the reply."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.now import now
from prevent_cases.casework.store import ReceivedFile
from referrals.forms.policing import QueryAnsweredForm, QueryBackForm
from referrals.operations import triage as operations
from referrals.policy import ssu_staff
from referrals.queries.triage import last_question
from referrals.views.acting import carried_out, head_of, not_now, offers


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def query_back(request: Request, case_id: UUID) -> HttpResponse:
    """Our deadlines stand still while policing has the question."""
    page = head_of(request, case_id, "asking")
    if request.method == "GET" and not offers(page, "referral.query_back"):
        return not_now(request, page)
    form = QueryBackForm(
        request.POST or None, case=page.case, cancel_url=reverse("case", args=[case_id]),
        reasons=page.case.procedure.reasons_for("referral.query_back"),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: operations.query_back(
        referral=page.referral, reason=form.reason_in_words, question=form.cleaned_data["question"],
        by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Question recorded. Our deadlines stand still until CT policing replies.")
        return redirect("case", case_id)
    return render(request, "referrals/triage/query_back.html", page.context() | {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def query_answered(request: Request, case_id: UUID) -> HttpResponse:
    """Policing replied: correct what the reply changes, and go on with triage."""
    page = head_of(request, case_id, "replying")
    if request.method == "GET" and not offers(page, "referral.query_answered"):
        return not_now(request, page)
    form = QueryAnsweredForm(
        request.POST or None, request.FILES or None, referral=page.referral,
        cancel_url=reverse("case", args=[case_id]),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: operations.answer_query(
        referral=page.referral, corrected=form.corrected, reply=form.cleaned_data["reply"],
        files=[
            ReceivedFile(upload.read(), inspected, "Reply from CT policing", DocumentKind.ATTACHMENT)
            for upload, inspected in form.cleaned_data["attachments"]
        ],
        by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Reply recorded. Our deadlines run again.")
        return redirect("referrals:open-checks", case_id)
    context = page.context() | {"form": form, "asked": last_question(page.case)}
    return render(request, "referrals/triage/query_answered.html", context)
