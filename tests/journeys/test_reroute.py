"""The person became open to another team, or moved: the referral is sent on (A10; K0.10)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.models import Event, Notice
from referrals.states import Known
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, county, sign_in
from tests.journeys.pages import errors, form_in, page, press, words
from tests.journeys.triaging import kinds, now_at, other_people

KEY = "referral.reroute"


@pytest.fixture
def place(db: None) -> County:
    return county()


def url(referral: object) -> str:
    return reverse("referrals:reroute", args=[referral.case_id])


def elsewhere(place: County) -> dict[str, str]:
    return {"team": str(place.other_locality_team.pk), "reason": "became_open", "worker": "Luca Finch"}


@pytest.mark.parametrize("state", [S.WITH_AREA, S.AREA_RECORDED, S.WITH_LOCALITY, S.PREPARING])
def test_the_other_team_gets_it_and_the_first_loses_it(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    losing = now_at(referral).case.holder_team
    sign_in(client, place.officer)
    done = press(client, client.get(url(referral)), "Send it on", **elsewhere(place))
    assert "Sent on. Both teams have been told." in words(done)
    after = now_at(referral)
    assert (after.state, after.case.holder_team) == (S.WITH_LOCALITY, place.other_locality_team)
    assert (after.known, after.named_worker_name) == (Known.OPEN, "Luca Finch")
    told = Notice.objects.filter(case=referral.case_id, kind=KEY).values_list("team", flat=True)
    assert set(told) == {losing.pk, place.other_locality_team.pk}
    assert access.may_enter(place.other_locality_worker, after.case)
    assert not access.may_enter(place.locality_worker, after.case)
    assert not access.may_enter(place.area_worker, after.case)
    facts = Event.objects.get(case=referral.case_id, kind=KEY).facts
    assert facts["reason"] == "The person is now open to adult social care"


def test_the_team_that_has_it_is_not_offered(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    sign_in(client, place.officer)
    offered = page(client.get(url(referral))).xpath("//select[@name='team']/option/@value")
    assert str(place.locality_team.pk) not in offered
    assert str(place.other_locality_team.pk) in offered
    assert "The postcode ES1 is in Alderfen." not in words(client.get(url(referral))), "nor suggested"


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    for actor in other_people(place):
        sign_in(client, actor)
        assert client.get(url(referral)).status_code == 404
        assert client.post(url(referral), elsewhere(place)).status_code == 404
    assert now_at(referral).case.holder_team == place.locality_team


@pytest.mark.parametrize("state", [S.CHECKING, S.SIGN_OFF, S.CLOSED])
def test_in_another_state_it_is_refused_in_words(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    assert "That cannot be done now" in words(client.get(url(referral), follow=True))
    sent = client.post(url(referral), elsewhere(place) | {"version": referral.case.version})
    assert errors(sent) == [f"This cannot be done now: the case is at “{S(state).label}”."]


def test_sent_twice_it_goes_once(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    sign_in(client, place.officer)
    _, fields = form_in(client.get(url(referral)), "Send it on")
    for _ in range(2):
        again = client.post(url(referral), fields | elsewhere(place), follow=True)
    assert errors(again) == [f"{place.other_locality_team.name} already holds this case."]
    assert kinds(referral).count(KEY) == 1
