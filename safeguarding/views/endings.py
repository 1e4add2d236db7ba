"""Screen an adult, raise a child, record the conference and the assessment, and finish."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now
from safeguarding import clocks
from safeguarding.forms.endings import AssessmentForm, ConferenceForm, FinishForm
from safeguarding.forms.screening import ChildForm, ScreeningForm
from safeguarding.operations import endings, screening
from safeguarding.policy import has_the_duty
from safeguarding.queries.heads import whom_to_call
from safeguarding.queries.protection import due_on
from safeguarding.states import ChildRoute
from safeguarding.views.protected import Protected, acted, over, protected
from safeguarding.workflow import PROTECTION

FOLDER = "safeguarding/protection"


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def screen(request: Request, case_id: UUID, protection_id: UUID) -> HttpResponse:
    """The three-part test of section 42, each part with its reason."""
    head = protected(request, case_id, protection_id)
    if request.method == "GET" and not _offers(request, head, "open_enquiry"):
        return over(request, head)
    form = ScreeningForm(request.POST or None, case=head.case, cancel_url=head.url)
    return acted(
        request, head, form, lambda: screening.screen(
            protection=head.protection, said=form.said, needs_police=form.cleaned_data["needs_police"],
            by=request.actor, at=now(), version=form.cleaned_data["version"],
        ),
        f"{FOLDER}/screen.html", "The screening was recorded.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def child(request: Request, case_id: UUID, protection_id: UUID) -> HttpResponse:
    """Children's social care was told of a child whom the adult cares for or lives with."""
    head = protected(request, case_id, protection_id)
    if request.method == "GET" and head.protection.child_route != ChildRoute.TO_RAISE:
        return over(request, head)
    form = ChildForm(request.POST or None, case=head.case, cancel_url=head.url)
    head.layout["contacts"] = whom_to_call(now())
    return acted(
        request, head, form, lambda: screening.raise_child(
            protection=head.protection, by=request.actor, at=now(), **form.said
        ),
        f"{FOLDER}/child.html", "It was recorded that children’s social care was told.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def confer(request: Request, case_id: UUID, protection_id: UUID) -> HttpResponse:
    """The child protection conference was held."""
    head = protected(request, case_id, protection_id)
    if request.method == "GET" and not _offers(request, head, "confer"):
        return over(request, head)
    due = due_on(head.protection, clocks.CONFERENCE.key)
    form = ConferenceForm(request.POST or None, case=head.case, cancel_url=head.url, due_on=due)
    return acted(
        request, head, form, lambda: endings.record_conference(
            protection=head.protection, held_on=form.cleaned_data["on"], decided=form.cleaned_data["words"],
            why_late=form.why, by=request.actor, at=now(), version=form.cleaned_data["version"],
        ),
        f"{FOLDER}/confer.html", "The conference was recorded.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def assess(request: Request, case_id: UUID, protection_id: UUID) -> HttpResponse:
    """The assessment under section 17 was finished."""
    head = protected(request, case_id, protection_id)
    if request.method == "GET" and not _offers(request, head, "assess"):
        return over(request, head)
    due = due_on(head.protection, clocks.ASSESSMENT.key)
    form = AssessmentForm(request.POST or None, case=head.case, cancel_url=head.url, due_on=due)
    return acted(
        request, head, form, lambda: endings.record_assessment(
            protection=head.protection, finished_on=form.cleaned_data["on"], found=form.cleaned_data["words"],
            why_late=form.why, by=request.actor, at=now(), version=form.cleaned_data["version"],
        ),
        f"{FOLDER}/assess.html", "The assessment was recorded.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def finish(request: Request, case_id: UUID, protection_id: UUID) -> HttpResponse:
    """It is over: how, and why that is safe."""
    head = protected(request, case_id, protection_id)
    if request.method == "GET" and not _offers(request, head, "finish"):
        return over(request, head)
    form = FinishForm(request.POST or None, case=head.case, cancel_url=head.url)
    head.layout["may_open"] = access.may_enter(request.actor, head.case)
    return acted(
        request, head, form, lambda: endings.finish_protection(
            protection=head.protection, ending=form.cleaned_data["ending"], words=form.cleaned_data["words"],
            by=request.actor, at=now(), version=form.cleaned_data["version"],
        ),
        f"{FOLDER}/finish.html", "It is finished.",
    )  # fmt: skip


def _offers(request: Request, head: Protected, verb: str) -> bool:
    return any(row.key == f"protection.{verb}" for row in PROTECTION.open_to(request.actor, head.protection))
