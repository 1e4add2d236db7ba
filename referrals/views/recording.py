"""The record task in its two parts, and forwarding, which waits for both (A9, A10; K0.8, K0.9, K0.11)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.accounts.models import Team
from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import Refused
from referrals.forms.recording import ForwardForm
from referrals.operations import recording
from referrals.policy import a_nominated_worker, case_staff
from referrals.queries.frame import Frame, frame
from referrals.queries.recording import Localities, case_note, localities, parts_of
from referrals.queries.steps import parts_to_do
from referrals.states import ReferralState
from referrals.views.acting import head_of, not_now, offers

RECORDING = (ReferralState.WITH_AREA, ReferralState.WITH_LOCALITY)
PARTS = {
    "note": (recording.note_added, "You recorded that the case note was added."),
    "document": (recording.place_document, "The referral was placed in the restricted area."),
}


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def record(request: Request, case_id: UUID) -> HttpResponse:
    """The note to copy, and the two parts, each with who did it and when."""
    head = frame(request.actor, case_id, today())
    refusal = ""
    if request.method == "POST" and request.POST.get("part") in PARTS:
        act, said = PARTS[request.POST["part"]]
        try:
            act(referral=head.referral, by=request.actor, at=now())
        except Refused as refused:
            refusal, head = str(refused), frame(request.actor, case_id, today())
        else:
            messages.success(request, said)
            return redirect("referrals:record", case_id)
    if request.method == "GET" and not _is_to_record(head):
        return not_now(request, head)
    access.look(request.actor, head.case, Look.CASE, at=now(), source=access.source_of(request), record="record task")
    return render(request, "referrals/recording/record.html", head.context() | _record_page(request, head, refusal))


def _is_to_record(head: Frame) -> bool:
    """Whether the task is to be done, or was, while the team that did it has the case."""
    return head.referral.state in RECORDING or not parts_to_do(head.referral)


def _record_page(request: Request, head: Frame, refusal: str) -> dict[str, Any]:
    referral = head.referral
    waiting = referral.state in RECORDING
    may = a_nominated_worker.allows(request.actor, referral)
    recorded = not parts_to_do(referral)
    return {
        "note": case_note(referral),
        "register": head.case.procedure.label("register", "the case system"),
        "parts": parts_of(referral),
        "recorded": recorded,
        "open": waiting and may,
        "why_not": "" if may or recorded else f"This may only be done by {a_nominated_worker.says}.",
        "refusal": refusal,
        "has_errors": bool(refusal),
        "may_forward": any(step.key == "referral.forward" for step in head.steps),
        "back_url": reverse("case", args=[referral.case_id]),
    }


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def forward(request: Request, case_id: UUID) -> HttpResponse:
    """Choose the locality team, see what that means, and send it. Blocked in words until it is recorded."""
    head = head_of(request, case_id, "forward")
    back = reverse("case", args=[case_id])
    referral = head.referral
    if referral.state == ReferralState.WITH_AREA:
        page = {"parts": parts_of(referral), "back_url": back}
        return render(request, "referrals/recording/blocked.html", head.context() | page, status=_blocked(request))
    if request.method == "GET" and not offers(head, "referral.forward"):
        return not_now(request, head)
    teams = localities(referral)
    form = ForwardForm(request.POST or None, teams=teams, cancel_url=back, initial={"version": head.case.version})
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            return _confirm(request, head, form, teams)
        team = Team.objects.get(pk=form.team_id)
        version = form.cleaned_data["version"]
        try:
            recording.forward(referral=referral, team=team, by=request.actor, at=now(), version=version)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Forwarded to {team.name}.")
            return redirect("referrals:inbox")
    return render(request, "referrals/recording/forward.html", head.context() | {"form": form, "back_url": back})


def _confirm(request: Request, head: Frame, form: ForwardForm, teams: Localities) -> HttpResponse:
    page = {
        "team": teams.name_of(form.team_id),
        "sent": [(name, form.cleaned_data[name]) for name in ("version", "team", "far_team")],
        "back_url": reverse("referrals:forward", args=[head.case.pk]),
    }
    return render(request, "referrals/recording/confirm.html", head.context() | page)


def _blocked(request: Request) -> int:
    return 409 if request.method == "POST" else 200
