"""Nobody signs off an answer they cannot read."""

from __future__ import annotations

import pytest

from prevent_cases.casework import operations as casework
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import NotAllowed
from referrals.models import Referral
from referrals.operations import answering
from tests.factories import a_named_worker, a_referral, county
from tests.factories.referrals import REASONS

pytestmark = pytest.mark.django_db


def test_a_manager_who_was_not_let_in_is_refused_and_nothing_is_sent() -> None:
    place = county()
    referral = a_referral(place, "SIGN_OFF")
    casework.end_worker(
        case=referral.case, worker=place.locality_manager.user, by=place.locality_worker, at=now()
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="not open to you"):
        answering.sign_off_answer(
            referral=referral, reasons=REASONS, council="C", by=place.locality_manager, at=now()
        )  # fmt: skip
    assert Referral.objects.get(pk=referral.pk).state == "SIGN_OFF"
    a_named_worker(place, referral, place.locality_manager)
    answering.sign_off_answer(referral=referral, reasons=REASONS, council="C", by=place.locality_manager, at=now())
    assert Referral.objects.get(pk=referral.pk).state == "RESPONDED"
