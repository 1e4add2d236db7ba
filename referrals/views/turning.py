"""The date of birth put right; and from the adult pathway to children's duty, where that shows a child."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now
from referrals.forms.turning import BirthDateForm, ToChildrenForm
from referrals.operations import turning as operations
from referrals.policy import case_staff, puts_the_date_right, ssu_staff
from referrals.queries.frame import Frame
from referrals.queries.routes import routes_from
from referrals.states import AgeGroup
from referrals.views.acting import carried_out, head_of, not_now, offers

CROSSED = {
    AgeGroup.ADULT.value: "Corrected. This person is 18 or over, so the case belongs on the adult pathway.",
    AgeGroup.CHILD.value: "Corrected. This person is under 18, so the case belongs with children's duty.",
    "": "Date of birth corrected.",
}


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def birth_date(request: Request, case_id: UUID) -> HttpResponse:
    """What the referral gave may be wrong: who holds or coordinates the case puts it right, whatever it stands at."""
    head = head_of(request, case_id, "birth date")
    if request.method == "GET" and not puts_the_date_right.allows(request.actor, head.referral):
        return not_now(request, head)
    back = reverse("case-people", args=[case_id])
    form = BirthDateForm(
        request.POST or None, case=head.case, cancel_url=back, initial={"born_on": head.referral.born_on}
    )
    done: list[str] = []
    if form.is_valid() and carried_out(form, lambda: done.append(operations.correct_birth_date(
        referral=head.referral, born_on=form.cleaned_data["born_on"], by=request.actor, at=now(),
        version=form.cleaned_data["version"],
    ))):  # fmt: skip
        messages.success(request, CROSSED[done[0]])
        return redirect("case", case_id)
    return render(request, "referrals/triage/birth_date.html", head.context() | {"form": form, "back_url": back})


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
def reroute_to_children(request: Request, case_id: UUID) -> HttpResponse:
    """It is a child after all."""
    head = head_of(request, case_id, "to children")
    if request.method == "GET" and not offers(head, "referral.reroute_to_children"):
        return not_now(request, head)
    form = _form(request, head)
    if form.is_valid() and carried_out(form, lambda: operations.reroute_to_children(
        referral=head.referral, team=Team.objects.get(pk=form.cleaned_data["team"]), reason=form.reason_in_words,
        said=form.said, by=request.actor, at=now(), version=form.cleaned_data["version"],
    )):  # fmt: skip
        messages.success(request, "Sent to children's duty. Both teams have been told.")
        return redirect("case", case_id)
    return render(request, "referrals/triage/to_children.html", head.context() | {"form": form})


def _form(request: Request, head: Frame) -> ToChildrenForm:
    return ToChildrenForm(
        request.POST or None, case=head.case, cancel_url=reverse("case", args=[head.case.pk]),
        teams=routes_from(head.referral.postcode).of(TeamKind.CHILDREN),
        reasons=head.case.procedure.reasons_for("referral.reroute_to_children"),
    )  # fmt: skip
