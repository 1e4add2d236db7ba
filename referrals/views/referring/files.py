"""Files beside a draft: added, looked through, taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.drafts import NamedBytes
from prevent_cases.casework.files.images import clean_image
from prevent_cases.casework.files.sniff import Inspected
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import Refused
from referrals.forms.starting import DocumentsForm
from referrals.models import Concern
from referrals.operations.concern_files import add_files, drop_file
from referrals.policy import referrers
from referrals.queries.concerns import concern_of
from referrals.views.referring.posting import posted

LONGEST_SIDE = 2400
"""Pixels of a photo's longer side: writing on a photographed page stays readable."""
PICTURES = ("png", "jpg")


@require_http_methods(["GET", "POST"])
@open_to(referrers)
def documents(request: Request, concern_id: UUID) -> HttpResponse:
    """Choose files, or go on without any. Added files are shown before the draft goes on."""
    concern = concern_of(request.actor, concern_id)
    if concern.referral_id:
        return redirect("refer:sent", concern.referral_id)
    form = DocumentsForm(posted(request), request.FILES or None)
    if form.is_valid():
        chosen = form.cleaned_data["attachments"]
        if not chosen:
            return redirect("refer:check", concern.pk)
        try:
            add_files(concern_id=concern.pk, add=[_kept(*one) for one in chosen], by=request.actor, at=now())
        except Refused as refusal:
            form.add_error("attachments", str(refusal))
        else:
            return redirect("refer:page", concern.pk, "documents")
    return _shown(request, concern, form)


@require_POST
@open_to(referrers)
def drop(request: Request, concern_id: UUID) -> HttpResponse:
    """Take one file away."""
    concern = concern_of(request.actor, concern_id)
    try:
        drop_file(concern_id=concern.pk, store_key=request.POST.get("file", ""), by=request.actor, at=now())
    except Refused as refusal:
        form = DocumentsForm()
        form.cleaned_data = {}
        return _shown(request, concern, form, refused=str(refusal))
    return redirect("refer:page", concern.pk, "documents")


def _kept(upload: Any, inspected: Inspected) -> NamedBytes:
    """A file as it is kept: pictures made smaller and drawn afresh, without where and when they were taken."""
    if inspected.kind in PICTURES:
        return inspected.name, clean_image(upload, LONGEST_SIDE)
    upload.seek(0)
    return inspected.name, upload.read()


def _shown(request: Request, concern: Concern, form: DocumentsForm, refused: str = "") -> HttpResponse:
    context = {
        "form": form,
        "concern": concern,
        "refused": refused,
        "back_url": reverse("refer:tasks", args=[concern.pk]),
        "back_text": "Back to the list",
    }
    return render(request, "refer/documents.html", context)
