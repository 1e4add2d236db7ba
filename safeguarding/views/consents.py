"""The five consents and tellings of a case: what stands, recording one, and deciding whether to ask."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import access, consenting
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.consent_kinds import ConsentKind
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import Refused
from referrals.policy import case_staff
from referrals.queries.frame import Frame
from referrals.queries.opening import opened
from referrals.views.acting import head_of
from safeguarding.forms.consents import ConsentForm, SeekingForm
from safeguarding.queries.consents import SLUGS, SOUGHT, five_of


@require_GET
@open_to(case_staff)
def consents(request: Request, case_id: UUID) -> HttpResponse:
    """All five, for whom the case's material is open."""
    source = access.source_of(request)
    with opened(request.actor, case_id, at=now(), source=source, what=Look.MATERIAL, record="consents") as head:
        cards = five_of(head.case)
    page = {"cards": cards, "back_url": reverse("case", args=[case_id])}
    return render(request, "safeguarding/consents/five.html", head.context() | page)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def record(request: Request, case_id: UUID, about: str) -> HttpResponse:
    """What was said about one of the five."""
    head, kind, back = _one_of_five(request, case_id, about)
    form = ConsentForm(request.POST or None, kind=kind, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            consenting.record_consent(
                case=head.case, kind=kind, **form.cleaned_data, by=request.actor, at=now()
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "Recorded. What stood before stays below it.")
            return redirect(back)
    page = {"form": form, "heading": kind.label, "back_url": back}
    return render(request, "safeguarding/consents/record.html", head.context() | page)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def seek(request: Request, case_id: UUID, about: str) -> HttpResponse:
    """Whether one of the five is to be asked for."""
    head, kind, back = _one_of_five(request, case_id, about, among=SOUGHT)
    form = SeekingForm(request.POST or None, kind=kind, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            consenting.decide_on_seeking(case=head.case, kind=kind, **form.decided, by=request.actor, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The decision was recorded.")
            return redirect(back)
    whether = "Whether to tell them" if kind == ConsentKind.TOLD else "Whether to ask"
    page = {"form": form, "heading": kind.label, "whether": whether, "back_url": back}
    return render(request, "safeguarding/consents/seek.html", head.context() | page)


def _one_of_five(
    request: Request, case_id: UUID, about: str, among: Collection[ConsentKind] = tuple(ConsentKind)
) -> tuple[Frame, ConsentKind, str]:
    """The case and which of the five. :raises Http404: where the material is closed to them, or for none of these"""
    if SLUGS.get(about) not in among:
        raise Http404
    head = head_of(request, case_id, "consents", lambda case: access.may_enter(request.actor, case))
    return head, SLUGS[about], reverse("case-consents", args=[case_id])
