"""What a policing team is asked, and its answer by its own account. Nothing of the person is on these pages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import Refused
from referrals.policy import ct_policing
from safeguarding.forms.checks import AnswerForm
from safeguarding.operations import checks as operations
from safeguarding.queries.checks import answered_by_team, asked_of_team, owed_by_team
from safeguarding.states import CheckState


@require_GET
@open_to(ct_policing)
def police_checks(request: Request) -> HttpResponse:
    """The checks this person's team owes, those that come first on top; and those it answered last."""
    return render(request, "safeguarding/police/list.html", {
        "owed": owed_by_team(request.actor, today(), now()),
        "answered": answered_by_team(request.actor),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(ct_policing)
def police_check(request: Request, check_id: UUID) -> HttpResponse:
    """One check, and its answer: a code, and what police expect of social care."""
    back = reverse("police-checks")
    with asked_of_team(request.actor, check_id, today(), now(), source=access.source_of(request)) as owed:
        pass
    if request.method == "GET" and owed.check.state != CheckState.ASKED:
        messages.info(request, "This check is no longer open.")
        return redirect(back)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, check=owed.check, hears_why=True, cancel_url=back
    )
    if form.is_valid():
        typed = form.cleaned_data
        answer = operations.Answer(result=typed["result"], why=typed["why"], expected=typed["expected"])
        try:
            operations.answer_check(check=owed.check, answer=answer, by=request.actor, at=now())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, "Answer recorded. Social care can see it.")
            return redirect(back)
    return render(request, "safeguarding/police/check.html", {"form": form, "owed": owed, "back_url": back, "rows": [
        {"key": "Your reference", "value": owed.theirs or "Not given"},
        {"key": "Our reference", "value": owed.reference},
        {"key": "Received by social care", "value": owed.received},
        {"key": "Asked", "value": owed.asked_on},
        {"key": "By when", "value": owed.due},
    ]})  # fmt: skip
