"""A practitioner's own referral is joined to the police referral about the same concern, once (A4)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import Event
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import PractitionerReferral
from referrals.operations import intake
from referrals.states import PractitionerState as P
from tests.factories import County, a_practitioner_referral, a_referral, county, sign_in
from tests.journeys.pages import press, words
from tests.journeys.triaging import other_people

KEY = "practitioner.link"


@pytest.fixture
def place(db: None) -> County:
    return county()


def join(place: County, own: PractitionerReferral, **by: object) -> None:
    intake.link_practitioner_referral(
        practitioner_referral=own, referral=a_referral(place), by=by.get("by", place.officer), at=own.sent_at
    )


def test_the_officer_compares_them_and_joins_them(place: County, client: Client) -> None:
    own, referral = a_practitioner_referral(place), a_referral(place)
    sign_in(client, place.officer)
    opened = client.get(reverse("referrals:link", args=[referral.case_id, own.pk]))
    assert "Join it only if it is about the same concern" in words(opened)
    press(client, opened, "Join it to this referral")
    joined = PractitionerReferral.objects.get(pk=own.pk)
    assert (joined.state, joined.linked_to_id) == (P.LINKED, referral.pk)
    event = Event.objects.get(case=own.case_id, kind=KEY)
    assert (event.by, event.facts) == (place.officer.user, {"reference": referral.case.reference})


def test_the_wrong_people_may_not(place: County) -> None:
    own = a_practitioner_referral(place)
    for actor in [*other_people(place), place.practitioner]:
        with pytest.raises(NotAllowed):
            join(place, own, by=actor)
    assert PractitionerReferral.objects.get(pk=own.pk).state == P.SENT


def test_one_that_was_withdrawn_is_refused(place: County) -> None:
    with pytest.raises(Refused, match="the case is at “Withdrawn”"):
        join(place, a_practitioner_referral(place, "WITHDRAWN"))


def test_joined_twice_it_is_joined_once(place: County) -> None:
    own = a_practitioner_referral(place)
    join(place, own)
    with pytest.raises(Refused, match="the case is at “Joined to the police referral”"):
        join(place, PractitionerReferral.objects.select_related("case").get(pk=own.pk))
    assert Event.objects.filter(case=own.case_id, kind=KEY).count() == 1
