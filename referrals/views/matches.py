"""Who is this person: possible matches side by side, an answer for each, and taking an answer back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from referrals.forms.matches import LinkForm, MatchForm, TakeBackForm
from referrals.models import MatchDecision, Person, PractitionerReferral
from referrals.operations import intake, people
from referrals.policy import ssu_staff
from referrals.queries.frame import Frame, frame
from referrals.queries.identity import identity
from referrals.queries.matching import alike
from referrals.queries.practitioners import practitioner_candidates
from referrals.queries.register import search_register
from referrals.states import MatchAnswer, ReferralState
from referrals.views.acting import carried_out, head_of

UNSETTLED = (ReferralState.RECEIVED, ReferralState.CHECKING, ReferralState.QUERIED)
ANSWERED = {
    MatchAnswer.SAME: "Recorded: the same person. Their earlier referrals are now with this one.",
    MatchAnswer.DIFFERENT: "Recorded: not the same person.",
    MatchAnswer.UNSURE: "Recorded: not sure.",
}


@require_GET
@open_to(ssu_staff)
def matches(request: Request, case_id: UUID) -> HttpResponse:
    page = head_of(request, case_id, "matches")
    return _shown(request, page)


@require_GET
@open_to(ssu_staff)
def open_checks(request: Request, case_id: UUID) -> HttpResponse:
    """Straight to the decision where nobody likely waits for an answer; else to the matches."""
    page = frame(request.actor, case_id, today())
    settled = identity(request.actor, page.referral, today()).is_settled
    return redirect("referrals:triage" if settled else "referrals:matches", case_id)


@require_POST
@open_to(ssu_staff)
def match(request: Request, case_id: UUID) -> HttpResponse:
    """The same, not the same, or not sure, about one candidate that the page showed."""
    page = frame(request.actor, case_id, today())
    who = identity(request.actor, page.referral, today())
    form = MatchForm(request.POST, case=page.case, cancel_url="")
    if not form.is_valid() or (candidate := who.candidate(form.cleaned_data["person"])) is None:
        raise Http404
    answer = form.cleaned_data["answer"]
    if not carried_out(form, lambda: people.decide_match(
        referral=page.referral, other=Person(pk=candidate.id), answer=answer, reasons=list(candidate.reasons),
        by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        page = frame(request.actor, case_id, today())
        return _shown(request, page, form)
    messages.success(request, ANSWERED[answer])
    waiting = [one for one in who.to_answer if one.id != candidate.id]
    return redirect("referrals:matches" if waiting else "referrals:triage", case_id)


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def match_take_back(request: Request, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """Undo a decision about who this is, with a reason."""
    page = head_of(request, case_id, "unmatching")
    decided = identity(request.actor, page.referral, today()).decision(decision_id)
    if decided is None:
        raise Http404
    back = reverse("referrals:matches", args=[case_id])
    form = TakeBackForm(request.POST or None, case=page.case, cancel_url=back)
    decision = get_object_or_404(MatchDecision, pk=decision_id)
    if form.is_valid() and carried_out(form, lambda: people.take_back_match(
        referral=page.referral, decision=decision, reason=form.cleaned_data["reason"], by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Taken back. The decision and your reason stay on record.")
        return redirect(back)
    return render(request, "referrals/matches/take_back.html", page.context() | {"form": form, "decided": decided})


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def link(request: Request, case_id: UUID, practitioner_id: UUID) -> HttpResponse:
    """Join a practitioner's own referral about the same concern."""
    page = head_of(request, case_id, "joining")
    offered = practitioner_candidates(request.actor, page.referral, today())
    candidate = next((one for one in offered if one.id == practitioner_id), None)
    if candidate is None:
        raise Http404
    back = reverse("referrals:matches", args=[case_id])
    form = LinkForm(request.POST or None, case=page.case, cancel_url=back)
    if form.is_valid() and carried_out(form, lambda: intake.link_practitioner_referral(
        practitioner_referral=PractitionerReferral.objects.select_related("case").get(pk=candidate.id),
        referral=page.referral, by=request.actor, at=now(),
    )):  # fmt: skip
        messages.success(request, f"Joined {candidate.reference} to this referral.")
        return redirect(back)
    return render(request, "referrals/matches/link.html", page.context() | {"form": form, "candidate": candidate})


def _shown(request: Request, page: Frame, form: MatchForm | None = None) -> HttpResponse:
    found = alike(page.referral)
    context = page.context() | {
        "form": form,
        "who": identity(request.actor, page.referral, today(), found.people),
        "findings": search_register(page.referral, found.register),
        "practitioners": practitioner_candidates(request.actor, page.referral, today()),
        "answers": MatchAnswer.choices,
        "may_answer": page.referral.state in UNSETTLED,
        "triage_url": reverse("referrals:triage", args=[page.case.pk]),
    }
    return render(request, "referrals/matches/matches.html", context)
