"""practitioner.withdraw: a practitioner takes back what they sent; what was sent stays on record."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.models import Case, ClockRun, Event
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import PractitionerReferral
from referrals.operations.intake import withdraw_practitioner_referral
from tests.factories import a_practitioner_referral, county, sign_in
from tests.journeys.pages import errors, press, words

pytestmark = pytest.mark.django_db
REASON = "The pupil's family explained what was meant"


def withdraw(referral, by):
    withdraw_practitioner_referral(practitioner_referral=referral, reason=REASON, by=by, at=now())


def test_its_referrer_withdraws_it_and_it_stays_on_record():
    place = county()
    referral = a_practitioner_referral(place, "SENT")
    withdraw(referral, place.practitioner)
    assert PractitionerReferral.objects.get(pk=referral.pk).state == "WITHDRAWN"
    assert Case.objects.get(pk=referral.case_id).queue == Queue.CLOSED
    event = Event.objects.get(case=referral.case_id, kind="practitioner.withdraw")
    assert event.facts == {"reason": REASON} and event.by_id == place.practitioner.user_id


@pytest.mark.parametrize("role", ["officer", "ssu_lead", "liaison", "outsider"])
def test_nobody_else_may(role):
    place = county()
    referral = a_practitioner_referral(place, "SENT")
    with pytest.raises(NotAllowed):
        withdraw(referral, place.roles[role])
    assert PractitionerReferral.objects.get(pk=referral.pk).state == "SENT"


def test_not_once_it_was_joined_to_a_police_referral():
    place = county()
    with pytest.raises(Refused):
        withdraw(a_practitioner_referral(place, "LINKED"), place.practitioner)


def test_twice_is_refused_and_one_event_stands():
    place = county()
    referral = a_practitioner_referral(place, "SENT")
    withdraw(referral, place.practitioner)
    with pytest.raises(Refused):
        withdraw(referral, place.practitioner)
    assert Event.objects.filter(case=referral.case_id, kind="practitioner.withdraw").count() == 1


def test_on_the_page_with_a_reason_while_nobody_has_begun(client):
    place = county()
    referral = a_practitioner_referral(place, "SENT")
    sign_in(client, place.practitioner)
    opened = client.get(reverse("mine:withdraw", args=[referral.pk]))
    assert errors(press(client, opened, "Withdraw this referral")) == ["Enter the reason"]
    done = press(client, opened, "Withdraw this referral", reason=REASON)
    assert "Withdrawn by you" in words(done)
    assert "Withdraw it" not in words(done)
    assert not ClockRun.objects.unfinished().filter(case=referral.case_id).exists()
    again = press(client, opened, "Withdraw this referral", reason=REASON)
    assert "It cannot be withdrawn any more" in words(again)
    assert Event.objects.filter(case=referral.case_id, kind="practitioner.withdraw").count() == 1


@pytest.mark.parametrize("state", ["TAKEN_UP", "LINKED", "FINISHED"])
def test_the_page_does_not_offer_it_once_somebody_looks(client, state):
    place = county()
    referral = a_practitioner_referral(place, state)
    sign_in(client, place.practitioner)
    assert "Withdraw it" not in words(client.get(reverse("mine:referral", args=[referral.pk])))
    led = client.post(reverse("mine:withdraw", args=[referral.pk]), {"version": 0, "reason": REASON}, follow=True)
    assert "It cannot be withdrawn any more" in words(led)
    assert PractitionerReferral.objects.get(pk=referral.pk).state == state


@pytest.mark.parametrize("role", ["officer", "other_practitioner", "school_lead", "liaison"])
def test_the_page_is_its_referrers_alone(client, role):
    place = county()
    referral = a_practitioner_referral(place, "SENT")
    sign_in(client, place.roles[role])
    assert client.get(reverse("mine:withdraw", args=[referral.pk])).status_code == 404
