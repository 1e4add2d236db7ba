"""Entering an emailed referral: its file first, one dense page to check, and what is typed kept meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prevent_cases.accounts.models import Team
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.drafts import open_draft, save_draft
from prevent_cases.casework.models import Draft
from prevent_cases.casework.now import now, today
from prevent_cases.casework.procedure import published
from prevent_cases.casework.wording import clock_time
from prevent_cases.casework.workflow import Refused
from referrals.forms.intake import ReferralForm, UploadForm
from referrals.models import Referral
from referrals.operations.intake import ReceivedReferral, receive_referral
from referrals.policy import ssu_staff
from referrals.queries.headings import headings
from referrals.queries.intake import (
    best_reading,
    desks,
    files_to_keep,
    read_into,
    same_reference,
    says_the_same,
    sent_before,
    tidy_reference,
)
from referrals.queries.readers import is_elsewhere

ELSEWHERE = (
    "The reply address is not an address of the policing team’s own organisation. Check it with the sender before "
    "anything is sent."
)
DRAFT = "police_referral"
NOT_TYPED = ("csrfmiddlewaretoken", "leave_out", "separate")


@require_GET
@open_to(ssu_staff)
def enter(request: Request) -> HttpResponse:
    """A fresh page, under a key of its own: however often it is sent, it is received once."""
    return redirect("referrals:enter-form", uuid4())


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def upload(request: Request) -> HttpResponse:
    """The file that came, read into a page to check."""
    form = UploadForm(request.POST or None, request.FILES or None, by_hand_url=reverse("referrals:enter"))
    if form.is_valid():
        files = [(inspected.name, file.read()) for file, inspected in form.cleaned_data["attachments"]]
        try:
            place, found = best_reading(files)
            typed = read_into(found, published(settings.DEFAULT_PROCEDURE).form_version, desks(request.actor))
            draft = save_draft(
                key=uuid4(), kind=DRAFT, typed=typed, add=[files[place], *files[:place], *files[place + 1 :]],
                by=request.actor, at=now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("attachments", str(refusal))
        else:
            return redirect("referrals:enter-form", draft.pk if draft else uuid4())
    return render(request, "referrals/intake/upload.html", {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def enter_form(request: Request, key: UUID) -> HttpResponse:
    """The dense page. Sent twice, it leads to the one referral; refused, it keeps what was typed and added."""
    sent = sent_before(request.actor, key, today())
    if sent and request.method == "GET":
        return _received_already(request, sent)
    draft = open_draft(key=key, by=request.actor)
    form = _form(request, key, draft)
    if sent:
        return _sent_again(request, sent, draft, form)
    if form.is_valid():
        earlier = same_reference(request.actor, form.cleaned_data["policing_reference"], today())
        if earlier and not form.cleaned_data["separate"]:
            form.ask_about_the_same_reference()
        elif referral := _receive(request, key, draft, form):
            messages.success(request, f"Received as {referral.case.reference}.")
            if is_elsewhere(referral):
                messages.warning(request, ELSEWHERE)
            return redirect("referrals:open-checks", referral.case_id)
        elif sent := sent_before(request.actor, key, today()):
            return _sent_again(request, sent, draft, form)
    if request.method == "POST":
        draft = _keep_typing(request, key, draft, form)
        form.show_kept(draft.files if draft else [])
    reference = tidy_reference(form["policing_reference"].value() or "")
    context = {
        "form": form,
        "notes": draft.typed.get("notes", []) if draft else [],
        "replies": draft.typed.get("replies", []) if draft else [],
        "is_read": bool(draft and draft.typed.get("read")),
        "earlier": same_reference(request.actor, reference, today()),
    }
    return render(request, "referrals/intake/enter.html", context)


@require_POST
@open_to(ssu_staff)
def enter_save(request: Request, key: UUID) -> HttpResponse:
    """Keep what is being typed. The page calls this by itself; nothing is received."""
    try:
        save_draft(
            key=key, kind=DRAFT, typed=_typed(request, open_draft(key=key, by=request.actor)),
            by=request.actor, at=now(),
        )  # fmt: skip
    except Refused:
        return JsonResponse({}, status=409)
    return JsonResponse({"saved_at": clock_time(now())})


def _form(request: Request, key: UUID, draft: Draft | None) -> ReferralForm:
    procedure = published(settings.DEFAULT_PROCEDURE)
    return ReferralForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        headings=headings(procedure.form_version),
        places=desks(request.actor),
        typed=draft.typed if draft else None,
        kept=draft.files if draft else None,
        earliest=calendar_of(procedure.division).first_day,
        save_url=reverse("referrals:enter-save", args=[key]),
        upload_url=reverse("referrals:upload"),
    )


def _receive(request: Request, key: UUID, draft: Draft | None, form: ReferralForm) -> Referral | None:
    try:
        return receive_referral(
            key=key, received=ReceivedReferral(**form.received),
            files=files_to_keep(draft, form.cleaned_data.get("leave_out", []), form.cleaned_data["attachments"]),
            ssu=Team.objects.get(pk=form.cleaned_data["unit"]),
            policing=Team.objects.get(pk=form.cleaned_data["policing"]),
            procedure_key=settings.DEFAULT_PROCEDURE, by=request.actor, at=now(),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _sent_again(request: Request, sent: Referral, draft: Draft | None, form: ReferralForm) -> HttpResponse:
    """To the referral, if this says the same; else what was typed is shown back, on a page with a key of its own."""
    if form.is_valid() and says_the_same(request.actor, sent, form.received):
        return _received_already(request, sent)
    kept = _keep_typing(request, uuid4(), draft, form)
    if kept is None:
        return _received_already(request, sent)
    messages.warning(
        request,
        f"This page was already sent, with other words, and received as {sent.case.reference}. What you typed now is "
        "kept below. Receive it as a separate referral, or leave this page.",
    )
    return redirect("referrals:enter-form", kept.pk)


def _keep_typing(request: Request, key: UUID, draft: Draft | None, form: ReferralForm) -> Draft | None:
    added = []
    for file, inspected in form.cleaned_data.get("attachments") or []:
        file.seek(0)
        added.append((inspected.name, file.read()))
    try:
        return save_draft(
            key=key, kind=DRAFT, typed=_typed(request, draft), add=added, drop=request.POST.getlist("leave_out"),
            by=request.actor, at=now(),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return draft


def _typed(request: Request, draft: Draft | None) -> dict[str, Any]:
    """What was typed, box by box. A zero byte, which no database keeps, is left out; the form has said so."""
    fields = {
        name: [value.replace("\x00", "") for value in request.POST.getlist(name)]
        for name in request.POST
        if name not in NOT_TYPED
    }
    return {**(draft.typed if draft else {}), "fields": fields}


def _received_already(request: Request, sent: Referral) -> HttpResponse:
    messages.info(request, f"This page was already sent: the referral was received as {sent.case.reference}.")
    return redirect("case", sent.case_id)
