"""What is still to do on a case, in words, with when."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.now import now
from referrals.models import Referral
from referrals.operations import recording
from referrals.states import ReferralState as S
from tests.factories import County, a_contribution, a_form, a_need, a_referral, an_overdue_referral, sign_in


def page(client: Client, actor: Actor, referral: Referral) -> str:
    answer = sign_in(client, actor).get(reverse("case-tasks", args=[referral.case_id]))
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (S.RECEIVED, ["No task on this case yet"]),
        (S.WITH_AREA, ["Record the Prevent case note", "To do", "adding the case note to the case system and placing"]),
        (S.AREA_RECORDED, ["Done", "Forward to the locality team", "Due "]),
        (S.PREPARING, ["Done", "Answer CT policing", "Being written", "Due "]),
        (S.SIGN_OFF, ["Waiting for sign-off", "Due "]),
        (S.RESPONDED, ["Signed off and sent", "Hear the outcome from CT policing", "Waiting"]),
        (S.OUTCOME_KNOWN, ["Close the case", "To do", "Due "]),
    ],
)
def test_each_state_says_what_is_to_do(place: County, client: Client, state: str, words: list[str]) -> None:
    shown = page(client, place.officer, a_referral(place, state))
    for word in words:
        assert word in shown


def test_half_a_record_task_is_half_done(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    recording.note_added(referral=referral, by=place.area_worker, at=now())
    shown = page(client, place.area_worker, referral)
    assert "Half done" in shown
    assert "Still to do: placing the referral in the restricted area." in shown


def test_forms_with_their_parts_and_other_needs(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    form = a_form(place, referral=referral, due_in=1)
    a_contribution(place, form=form, due_in=0)
    a_form(place, "CANCELLED", referral=referral)
    a_need(place, referral)
    a_need(place, referral, referred=True)
    shown = page(client, place.locality_worker, referral)
    assert "With Lowri Dell. Due tomorrow" in shown
    assert "A part of it, asked of Cole Rudd" in shown
    assert "Due today" in shown
    assert "No longer needed" in shown
    assert "To be referred" in shown
    assert "Referred to Housing options" in shown


def test_what_is_late_is_said_to_be(place: County, client: Client) -> None:
    assert "Overdue by " in page(client, place.officer, an_overdue_referral(place, S.WITH_AREA))
