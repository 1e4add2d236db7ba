"""What the views of acts on a case share: try it, or show on the form why it was refused."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from prevent_cases.casework import access
from prevent_cases.casework.access import Request
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.models import Case
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import Refused
from referrals.forms.acting import ActForm
from referrals.queries.frame import Frame, frame


def head_of(
    request: Request, case_id: UUID, page: str, may: Callable[[Case], bool] = lambda _: True
) -> Frame:  # fmt: skip
    """The head of a case for a page on which something is done. That it was opened is written down on the way in.

    :param page: what the access log calls it (casework.queries.PAGES has the words)
    :param may: whether the page is there for this person at all
    :raises Http404: the same for a hidden case, an absent one and a page that is not there for them
    """
    head = frame(request.actor, case_id, today())
    if not may(head.case):
        raise Http404
    if request.method == "GET":
        access.look(request.actor, head.case, Look.CASE, at=now(), source=access.source_of(request), record=page)
    return head


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
    say_not_now(request, page)
    return redirect("case", page.case.pk)


def say_not_now(request: Request, page: Frame) -> None:
    messages.info(request, f"That cannot be done now: the case is at “{page.referral.get_state_display()}”.")
