"""What ends a child's case or takes it elsewhere; and the feedback that outlives it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.now import now, today
from prevent_cases.casework.sharing import Recipient
from referrals.policy import case_staff, duty_staff, figures_readers
from referrals.queries.finishing import other_needs, review_on
from referrals.queries.frame import Frame
from referrals.states import NeedState
from referrals.views.acting import carried_out, head_of, not_now, offers
from safeguarding.forms.children import GIVEN, CloseChildForm, FeedbackForm, HandOverForm
from safeguarding.models import FeedbackOwed
from safeguarding.operations import feedback as telling
from safeguarding.operations.closing import close_child as close_it
from safeguarding.operations.eighteen import hand_to_adults as hand_over
from safeguarding.policy import owes_the_feedback
from safeguarding.queries.closing import in_the_way
from safeguarding.queries.duty import feedback_of
from safeguarding.queries.figures import figures as figures_of
from safeguarding.states import FeedbackState, FeedbackTo


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def hand_to_adults(request: Request, case_id: UUID) -> HttpResponse:
    """The person is 18: the unit that coordinates takes it as it takes any adult's."""
    head = head_of(request, case_id, "handing over")
    if request.method == "GET" and not offers(head, "referral.hand_to_adults"):
        return not_now(request, head)
    form = HandOverForm(
        request.POST or None, case=head.case, cancel_url=reverse("case", args=[case_id]),
        reasons=head.case.procedure.reasons_for("referral.hand_to_adults"),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: hand_over(
        referral=head.referral, reason=form.reason_in_words, by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Handed over to the adult pathway.")
        return redirect("case", case_id)
    return render(request, "safeguarding/children/hand_over.html", _page(head) | {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(duty_staff)
def close_child(request: Request, case_id: UUID) -> HttpResponse:
    """Close the case once nothing stands in the way. Feedback may still be owed."""
    head = head_of(request, case_id, "closing")
    if request.method == "GET" and not offers(head, "referral.close_child"):
        return not_now(request, head)
    gates = in_the_way(head.referral)
    needs = [need for need in other_needs(head.case) if need.standing == NeedState.REFERRED]
    form = CloseChildForm(
        request.POST or None, case=head.case, cancel_url=reverse("case", args=[case_id]),
        reasons=head.case.procedure.reasons_for("referral.close_child"),
        found=[f"{need.need}: referred to {need.referred_to}" for need in needs],
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: close_it(
        referral=head.referral, reason=form.reason_in_words, other_needs=form.statement, by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Case closed. Feedback that is owed stays in your list.")
        return redirect("case", case_id)
    return render(request, "safeguarding/children/close.html", _page(head) | {
        "form": form if form.is_bound or not gates else None,
        "gates": gates,
        "review_on": review_on(head.case, today()),
        "retention": head.case.procedure.texts["retention"],
    })  # fmt: skip


@require_GET
@open_to(case_staff)
def case_feedback(request: Request, case_id: UUID) -> HttpResponse:
    """Who is told what became of it, and who was."""
    head = head_of(request, case_id, "feedback")
    rows = [_row(row, may=owes_the_feedback.allows(request.actor, row)) for row in feedback_of(head.referral)]
    return render(request, "safeguarding/children/feedback_list.html", _page(head) | {"tasks": rows})


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def feedback(request: Request, case_id: UUID, owed_id: UUID) -> HttpResponse:
    """One of those who are owed feedback: told, or not, because."""
    head = head_of(request, case_id, "feedback")
    owed = next((row for row in feedback_of(head.referral) if row.pk == owed_id), None)
    if owed is None or not owes_the_feedback.allows(request.actor, owed):
        raise Http404
    if request.method == "GET" and owed.state != FeedbackState.OWED:
        return redirect("case-feedback", case_id)
    form = FeedbackForm(
        request.POST or None, case=head.case, cancel_url=reverse("case-feedback", args=[case_id]), to=owed.to,
        earliest=civil_date(head.referral.received_at),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: _told(request, owed, form)):
        messages.success(request, "Saved.")
        return redirect("case-feedback", case_id)
    page = {"form": form, "whom": FeedbackTo(owed.to).label, "back_url": reverse("case-feedback", args=[case_id])}
    return render(request, "safeguarding/children/feedback.html", _page(head) | page)


@require_GET
@open_to(figures_readers)
def figures(request: Request) -> HttpResponse:
    """Numbers, status and outcomes, which are not sensitive; small ones are not shown (C1.28, C1.29)."""
    return render(request, "safeguarding/children/figures.html", {"tables": figures_of(now())})


def _told(request: Request, owed: FeedbackOwed, form: FeedbackForm) -> None:
    typed: dict[str, Any] = form.cleaned_data
    given = {"owed": owed, "by": request.actor, "at": now(), "version": typed["version"]}
    if typed["became"] != GIVEN:
        telling.say_not_appropriate(reason=typed["reason"], **given)
    elif form.is_heard:
        telling.hear_feedback(told_on=typed["told_on"], **given)
    else:
        telling.give_feedback(
            to=Recipient(name=typed["name"], agency=typed["agency"]), items=form.told, necessity=typed["necessity"],
            delivery=typed["how"], told_on=typed["told_on"], **given,
        )  # fmt: skip


def _row(row: FeedbackOwed, *, may: bool) -> dict[str, Any]:
    is_owed = row.state == FeedbackState.OWED
    return {
        "title": f"Feedback to {FeedbackTo(row.to).label}",
        "url": reverse("feedback", args=[row.case_id, row.pk]) if is_owed and may else "",
        "hint": "Owed by CT policing" if row.to == FeedbackTo.SOCIAL_CARE else f"Owed by {row.team.name}",
        "status": row.get_state_display(),
        "tone": "new" if is_owed else "",
    }


def _page(head: Frame) -> dict[str, Any]:
    return head.context() | {"back_url": reverse("case", args=[head.case.pk])}
