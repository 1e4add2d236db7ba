"""One question goes to a colleague, and their part comes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from prevent_cases.accounts.models import User
from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.casework.timing import off_day
from prevent_cases.casework.wording import clock_time, weekday
from prevent_cases.casework.workflow import Refused
from referrals.forms.forms import AskForm, PartForm, TakeBackPartForm
from referrals.operations import contributions as operations
from referrals.policy import case_staff
from referrals.queries.colleagues import colleague_choices
from referrals.queries.forms import FormPage, OwnPart, Part, form_page, own_part
from referrals.queries.frame import Frame
from referrals.queries.opening import opened
from referrals.states import ContributionState
from referrals.views.acting import carried_out


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def form_ask(request: Request, case_id: UUID, form_id: UUID, item_id: UUID) -> HttpResponse:
    """Send one question of a form to a colleague, who is told, and sees nothing else of the case."""
    head, page = _form_of(request, case_id, form_id)
    asked = next((one for one in page.draft.written if one.item_id == item_id), None)
    if asked is None:
        raise Http404
    back = reverse("referrals:form", args=[case_id, form_id])
    form = AskForm(
        request.POST or None, case=head.case, cancel_url=back,
        colleagues=colleague_choices(head.case, request.actor.user_id, today()),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: operations.ask_colleague(
        form=page.form, item_id=item_id, colleague=User.objects.get(pk=form.cleaned_data["colleague"]),
        due_on=form.cleaned_data["due_on"], by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Question sent. The answer comes back into this form.")
        if flag := off_day(form.cleaned_data["due_on"], head.case.procedure):
            messages.warning(request, flag)
        return redirect(back)
    return render(
        request, "referrals/forms/ask.html", head.context() | {"form": form, "asked": asked, "back_url": back}
    )


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def contribution_take_back(request: Request, case_id: UUID, form_id: UUID, part_id: UUID) -> HttpResponse:
    """Take a question back from a colleague who cannot answer it."""
    head, page = _form_of(request, case_id, form_id)
    part = next((part for part in page.parts if part.id == part_id), None)
    if part is None:
        raise Http404
    back = reverse("referrals:form", args=[case_id, form_id])
    form = TakeBackPartForm(request.POST or None, case=head.case, cancel_url=back)
    if form.is_valid() and carried_out(form, lambda: operations.take_back_contribution(
        contribution_id=part_id, by=request.actor, at=now(), version=form.cleaned_data["version"]
    )):  # fmt: skip
        messages.success(request, "Question taken back. You can answer it, or ask somebody else.")
        return redirect(back)
    return render(request, "referrals/forms/take_back.html", _taking_back(head, page, part, form, back))


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def contribution(request: Request, part_id: UUID) -> HttpResponse:
    """A colleague's own part: one question and the reference, and nothing else of the case."""
    own = own_part(request.actor, part_id, at=now(), source=access.source_of(request))
    if own.part.state == ContributionState.GIVEN:
        return render(request, "referrals/forms/given.html", {"own": own})
    is_draft = "later" in request.POST
    form = _part_form(own, request.POST or None, is_draft=is_draft)
    if request.method == "POST" and form.is_valid():
        known, fact, opinion = form.own
        if is_draft:
            return _put_off(request, own, fact, opinion)
        try:
            operations.give_contribution(
                contribution=own.part, known=bool(known), fact=fact, opinion=opinion, by=request.actor, at=now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your part was given. Whoever asked is told.")
            return redirect("my-work")
    return render(request, "referrals/forms/contribution.html", {
        "form": form, "own": own, "rows": _what_it_is_for(own), "saved_at": None,
    })  # fmt: skip


@require_POST
@open_to(case_staff)
def autosave_contribution(request: Request, part_id: UUID) -> JsonResponse:
    """Keep what a colleague types, without giving it."""
    own = own_part(request.actor, part_id, at=now(), source=access.source_of(request))
    form = _part_form(own, request.POST, is_draft=True)
    if not form.is_valid():
        return JsonResponse({"words": f"Not saved. {next(iter(form.errors.values()))[0]}"}, status=422)
    _, fact, opinion = form.own
    at = now()
    try:
        operations.save_contribution(contribution=own.part, fact=fact, opinion=opinion, by=request.actor, at=at)
    except Refused as refusal:
        return JsonResponse({"words": f"Not saved. {refusal}"}, status=409)
    return JsonResponse({"saved_at": clock_time(at)})


def _form_of(request: Request, case_id: UUID, form_id: UUID) -> tuple[Frame, FormPage]:
    source, record = access.source_of(request), f"form {form_id}"
    with opened(request.actor, case_id, at=now(), source=source, record=record) as head:
        return head, form_page(head.case, form_id)


def _part_form(own: OwnPart, data: Any, *, is_draft: bool) -> PartForm:
    form = PartForm(data, asked=[own.written], asked_by=own.asked_by, is_draft=is_draft, initial={"version": 0})
    form.form_attrs["data-autosave-url"] = reverse("referrals:autosave-contribution", args=[own.part.pk])
    return form


def _what_it_is_for(own: OwnPart) -> list[dict[str, str]]:
    """What a colleague may know of the form their question belongs to; not whom it is about, which the worker says."""
    form = own.part.form
    return [
        {"key": "Part of", "value": f"Question {own.heading} of a Prevent information gathering form"},
        {"key": "Which CT policing asks", "value": own.asker},
        {"key": "Whole form due", "value": weekday(form.due_on)},
        {"key": "Answered by", "value": form.worker.name},
        {"key": "Whom it is about", "value": f"Not shown here. Ask {own.asked_by}, giving the reference"},
    ]


def _put_off(request: Request, own: OwnPart, fact: str, opinion: str) -> HttpResponse:
    operations.save_contribution(contribution=own.part, fact=fact, opinion=opinion, by=request.actor, at=now())
    messages.success(request, "Saved. You have not given your part yet.")
    return redirect("my-work")


def _taking_back(head: Frame, page: FormPage, part: Part, form: TakeBackPartForm, back: str) -> dict[str, Any]:
    asked = next((one for one in page.draft.written if one.heading == part.heading), None)
    return head.context() | {"form": form, "part": part, "asked": asked, "back_url": back}
