"""Who has to do with a case, and who looked at it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.models import AccessLog
from prevent_cases.casework.now import held_at, now, today
from prevent_cases.casework.queries import PAGE
from referrals.models import Referral
from referrals.operations import people
from referrals.states import ReferralState as S
from tests.factories import County, a_nil_return, a_person, a_practitioner_referral, a_referral, nominate, sign_in


def page(client: Client, actor: Actor, referral: Referral, name: str = "case-people", **asked: str) -> str:
    answer = sign_in(client, actor).get(reverse(name, args=[referral.case_id]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_referred_and_the_person_as_received(place: County, client: Client) -> None:
    shown = page(client, place.officer, a_referral(place, S.RECEIVED, nhs_number="943 476 5919"))
    for words in ("Sergeant A. Lumb", "desk@ctp.example", "Wilfred", "14 March 1991", "943 476 5919", "Not joined"):
        assert words in shown


def test_the_person_as_received_beside_the_record_they_were_joined_to(place: County, client: Client) -> None:
    earlier = a_nil_return(place, given_name="Wilf", family_name="Ackerly")
    referral = a_referral(place, S.RECEIVED)
    people.decide_match(
        referral=referral, other=earlier.person, answer="SAME", reasons=["same"], by=place.officer, at=now(),
        version=referral.case.version,
    )  # fmt: skip
    shown = page(client, place.officer, referral)
    assert "As received and as matched" in shown
    assert "Nickname: Wilf for Wilfred" in shown


def test_a_practitioners_referral_that_was_joined_is_named(place: County, client: Client) -> None:
    sent = a_practitioner_referral(place, "LINKED")
    assert sent.linked_to
    shown = page(client, place.officer, sent.linked_to)
    assert "Pia Loxley" in shown
    assert "Joined to this referral." in shown


def test_nominated_workers_with_their_cover(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    cover = a_person("Nerys Combe", place.locality_team)
    nominate(cover, place.locality_team, covers=place.locality_worker.user, ends_on=today() + timedelta(days=4))
    gone = a_person("Gone Away", place.locality_team)
    nominate(gone, place.locality_team, ends_on=today() - timedelta(days=1))
    shown = page(client, place.locality_worker, referral)
    assert "Lowri Dell. Nominated" in shown
    assert "Nerys Combe. Covering for Lowri Dell, until " in shown
    assert "Gone Away" not in shown


def test_a_team_in_which_nobody_is_nominated_is_warned_of(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY, team=place.locality_teams[3])
    assert "Nobody is nominated" in page(client, place.officer, referral)


def test_a_team_that_needs_no_nomination_is_said_to(place: County, client: Client) -> None:
    assert "no nomination is needed" in page(client, place.officer, a_referral(place, S.CHECKING))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("case", "Olive Tarn opened the case"),
        ("case-history", "Olive Tarn read the history"),
        ("case-people", "Olive Tarn looked at the people"),
        ("case-tasks", "Olive Tarn looked at the tasks"),
        ("case-print", "Olive Tarn opened a printable view"),
        ("referrals:record", "Olive Tarn looked at the record task"),
        ("referrals:forward", "Olive Tarn looked at where to forward it"),
        ("declare-conflict", "Olive Tarn looked at who may look"),
    ],
)
def test_every_look_is_one_plain_sentence(place: County, client: Client, name: str, words: str) -> None:
    referral = a_referral(place, S.PREPARING)
    sign_in(client, place.officer)
    client.get(reverse(name, args=[referral.case_id]))
    assert AccessLog.objects.filter(case=referral.case).count() == 1
    shown = page(client, place.locality_worker, referral, "case-looks")
    assert words in shown
    assert "As a member of the team that coordinates it" in shown


def test_looks_at_the_material_are_listed_for_those_it_is_open_to(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    page(client, place.locality_worker, referral, "case-restricted")
    inside = page(client, place.locality_worker, referral, "case-looks")
    outside = page(client, place.colleague, referral, "case-looks")
    assert "Lowri Dell opened the restricted area" in inside
    assert "As a nominated worker of the team that held it" in inside
    assert "opened the restricted area" not in outside


def test_looks_come_in_pages(place: County, client: Client) -> None:
    referral, at = a_referral(place, S.RECEIVED), now()
    for n in range(PAGE + 5):
        with held_at(at + timedelta(minutes=n)):
            page(client, place.second_officer, referral)
    with held_at(at + timedelta(days=1)):
        first = page(client, place.officer, referral, "case-looks")
    assert first.count("Otto Wray looked at the people") == PAGE - 1
    cursor = first.partition("after=")[2].partition('"')[0]
    older = page(client, place.officer, referral, "case-looks", after=cursor)
    assert older.count("Otto Wray looked at the people") == 6
