"""The page "Who is this person?", as the officer, and as others, meet it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from referrals.models import MatchDecision, Person, PractitionerReferral
from referrals.operations import triage
from referrals.states import PractitionerState
from tests.factories import (
    County,
    a_conflict,
    a_nil_return,
    a_practitioner_referral,
    a_referral,
    a_register_entry,
    a_register_import,
    county,
    sign_in,
)
from tests.journeys.pages import errors, press, words
from tests.journeys.triaging import now_at, other_people

LIKELY = {"given_name": "Wilf"}


@pytest.fixture
def place(db: None) -> County:
    return county()


def url(name: str, referral: object, *more: object) -> str:
    return reverse(f"referrals:{name}", args=[referral.case_id, *more])


def test_people_and_register_stand_side_by_side_with_reasons_in_words(place: County, client: Client) -> None:
    extract = a_register_import()
    a_register_entry("Wilfried", "Ackerly", "open", born_on=date(1991, 4, 13), team="Alderfen locality team")
    a_nil_return(place)
    referral = a_referral(place, **LIKELY, other_names="Wilfie")
    sign_in(client, place.officer)
    shown = words(client.get(url("matches", referral)))
    assert "Nickname: Wilf for Wilfred" in shown
    assert "Closed: nil return sent, no record held" in shown
    assert "The register only suggests: you decide." in shown
    assert "Spelt nearly alike" in shown or "Sounds alike" in shown
    assert f"in the copy of {extract.at.day} " in shown


def test_without_an_extract_it_says_so(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    shown = words(client.get(url("matches", a_referral(place))))
    assert "No copy of the register has been imported yet. Search the case system by hand." in shown
    assert "Nobody referred before is like this person." in shown


def test_a_forged_person_is_not_found_and_nothing_is_decided(place: County, client: Client) -> None:
    stranger = a_referral(place, given_name="Zdenka", family_name="Ostrava", born_on=None, postcode="", address="")
    hidden = a_nil_return(place)
    a_conflict(hidden, place.officer)
    referral = a_referral(place, **LIKELY)
    sign_in(client, place.officer)
    for person in (uuid4(), stranger.person_id, hidden.person_id, referral.person_id, "nobody", ""):
        filled = {"person": person, "answer": "SAME", "version": referral.case.version}
        assert client.post(url("match", referral), filled).status_code == 404
    assert client.post(url("match", referral), {"answer": "MARRIED"}).status_code == 404
    assert MatchDecision.objects.count() == 0


def test_a_decision_is_taken_back_with_a_reason(place: County, client: Client) -> None:
    a_nil_return(place)
    referral = a_referral(place, **LIKELY)
    sign_in(client, place.officer)
    press(client, client.get(url("matches", referral)), "The same person")
    decision = MatchDecision.objects.get()
    opened = client.get(url("match-take-back", referral, decision.pk))
    assert "They will be two people again" in words(opened)
    assert errors(press(client, opened, "Take it back")) == ["Enter an answer to ‘Why is it being taken back?’"]
    done = press(client, opened, "Take it back", reason="They are cousins")
    assert "Taken back. The decision and your reason stay on record." in words(done)
    assert "Everything decided about who this is" in words(done)
    assert now_at(referral).person_id == referral.person_as_received_id
    again = client.post(url("match-take-back", referral, decision.pk), {"reason": "Again", "version": 1})
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]


def test_another_cases_decision_is_not_found_here(place: County, client: Client) -> None:
    earlier, referral = a_nil_return(place), a_referral(place, **LIKELY)
    elsewhere = a_referral(place, given_name="Zdenka", family_name="Ostrava", born_on=None, postcode="", address="")
    sign_in(client, place.officer)
    press(client, client.get(url("matches", referral)), "The same person")
    decision = MatchDecision.objects.get()
    assert client.get(url("match-take-back", elsewhere, decision.pk)).status_code == 404
    assert client.get(url("match-take-back", earlier, decision.pk)).status_code == 200
    assert client.get(url("match-take-back", referral, uuid4())).status_code == 404


def test_a_practitioners_own_referral_is_offered_and_joined_once(place: County, client: Client) -> None:
    own = a_practitioner_referral(place)
    a_practitioner_referral(place, given_name="Zdenka", family_name="Ostrava", born_on=None)
    referral = a_referral(place)
    sign_in(client, place.officer)
    shown = client.get(url("matches", referral))
    assert words(shown).count("Compare and join") == 1
    opened = client.get(url("link", referral, own.pk))
    assert "this cannot be taken back" in words(opened)
    done = press(client, opened, "Join it to this referral")
    assert f"Joined {own.case.reference} to this referral." in words(done)
    joined = PractitionerReferral.objects.get(pk=own.pk)
    assert (joined.state, joined.linked_to) == (PractitionerState.LINKED, referral)
    assert client.post(url("link", referral, own.pk), {"version": 1}).status_code == 404, "it is offered no longer"


def test_a_practitioners_own_referral_that_is_not_alike_cannot_be_joined(place: County, client: Client) -> None:
    stranger = a_practitioner_referral(place, given_name="Zdenka", family_name="Ostrava", born_on=None)
    sign_in(client, place.officer)
    assert client.get(url("link", a_referral(place), stranger.pk)).status_code == 404


def test_once_sent_on_the_page_only_shows(place: County, client: Client) -> None:
    a_nil_return(place)
    referral = a_referral(place, **LIKELY)
    sign_in(client, place.officer)
    triage.open_checks(referral=referral, compared=1, by=place.officer, at=referral.received_at,
                       version=referral.case.version)  # fmt: skip
    triage.send_to_area(referral=referral, team=place.area_team, systems=["Mosaic"], extract_at=None, found=[],
                        by=place.officer, at=referral.received_at)  # fmt: skip
    shown = words(client.get(url("matches", referral)))
    assert "Is this the person referred?" not in shown
    assert "Go to the decision" not in shown


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    earlier, own, referral = a_nil_return(place), a_practitioner_referral(place), a_referral(place, **LIKELY)
    assert earlier.person_id
    for actor in other_people(place):
        sign_in(client, actor)
        for address in (url("matches", referral), url("link", referral, own.pk)):
            assert client.get(address).status_code == 404
    assert Person.objects.filter(merged_into__isnull=False).count() == 0


def test_the_page_costs_the_same_for_one_candidate_and_for_three(place: County, client: Client) -> None:
    def cost() -> int:
        client.get(url("matches", referral))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url("matches", referral)).status_code == 200
        return len([query for query in asked.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    a_register_import()
    a_nil_return(place)
    a_register_entry("Wilf", "Ackerley", "known", born_on=date(1991, 3, 14))
    referral = a_referral(place, **LIKELY)
    sign_in(client, place.officer)
    one = cost()
    for name in ("Will", "Willy"):
        a_referral(place, given_name=name)
        a_register_entry(name, "Ackerley", "known", born_on=date(1991, 3, 14))
        a_practitioner_referral(place, given_name=name)
    assert cost() == one <= 9
