"""A procedure's words, lists and lengths: prepared part by part with a preview, published for a day, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import clocks, edition_parts, editions, procedure
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.models import ProcedureEdition
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_prepare_edition, may_publish_edition, may_see_reference
from prevent_cases.reference.forms import editions as typed
from prevent_cases.reference.forms.acting import is_done
from prevent_cases.reference.queries import editions as queries
from prevent_cases.reference.queries.previews import preview
from prevent_cases.reference.tabs import tabs


@require_GET
@open_to(may_see_reference)
def procedures(request: Request) -> HttpResponse:
    context = {"tabs": tabs("reference:procedures"), "procedures": queries.procedures(today())}
    return render(request, "reference/editions/procedures.html", context)


@require_GET
@open_to(may_see_reference)
def show(request: Request, key: str) -> HttpResponse:
    base, prepared = _published(key), editions.prepared(key)
    may_edit = may_prepare_edition.allows(request.actor, None)
    context = {
        "procedure": base, "sections": queries.sections(key, today(), prepared, may_edit=may_edit),
        "editions": queries.editions(key, today()), "prepared": prepared, "may_edit": may_edit,
        "may_publish": may_publish_edition.allows(request.actor, None), "default": base.key,
    }  # fmt: skip
    return render(request, "reference/editions/procedure.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_prepare_edition)
def part(request: Request, key: str, part: str, name: str) -> HttpResponse:
    """One part: its words as they are prepared, and how its reader will see them."""
    _published(key)
    prepared, on = editions.prepared(key), today()
    kept = editions.as_prepared(key, prepared.changes, on)
    one = _part(kept, part, name)
    form = _form(request, kept, one, prepared.version, reverse("reference:procedure", args=[key]))
    if request.method == "POST" and form.is_valid() and is_done(
        form,
        lambda: editions.prepare(
            procedure_key=key, part=one.part, key=one.key, value=form.value(), by=request.actor, at=now(),
            version=form.seen,
        ),
    ):  # fmt: skip
        messages.success(request, "Saved for the next edition. The preview below shows it.")
        return redirect(request.path)
    context = {
        "form": form, "one": one, "procedure": kept, "preview": preview(kept, one, on),
        "now_says": queries.part_of(procedure.in_force(key, on), one.part, one.key),
        "reader": queries.text_part(one.key).reader if one.part == "texts" else "",
    }  # fmt: skip
    return render(request, "reference/editions/part.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_prepare_edition)
def publish(request: Request, key: str) -> HttpResponse:
    """What the next edition would change, and for those who may: from when, and why."""
    base, prepared = _published(key), editions.prepared(key)
    may_publish = may_publish_edition.allows(request.actor, None)
    form = typed.PublishForm(
        request.POST or None, initial={"effective_from": editions.earliest_day(now()), "version": prepared.version},
        cancel_url=reverse("reference:procedure", args=[key]),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and is_done(
        form,
        lambda: editions.publish(
            procedure_key=key, changes=prepared.changes, effective_from=form.cleaned_data["effective_from"],
            why=form.cleaned_data["why"], by=request.actor, at=now(), version=form.seen,
        ),
    ):  # fmt: skip
        messages.success(request, "Published. Cases received before that day keep the words they have.")
        return redirect("reference:procedure", key)
    changes = queries.told(prepared.changes, procedure.in_force(key, today()))
    context = {"form": form if may_publish and changes else None, "procedure": base, "changes": changes,
               "coming": queries.coming(key, today()), "says": may_publish_edition.says}  # fmt: skip
    return render(request, "reference/editions/publish.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_publish_edition)
def take_back(request: Request, edition_id: UUID) -> HttpResponse:
    edition = get_object_or_404(ProcedureEdition, pk=edition_id)
    back = reverse("reference:procedure", args=[edition.procedure_key])
    form = typed.TakeBackForm(request.POST if request.method == "POST" else None, cancel_url=back)
    if request.method == "POST" and form.is_valid() and is_done(
        form, lambda: editions.take_back(edition=edition, by=request.actor, at=now())
    ):  # fmt: skip
        messages.success(request, "Taken back. It stays in the list.")
        return redirect(back)
    return render(request, "reference/editions/take_back.html", {"form": form, "edition": edition})


def _published(key: str) -> procedure.Procedure:
    try:
        return procedure.published(key)
    except KeyError:
        raise Http404 from None


def _part(kept: procedure.Procedure, part: str, name: str) -> queries.Part:
    try:
        return queries.part_of(kept, part, "" if part == "prompts" else name)
    except KeyError:
        raise Http404 from None


def _form(request: Request, kept: procedure.Procedure, one: queries.Part, version: int, back: str) -> typed.PartForm:
    """The form that a part is typed in."""
    common: dict[str, Any] = {"data": request.POST or None, "version": version, "cancel_url": back}
    match one.part:
        case "texts":
            return typed.TextForm(part=queries.text_part(one.key), value=one.value, **common)
        case "lengths":
            length = kept.length_of(clocks.declared(one.key))
            assert length is not None  # noqa: S101 -- parts() lists only clocks that have one
            return typed.LengthForm(value=length.count, unit=length.unit, **common)
        case "reasons":
            spare = 0 if one.key in edition_parts.FIXED else typed.SPARE
            return typed.ReasonsForm(value=one.value, spare=spare, **common)
        case "prompts":
            return typed.PromptsForm(value=one.value, **common)
    return typed.LabelForm(value=one.value, **common)
