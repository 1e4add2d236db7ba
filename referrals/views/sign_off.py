"""A manager reads the whole answer, then signs it off or returns it."""

from __future__ import annotations

from typing import Any
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
from prevent_cases.casework.kinds import SENT_BY_HAND, Delivery
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.now import now, today
from prevent_cases.casework.rendering.content import prepared
from prevent_cases.casework.wording import lower_first
from referrals.forms.answer import ReturnAnswerForm, SignOffForm
from referrals.operations.answering import answer_content
from referrals.operations.answering import return_answer as give_back
from referrals.operations.answering import sign_off_answer as sign_off
from referrals.operations.sharing import Reasons
from referrals.policy import a_holding_manager, case_staff
from referrals.queries.answer import DraftAnswer, draft_answer
from referrals.queries.frame import Frame
from referrals.queries.opening import shown
from referrals.queries.readers import is_elsewhere, readers_of
from referrals.states import ReferralState
from referrals.views.acting import carried_out, head_of, not_now, offers, say_not_now

BY_YOU = "You asked for this answer to be signed off, so somebody else must sign it off."
NOW_SEND: dict[str, str] = {
    Delivery.SECURE_EMAIL: "Signed off and kept. Now send the file by secure email.",
    Delivery.PASSWORD: "Signed off and kept. Now put a password on the file and send it.",
}
BELOW = "As you write it below."
CLOSED_TO_YOU = "The answer is not open to you any more. Ask a nominated worker of your team to let you in."


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def sign_off_answer(request: Request, case_id: UUID) -> HttpResponse:
    """The whole answer, why it may be shared, how it goes: then it is sent and kept exactly as sent."""
    with shown(request.actor, case_id, at=now(), source=access.source_of(request), record="answer") as (head, may_open):
        draft = draft_answer(head.referral)
        consent = position_on_sharing(head.case)
    if not (may_open and a_holding_manager.allows(request.actor, head.referral)):
        return _elsewhere(request, head)
    if head.referral.state != ReferralState.SIGN_OFF:
        if request.method == "POST":
            say_not_now(request, head)
        return redirect("referrals:answer-preview", case_id)
    form = SignOffForm(
        request.POST or None, case=head.case, cancel_url=reverse("case", args=[case_id]),
        procedure=head.case.procedure, consent=consent,
        readers=readers_of(head.referral.policing_team, head.referral.reply_address, today()),
    )  # fmt: skip
    done: list[Disclosure] = []
    if form.is_valid() and carried_out(form, lambda: done.append(sign_off(
        referral=head.referral, reasons=reasons_in(form), council=settings.COUNCIL_NAME, by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    ))):  # fmt: skip
        return sent(request, done[0])
    return render(request, "referrals/answer/sign_off.html", _page(request, head, draft) | {
        "form": form,
        "standing": lower_first(form.readers.standing_in_words),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def return_answer(request: Request, case_id: UUID) -> HttpResponse:
    """Back to its author to be changed, with a reason."""
    head = head_of(request, case_id, "returning")
    if request.method == "GET" and not offers(head, "referral.return_answer"):
        return not_now(request, head)
    form = ReturnAnswerForm(
        request.POST or None, case=head.case, cancel_url=reverse("referrals:sign-off-answer", args=[case_id]),
        reasons=head.case.procedure.reasons_for("referral.return_answer"),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: give_back(
        referral=head.referral, reason=form.reason_in_words, by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Returned to its author, who is told.")
        return redirect("case", case_id)
    return render(request, "referrals/answer/return.html", head.context() | {"form": form})


def sent(request: Request, disclosure: Disclosure) -> HttpResponse:
    """Where to go once something was signed off: to its page, where the kept file must still be emailed."""
    if disclosure.delivery in SENT_BY_HAND:
        messages.success(request, NOW_SEND[disclosure.delivery])
        return redirect("referrals:disclosure", disclosure.case_id, disclosure.pk)
    messages.success(request, "Signed off. CT policing is told that it is here.")
    return redirect("case", disclosure.case_id)


def reasons_in(form: Any) -> Reasons:
    """Why it may be shared, as it was typed."""
    names = ("lawful_basis", "necessity", "delivery", "left_out", "power", "proportionality", "fairness", "consent")
    typed = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
    return Reasons(**typed, why_not_sought=form.why_without_consent)


def _elsewhere(request: Request, head: Frame) -> HttpResponse:
    """For whoever cannot sign it off: to the answer, if they may read it, else to the case, saying why."""
    is_done = head.referral.state != ReferralState.SIGN_OFF
    if is_done or not a_holding_manager.allows(request.actor, head.referral):
        return not_now(request, head)
    messages.warning(request, CLOSED_TO_YOU)
    return redirect("case", head.case.pk)


def _page(request: Request, head: Frame, draft: DraftAnswer) -> dict[str, Any]:
    referral = head.referral
    reasons = Reasons(lawful_basis=BELOW, necessity=BELOW, proportionality=BELOW, delivery="")
    content = answer_content(
        referral, draft.said, reasons, council=settings.COUNCIL_NAME, signed_by=request.actor.name, on=today()
    )
    return head.context() | {
        "content": prepared(content),
        "left_out": draft.left_out,
        "own": BY_YOU if referral.answer_author_id == request.actor.user_id else "",
        "is_odd_address": is_elsewhere(referral),
        "back_url": reverse("case", args=[head.case.pk]),
    }
