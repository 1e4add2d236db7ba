"""From "Before you start" to the confirmation: every page, what it keeps, and what arrives at the safeguarding unit."""

from __future__ import annotations

import pytest

from prevent_cases.casework import access
from prevent_cases.casework.models import ClockRun, Narrative
from referrals.models import PractitionerReferral
from tests.factories import County, county, sign_in
from tests.refer.filling import filled, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def pia(place, client):
    return sign_in(client, place.practitioner)


def words_of(place: County, referral: PractitionerReferral) -> dict[str, str]:
    with access.material(place.officer, referral.case_id) as allowed:
        assert allowed
        return dict(Narrative.objects.filter(subject=referral.record_key).values_list("heading", "text"))


def test_a_complete_referral_arrives_as_it_was_written(place, pia):
    concern = filled(pia)
    answer = sent(pia, concern)
    referral = PractitionerReferral.objects.select_related("case").get()
    assert answer["Location"] == f"/refer/sent/{referral.pk}/"
    assert (referral.given_name, referral.family_name, referral.postcode) == ("Tobin", "Marrowby", "ES1 4AB")
    assert str(referral.born_on) == "1991-03-14"
    assert referral.referrer_id == place.practitioner.user_id
    assert referral.organisation_id == place.school.organisation_id
    words = words_of(place, referral)
    assert words["concerns.described"] == "He speaks of a war to come.\n\nHe used to laugh about it."
    assert "Leaflets in his locker." in words["concerns.indicators"]
    assert words["individual.age_group"] == "18 or over"
    assert ClockRun.objects.filter(case=referral.case, clock="practitioner.take_up").exists()
    page = pia.get(answer["Location"]).content.decode()
    assert referral.case.reference in page
    assert "What happens next" in page
