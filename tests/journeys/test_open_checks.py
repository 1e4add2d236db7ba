"""Who the person is gets settled, and only then do the checks begin (A5; K0.5)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from referrals.models import MatchDecision
from referrals.operations import triage
from referrals.states import Known, MatchAnswer
from referrals.states import ReferralState as S
from tests.factories import County, a_nil_return, a_referral, county, sign_in
from tests.journeys.pages import errors, form_in, press, words
from tests.journeys.triaging import decide, kinds, now_at, other_people, triage_of

KEY = "referral.open_checks"
LIKELY = {"given_name": "Wilf", "postcode": "ES1 4AB"}


@pytest.fixture
def place(db: None) -> County:
    return county()


def step(client: Client, referral: object) -> object:
    return client.get(reverse("referrals:open-checks", args=[referral.case_id]), follow=True)


def test_where_nobody_is_like_them_the_step_leads_straight_to_the_decision(place: County, client: Client) -> None:
    referral = a_referral(place)
    sign_in(client, place.officer)
    assert step(client, referral).redirect_chain[-1][0] == triage_of(referral)
    assert now_at(referral).state == S.RECEIVED, "opening a page changes nothing"
    decide(client, referral, Known.NEVER, systems=["register"])
    assert now_at(referral).state == S.CHECKING
    assert kinds(referral).count(KEY) == 1


def test_a_likely_match_is_answered_first_and_the_answer_leads_on(place: County, client: Client) -> None:
    a_nil_return(place)
    referral = a_referral(place, **LIKELY)
    sign_in(client, place.officer)
    matches = step(client, referral)
    assert matches.redirect_chain[-1][0] == reverse("referrals:matches", args=[referral.case_id])
    assert "Nickname: Wilf for Wilfred" in words(matches)
    assert "Closed: nil return sent, no record held" in words(matches)
    refused = decide(client, referral, Known.NEVER, systems=["register"])
    assert errors(refused)[0].startswith("Say first whether this is the person who was referred before")
    assert now_at(referral).state == S.RECEIVED
    onward = press(client, matches, "The same person")
    assert onward.redirect_chain[-1][0] == triage_of(referral)
    assert "Earlier referrals of this person" in words(onward)
    decide(client, referral, Known.NEVER, systems=["register"])
    assert now_at(referral).state == S.CHECKING


@pytest.mark.parametrize("answer", ["Not the same person", "Not sure"])
def test_any_answer_will_do(place: County, client: Client, answer: str) -> None:
    a_nil_return(place)
    referral = a_referral(place, **LIKELY)
    sign_in(client, place.officer)
    press(client, step(client, referral), answer)
    decide(client, referral, Known.NEVER, systems=["register"])
    assert kinds(referral).count(KEY) == 1
    assert now_at(referral).person_id == now_at(referral).person_as_received_id


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    referral = a_referral(place)
    for actor in other_people(place):
        sign_in(client, actor)
        for name in ("open-checks", "matches", "match", "triage"):
            url = reverse(f"referrals:{name}", args=[referral.case_id])
            assert client.get(url).status_code in (404, 405)
            assert client.post(url, {"decision": "NEVER"}).status_code in (404, 405)
    assert now_at(referral).state == S.RECEIVED


def test_from_another_state_it_is_refused(place: County) -> None:
    referral = a_referral(place, S.QUERIED)
    with pytest.raises(triage.Refused, match="the case is at “Asked back”"):
        triage.open_checks(
            referral=referral, compared=0, by=place.officer, at=referral.received_at, version=referral.case.version
        )


def test_continue_pressed_twice_opens_them_once(place: County, client: Client) -> None:
    referral = a_referral(place)
    sign_in(client, place.officer)
    action, fields = form_in(client.get(triage_of(referral)), "Continue")
    fields |= {"decision": ["NEVER"], "systems": ["register"]}
    for _ in range(2):
        shown = client.post(action or triage_of(referral), fields)
        assert "Check and send the nil return" in words(shown)
    assert kinds(referral).count(KEY) == 1


def test_the_same_answer_sent_twice_is_recorded_once(place: County, client: Client) -> None:
    a_nil_return(place)
    referral = a_referral(place, **LIKELY)
    sign_in(client, place.officer)
    action, fields = form_in(step(client, referral), "Not sure")
    client.post(action, fields)
    again = client.post(action, fields)
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert MatchDecision.objects.filter(answer=MatchAnswer.UNSURE).count() == 1
