"""The organisation's own step: a concern is handed to its lead, read, decided; advice and calls are written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.directory import contacts
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.now import now
from prevent_cases.casework.rules import anyone_signed_in
from referrals.forms.concerns import CALLED, AdviceForm, AgainForm, DecideForm, HandForm, UrgentForm
from referrals.operations import concern_steps
from referrals.queries.concern_pages import ConcernPage, concern_page, leads_for, place_of
from referrals.states import ConcernStage, ConcernStepKind
from referrals.views.referrers.trying import carried_out

DONE = {
    ConcernStepKind.REFER: "Decided to refer. Check the answers, then send it.",
    ConcernStepKind.WATCH: "Decided to keep watching. Its writer is told.",
    ConcernStepKind.EXPLAIN: "Decided that it is explained. Its writer is told.",
    ConcernStepKind.HANDED_BACK: "Handed back to its writer, who is told.",
}


@require_GET
@open_to(anyone_signed_in)
def concern(request: Request, concern_id: UUID) -> HttpResponse:
    """What was written, the advice taken, and what was decided so far."""
    page = concern_page(request.actor, concern_id)
    return render(request, "mine/concern.html", {"page": page, "back_url": reverse("mine:list")})


@require_http_methods(["GET", "POST"])
@open_to(anyone_signed_in)
def hand(request: Request, concern_id: UUID) -> HttpResponse:
    """Hand a concern to the safeguarding lead, or to the deputy while the lead is away."""
    page = concern_page(request.actor, concern_id)
    if not page.is_to_hand:
        raise Http404
    leads = leads_for(page)
    form = HandForm(
        request.POST or None, leads=leads, version=page.concern.version, cancel_url=place_of(page),
        initial={"to": str(leads[0].user_id) if len(leads) == 1 else ""},
    )  # fmt: skip
    if form.is_valid() and carried_out(form, lambda: concern_steps.hand_over(
        concern_id=concern_id, to=UUID(form.cleaned_data["to"]), words=form.cleaned_data["words"],
        version=form.cleaned_data["version"], by=request.actor, at=now(),
    ), lambda: concern_page(request.actor, concern_id).concern.version):  # fmt: skip
        messages.success(request, "Handed over. They are told that there is something to decide.")
        return redirect("mine:concern", concern_id)
    return render(request, "mine/hand.html", _with(page, form) | {"leads": leads})


@require_http_methods(["GET", "POST"])
@open_to(anyone_signed_in)
def decide(request: Request, concern_id: UUID) -> HttpResponse:
    """The lead decides, with a reason: to refer, to keep watching, that it is explained; or hands it back."""
    page = concern_page(request.actor, concern_id)
    if not page.is_lead:
        raise Http404
    if not page.is_to_decide:
        messages.info(request, f"There is nothing to decide now: it is at “{page.concern.get_stage_display()}”.")
        return redirect("mine:concern", concern_id)
    form = DecideForm(request.POST or None, version=page.concern.version, cancel_url=place_of(page))
    if form.is_valid() and carried_out(form, lambda: concern_steps.decide(
        concern_id=concern_id, decision=form.cleaned_data["decision"], words=form.cleaned_data["words"],
        version=form.cleaned_data["version"], by=request.actor, at=now(),
    ), lambda: concern_page(request.actor, concern_id).concern.version):  # fmt: skip
        messages.success(request, DONE[ConcernStepKind(form.cleaned_data["decision"])])
        return redirect("mine:concern", concern_id)
    return render(request, "mine/decide.html", _with(page, form))


@require_http_methods(["GET", "POST"])
@open_to(anyone_signed_in)
def again(request: Request, concern_id: UUID) -> HttpResponse:
    """Take up again what was being watched or was explained."""
    page = concern_page(request.actor, concern_id)
    if not page.is_settled:
        messages.info(request, f"It cannot be taken up again: it is at “{page.concern.get_stage_display()}”.")
        return redirect("mine:concern", concern_id)
    form = AgainForm(request.POST or None, version=page.concern.version, cancel_url=place_of(page))
    if form.is_valid() and carried_out(form, lambda: concern_steps.take_up_again(
        concern_id=concern_id, words=form.cleaned_data["words"], version=form.cleaned_data["version"],
        by=request.actor, at=now(),
    ), lambda: concern_page(request.actor, concern_id).concern.version):  # fmt: skip
        messages.success(request, "Taken up again. It is with the safeguarding lead.")
        return redirect("mine:concern", concern_id)
    return render(request, "mine/again.html", _with(page, form))


@require_http_methods(["GET", "POST"])
@open_to(anyone_signed_in)
def advice(request: Request, concern_id: UUID) -> HttpResponse:
    """Write down whom you asked, when, and what they advised."""
    page = _unsent(request, concern_id)
    form = AdviceForm(request.POST or None, version=page.concern.version, cancel_url=place_of(page))
    if form.is_valid() and carried_out(form, lambda: concern_steps.note_advice(
        concern_id=concern_id, rung=form.cleaned_data["rung"], whom=form.cleaned_data["whom"],
        taken_on=form.cleaned_data["taken_on"], advised=form.cleaned_data["advised"], by=request.actor, at=now(),
    ), lambda: page.concern.version):  # fmt: skip
        messages.success(request, "Advice saved. Add another, or go back.")
        return redirect("mine:advice", concern_id)
    kinds = (DirectoryKind.SAFEGUARDING_LEAD, DirectoryKind.PREVENT_LEAD, DirectoryKind.POLICE_PREVENT)
    return render(request, "mine/advice.html", _with(page, form) | {"contacts": _reached(page, *kinds)})


@require_http_methods(["GET", "POST"])
@open_to(anyone_signed_in)
def urgent(request: Request, concern_id: UUID) -> HttpResponse:
    """Whether the police have to be called now. The form goes on once this is answered; a call never waits for it."""
    page = _unsent(request, concern_id)
    onward = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
        onward = place_of(page)
    form = UrgentForm(
        request.POST or None, version=page.concern.version, cancel_url=reverse("mine:list"), initial={"next": onward}
    )
    if form.is_valid() and carried_out(form, lambda: concern_steps.answer_urgency(
        concern_id=concern_id, has_called=form.cleaned_data["called"] == CALLED, words=form.cleaned_data["words"],
        by=request.actor, at=now(),
    ), lambda: page.concern.version):  # fmt: skip
        return redirect(onward)
    numbers = _reached(page, DirectoryKind.EMERGENCY_LINE, DirectoryKind.POLICE_PREVENT)
    return render(request, "mine/urgent.html", _with(page, form) | {"contacts": numbers})


def _unsent(request: Request, concern_id: UUID) -> ConcernPage:
    page = concern_page(request.actor, concern_id)
    if page.concern.stage == ConcernStage.SENT:
        raise Http404
    return page


def _with(page: ConcernPage, form: Any) -> dict[str, Any]:
    return {"page": page, "form": form, "back_url": place_of(page)}


def _reached(page: ConcernPage, *kinds: str) -> list[Any]:
    area = page.concern.team.area_id if page.concern.team else None
    return contacts(area, now(), *kinds)
