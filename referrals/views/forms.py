"""Information gathering forms: the register of a case's, and the page on which one is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prevent_cases.accounts.models import User
from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.now import now, today
from prevent_cases.casework.store import ReceivedFile
from prevent_cases.casework.timing import off_day
from prevent_cases.casework.wording import date_and_time, day, weekday
from prevent_cases.casework.workflow import Refused
from referrals.forms.forms import FormPartsForm, RegisterForm
from referrals.operations import drafting, information_forms
from referrals.policy import a_holding_member, an_ssu_officer, case_staff
from referrals.queries.answer import Written
from referrals.queries.colleagues import worker_choices
from referrals.queries.forms import FormPage, form_page, forms_of, standing
from referrals.queries.frame import Frame
from referrals.queries.opening import shown
from referrals.states import FormState
from referrals.views.acting import carried_out, head_of, not_now
from referrals.views.saving import autosaved, both_texts, marks_of, said

REGISTERS = an_ssu_officer | a_holding_member


@require_GET
@open_to(case_staff)
def forms(request: Request, case_id: UUID) -> HttpResponse:
    """Every form on the case, by either route. What they ask and say is read on their own pages."""
    with shown(request.actor, case_id, at=now(), source=access.source_of(request), record="forms") as (head, _):
        rows = [{"form": form, "standing": standing(form, today())} for form in forms_of(head.case)]
    return render(request, "referrals/forms/list.html", head.context("case-tasks") | {
        "rows": rows,
        "may_register": may_register(request, head),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def forms_new(request: Request, case_id: UUID) -> HttpResponse:
    """Register a form, whether it came through the SSU or direct to a worker."""
    head = head_of(request, case_id, "registering")
    if request.method == "GET" and not may_register(request, head):
        return not_now(request, head)
    form = RegisterForm(
        request.POST or None, request.FILES or None, case=head.case, workers=worker_choices(head.case, today()),
        received_on=civil_date(head.referral.received_at),
        cancel_url=reverse("referrals:forms", args=[case_id]),
        initial={"organisation": head.referral.policing_team.name},
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: information_forms.register_form(
        referral=head.referral, **_registered(form), by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Form registered. The worker who answers it is told.")
        if flag := off_day(form.cleaned_data["due_on"], head.case.procedure):
            messages.warning(request, f"{flag} Return the form by then.")
        return redirect("referrals:forms", case_id)
    return render(request, "referrals/forms/new.html", head.context() | {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def form(request: Request, case_id: UUID, form_id: UUID) -> HttpResponse:
    """One form: its questions, what is said so far, who was asked. Without the material, that it exists."""
    source, record = access.source_of(request), f"form {form_id}"
    with shown(request.actor, case_id, at=now(), source=source, record=record) as (head, may_open):
        page = form_page(head.case, form_id)
    if not may_open:
        return _closed_page(request, head, page)
    if request.method == "POST":
        return _saved(request, head, page)
    return _page(request, head, page, _typed(head, page, None))


@require_POST
@open_to(case_staff)
def autosave_form(request: Request, case_id: UUID, form_id: UUID) -> JsonResponse:
    """Save a form's answers while they are typed."""
    source, record = access.source_of(request), f"form {form_id}"
    with shown(request.actor, case_id, at=now(), source=source, record=record) as (head, _):
        page = form_page(head.case, form_id)
    typed = _typed(head, page, request.POST, is_draft=True)
    return autosaved(typed, lambda: drafting.save_answer(
        answer=page.form.answer, said=said(typed), minimum_checked=False, left_out=page.draft.left_out,
        by=request.actor, at=now(), version=typed.cleaned_data["version"], opened=typed.opened_marks,
    ))  # fmt: skip


def may_register(request: Request, head: Frame) -> bool:
    return REGISTERS.allows(request.actor, head.referral) and head.referral.state in information_forms.ANSWERABLE


def _registered(typed: RegisterForm) -> dict[str, Any]:
    names = ("route", "asked_by", "organisation", "reply_address", "asked_on", "due_on", "worker")
    files = [
        ReceivedFile(upload.read(), inspected, "Information gathering form", DocumentKind.FORM)
        for upload, inspected in typed.cleaned_data["original"]
    ]
    facts = {name: typed.cleaned_data[name] for name in names}
    facts["worker"] = User.objects.get(pk=facts["worker"])
    return facts | {"questions": typed.cleaned_data["asked"], "files": files}


