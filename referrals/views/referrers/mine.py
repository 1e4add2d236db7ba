"""My referrals: what I sent, what became of it in three words, and what I may still do with it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import as_attachment
from prevent_cases.casework.now import now
from referrals import policy
from referrals.forms.mine import AmendForm, AnswerQuestionForm, TransportForm, WithdrawForm
from referrals.operations import intake, referrers
from referrals.queries import own_referrals
from referrals.queries.own_referrals import first_said, mine, own_question, own_referral
from referrals.states import PractitionerState, QuestionState
from referrals.views.referrers.trying import carried_out


@require_GET
@open_to(policy.referrers)
def listed(request: Request) -> HttpResponse:
    """What this person sent, and the concerns they wrote or were handed."""
    handed, written = own_referrals.concerns_of(request.actor)
    page = {"sent": own_referrals.sent_by(request.actor), "handed": handed, "written": written}
    return render(request, "mine/list.html", page)


@require_GET
@open_to(policy.referrers)
def referral(request: Request, referral_id: UUID) -> HttpResponse:
    """One's own referral as it was sent, its status, questions and changes."""
    return render(request, "mine/referral.html", {"own": own_referral(request.actor, referral_id)})


@require_GET
@open_to(policy.referrers)
def file(request: Request, referral_id: UUID, document_id: UUID) -> FileResponse:
    """A file of one's own referral, as a download."""
    sent, document = own_referrals.own_file(request.actor, referral_id, document_id)
    return as_attachment(document, sent.case.reference)


@require_http_methods(["GET", "POST"])
@open_to(policy.referrers)
def amend(request: Request, referral_id: UUID) -> HttpResponse:
    """Put right or add to what was sent, with a reason. What it said before is kept and shown."""
    own = own_referral(request.actor, referral_id)
    back = reverse("mine:referral", args=[referral_id])
    if not own.is_amendable:
        messages.info(request, "It is finished or withdrawn, so it can no longer be changed.")
        return redirect(back)
    form = AmendForm(
        request.POST or None, boxes=own.boxes, said=first_said(own.referral, own.boxes), version=own.referral.version,
        cancel_url=back,
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: referrers.amend(
        practitioner_referral=own.referral, changes=form.changes, reason=form.cleaned_data["reason"],
        by=request.actor, at=now(), version=form.cleaned_data["version"],
    ), lambda: mine(request.actor, referral_id).version):  # fmt: skip
        messages.success(request, "Changed. What it said before is kept, and the unit is told.")
        return redirect(back)
    return render(request, "mine/amend.html", {"form": form, "own": own, "back_url": back})


@require_http_methods(["GET", "POST"])
@open_to(policy.referrers)
def withdraw(request: Request, referral_id: UUID) -> HttpResponse:
    """Take back what nobody has begun to look at yet."""
    sent = mine(request.actor, referral_id)
    back = reverse("mine:referral", args=[referral_id])
    if sent.state != PractitionerState.SENT:
        messages.info(request, "It cannot be withdrawn any more: somebody is looking at it, or it is over.")
        return redirect(back)
    form = WithdrawForm(request.POST or None, version=sent.version, cancel_url=back)
    if form.is_valid() and carried_out(form, lambda: intake.withdraw_practitioner_referral(
        practitioner_referral=sent, reason=form.cleaned_data["reason"], by=request.actor, at=now()
    ), lambda: mine(request.actor, referral_id).version):  # fmt: skip
        messages.success(request, "Withdrawn. What you sent is kept, with your reason.")
        return redirect(back)
    return render(request, "mine/withdraw.html", {"form": form, "sent": sent, "back_url": back})


@require_http_methods(["GET", "POST"])
@open_to(policy.referrers)
def answer(request: Request, question_id: UUID) -> HttpResponse:
    """Answer a question about one's own referral."""
    question, asked = own_question(request.actor, question_id)
    back = reverse("mine:referral", args=[question.referral_id])
    if question.state != QuestionState.ASKED:
        messages.info(request, "This question is answered, or no longer needed.")
        return redirect(back)
    form = AnswerQuestionForm(request.POST or None, version=0, cancel_url=back)
    if form.is_valid() and carried_out(form, lambda: referrers.answer_question(
        question=question, answer=form.cleaned_data["answer"], by=request.actor, at=now()
    ), lambda: 0):  # fmt: skip
        messages.success(request, "Answer sent. The unit is told that it is there.")
        return redirect(back)
    return render(request, "mine/answer.html", {"form": form, "asked": asked, "question": question, "back_url": back})


@require_http_methods(["GET", "POST"])
@open_to(policy.referrers)
def transport(request: Request, referral_id: UUID) -> HttpResponse:
    """Record how the form went to police, where the authority's route is by other means than this service."""
    sent = mine(request.actor, referral_id)
    back = reverse("mine:referral", args=[referral_id])
    words = sent.case.procedure.texts["sent_by_other_means"]
    if not words:
        messages.info(request, "The form goes to police in this service. There is nothing to record.")
        return redirect(back)
    form = TransportForm(request.POST or None, version=sent.version, cancel_url=back)
    if form.is_valid() and carried_out(form, lambda: referrers.record_transport(
        practitioner_referral=sent, transport=form.cleaned_data["transport"], to=form.address,
        password_told=form.told, by=request.actor, at=now(),
    ), lambda: mine(request.actor, referral_id).version):  # fmt: skip
        messages.success(request, "Recorded how you sent it. The copy is kept here.")
        return redirect(back)
    return render(request, "mine/transport.html", {"form": form, "sent": sent, "words": words, "back_url": back})
