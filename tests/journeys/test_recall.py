"""A wrong dispatch is taken back: the SSU holds it again, and the other team no longer opens it (A7, A8)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.models import ClockRun, Event, Notice
from referrals.states import ReferralState as S
from tests.factories import County, a_named_worker, a_referral, county, sign_in
from tests.journeys.pages import errors, form_in, press, words
from tests.journeys.triaging import kinds, now_at, other_people, triage_of

KEY = "referral.recall"
SOURCES = [S.WITH_AREA, S.AREA_RECORDED, S.WITH_LOCALITY, S.PREPARING, S.WITH_CHILDREN]


@pytest.fixture
def place(db: None) -> County:
    return county()


def url(referral: object) -> str:
    return reverse("referrals:recall", args=[referral.case_id])


@pytest.mark.parametrize("state", SOURCES)
def test_it_comes_back_to_be_decided_again(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    losing = now_at(referral).case.holder_team
    sign_in(client, place.officer)
    done = press(client, client.get(url(referral)), "Recall it", reason="wrong_team")
    assert done.redirect_chain[-1][0] == triage_of(referral)
    after = now_at(referral)
    assert (after.state, after.case.holder_team, after.known) == (S.CHECKING, place.ssu, "")
    assert (after.named_worker, after.named_worker_name) == (None, "")
    event = Event.objects.get(case=referral.case_id, kind=KEY)
    assert event.facts == {"team": losing.name, "reason": "It went to the wrong team"}
    assert Notice.objects.filter(case=referral.case_id, kind=KEY, team=losing).count() == 1
    assert set(ClockRun.objects.unfinished().filter(case=referral.case_id).values_list("clock", flat=True)) == {
        "referral.triage", "referral.reply"
    }  # fmt: skip
    assert access.may_enter(place.officer, after.case)
    for worker in (place.area_worker, place.locality_worker, place.children):
        assert not access.may_enter(worker, after.case)


def test_named_workers_lose_their_way_in_with_the_team(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    a_named_worker(place, referral, place.colleague)
    assert access.may_enter(place.colleague, now_at(referral).case)
    sign_in(client, place.officer)
    press(client, client.get(url(referral)), "Recall it", reason="wrong_person")
    assert not access.may_enter(place.colleague, now_at(referral).case)


def test_a_reason_is_needed_in_words_where_the_list_says_so(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    sign_in(client, place.officer)
    opened = client.get(url(referral))
    assert errors(press(client, opened, "Recall it")) == ["Select a reason"]
    assert errors(press(client, opened, "Recall it", reason="other")) == ["Say the reason in a few words"]
    press(client, opened, "Recall it", reason="other", words="The manager asked for it back")
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts["reason"] == "The manager asked for it back"


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    for actor in other_people(place):
        sign_in(client, actor)
        assert client.get(url(referral)).status_code == client.post(url(referral)).status_code == 404
    assert now_at(referral).state == S.WITH_LOCALITY


@pytest.mark.parametrize("state", [S.RECEIVED, S.CHECKING, S.SIGN_OFF, S.CLOSED])
def test_in_another_state_it_is_refused_in_words(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    assert "That cannot be done now" in words(client.get(url(referral), follow=True))
    sent = client.post(url(referral), {"reason": "wrong_team", "version": referral.case.version})
    assert errors(sent) == [f"This cannot be done now: the case is at “{S(state).label}”."]


def test_sent_twice_it_is_recalled_once(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    sign_in(client, place.officer)
    _, fields = form_in(client.get(url(referral)), "Recall it")
    client.post(url(referral), fields | {"reason": "wrong_team"})
    again = client.post(url(referral), fields | {"reason": "wrong_team"})
    assert errors(again) == ["Somebody else changed this case after you opened it. Check it, then try again."]
    assert kinds(referral).count(KEY) == 1
