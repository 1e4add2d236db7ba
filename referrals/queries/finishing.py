"""What still stands in the way of closing a case, the other needs found on it, and how long it will be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Value

from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.kinds import SENT_BY_HAND
from prevent_cases.casework.models import Case, Disclosure
from prevent_cases.casework.wording import day
from referrals import clocks
from referrals.models import Contribution, InformationForm, OnwardNeed, Referral
from referrals.states import ContributionState, FormState, NeedState

NONE_FOUND = "None found"
"""What the record of closing says of other needs where there were none."""


@dataclass(frozen=True)
class Gate:
    """One thing that must be done before the case can close. ``form_id`` names the form it is about, if it is one;
    ``disclosure_id`` what is still to be sent; ``is_hold`` says that a hold stands."""

    words: str
    form_id: UUID | None = None
    disclosure_id: UUID | None = None
    is_hold: bool = False


def closure_gates(referral: Referral) -> list[Gate]:
    """What stands in the way of closing, in words; empty when nothing does (A16). Two statements."""
    asked = Contribution.objects.filter(form=OuterRef("pk"), state=ContributionState.ASKED)
    forms = InformationForm.objects.filter(referral=referral, state=FormState.OPEN).annotate(is_asked=Exists(asked))
    needs = OnwardNeed.objects.filter(case=referral.case_id, standing=NeedState.TO_REFER)
    waiting = list(forms.order_by("due_on", "pk"))
    by_email = Disclosure.objects.filter(case=referral.case_id, delivery__in=SENT_BY_HAND, emailed_at=None)
    needed = needs.annotate(what=Value("need")).values_list("what", "need", "pk")
    undone = sorted(needed.union(by_email.annotate(what=Value("unsent")).values_list("what", "title", "pk")))
    held = [Gate("A hold stands on this case. End it first.", is_hold=True)] if referral.case.is_held else []
    return [
        *held,
        *(Gate(f"The information gathering form {_which(form)} has not been returned.", form.pk) for form in waiting),
        *(
            Gate(f"A colleague has not yet given their part of the form {_which(form)}.", form.pk)
            for form in waiting
            if form.is_asked
        ),
        *(
            Gate(f"{title} has not been sent yet: send it, and record that.", disclosure_id=pk)
            for what, title, pk in undone
            if what == "unsent"
        ),
        *(
            Gate(f"Another need has not been referred: {need.rstrip('.')}.")
            for what, need, _ in undone
            if what == "need"
        ),
    ]


def _which(form: InformationForm) -> str:
    return f"{form.asked_by} asked for on {day(form.asked_on)}, due on {day(form.due_on)},"


def other_needs(case: Case) -> list[OnwardNeed]:
    """The other needs found on a case, those still to be referred first. One statement."""
    rows = OnwardNeed.objects.filter(case=case).select_related("found_by").order_by("found_at", "pk")
    return sorted(rows, key=lambda need: need.standing == NeedState.REFERRED)


def review_on(case: Case, closed_on: date) -> date | None:
    """The day on which a case closed that day would be reviewed; None where its procedure keeps no such clock.

    No statement: what is reviewed after years is moved by no proclaimed day.
    """
    length = case.procedure.length_of(clocks.RETENTION)
    return length.after(closed_on, calendar_of(case.procedure.division)) if length else None
