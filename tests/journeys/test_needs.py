"""Other needs found along the way are written down, and referred before the case closes (A16, D2.16)."""

from __future__ import annotations

import pytest
from django.test import Client

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Event
from prevent_cases.casework.now import now
from referrals.models import OnwardNeed, Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_need, a_referral, county, sign_in
from tests.journeys.answering import at
from tests.journeys.pages import errors, press, words


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.OUTCOME_KNOWN)


def today(**other: object) -> dict[str, object]:
    day = civil_date(now())
    return {"referred_on-day": day.day, "referred_on-month": day.month, "referred_on-year": day.year} | other


@pytest.mark.parametrize("role", ["officer", "locality_worker", "colleague"])
def test_a_need_is_added_and_marked_as_referred(place: County, referral: Referral, client: Client, role: str) -> None:
    sign_in(client, getattr(place, role))
    opened = client.get(at("needs", referral))
    assert "No other need has been found so far." in words(opened)
    added = press(client, opened, "Add this need", need="Housing")
    assert "To be referred" in words(added)
    need = OnwardNeed.objects.get(case=referral.case_id)
    refer = client.get(at("need-refer", referral, need.pk))
    done = press(client, refer, "Mark as referred", referred_to="Housing options", **today())
    assert "Referred to Housing options on" in words(done)
    assert {event.kind for event in Event.objects.filter(case=referral.case_id, kind__startswith="need.")} == {
        "need.found", "need.referred"
    }  # fmt: skip
    assert "Mark as referred" not in words(done)


def test_words_and_dates_are_asked_for(place: County, referral: Referral, client: Client) -> None:
    sign_in(client, place.officer)
    opened = client.get(at("needs", referral))
    assert errors(press(client, opened, "Add this need")) == ["Enter the need"]
    assert errors(press(client, opened, "Add this need", need="x" * 201)) == [
        "The need must be 200 characters or fewer"
    ]
    assert errors(press(client, opened, "Add this need", need="a\x00"))[0].startswith("The need contains a hidden")
    need = a_need(place, referral)
    refer = client.get(at("need-refer", referral, need.pk))
    assert errors(press(client, refer, "Mark as referred")) == [
        "Enter where it was referred", "Enter the day it was referred"
    ]  # fmt: skip
    late = today(referred_to="Housing") | {"referred_on-year": 2999}
    assert errors(press(client, refer, "Mark as referred", **late)) == [
        "The day it was referred must be today or in the past"
    ]


def test_added_twice_it_is_there_once(place: County, referral: Referral, client: Client) -> None:
    sign_in(client, place.officer)
    opened = client.get(at("needs", referral))
    press(client, opened, "Add this need", need="Housing")
    again = press(client, opened, "Add this need", need="Housing")
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert OnwardNeed.objects.filter(case=referral.case_id).count() == 1


def test_marked_twice_it_stays_as_it_was_marked(place: County, referral: Referral, client: Client) -> None:
    need = a_need(place, referral)
    sign_in(client, place.officer)
    opened = client.get(at("need-refer", referral, need.pk))
    press(client, opened, "Mark as referred", referred_to="Housing options", **today())
    again = press(client, opened, "Mark as referred", referred_to="Elsewhere", **today())
    assert errors(again) == ["This need was already referred."]
    need.refresh_from_db()
    assert need.referred_to == "Housing options"
    assert client.get(at("need-refer", referral, need.pk)).status_code == 302


def test_the_wrong_people_find_nothing(place: County, referral: Referral, client: Client) -> None:
    need = a_need(place, referral)
    for role in ("other_locality_worker", "area_worker", "children", "liaison", "auditor", "outsider"):
        sign_in(client, getattr(place, role))
        for address in (at("needs", referral), at("need-refer", referral, need.pk)):
            assert client.get(address).status_code == client.post(address).status_code == 404


def test_a_need_of_another_case_is_not_there(place: County, referral: Referral, client: Client) -> None:
    need = a_need(place, a_referral(place, S.OUTCOME_KNOWN))
    sign_in(client, place.officer)
    assert client.get(at("need-refer", referral, need.pk)).status_code == 404


def test_on_a_closed_case_they_are_read_and_not_changed(place: County, client: Client) -> None:
    referral = a_referral(place, S.CLOSED)
    sign_in(client, place.officer)
    opened = client.get(at("needs", referral))
    assert "Add a need" not in words(opened)
    refused = client.post(at("needs", referral), {"version": referral.case.version, "need": "Housing"})
    assert errors(refused) == ["The case is closed. Reopen it first."]
