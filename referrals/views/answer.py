"""The answer to policing is written: every heading on one page, saved as it is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import Refused
from referrals.forms.answer import AnswerForm
from referrals.operations import drafting
from referrals.policy import case_staff
from referrals.queries.answer import (
    DraftAnswer,
    EarlierAnswer,
    Written,
    as_draft,
    draft_answer,
    earlier_answer,
    words_of,
)
from referrals.queries.frame import Frame, frame
from referrals.queries.opening import opened
from referrals.views.acting import not_now, offers
from referrals.views.saving import autosaved, both_texts, marks_of, said


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def answer(request: Request, case_id: UUID) -> HttpResponse:
    """Every heading on one page. Saved as it is typed; two people at once lose nothing."""
    at, source = now(), access.source_of(request)
    taken: dict[str, Written] = {}
    with opened(request.actor, case_id, at=at, source=source, record="answer") as head:
        draft = draft_answer(head.referral)
        earlier = earlier_answer(request.actor, head.referral, today())
        if earlier and request.GET.get("start") == "earlier":
            taken = words_of(request.actor, earlier, at=at, source=source)
    if request.method == "POST":
        return _saved(request, head, draft, earlier)
    if not offers(head, "referral.submit_answer"):
        return redirect("referrals:answer-preview", case_id) if draft.answer else not_now(request, head)
    form = _begun(head, draft, earlier, taken)
    return _page(request, head, draft, form, earlier=None if taken else earlier)


@require_POST
@open_to(case_staff)
def autosave_answer(request: Request, case_id: UUID) -> JsonResponse:
    """Save while it is typed. Half-said headings are kept as they are; nothing enters the history of the case."""
    head = frame(request.actor, case_id, today())
    asked = as_draft([], head.case.procedure.answer_headings).written
    form = AnswerForm(request.POST, asked=asked, is_draft=True, cancel_url="")
    return autosaved(form, lambda: drafting.write_answer(
        referral=head.referral, said=said(form), minimum_checked=form.cleaned_data["minimum_checked"],
        left_out=form.cleaned_data["left_out"], by=request.actor, at=now(), version=form.cleaned_data["version"],
        opened=form.opened_marks,
    ))  # fmt: skip


def _saved(request: Request, head: Frame, draft: DraftAnswer, earlier: EarlierAnswer | None) -> HttpResponse:
    form = _bound(head, draft, request.POST, is_draft="later" in request.POST)
    if not form.is_valid():
        return _page(request, head, draft, form)
    try:
        drafting.write_answer(
            referral=head.referral, said=said(form), minimum_checked=form.cleaned_data["minimum_checked"],
            left_out=form.cleaned_data["left_out"], by=request.actor, at=now(), version=form.cleaned_data["version"],
            opened=form.opened_marks,
        )  # fmt: skip
    except drafting.TwoEditors as refusal:
        data, both = both_texts(form, request.POST, draft, refusal.headings)
        again = _bound(head, draft, data, is_draft=True)
        again.add_error(None, str(refusal))
        return _page(request, head, draft, again, both=both)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, head, draft, form)
    if "later" in request.POST:
        messages.success(request, "Answer saved. It has not been sent.")
        return redirect("case", head.case.pk)
    return redirect("referrals:answer-preview", head.case.pk)


def _begun(head: Frame, draft: DraftAnswer, earlier: EarlierAnswer | None, taken: dict[str, Written]) -> AnswerForm:
    """The form as the answer stands; untouched headings begin with what an earlier answer said, where it was taken."""
    begun = {one.heading: taken[one.heading] for one in draft.written if one.is_untouched and one.heading in taken}
    asked = [replace(begun.get(one.heading, one), label=one.label) for one in draft.written]
    whence = f"{day(earlier.sent_at)}, {earlier.case.reference}" if earlier else ""
    hints = dict.fromkeys(begun, f"From the answer of {whence}. Check that it still holds.")
    return _form(head, draft, None, asked=asked, hints=hints)


def _bound(head: Frame, draft: DraftAnswer, data: Any, *, is_draft: bool) -> AnswerForm:
    return _form(head, draft, data, asked=draft.written, is_draft=is_draft)


def _form(head: Frame, draft: DraftAnswer, data: Any, **options: Any) -> AnswerForm:
    form = AnswerForm(
        data, marks=marks_of(draft.written, draft.left_out), cancel_url=reverse("case", args=[head.case.pk]),
        initial={
            "version": draft.version, "left_out": draft.left_out, "minimum_checked": draft.is_minimum_checked
        },
        **options,
    )  # fmt: skip
    form.form_attrs["data-autosave-url"] = reverse("referrals:autosave-answer", args=[head.case.pk])
    return form


def _page(
    request: Request, head: Frame, draft: DraftAnswer, form: AnswerForm, *,
    earlier: EarlierAnswer | None = None, both: list[dict[str, str]] | None = None,
) -> HttpResponse:  # fmt: skip
    return render(request, "referrals/answer/answer.html", head.context() | {
        "form": form,
        "draft": draft,
        "saved_at": draft.saved_at,
        "earlier": earlier,
        "both": both,
        "saved_by": draft.answer.edited_by.name if draft.answer and draft.answer.edited_by else "",
        "back_url": reverse("case", args=[head.case.pk]),
    })  # fmt: skip
