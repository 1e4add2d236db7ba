"""A list of nominated workers as a file: upload it, see what it would do, do all of it or nothing, undo it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts import nomination_list
from prevent_cases.accounts.granting import within_reach
from prevent_cases.accounts.models import ListUpload
from prevent_cases.accounts.nomination_list import COLUMNS, Plan
from prevent_cases.accounts.operations import undo_list
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import table
from prevent_cases.casework.drafts import bytes_of, open_draft, save_draft
from prevent_cases.casework.now import now
from prevent_cases.casework.wording import date_and_time, day
from prevent_cases.lists.forms.places import ApplyForm, ConfirmForm, FileForm
from prevent_cases.lists.operations.uploading import apply_upload
from prevent_cases.lists.policy import lists_admin
from prevent_cases.lists.views.acting import carried_out, page

DRAFT = "nomination_list"
SHOWN = 50
HEADERS = ("When", "By", "File", "Changes", "Undo")


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def uploads(request: Request) -> HttpResponse:
    """What was uploaded, and a new file to preview."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        key, upload = uuid4(), form.cleaned_data["list_file"]
        file = (form.inspected.name, upload.read())
        save_draft(key=key, kind=DRAFT, typed={}, add=[file], by=request.actor, at=now())
        return redirect("lists:upload-preview", key)
    context = {"form": form, "columns": COLUMNS, "headers": HEADERS, "uploads": _history()}
    return page(request, "lists/uploads.html", context)


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def preview(request: Request, key: UUID) -> HttpResponse:
    """What the file would do; posted, it is done. The same file confirmed twice is done once."""
    draft = open_draft(key=key, by=request.actor)
    if draft is None or draft.kind != DRAFT:
        messages.info(request, "That file is no longer kept here: it was used, or a day has passed.")
        return redirect("lists:uploads")
    data, name = bytes_of(draft.files[0]), draft.files[0]["file_name"]
    found = nomination_list.plan(data, teams=within_reach(request.actor))
    typed = request.POST if found.is_sound else None
    form = ApplyForm(typed or None, initial={"seen": found.seen}, cancel_url=reverse("lists:uploads"))
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        if carried_out(form, lambda: apply_upload(
            data=data, file_name=name, key=key, seen=seen, by=request.actor, at=now()
        )):  # fmt: skip
            messages.success(request, "The lists were changed as the file says. You can undo it below.")
            return redirect("lists:uploads")
        form.see(found.seen)
    return page(request, "lists/preview.html", {"form": form, "file_name": name, **_in_words(found)})


@require_http_methods(["GET", "POST"])
@open_to(lists_admin)
def undo(request: Request, upload_id: UUID) -> HttpResponse:
    """Bring the lists back to what they were before an upload."""
    upload = ListUpload.objects.select_related("by").filter(pk=upload_id, undone_at=None).first()
    if upload is None:
        raise Http404
    form = ConfirmForm(request.POST if request.method == "POST" else None, cancel_url=reverse("lists:uploads"))
    form.submit_label = "Undo the upload"  # type: ignore[misc]
    if form.is_valid() and carried_out(form, lambda: undo_list(upload=upload, by=request.actor, at=now())):
        messages.success(request, "The lists are as they were before the upload.")
        return redirect("lists:uploads")
    return page(request, "lists/undo.html", {"form": form, "upload": upload, "count": len(upload.changes)})


@require_GET
@open_to(lists_admin)
def template(request: Request) -> HttpResponse:
    """A file with the header and nobody, to fill in."""
    return table(",".join(COLUMNS) + "\r\n", "nominated-workers.csv")


def _history() -> list[list[dict[str, Any]]]:
    made = ListUpload.objects.select_related("by", "undone_by").order_by("-at")[:SHOWN]
    return [
        [
            {"text": date_and_time(one.at)},
            {"text": one.by.name},
            {"text": one.file_name},
            {"text": f"{len(one.changes):,}"},
            {"text": f"Undone {date_and_time(one.undone_at)}"} if one.undone_at
            else {"text": "Undo", "url": reverse("lists:upload-undo", args=[one.pk])},
        ]
        for one in made
    ]  # fmt: skip


def _in_words(found: Plan) -> dict[str, Any]:
    """The plan as the page shows it: counts, every fault, and the first of each kind of change."""
    return {
        "is_sound": found.is_sound,
        "is_empty": found.is_empty,
        "counts": [
            {"key": "To be added", "value": f"{len(found.adds):,}"},
            {"key": "To be changed", "value": f"{len(found.changes):,}"},
            {"key": "Unchanged", "value": f"{len(found.unchanged):,}"},
            {"key": "Faults", "value": f"{len(found.faults):,}"},
        ],
        "faults": [
            [{"text": f"{fault.line:,}" if fault.line else "The whole file"}, {"text": fault.column or "Every column"},
             {"text": fault.reason[:1].upper() + fault.reason[1:]}]
            for fault in found.faults
        ],
        "adds": [
            [{"text": row.user.name, "is_name": True}, {"text": row.team.name},
             {"text": f"{day(row.starts_on)} to {day(row.ends_on)}" if row.ends_on else f"From {day(row.starts_on)}"}]
            for row in found.adds[:SHOWN]
        ],
        "changes": [
            [{"text": one.row.user.name, "is_name": True}, {"text": one.row.team.name},
             {"text": f"Last day: {day(one.held.ends_on) or 'none'} to {day(one.row.ends_on) or 'none'}"}]
            for one in found.changes[:SHOWN]
        ],
        "fault_headers": ("Line", "Column", "What is wrong"),
        "headers": ("Who", "Team", "Dates"),
        "shown": SHOWN,
    }  # fmt: skip
