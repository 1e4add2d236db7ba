"""The completed form goes back to policing, exactly as it was read; or is no longer needed."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.consenting import position_on_sharing
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.now import now, today
from prevent_cases.casework.rendering.content import DocumentContent, prepared
from referrals.forms.forms import CancelForm, ReturnForm
from referrals.operations import information_forms
from referrals.operations.sharing import Reasons
from referrals.policy import case_staff
from referrals.queries.forms import FormPage, form_page
from referrals.queries.opening import opened, shown
from referrals.queries.readers import readers_of
from referrals.states import FormState
from referrals.views.acting import carried_out
from referrals.views.sign_off import BELOW, reasons_in, sent


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def form_answer(request: Request, case_id: UUID, form_id: UUID) -> HttpResponse:
    """The completed form as it will be returned, why it may be shared, how it goes."""
    source, record = access.source_of(request), f"form {form_id}"
    with opened(request.actor, case_id, at=now(), source=source, record=record) as head:
        page = form_page(head.case, form_id)
        consent = position_on_sharing(head.case)
    back = reverse("referrals:form", args=[case_id, form_id])
    if request.method == "GET" and page.form.state != FormState.OPEN:
        return redirect(back)
    form = ReturnForm(
        request.POST or None, case=head.case, cancel_url=back,
        readers=readers_of(page.form.referral.policing_team, page.form.reply_address, today()),
        procedure=head.case.procedure, consent=consent, initial={"answer_version": page.draft.version},
    )  # fmt: skip
    done: list[Disclosure] = []
    if form.is_valid() and carried_out(form, lambda: done.append(information_forms.answer_form(
        form=page.form, reasons=reasons_in(form), council=settings.COUNCIL_NAME, by=request.actor, at=now(),
        version=form.cleaned_data["version"], answer_version=form.cleaned_data["answer_version"],
    ))):  # fmt: skip
        return sent(request, done[0])
    return render(request, "referrals/forms/return.html", head.context() | {
        "form": form,
        "to_do": to_do(page),
        "content": prepared(as_returned(page, request.actor.name)),
        "back_url": back,
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def form_cancel(request: Request, case_id: UUID, form_id: UUID) -> HttpResponse:
    """Policing no longer needs it, or it was registered in error."""
    source, record = access.source_of(request), f"form {form_id}"
    with shown(request.actor, case_id, at=now(), source=source, record=record) as (head, _):
        page = form_page(head.case, form_id)
    back = reverse("referrals:form", args=[case_id, form_id])
    if request.method == "GET" and page.form.state != FormState.OPEN:
        return redirect(back)
    form = CancelForm(request.POST or None, case=head.case, cancel_url=back)
    if form.is_valid() and carried_out(form, lambda: information_forms.cancel_form(
        form=page.form, reason=form.cleaned_data["reason"], by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Marked as no longer needed. It stays on the case.")
        return redirect("referrals:forms", case_id)
    return render(request, "referrals/forms/cancel.html", head.context() | {"form": form, "back_url": back})


def as_returned(page: FormPage, signed_by: str) -> DocumentContent:
    """The document as it would be returned today by this person."""
    reasons = Reasons(lawful_basis=BELOW, necessity=BELOW, proportionality=BELOW, delivery="")
    return information_forms.form_content(
        page.form, page.questions, page.draft.said, reasons, council=settings.COUNCIL_NAME, signed_by=signed_by,
        on=today(),
    )  # fmt: skip


def to_do(page: FormPage) -> list[str]:
    """What stands in the way of returning it, in words."""
    asked = [f"Question {part.heading} is with {part.colleague}." for part in page.with_colleagues.values()]
    return asked + [
        f"Question {one.heading} is not answered yet."
        for one in page.draft.unanswered
        if one.heading not in page.with_colleagues
    ]
