"""Children's duty: their list, a referral straight from the police hub, and acknowledging and deciding on one page."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.casework import access
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.directory import contacts
from prevent_cases.casework.kinds import Basis, DirectoryKind, Look
from prevent_cases.casework.now import now, today
from prevent_cases.casework.procedure import in_force, published
from prevent_cases.casework.workflow import Refused
from referrals.operations.arriving import receive_child_referral
from referrals.operations.intake import ReceivedReferral
from referrals.policy import duty_staff
from referrals.queries.ages import age_group_on, came_of_age
from referrals.queries.desks import unit_beside
from referrals.queries.frame import Frame
from referrals.queries.intake import desks, files_to_keep, sent_before
from referrals.states import AgeGroup, ChildDecisionKind
from referrals.views.acting import carried_out, head_of, not_now, offers
from safeguarding.forms.duty import AcknowledgeForm, ChildReferralForm, DecideForm
from safeguarding.operations import duty as operations
from safeguarding.queries.duty import duty_list, feedback_owed, hours_of, owed_clocks, to_weigh

CALL = (DirectoryKind.POLICE_PREVENT, DirectoryKind.EMERGENCY_LINE, DirectoryKind.CHILDREN_FRONT_DOOR)
PROTECTS = (ChildDecisionKind.IMMEDIATE.value, ChildDecisionKind.SECTION_47.value)


@require_GET
@open_to(duty_staff)
def show(request: Request) -> HttpResponse:
    """The duty list: what is owed and by when, and whom to call at this hour."""
    at = now()
    with transaction.atomic():
        lines, has_more = duty_list(request.actor, at)
        access.log_looks(
            request.actor, [line.case_id for line in lines], Look.CASE, at=at, source=access.source_of(request),
            record="duty list", basis=Basis.HOLDER,
        )  # fmt: skip
    page = {
        "to_decide": [line for line in lines if not line.is_decided],
        "decided": [line for line in lines if line.is_decided],
        "has_more": has_more,
        "owed": feedback_owed(request.actor, at),
        "hours": hours_of(request.actor, at),
        "contacts": [one for one in contacts(None, at, *CALL) if one.number],
        "advice": in_force(settings.DEFAULT_PROCEDURE, today()).texts["out_of_hours"],
    }
    return render(request, "safeguarding/duty/list.html", page)


@require_GET
@open_to(duty_staff)
def receive(request: Request) -> HttpResponse:
    """A fresh page, under a key of its own: however often it is sent, it is received once."""
    return redirect("children:receive-form", uuid4())


@require_http_methods(["GET", "POST"])
@open_to(duty_staff)
def receive_form(request: Request, key: UUID) -> HttpResponse:
    """What the local police hub sent, with its holding instructions first."""
    if request.method == "GET" and (sent := sent_before(request.actor, key, today())):
        messages.info(request, f"This page was already sent: the referral was received as {sent.case.reference}.")
        return redirect("case", sent.case_id)
    procedure = published(settings.DEFAULT_PROCEDURE)
    teams = [(str(seat.team_id), seat.team_name) for seat in request.actor.seats if seat.kind == TeamKind.CHILDREN]
    form = ChildReferralForm(
        request.POST or None, request.FILES or None, places=desks(request.actor), teams=teams,
        earliest=calendar_of(procedure.division).first_day, cancel_url=reverse("children:duty"),
    )  # fmt: skip
    if form.is_valid() and (case_id := _received(request, key, form)):
        messages.success(request, "Received. Acknowledge it and decide.")
        return redirect("decide-child", case_id)
    return render(request, "safeguarding/duty/receive.html", {"form": form})


@require_http_methods(["GET", "POST"])
@open_to(duty_staff)
def decide_child(request: Request, case_id: UUID) -> HttpResponse:
    """Acknowledge and decide, with what came and what the hub asked for above it."""
    head = head_of(request, case_id, "deciding")
    if request.method == "GET" and not offers(head, "referral.decide_child"):
        return not_now(request, head)
    group = age_group_on(head.referral, today())
    form = DecideForm(request.POST or None, case=head.case, cancel_url=reverse("children:duty"), group=group)
    if form.is_valid() and carried_out(form, lambda: _decided(request, head, form)):
        protects = form.cleaned_data["decision"] in PROTECTS
        messages.success(request, "Acknowledged and decided.")
        return redirect("case-protection", case_id) if protects else redirect("children:duty")
    return render(request, "safeguarding/duty/decide.html", _page(request, head, form) | {
        "is_adult": group == AgeGroup.ADULT,
        "came_of_age": came_of_age(head.referral, today()),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@open_to(duty_staff)
def acknowledge_child(request: Request, case_id: UUID) -> HttpResponse:
    """Acknowledge now, and decide later; or write down when it was acknowledged."""
    head = head_of(request, case_id, "deciding")
    if request.method == "GET" and not offers(head, "referral.acknowledge_child"):
        return not_now(request, head)
    form = AcknowledgeForm(request.POST or None, case=head.case, cancel_url=reverse("decide-child", args=[case_id]))
    if form.is_valid() and carried_out(form, lambda: operations.acknowledge(
        referral=head.referral, done_at=form.done_at, by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Acknowledged. The decision is still owed.")
        return redirect("decide-child", case_id)
    return render(request, "safeguarding/duty/acknowledge.html", _page(request, head, form))


def _decided(request: Request, head: Frame, form: DecideForm) -> object:
    typed = form.cleaned_data
    return operations.decide(
        referral=head.referral, decision=typed["decision"], reason=typed["reason"], consulted=typed["consulted"],
        age=typed.get("age", ""), done_at=form.done_at, by=request.actor, at=now(), version=typed["version"],
    )  # fmt: skip


def _received(request: Request, key: UUID, form: ChildReferralForm) -> UUID | None:
    try:
        referral = receive_child_referral(
            key=key, received=ReceivedReferral(**form.received), instructions=form.cleaned_data["instructions"],
            files=files_to_keep(None, [], form.cleaned_data["attachments"]), said=form.said,
            age=form.cleaned_data["age"], team=Team.objects.get(pk=form.cleaned_data["team"]),
            ssu=unit_beside(form.cleaned_data["team"]), policing=Team.objects.get(pk=form.cleaned_data["policing"]),
            procedure_key=settings.DEFAULT_PROCEDURE, by=request.actor, at=now(),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return referral.case_id


def _page(request: Request, head: Frame, form: Any) -> dict[str, Any]:
    """What came, read where it is open; without that there is nothing to decide with."""
    with access.material(request.actor, head.case.pk) as may_open:
        if not may_open:
            raise Http404
        weighed = to_weigh(head.referral)
    title, link = operations.threshold_of(head.case.procedure)
    return head.context() | {
        "form": form,
        "weighed": weighed,
        "clocks": owed_clocks(head.referral, now()),
        "threshold": {"title": title, "link": link},
        "back_url": reverse("children:duty"),
    }
