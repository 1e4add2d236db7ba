"""Under 18: to children's duty, whose pathway is their own (C1; C1.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.models import ClockRun
from prevent_cases.casework.now import today
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, county, sign_in
from tests.journeys.pages import errors, form_in, press, words
from tests.journeys.triaging import decide, kinds, now_at, other_people

KEY = "referral.send_to_children"
SIXTEEN = timedelta(days=16 * 365)


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.mark.parametrize("state", [S.RECEIVED, S.CHECKING])
def test_a_child_goes_to_childrens_duty_without_further_checks(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state, born_on=today() - SIXTEEN)
    sign_in(client, place.officer)
    confirm = decide(client, referral, "CHILD")
    assert "Check and send to children's duty" in words(confirm)
    done = press(client, confirm, "Send to children's duty")
    assert "Sent to children's duty." in words(done)
    after = now_at(referral)
    assert (after.state, after.case.holder_team) == (S.WITH_CHILDREN, place.children_team)
    assert set(ClockRun.objects.unfinished().filter(case=referral.case_id).values_list("clock", flat=True)) == {
        "referral.acknowledge", "referral.decide"
    }  # fmt: skip
    assert access.may_enter(place.children, after.case)
    assert sign_in(client, place.children).get(reverse("case", args=[referral.case_id])).status_code == 200


def test_somebody_whose_age_is_not_known_may_be_said_to_be_a_child(place: County, client: Client) -> None:
    referral = a_referral(place, born_on=None)
    sign_in(client, place.officer)
    press(client, decide(client, referral, "CHILD"), "Send to children's duty")
    assert (now_at(referral).state, now_at(referral).age_group) == (S.WITH_CHILDREN, "CHILD")


def test_an_adult_does_not(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    assert "Select" in errors(decide(client, referral, "CHILD"))[0]
    sent = client.post(reverse("referrals:send-to-children", args=[referral.case_id]), {
        "decision": "CHILD", "children_team": str(place.children_team.pk), "version": referral.case.version,
    })  # fmt: skip
    assert errors(sent) == ["This person is an adult. Correct the date of birth first if that is wrong."]
    assert now_at(referral).state == S.CHECKING


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    referral = a_referral(place, born_on=today() - SIXTEEN)
    for actor in other_people(place):
        sign_in(client, actor)
        assert client.post(reverse("referrals:send-to-children", args=[referral.case_id])).status_code == 404


def test_in_another_state_and_twice_it_is_refused(place: County, client: Client) -> None:
    referral = a_referral(place, born_on=today() - SIXTEEN)
    sign_in(client, place.officer)
    action, fields = form_in(decide(client, referral, "CHILD"), "Send to children's duty")
    client.post(action, fields)
    again = client.post(action, fields, follow=True)
    assert "That cannot be done now: the case is at “With children's duty”." in words(again)
    fields["version"] = [str(now_at(referral).case.version)]
    assert "That cannot be done now" in words(client.post(action, fields, follow=True))
    assert kinds(referral).count(KEY) == 1
