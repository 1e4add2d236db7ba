"""The outcome from policing, other needs, closing the case, and opening it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.now import now, today
from referrals.forms.finishing import CloseForm, NeedForm, OutcomeForm, ReferNeedForm, ReopenForm
from referrals.operations import finishing
from referrals.policy import a_holding_member, an_ssu_officer, case_staff, ssu_staff
from referrals.queries.finishing import Gate, closure_gates, other_needs, review_on
from referrals.queries.frame import Frame
from referrals.states import NeedState
from referrals.views.acting import carried_out, head_of, not_now, offers

NOTES_NEEDS = an_ssu_officer | a_holding_member


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def record_outcome(request: Request, case_id: UUID) -> HttpResponse:
    """What policing says became of the referral."""
    head = head_of(request, case_id, "outcome")
    if request.method == "GET" and not offers(head, "referral.record_outcome"):
        return not_now(request, head)
    form = OutcomeForm(
        request.POST or None, case=head.case, cancel_url=reverse("case", args=[case_id]),
        outcomes=head.case.procedure.reasons_for("referral.record_outcome"),
        received_on=civil_date(head.referral.received_at),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: finishing.record_outcome(
        referral=head.referral, outcome=form.cleaned_data["outcome"], told_on=form.cleaned_data["told_on"],
        by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Outcome recorded. The case can be closed once nothing is left to do on it.")
        return redirect("referrals:close", case_id)
    return render(request, "referrals/finishing/outcome.html", _page(head) | {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def needs(request: Request, case_id: UUID) -> HttpResponse:
    """Other needs found along the way, and what was done about each."""
    head = head_of(request, case_id, "needs")
    may_note = NOTES_NEEDS.allows(request.actor, head.referral) and head.case.is_open
    form = NeedForm(request.POST or None, case=head.case, cancel_url="")
    if form.is_valid() and carried_out(form, lambda: finishing.note_other_need(
        referral=head.referral, need=form.cleaned_data["need"], by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Need added. The case cannot be closed until it is referred.")
        return redirect("referrals:needs", case_id)
    return render(request, "referrals/finishing/needs.html", _page(head) | {
        "form": form if may_note or form.is_bound else None,
        "needs": other_needs(head.case),
        "may_note": may_note,
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def need_refer(request: Request, case_id: UUID, need_id: UUID) -> HttpResponse:
    """Where another need was referred, and when."""
    head = head_of(request, case_id, "needs")
    need = next((one for one in other_needs(head.case) if one.pk == need_id), None)
    if need is None:
        raise Http404
    back = reverse("referrals:needs", args=[case_id])
    if request.method == "GET" and need.standing == NeedState.REFERRED:
        return redirect(back)
    received_on = civil_date(head.referral.received_at)
    form = ReferNeedForm(request.POST or None, case=head.case, cancel_url=back, received_on=received_on)
    if form.is_valid() and carried_out(form, lambda: finishing.refer_other_need(
        need=need, referred_to=form.cleaned_data["referred_to"], referred_on=form.cleaned_data["referred_on"],
        by=request.actor, at=now(),
    )):  # fmt: skip
        messages.success(request, "Marked as referred.")
        return redirect(back)
    return render(
        request, "referrals/finishing/refer.html", _page(head) | {"form": form, "need": need, "back_url": back}
    )


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def close(request: Request, case_id: UUID) -> HttpResponse:
    """Close the case, once nothing stands in the way; from then on it is kept until its review."""
    head = head_of(request, case_id, "closing")
    if request.method == "GET" and not offers(head, "referral.close"):
        return not_now(request, head)
    gates = closure_gates(head.referral)
    found = [need for need in other_needs(head.case) if need.standing == NeedState.REFERRED]
    form = CloseForm(request.POST or None, case=head.case, cancel_url=reverse("case", args=[case_id]), found=found)
    if form.is_valid() and carried_out(form, lambda: finishing.close_case(
        referral=head.referral, other_needs=form.statement, by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Case closed.")
        return redirect("case", case_id)
    return render(request, "referrals/finishing/close.html", _page(head) | {
        "form": form if form.is_bound or not gates else None,
        "gates": [_gate(head, gate) for gate in gates],
        "review_on": review_on(head.case, today()),
        "retention": head.case.procedure.texts["retention"],
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def reopen(request: Request, case_id: UUID) -> HttpResponse:
    """Open a closed case again: the SSU holds it, and checks anew."""
    head = head_of(request, case_id, "reopening")
    if request.method == "GET" and not offers(head, "referral.reopen"):
        return not_now(request, head)
    form = ReopenForm(
        request.POST or None, case=head.case, cancel_url=reverse("case", args=[case_id]),
        reasons=head.case.procedure.reasons_for("referral.reopen"),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: finishing.reopen_case(
        referral=head.referral, reason=form.reason_in_words, by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Case reopened. It is with your unit, to be checked anew.")
        return redirect("case", case_id)
    return render(request, "referrals/finishing/reopen.html", _page(head) | {"form": form})


def _page(head: Frame) -> dict[str, Any]:
    return head.context() | {"back_url": reverse("case", args=[head.case.pk])}


def _gate(head: Frame, gate: Gate) -> dict[str, str]:
    case_id = head.case.pk
    if gate.form_id:
        return {
            "words": gate.words,
            "url": reverse("referrals:form", args=[case_id, gate.form_id]),
            "text": "Open the form",
        }
    if gate.disclosure_id:
        return {
            "words": gate.words,
            "url": reverse("referrals:disclosure", args=[case_id, gate.disclosure_id]),
            "text": "Open what is to be sent",
        }
    if gate.is_hold:
        return {"words": gate.words, "url": reverse("checks", args=[case_id]), "text": "Open the hold"}
    return {"words": gate.words, "url": reverse("referrals:needs", args=[case_id]), "text": "Open the list of needs"}
