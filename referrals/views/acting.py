"""What the views of acts on a case share: try it, or show on the form why it was refused."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from prevent_cases.casework.access import Request
from prevent_cases.casework.models import Case
from prevent_cases.casework.workflow import Refused
from referrals.forms.acting import ActForm
from referrals.queries.frame import Frame


def carried_out(form: ActForm, act: Callable[[], object]) -> bool:
    """Do it; or put the refusal on the form, which may be sent again for the case as it is now."""
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal, Case.objects.values_list("version", flat=True).get(pk=form.case.pk))
        return False
    return True


def offers(page: Frame, key: str) -> bool:
    """Whether this person may take this step on the case now."""
    return any(step.key == key for step in page.steps)


def not_now(request: Request, page: Frame) -> HttpResponse:
    """Back to the case, saying where it is: somebody may have been quicker."""
    messages.info(request, f"That cannot be done now: the case is at “{page.referral.get_state_display()}”.")
    return redirect("case", page.case.pk)