def _saved(request: Request, head: Frame, page: FormPage) -> HttpResponse:
    typed = _typed(head, page, request.POST, is_draft="later" in request.POST)
    if not typed.is_valid():
        return _page(request, head, page, typed)
    try:
        drafting.save_answer(
            answer=page.form.answer, said=said(typed), minimum_checked=False, left_out=page.draft.left_out,
            by=request.actor, at=now(), version=typed.cleaned_data["version"], opened=typed.opened_marks,
        )  # fmt: skip
    except drafting.TwoEditors as refusal:
        data, both = both_texts(typed, request.POST, page.draft, refusal.headings)
        typed = _typed(head, page, data, is_draft=True)
        typed.add_error(None, str(refusal))
        return _page(request, head, page, typed, both=both)
    except Refused as refusal:
        typed.add_error(None, str(refusal))
        return _page(request, head, page, typed)
    if "later" in request.POST:
        messages.success(request, "Answers saved. Nothing has been sent.")
        return redirect("referrals:forms", head.case.pk)
    return redirect("referrals:form-answer", head.case.pk, page.form.pk)


def _typed(head: Frame, page: FormPage, data: Any, **options: Any) -> FormPartsForm:
    place = [head.case.pk, page.form.pk]
    typed = FormPartsForm(
        data, asked=[replace(one, label=f"{one.heading}. {one.label}") for one in page.to_write],
        marks=marks_of(page.to_write, page.draft.left_out),
        hints={one.heading: f"{who} gave this part." for one in page.to_write if (who := page.given_by(one.heading))},
        ask_urls={
            one.heading: reverse("referrals:form-ask", args=[*place, one.item_id])
            for one in page.to_write if one.is_untouched
        },
        cancel_url=reverse("referrals:forms", args=[head.case.pk]), initial={"version": page.draft.version}, **options,
    )  # fmt: skip
    typed.form_attrs["data-autosave-url"] = reverse("referrals:autosave-form", args=place)
    return typed


def _page(
    request: Request, head: Frame, page: FormPage, typed: FormPartsForm, both: list[dict[str, str]] | None = None
) -> HttpResponse:
    edited_by = page.form.answer.edited_by
    may_write = page.form.state == FormState.OPEN and drafting.may_write(request.actor, page.form.answer)
    return render(request, "referrals/forms/form.html", _facts(head, page) | {
        "form": typed if may_write else None,
        "tasks": [_task(page, one, is_editable=may_write) for one in page.draft.written],
        "taking_back": [part for part in page.parts if part.is_asked and may_write],
        "saved_at": page.draft.saved_at,
        "saved_by": edited_by.name if edited_by else "",
        "both": both,
    })  # fmt: skip


def _closed_page(request: Request, head: Frame, page: FormPage) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    return render(request, "referrals/forms/closed.html", _facts(head, page))


def _facts(head: Frame, page: FormPage) -> dict[str, Any]:
    """What everybody who sees the case sees of a form."""
    asked = page.form
    rows = [
        {"key": "How it came", "value": asked.get_route_display()},
        {"key": "Asked by", "lines": [one for one in (asked.asked_by, asked.organisation) if one]},
        {"key": "Asked on", "value": day(asked.asked_on)},
        {"key": "Due on", "value": weekday(asked.due_on)},
        {"key": "Reply to", "value": asked.reply_address},
        {"key": "Answered by", "value": asked.worker.name},
        {"key": "Registered", "value": f"{date_and_time(asked.registered_at)} by {asked.registered_by.name}"},
    ]
    return head.context() | {
        "asked": asked,
        "rows": rows,
        "standing": standing(asked, today()),
        "is_open": asked.state == FormState.OPEN,
        "back_url": reverse("referrals:forms", args=[head.case.pk]),
        "back_text": "Forms on this case",
    }


def _task(page: FormPage, one: Written, *, is_editable: bool) -> dict[str, str]:
    part = page.with_colleagues.get(one.heading)
    if part:
        status, tone = f"With {part.colleague}, needed by {day(part.due_on)}", "waiting"
    elif one.known is None:
        status, tone = "Not answered yet", "new"
    else:
        status, tone = "Answered" if one.known else "Nothing known", ""
    url = f"#id_known_{one.heading}" if is_editable and not part else ""
    return {"title": f"{one.heading}. {one.label}", "url": url, "status": status, "tone": tone}
