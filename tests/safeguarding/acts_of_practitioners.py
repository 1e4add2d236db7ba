"""The acts on a practitioner's own referral that could tell its referrer something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from prevent_cases.casework.models import Case
from referrals.models import PractitionerReferral
from referrals.operations import referrers
from tests.factories import County


def of_practitioner(case: Case) -> PractitionerReferral:
    return PractitionerReferral.objects.select_related("case", "referrer").get(case=case)


PRACTITIONER_ACTS: dict[str, Callable[[County, Case, datetime], object]] = {
    "take_up": lambda place, case, at: referrers.take_up(
        practitioner_referral=of_practitioner(case), by=place.officer, at=at
    ),
    "ask_referrer": lambda place, case, at: referrers.ask_referrer(
        practitioner_referral=of_practitioner(case), question="When?", by=place.officer, at=at
    ),
    "finish": lambda place, case, at: referrers.finish(
        practitioner_referral=of_practitioner(case), words="", by=place.officer, at=at
    ),
}
