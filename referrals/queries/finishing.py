"""What still stands in the way of closing a case, the other needs found on it, and how long it will be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from prevent_cases.casework.models import Case
from prevent_cases.casework.timing import calendar_in_force
from referrals import clocks
from referrals.models import Contribution, InformationForm, OnwardNeed, Referral
from referrals.states import ContributionState, FormState, NeedState


@dataclass(frozen=True)
class Gate:
    """One thing that must be done before the case can close. ``form_id`` names the form it is about, if it is one."""

    words: str
    form_id: UUID | None = None


def closure_gates(referral: Referral) -> list[Gate]:
    """What stands in the way of closing, in words; empty when nothing does (A16). Three statements."""
    forms = InformationForm.objects.filter(referral=referral, state=FormState.OPEN).order_by("due_on")
    parts = Contribution.objects.filter(form__referral=referral, state=ContributionState.ASKED).order_by("due_on")
    needs = OnwardNeed.objects.filter(case=referral.case_id, standing=NeedState.TO_REFER).order_by("found_at")
    return [
        *(Gate("An information gathering form has not been returned.", form.pk) for form in forms),
        *(Gate("A colleague has not yet given their part of a form.", part.form_id) for part in parts),
        *(Gate(f"Another need has not been referred: {need.need}.") for need in needs),
    ]


def other_needs(case: Case) -> list[OnwardNeed]:
    """The other needs found on a case, those still to be referred first. One statement."""
    rows = OnwardNeed.objects.filter(case=case).select_related("found_by").order_by("found_at", "pk")
    return sorted(rows, key=lambda need: need.standing == NeedState.REFERRED)


def review_on(case: Case, closed_on: date) -> date | None:
    """The day on which a case closed that day would be reviewed; None where its procedure keeps no such clock."""
    length = case.procedure.length_of(clocks.RETENTION)
    return length.after(closed_on, calendar_in_force(case.procedure.division)) if length else None
