"""The directory: who can be reached, in which area and at what hours; what a practitioner would be shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import directory, directory_edits
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.models import DirectoryEntry
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_edit_directory, may_see_reference
from prevent_cases.casework.wording import date_and_time, weekday
from prevent_cases.reference.forms.acting import is_done
from prevent_cases.reference.forms.directory import EndForm, EntryForm, MomentForm
from prevent_cases.reference.queries import directory as queries
from prevent_cases.reference.tabs import tabs


@require_GET
@open_to(may_see_reference)
def show(request: Request) -> HttpResponse:
    kept, ended = queries.groups(today())
    may_edit = may_edit_directory.allows(request.actor, None)
    context = {"tabs": tabs("reference:directory"), "groups": kept, "ended": ended, "may_edit": may_edit}
    return render(request, "reference/directory/list.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def add(request: Request) -> HttpResponse:
    form = EntryForm(
        request.POST or None, areas=queries.areas(), posts=queries.posts_to_deputise(), initial={"starts_on": today()},
        cancel_url=reverse("reference:directory"),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and is_done(
        form, lambda: directory_edits.add_entry(written=form.written(), by=request.actor, at=now())
    ):  # fmt: skip
        messages.success(request, "Added to the directory.")
        return redirect("reference:directory")
    return render(request, "reference/directory/edit.html", {"form": form})


@require_GET
@open_to(may_see_reference)
def entry(request: Request, entry_id: UUID) -> HttpResponse:
    row = get_object_or_404(DirectoryEntry, pk=entry_id)
    names = queries.names_of_places()
    context = {
        "entry": row, "rows": queries.says_now(row, names), "history": queries.history(row, names),
        "may_edit": may_edit_directory.allows(request.actor, None), "standing": queries.dates_words(row, today()),
    }  # fmt: skip
    return render(request, "reference/directory/entry.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def edit(request: Request, entry_id: UUID) -> HttpResponse:
    row = get_object_or_404(DirectoryEntry, pk=entry_id)
    form = EntryForm(
        request.POST or None, areas=queries.areas(), posts=queries.posts_to_deputise(row),
        initial=EntryForm.initial_of(row), cancel_url=reverse("reference:entry", args=[row.pk]),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and is_done(
        form,
        lambda: directory_edits.change_entry(
            entry=row, written=form.written(), by=request.actor, at=now(), version=form.seen
        ),
    ):  # fmt: skip
        messages.success(request, "Saved. The directory shows it from now on.")
        return redirect("reference:entry", row.pk)
    stale = form.is_bound and form.is_valid() is False and str(row.version) != request.POST.get("version")
    now_says = queries.says_now(row) if stale else []
    return render(request, "reference/directory/edit.html", {"form": form, "entry": row, "now_says": now_says})


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def end(request: Request, entry_id: UUID) -> HttpResponse:
    row = get_object_or_404(DirectoryEntry, pk=entry_id)
    form = EndForm(
        request.POST or None, initial={"ends_on": row.ends_on, "version": row.version},
        cancel_url=reverse("reference:entry", args=[row.pk]),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and is_done(
        form,
        lambda: directory_edits.end_entry(
            entry=row, ends_on=form.cleaned_data["ends_on"], by=request.actor, at=now(), version=form.seen
        ),
    ):  # fmt: skip
        messages.success(request, "Saved. It is shown until the end of that day.")
        return redirect("reference:entry", row.pk)
    return render(request, "reference/directory/end.html", {"form": form, "entry": row})


@require_GET
@open_to(may_see_reference)
def preview(request: Request) -> HttpResponse:
    """What a practitioner in an area would be shown at a moment."""
    asked = "on" in request.GET or "on-day" in request.GET
    form = MomentForm(request.GET if asked else None, areas=queries.areas(), initial={"on": today(), "hour": "6pm"})
    seen = None
    if asked and form.is_valid():
        at = form.moment()
        area = form.cleaned_data["area"]
        where = dict(form.fields["area"].choices)[area]  # type: ignore[attr-defined]
        seen = {
            "when": f"{weekday(at)} at {date_and_time(at).rpartition(' at ')[2]}", "where": where,
            "contacts": directory.contacts(UUID(area) if area else None, at),
        }  # fmt: skip
    context = {"form": form, "seen": seen, "tabs": tabs("reference:preview")}
    return render(request, "reference/directory/preview.html", context)
