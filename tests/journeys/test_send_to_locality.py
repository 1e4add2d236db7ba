"""Open to adult social care now: to the locality team, with the named worker shown (A8; K0.10)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.models import Event
from referrals.states import Known
from referrals.states import ReferralState as S
from tests.factories import County, a_person, a_referral, a_register_entry, county, sign_in
from tests.journeys.pages import errors, form_in, page, press, words
from tests.journeys.triaging import decide, kinds, now_at, other_people, triage_of

KEY = "referral.send_to_locality"


@pytest.fixture
def place(db: None) -> County:
    return county()


def held(place: County) -> object:
    return a_register_entry(
        "Wilfred", "Ackerley", "open", born_on=date(1991, 3, 14), team="Corrow locality team",
        worker_name="Luca Finch", worker_email="LUCA.FINCH@people.example",
    )  # fmt: skip


def test_the_registers_team_and_worker_are_suggested_and_sent(place: County, client: Client) -> None:
    entry = held(place)
    referral = a_referral(place)
    sign_in(client, place.officer)
    opened = client.get(triage_of(referral))
    suggested = page(opened).xpath("//select[@name='open_team']/option[@selected]")
    assert [option.text for option in suggested] == ["Corrow locality team"], (
        "the register's team before the postcode's"
    )
    confirm = press(client, opened, "Continue", decision=Known.OPEN, entry=str(entry.pk))
    assert "Luca Finch (has an account in this team)" in words(confirm)
    press(client, confirm, "Send to the locality team")
    after = now_at(referral)
    assert (after.state, after.known) == (S.WITH_LOCALITY, Known.OPEN)
    assert after.case.holder_team == place.other_locality_team
    assert (after.named_worker, after.named_worker_name) == (place.other_locality_worker.user, "Luca Finch")
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts["named_worker"] == "Luca Finch"
    assert access.may_enter(place.other_locality_worker, after.case)
    assert not access.may_enter(place.officer, after.case)


def test_a_worker_may_be_typed_and_needs_no_account(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    confirm = decide(client, referral, Known.OPEN, systems=["register"], worker="Somebody New")
    assert "Somebody New (has no account in this team)" in words(confirm)
    press(client, confirm, "Send to the locality team")
    assert (now_at(referral).named_worker, now_at(referral).named_worker_name) == (None, "Somebody New")


@pytest.mark.parametrize(
    ("typed", "account"),
    [("Wilhelmina Typed-Override", None), ("luca  finch", "other_locality_worker"), ("Cole Briarwood", "cole")],
)
def test_the_officers_words_win_over_the_registers(
    place: County, client: Client, typed: str, account: str | None
) -> None:
    cole = a_person("Cole Briarwood", place.other_locality_team)
    entry, referral = held(place), a_referral(place)
    sign_in(client, place.officer)
    confirm = press(
        client, client.get(triage_of(referral)), "Continue", decision=Known.OPEN, entry=str(entry.pk), worker=typed
    )
    named = " ".join(typed.split())
    assert f"{named} (has {'an' if account else 'no'} account in this team)" in words(confirm)
    press(client, confirm, "Send to the locality team")
    after = now_at(referral)
    expected = {None: None, "cole": cole, "other_locality_worker": place.other_locality_worker.user}[account]
    assert after.named_worker == expected
    assert named in words(client.get(reverse("case", args=[referral.case_id])))
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts["named_worker"].split() == typed.split()


def test_a_team_must_be_chosen_where_none_is_suggested(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING, postcode="")
    sign_in(client, place.officer)
    assert errors(decide(client, referral, Known.OPEN, systems=["register"])) == ["Choose where to send it"]
    assert errors(decide(client, referral, Known.OPEN, systems=[], open_team=str(place.locality_team.pk))) == [
        "Select the systems that were searched"
    ]


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    for actor in other_people(place):
        sign_in(client, actor)
        assert client.post(reverse("referrals:send-to-locality", args=[referral.case_id])).status_code == 404


def test_in_another_state_it_is_refused_in_words(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.officer)
    sent = client.post(reverse("referrals:send-to-locality", args=[referral.case_id]), {
        "decision": "OPEN", "open_team": str(place.locality_team.pk), "systems": ["register"],
        "version": referral.case.version,
    }, follow=True)  # fmt: skip
    assert "That cannot be done now: the case is at “With children's duty”." in words(sent)
    assert KEY not in kinds(referral)


def test_sent_twice_it_goes_once(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    action, fields = form_in(decide(client, referral, Known.OPEN, systems=["register"]), "Send to the locality")
    client.post(action, fields)
    again = client.post(action, fields, follow=True)
    assert "That cannot be done now: the case is at “With the locality team”." in words(again)
    assert kinds(referral).count(KEY) == 1
