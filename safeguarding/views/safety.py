"""Act for safety, from any state of a case; and what is being done to protect somebody on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import Refused
from safeguarding.forms.safety import SafetyForm
from safeguarding.operations.safety import act_for_safety
from safeguarding.policy import has_the_duty
from safeguarding.queries.heads import head_for_safety, whom_to_call
from safeguarding.queries.protection import inside, one_of, standing_on, steps_of
from safeguarding.views.protected import PAGE, protected


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def safety(request: Request, case_id: UUID) -> HttpResponse:
    """One page, one act: what is needed now, and why. It asks for no version and no approval."""
    case, layout = head_for_safety(request.actor, case_id, today())
    if request.method == "GET":
        access.look(request.actor, case, Look.CASE, at=now(), source=access.source_of(request), record="safety")
    form = SafetyForm(request.POST if request.method == "POST" else None, cancel_url=reverse("case", args=[case_id]))
    if form.is_valid():
        try:
            act_for_safety(case_id=case_id, by=request.actor, at=now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It has begun, and nothing stands in its way. Now tell the people who must act.")
            return redirect("case-protection", case_id)
    here = {"key_details": {**layout["key_details"], "safety_url": ""}} if "key_details" in layout else {}
    page = {"form": form, "contacts": whom_to_call(now()), **here}
    return render(request, "safeguarding/protection/safety.html", layout | page)


@require_GET
@open_to(has_the_duty)
def protections(request: Request, case_id: UUID) -> HttpResponse:
    """Everything that is or was done to protect somebody on the case."""
    case, layout = head_for_safety(request.actor, case_id, today(), "case-protection")
    access.look(request.actor, case, Look.CASE, at=now(), source=access.source_of(request), record=PAGE)
    page = {"standing": standing_on(case, now()), "contacts": whom_to_call(now())}
    return render(request, "safeguarding/protection/list.html", layout | page)


@require_GET
@open_to(has_the_duty)
def protection(request: Request, case_id: UUID, protection_id: UUID) -> HttpResponse:
    """One protection: what may be done next, what is due; and what was written, for whom that is open."""
    head = protected(request, case_id, protection_id, is_logged=False)
    with transaction.atomic():
        looked = access.look(
            request.actor, head.case, Look.CASE, if_open=Look.MATERIAL, at=now(), source=access.source_of(request),
            record=PAGE,
        )  # fmt: skip
        written = inside(head.protection) if looked.may_open else None
    page = {
        "one": one_of(head.protection, now()),
        "steps": steps_of(request.actor, head.protection),
        "inside": written,
        "back_url": reverse("case-protection", args=[case_id]),
    }
    return render(request, "safeguarding/protection/detail.html", head.context() | page)
