"""Renewing a hold and ending it: by the lead of the unit, or a manager of the children's duty team that holds it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.holding import latest_day
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_end_hold
from referrals.policy import case_staff
from referrals.queries.frame import Frame
from referrals.views.acting import carried_out, head_of
from safeguarding.forms.holds import EndHoldForm, RenewHoldForm
from safeguarding.operations import holds as operations

OVER = "This case is not on hold any more."


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def hold_renew(request: Request, case_id: UUID) -> HttpResponse:
    """Go on waiting, until a day, for a reason. A hold never goes on by itself."""
    head = _head(request, case_id)
    held_until = head.case.held_until
    if held_until is None:
        return _over(request, head)
    back, latest = reverse("checks", args=[case_id]), latest_day(head.case, today())
    if latest <= held_until:
        messages.info(request, "This hold has all its days before it. It can be renewed from tomorrow.")
        return redirect(back)
    form = RenewHoldForm(
        request.POST or None, case=head.case, cancel_url=back, held_until=held_until, on=today(), latest=latest,
        reasons=head.case.procedure.reasons_for("hold.renew"),
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: operations.renew_hold(
        referral=head.referral, until=form.cleaned_data["until"], reason=form.reason_in_words, by=request.actor,
        at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "The hold was renewed.")
        return redirect(back)
    return render(request, "safeguarding/checks/renew.html", head.context() | {"form": form, "back_url": back})


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def hold_end(request: Request, case_id: UUID) -> HttpResponse:
    """End it without the answer that would have ended it."""
    head = _head(request, case_id)
    if head.case.held_until is None:
        return _over(request, head)
    back = reverse("checks", args=[case_id])
    form = EndHoldForm(
        request.POST or None, case=head.case, cancel_url=back, reasons=head.case.procedure.reasons_for("hold.end")
    )
    if form.is_valid() and carried_out(form, lambda: operations.end_hold(
        referral=head.referral, reason=form.reason_in_words, by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "The hold ended.")
        return redirect(back)
    return render(request, "safeguarding/checks/end.html", head.context() | {"form": form, "back_url": back})


def _head(request: Request, case_id: UUID) -> Frame:
    head = head_of(request, case_id, "hold")
    if not may_end_hold.allows(request.actor, head.referral):
        raise Http404
    return head


def _over(request: Request, head: Frame) -> HttpResponse:
    messages.info(request, OVER)
    return redirect("checks", head.case.pk)
