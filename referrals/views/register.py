"""The register extract: upload it, see what importing it would do, import all of it or nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import table
from prevent_cases.casework.drafts import bytes_of, open_draft, save_draft
from prevent_cases.casework.now import now, today
from prevent_cases.casework.wording import date_and_time
from prevent_cases.casework.workflow import Refused
from referrals.forms.register import ExtractForm, ImportForm
from referrals.operations.register import import_register
from referrals.policy import ssu_staff
from referrals.queries.register import held_entries, imports, in_any_case, latest_import, teams_to_be_with
from referrals.register.columns import COLUMNS
from referrals.register.plan import Plan, plan
from referrals.register.reading import read

DRAFT = "register_extract"
SHOWN, FAULTS_SHOWN = 20, 50
HEADERS = ("When", "By", "People in the file", "Added", "Changed", "Ended")


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def register(request: Request) -> HttpResponse:
    """What was imported, and a new file to preview."""
    form = ExtractForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        key, upload = uuid4(), form.cleaned_data["extract"]
        save_draft(
            key=key, kind=DRAFT, typed={}, add=[(form.inspected.name, upload.read())], by=request.actor, at=now()
        )
        return redirect("referrals:register-preview", key)
    context = {
        "form": form, "columns": COLUMNS, "teams": teams_to_be_with(), "headers": HEADERS, "imports": _history(),
    }  # fmt: skip
    return render(request, "referrals/register/register.html", context)


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def register_preview(request: Request, key: UUID) -> HttpResponse:
    """What importing the uploaded file would do; posted, it is done."""
    draft = open_draft(key=key, by=request.actor)
    if draft is None or draft.kind != DRAFT:
        messages.info(request, "That file is no longer kept here: it was imported, or a day has passed.")
        return redirect("referrals:register")
    reading = read(BytesIO(bytes_of(draft.files[0])), today(), in_any_case(teams_to_be_with()))
    found, latest = plan(reading, held_entries()), latest_import()
    form = ImportForm(
        request.POST or None, warning=found.warning, cancel_url=reverse("referrals:register"),
        initial={"seen": latest.pk if latest else None},
    )  # fmt: skip
    if form.is_valid():
        try:
            made = import_register(
                reading=reading, file_name=draft.files[0]["file_name"], confirmed=bool(found.warning), key=key,
                seen=form.cleaned_data["seen"], by=request.actor, at=now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            counts = f"{made.added:,} added, {made.changed:,} changed, {made.ended:,} ended"
            messages.success(request, f"The register was imported: {counts}.")
            return redirect("referrals:register")
    return render(request, "referrals/register/preview.html", {"form": form, **_in_words(found, draft.files[0])})


@require_GET
@open_to(ssu_staff)
def register_template(request: Request) -> HttpResponse:
    """A file with the header and nobody, to fill in."""
    return table(",".join(column.name for column in COLUMNS) + "\r\n", "register-template.csv")


def _history() -> list[list[dict[str, Any]]]:
    return [
        [
            {"text": date_and_time(made.at)},
            {"text": made.by.name if made.by else "The nightly import"},
            {"text": f"{made.rows:,}"},
            {"text": f"{made.added:,}"},
            {"text": f"{made.changed:,}"},
            {"text": f"{made.ended:,}"},
        ]
        for made in imports()
    ]


def _in_words(found: Plan, file: dict[str, str]) -> dict[str, Any]:
    """The plan as the page shows it: counts, and the first of each kind."""
    changed = [*found.changes, *found.returns]
    return {
        "file_name": file["file_name"],
        "counts": [
            {"key": "To be added", "value": f"{len(found.adds):,}"},
            {"key": "To be changed", "value": f"{len(found.changes):,}"},
            {"key": "To be brought back", "value": f"{len(found.returns):,}"},
            {"key": "To be ended, because the file leaves them out", "value": f"{len(found.ended):,}"},
            {"key": "Unchanged", "value": f"{found.unchanged:,}"},
            {"key": "Faults", "value": f"{len(found.rejects):,}"},
        ],
        "rejects": [
            [{"text": f"Line {reject.line:,}"}, {"text": reject.column or "The whole row"}, {"text": reject.reason}]
            for reject in found.rejects[:FAULTS_SHOWN]
        ],
        "adds": [
            [
                {"text": row.mosaic_id},
                {"text": f"{row.given_name} {row.family_name}".strip(), "is_name": True},
                {"text": row.status.label},
            ]
            for row in found.adds[:SHOWN]
        ],
        "changes": [
            [
                {"text": change.row.mosaic_id},
                {"text": f"{change.row.given_name} {change.row.family_name}".strip(), "is_name": True},
                {"text": "; ".join(f"{d.label}: {d.old} to {d.new}" for d in change.differences) or "Brought back"},
            ]
            for change in changed[:SHOWN]
        ],
        "ended": found.ended[:SHOWN],
        "reject_headers": ("Where", "Column", "What is wrong"),
        "add_headers": ("Number", "Name", "Status"),
        "change_headers": ("Number", "Name", "What changes"),
        "shown": SHOWN,
        "warning": found.warning,
        "is_importable": found.is_importable,
        "is_empty": found.is_empty,
    }
