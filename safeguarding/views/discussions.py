"""Decide in an emergency, record a strategy discussion and its minutes, and what became of what was agreed."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.downloads import rendered
from prevent_cases.casework.holds import must_be_free_to_share
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.now import now
from prevent_cases.casework.rendering.pdf import render_pdf
from prevent_cases.casework.workflow import OnHold
from safeguarding.forms.discussions import ActionForm, DiscussionForm, EmergencyForm, EndActionForm
from safeguarding.minutes import minutes_of
from safeguarding.operations import discussions as operations
from safeguarding.policy import has_the_duty
from safeguarding.queries.protection import Discussion, action_of, discussion_of
from safeguarding.states import ActionState
from safeguarding.views.protected import Protected, acted, over, protected

FOLDER = "safeguarding/protection"


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def emergency(request: Request, case_id: UUID, protection_id: UUID) -> HttpResponse:
    """What an agency with the power decided at once."""
    head = protected(request, case_id, protection_id)
    if request.method == "GET" and not (head.protection.is_open and head.protection.is_immediate):
        return over(request, head)
    form = EmergencyForm(request.POST or None, case=head.case, cancel_url=head.url)
    return acted(
        request, head, form, lambda: operations.record_emergency_decision(
            protection=head.protection, by=request.actor, at=now(), version=form.cleaned_data["version"], **form.said
        ),
        f"{FOLDER}/emergency.html", "The emergency decision was recorded.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def discuss(request: Request, case_id: UUID, protection_id: UUID) -> HttpResponse:
    """A strategy discussion, on one page."""
    head = protected(request, case_id, protection_id)
    if request.method == "GET" and not head.protection.is_open:
        return over(request, head)
    form = DiscussionForm(
        request.POST or None, case=head.case, cancel_url=head.url, kind=head.protection.kind,
        needs_police=head.protection.needs_police,
    )  # fmt: skip
    return acted(
        request, head, form, lambda: operations.record_discussion(
            protection=head.protection, said=form.said, by=request.actor, at=now(),
            version=form.cleaned_data["version"],
        ),
        f"{FOLDER}/discuss.html", "The strategy discussion was recorded.",
    )  # fmt: skip


@require_GET
@open_to(has_the_duty)
def minutes(request: Request, case_id: UUID, protection_id: UUID, discussion_id: UUID) -> HttpResponse:
    """The minutes as a PDF, for whom the restricted area is open. The look is written first."""
    at = now()
    head = protected(request, case_id, protection_id, is_logged=False)
    with transaction.atomic():
        found = _discussion(request, head, discussion_id, Look.PRINTED)
    try:
        must_be_free_to_share(head.case, at=at)
    except OnHold as refusal:
        return render(request, f"{FOLDER}/held.html", head.context() | {"refusal": str(refusal)}, status=409)
    content = minutes_of(head.case, found, council=settings.COUNCIL_NAME, reader=request.actor.name, at=at)
    return rendered(render_pdf(content), content.file_name("pdf"))


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def agree(request: Request, case_id: UUID, protection_id: UUID, discussion_id: UUID) -> HttpResponse:
    """One more action that a discussion agreed."""
    head = protected(request, case_id, protection_id, is_logged=False)
    with transaction.atomic():
        found = _discussion(request, head, discussion_id, Look.MATERIAL)
    if request.method == "GET" and not head.protection.is_open:
        return over(request, head)
    form = ActionForm(request.POST or None, case=head.case, cancel_url=head.url)
    return acted(
        request, head, form, lambda: operations.agree_action(
            discussion=found.row, agreed=form.agreed, by=request.actor, at=now(), version=form.cleaned_data["version"]
        ),
        f"{FOLDER}/agree.html", "The action was added.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(has_the_duty)
def end_action(request: Request, case_id: UUID, protection_id: UUID, action_id: UUID) -> HttpResponse:
    """What became of what was agreed."""
    head = protected(request, case_id, protection_id)
    with access.material(request.actor, case_id) as allowed:
        action = action_of(head.case, action_id) if allowed else None
    if action is None or action.protection_id != protection_id:
        raise Http404
    if request.method == "GET" and action.standing != ActionState.AGREED:
        return over(request, head)
    form = EndActionForm(request.POST or None, case=head.case, cancel_url=head.url)
    head.layout["action"] = action
    return acted(
        request, head, form, lambda: operations.end_action(action=action, by=request.actor, at=now(), **form.said),
        f"{FOLDER}/end_action.html", "What became of the action was recorded.",
    )  # fmt: skip


def _discussion(request: Request, head: Protected, discussion_id: UUID, what: Look) -> Discussion:
    """The discussion, for somebody whom the restricted area is open to. :raises Http404: for anybody else"""
    looked = access.look(
        request.actor, head.case, Look.CASE, if_open=what, at=now(), source=access.source_of(request),
        record="minutes",
    )  # fmt: skip
    found = discussion_of(head.case, discussion_id) if looked.may_open else None
    if found is None or found.row.protection_id != head.protection.pk:
        raise Http404
    return found
