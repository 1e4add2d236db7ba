"""What the restricted area of a case holds, for whom it is open: look, fetch a file, add a note or a document."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts.kinds import NOMINATING
from prevent_cases.casework import access, operations
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import as_attachment, rendered
from prevent_cases.casework.files.sniff import inspect
from prevent_cases.casework.holding import must_be_free_to_share
from prevent_cases.casework.kinds import Look, ScanState
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_let_in
from prevent_cases.casework.rendering.pdf import render_pdf
from prevent_cases.casework.store import ReceivedFile
from prevent_cases.casework.workflow import OnHold, Refused
from referrals.policy import case_staff
from referrals.queries.frame import Frame, frame
from referrals.views.acting import head_of
from safeguarding.forms.area import DocumentForm, NoteForm
from safeguarding.printing import restricted_copy
from safeguarding.queries.area import PRINTED, STANDING, document_of, restricted_area


@require_GET
@open_to(case_staff)
def restricted(request: Request, case_id: UUID) -> HttpResponse:
    """What is inside, for whom it is open; for anybody else there is no such page."""
    with transaction.atomic():
        head = frame(request.actor, case_id, today())
        looked = access.look(
            request.actor, head.case, Look.CASE, if_open=Look.MATERIAL, at=now(), source=access.source_of(request),
            record="restricted area",
        )  # fmt: skip
        if not looked.may_open:
            raise Http404
        inside = restricted_area(head.referral, request.GET.get("notes", ""))
    page = {
        "inside": inside,
        "team": (team := access.opens_to(head.case)),
        "nominates": team.kind in NOMINATING,
        "older_url": f"?{urlencode({'notes': inside.older_notes})}" if inside.older_notes else "",
        "newest_url": "?" if request.GET.get("notes") else "",
        "may_name": head.case.restricted_at is not None and may_let_in.allows(request.actor, head.case),
    }
    return render(request, "safeguarding/restricted.html", head.context("case-restricted") | page)


@require_GET
@open_to(case_staff)
def print_restricted(request: Request, case_id: UUID) -> HttpResponse:
    """A copy on paper for somebody whom it is open to. The look is written first. While a hold stands none is made."""
    at = now()
    with transaction.atomic():
        head = frame(request.actor, case_id, today())
        if head.may_open and head.case.is_held:
            return _no_copy(request, head, at)
        looked = access.look(
            request.actor, head.case, Look.CASE, if_open=Look.PRINTED, at=at, source=access.source_of(request),
            record="restricted area",
        )  # fmt: skip
        if not looked.may_open:
            raise Http404
        inside = restricted_area(head.referral, notes_shown=PRINTED)
    content = restricted_copy(head.case, inside, council=settings.COUNCIL_NAME, reader=request.actor.name, at=at)
    return rendered(render_pdf(content), content.file_name("pdf"))


def _no_copy(request: Request, head: Frame, at: datetime) -> HttpResponse:
    try:
        must_be_free_to_share(head.case, at=at)
    except OnHold as held:
        messages.info(request, str(held))
    return redirect("case-restricted", head.case.pk)


@require_GET
@open_to(case_staff)
def document(request: Request, case_id: UUID, document_id: UUID) -> HttpResponse | FileResponse:
    """One file, as a download. The look is written first: if it cannot be, nothing is sent."""
    with transaction.atomic():
        case = access.find(request.actor, case_id)
        looked = access.look(
            request.actor, case, Look.CASE, if_open=Look.DOCUMENT, at=now(), source=access.source_of(request),
            record=f"casework.document:{document_id}",
        )  # fmt: skip
        found = document_of(case, document_id) if looked.may_open else None
        if found is None:
            raise Http404
    if found.is_readable:
        return as_attachment(found, case.reference)
    head = frame(request.actor, case_id, today())
    page = {"title": found.title, "reason": STANDING[ScanState(found.scan)][1]}
    return render(request, "safeguarding/held.html", head.context("case-restricted") | page, status=409)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def write_note(request: Request, case_id: UUID) -> HttpResponse:
    """Add a dated case note."""
    head, back = _let_in(request, case_id)
    form = NoteForm(request.POST or None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            operations.write_note(case=head.case, text=form.cleaned_data["text"], by=request.actor, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The note was added.")
            return redirect(back)
    return render(request, "safeguarding/write_note.html", head.context() | {"form": form, "back_url": back})


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def add_document(request: Request, case_id: UUID) -> HttpResponse:
    """Add a file, inspected before it is kept."""
    head, back = _let_in(request, case_id)
    form = DocumentForm(request.POST or None, request.FILES or None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_document(case=head.case, file=_received(form.cleaned_data), by=request.actor, at=now())
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "The document was added.")
            return redirect(back)
    return render(request, "safeguarding/add_document.html", head.context() | {"form": form, "back_url": back})


def _let_in(request: Request, case_id: UUID) -> tuple[Frame, str]:
    """The case, for somebody whom its restricted area is open to. :raises Http404: for anybody else."""
    head = head_of(request, case_id, "adding", lambda case: access.may_enter(request.actor, case))
    return head, reverse("case-restricted", args=[case_id])


def _received(typed: dict[str, Any]) -> ReceivedFile:
    """The upload, looked into. :raises UnsafeFile: with words fit to show."""
    upload = typed["file"]
    inspected = inspect(upload, upload.name)
    return ReceivedFile(upload.read(), inspected, typed["title"], typed["kind"])
