"""What a referrer reads of a referral they sent or wrote down: their own row and words, and no outcome of any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.days import moment
from prevent_cases.casework.models import Narrative
from prevent_cases.casework.timing import calendar_in_force
from referrals import clocks
from referrals.models import PractitionerReferral


@dataclass(frozen=True)
class Step:
    """One rung of what happens next: by when, and what."""

    by: datetime | None
    words: str
    is_done: bool = False


def own_sent(actor: Actor, referral_id: UUID) -> PractitionerReferral:
    """A referral of this person's own. :raises Http404: the same for another's and none."""
    own = Q(referrer=actor.user_id) | Q(entered_by=actor.user_id)
    found = PractitionerReferral.objects.filter(own, pk=referral_id).select_related("case", "organisation").first()
    if found is None:
        raise Http404
    return found


def ladder(referral: PractitionerReferral) -> list[Step]:
    """What happens next and by when, from the promises alone: the same whoever the person is. One statement."""
    procedure = referral.case.procedure
    calendar = calendar_in_force(procedure.division)
    length = procedure.length_of(clocks.TAKE_UP)
    started = moment(length.after(referral.sent_at.date(), calendar), clocks.TAKE_UP.until) if length else None
    answer = procedure.length_of(clocks.REFERRER_QUESTION)
    return [
        Step(referral.sent_at, "Your referral arrived", is_done=True),
        Step(started, "The safeguarding unit reads it and starts work on it. Its status changes to “Being looked at”"),
        Step(None, f"If something is not clear, they ask you here. You then have {answer} to answer"),
        Step(None, "When your part is over, its status changes to “Finished”, and you get an email that says so"),
    ]


def words_of(actor: Actor, referral: PractitionerReferral) -> dict[str, str]:
    """The words of a referral by the key they are kept under, as far as row security lets this person read them."""
    with access.material(actor, referral.case_id):
        rows = Narrative.objects.filter(case_id=referral.case_id, subject=referral.record_key)
        return dict(rows.values_list("heading", "text"))
