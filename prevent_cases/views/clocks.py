"""A deadline of a case: why it is on this date, and moving it for a reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import queries, timing
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.deadlines import extend_deadline
from prevent_cases.casework.kinds import ClockState
from prevent_cases.casework.models import ClockRun
from prevent_cases.casework.now import now
from prevent_cases.casework.policy import may_extend
from prevent_cases.casework.workflow import Refused
from prevent_cases.forms import ExtendForm
from referrals.policy import case_staff
from referrals.queries.frame import Frame
from referrals.queries.naming import must_name_nobody
from referrals.views.acting import head_of

NOT_MOVED = f"This deadline cannot be moved: it is not running, or you are not {may_extend.says}."


@require_GET
@open_to(case_staff)
def why(request: Request, case_id: UUID, run_id: UUID) -> HttpResponse:
    """The working behind a date: what was promised, what moved it, by which rule and calendar."""
    head, run = _found(request, case_id, run_id)
    shown = queries.deadline(run, now())
    page = {
        "deadline": shown,
        "clock": {"label": shown.label, "due": shown.due, "words": shown.words, "standing": shown.standing},
        "sentences": timing.worked_out(run, head.case.procedure).sentences,
        "facts": [
            {"key": "Promised", "value": run.promised},
            {"key": "Whose duty", "value": shown.duty},
            {"key": "Procedure", "value": ", ".join((head.case.procedure.title, *run.declared.source))},
            {"key": "Rule", "value": run.rule_version},
            {"key": "Calendar", "value": run.calendar_version},
        ],
        "extend_url": reverse("clock-extend", args=[case_id, run_id]) if _may_move(request, run) else "",
        "back_url": reverse("case", args=[case_id]),
    }
    return render(request, "case/why.html", head.context("case") | page)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def extend(request: Request, case_id: UUID, run_id: UUID) -> HttpResponse:
    """Move a running deadline to a later date, for a reason."""
    head, run = _found(request, case_id, run_id)
    back = reverse("clock-why", args=[case_id, run_id])
    if request.method == "GET" and not _may_move(request, run):
        messages.info(request, NOT_MOVED)
        return redirect(back)
    form = ExtendForm(request.POST or None, reasons=head.case.procedure.reasons_for("clock.extend"), cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            must_name_nobody(head.referral, form.cleaned_data["words"])
            extend_deadline(
                run=run, due_on=form.cleaned_data["due_on"], reason=form.whole_reason, by=request.actor, at=now()
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, "The deadline was extended.")
            return redirect(back)
    page = {"form": form, "deadline": queries.deadline(run, now()), "back_url": back}
    return render(request, "case/extend.html", head.context() | page)


def _found(request: Request, case_id: UUID, run_id: UUID) -> tuple[Frame, ClockRun]:
    """The case and one of its clocks. :raises Http404: for a clock of another case too."""
    head = head_of(request, case_id, "deadline")
    run = ClockRun.objects.filter(case=head.case, pk=run_id).first()
    if run is None:
        raise Http404
    run.case = head.case
    return head, run


def _may_move(request: Request, run: ClockRun) -> bool:
    return run.state == ClockState.RUNNING and may_extend.allows(request.actor, run)
