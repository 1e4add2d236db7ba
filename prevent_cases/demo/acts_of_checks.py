"""The acts of CT policing's checks and of the hold in a tale: each calls the product's own operation."""

from __future__ import annotations

from datetime import datetime, timedelta

from prevent_cases.casework.days import civil_date
from prevent_cases.demo.walk import Walk
from safeguarding.models import Check
from safeguarding.operations import checks, holds
from safeguarding.states import CheckState

EXPECTED = {
    "WAIT": "Please wait until Friday: one enquiry is still open.",
    "SUITABLE": "A visit by the Prevent officer first, with the school present. Then the panel.",
    "NOT_SUITABLE": "Nothing from us. Early help through the school would be right.",
}
RENEWED = "The police checks go on"


def police(walk: Walk, at: datetime, result: str, why: str = "") -> None:
    """The liaison officer answers the check that waits."""
    check = Check.objects.filter(case=walk.case, state=CheckState.ASKED).latest("asked_at")
    answer = checks.Answer(result=result, why=why, expected=EXPECTED.get(result, ""))
    checks.answer_check(check=check, answer=answer, by=walk.county.actor("liaison", at), at=at)


def first(walk: Walk, at: datetime) -> None:
    check = Check.objects.filter(case=walk.case, state=CheckState.ASKED).latest("asked_at")
    checks.prioritise_check(check=check, by=walk.at_their_desk("children", at), at=at)


def renewed(walk: Walk, at: datetime, days: str) -> None:
    holds.renew_hold(
        referral=walk.referral, until=civil_date(at) + timedelta(days=int(days)), reason=RENEWED,
        by=walk.at_their_desk("rufus", at), at=at, version=None,
    )  # fmt: skip
