"""Known before and not open: to the Area Referral Service of the right area (A7; K0.7)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.models import ClockRun, Notice
from referrals.models import RegisterSearch
from referrals.operations import triage
from referrals.states import Known
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, a_register_entry, county, sign_in
from tests.journeys.pages import errors, form_in, page, press, words
from tests.journeys.triaging import decide, kinds, now_at, other_people, triage_of

KEY = "referral.send_to_area"


@pytest.fixture
def place(db: None) -> County:
    return county()


def test_the_area_is_suggested_from_the_postcode_and_the_team_gets_it(place: County, client: Client) -> None:
    entry = a_register_entry("Wilfred", "Ackerley", "known", born_on=date(1991, 3, 14), last_closed_on=date(2019, 5, 1))
    referral = a_referral(place)
    sign_in(client, place.officer)
    opened = client.get(triage_of(referral))
    suggested = page(opened).xpath("//select[@name='known_team']/option[@selected]")
    assert [option.text for option in suggested] == [place.area_team.name]
    assert "The postcode ES1 is in this area." in words(opened)
    confirm = press(client, opened, "Continue", decision=Known.KNOWN, entry=str(entry.pk))
    assert place.area_team.name in words(confirm)
    done = press(client, confirm, "Send to the area")
    assert "Sent to the Area Referral Service." in words(done)
    after = now_at(referral)
    assert (after.state, after.known, after.case.holder_team) == (S.WITH_AREA, Known.KNOWN, place.area_team)
    assert RegisterSearch.objects.get(referral=referral).found[0]["chosen"] is True
    assert Notice.objects.filter(case=referral.case_id, kind=KEY, team=place.area_team).count() == 1
    assert set(ClockRun.objects.unfinished().filter(case=referral.case_id).values_list("clock", flat=True)) == {
        "referral.reply", "referral.record"
    }  # fmt: skip
    assert access.may_enter(place.area_worker, after.case)
    assert not access.may_enter(place.officer, after.case)
    assert not access.may_enter(place.other_area_worker, after.case)


def test_where_the_procedure_has_no_such_service_it_goes_to_the_locality(place: County, client: Client) -> None:
    referral = a_referral(place, procedure="england-2023")
    sign_in(client, place.officer)
    opened = client.get(triage_of(referral))
    assert "Known before, not open: send to the locality team" in words(opened)
    press(client, press(client, opened, "Continue", decision=Known.KNOWN, systems=["register"]), "Send to the locality")
    assert (now_at(referral).state, now_at(referral).known) == (S.WITH_LOCALITY, Known.KNOWN)
    with pytest.raises(triage.Refused, match="has no such step"):
        triage.send_to_area(
            referral=a_referral(place, S.CHECKING, procedure="england-2023"), team=place.area_team, systems=["x"],
            extract_at=None, found=[], by=place.officer, at=referral.received_at,
        )  # fmt: skip


def test_an_entry_that_says_otherwise_asks_for_the_reason(place: County, client: Client) -> None:
    entry = a_register_entry("Wilfred", "Ackerley", "open", born_on=date(1991, 3, 14), team="Alderfen locality team")
    referral = a_referral(place)
    sign_in(client, place.officer)
    doubtful = decide(client, referral, Known.KNOWN, entry=str(entry.pk))
    assert errors(doubtful) == ["Say why this differs from the register, which says “Open now”"]
    confirm = decide(client, referral, Known.KNOWN, entry=str(entry.pk), words="Closed yesterday")
    assert "Check and send to the Area Referral Service" in words(confirm)


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    for actor in other_people(place):
        sign_in(client, actor)
        assert client.post(reverse("referrals:send-to-area", args=[referral.case_id])).status_code == 404


def test_in_another_state_it_is_refused_in_words(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    sign_in(client, place.officer)
    sent = client.post(reverse("referrals:send-to-area", args=[referral.case_id]), {
        "decision": "KNOWN", "known_team": str(place.area_team.pk), "systems": ["register"],
        "version": referral.case.version,
    }, follow=True)  # fmt: skip
    assert "That cannot be done now: the case is at “With the locality team”." in words(sent)


def test_a_team_that_is_no_area_service_is_not_on_the_list(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    forged = decide(client, referral, Known.KNOWN, systems=["register"], known_team=str(place.policing.pk))
    assert "What you chose is not on the list" in errors(forged)[0]
    assert now_at(referral).state == S.CHECKING


def test_sent_twice_it_goes_once(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    action, fields = form_in(decide(client, referral, Known.KNOWN, systems=["register"]), "Send to the area")
    client.post(action, fields)
    again = client.post(action, fields, follow=True)
    assert "That cannot be done now: the case is at “With the Area Referral Service”." in words(again)
    assert kinds(referral).count(KEY) == 1
