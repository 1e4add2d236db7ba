"""Reasons are read by more people than the record: they hold neither the person's name nor where they live."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import ClockRun, Event
from referrals.models import MatchDecision, Referral
from referrals.queries.naming import NAMELESS, names_the_person
from referrals.states import ReferralState as S
from tests.factories import County, a_form, a_nil_return, a_referral, county, sign_in
from tests.journeys.pages import errors, page, press

WHO: dict[str, Any] = {
    "given_name": "May", "family_name": "Quillfeather", "other_names": "Tess O'Dunn",
    "address": "14 Mill Lane, Alderfen", "postcode": "ES1 4AB",
}  # fmt: skip
NAMED = "May Quillfeather asked for it"
DOORS = (
    ("query-back", S.CHECKING, "officer", "Record the question", {"question": "Which one?"}),
    ("recall", S.WITH_AREA, "officer", "Recall it", {}),
    ("reroute", S.PREPARING, "officer", "Send it on", {}),
    ("return-answer", S.SIGN_OFF, "locality_manager", "Return it", {}),
    ("reopen", S.CLOSED, "ssu_lead", "Reopen the case", {}),
)


@pytest.fixture
def place(db: None) -> County:
    return county()


def beside(answer: Any, field: str) -> str:
    return str(page(answer).get_element_by_id(f"id_{field}-error").text_content())


@pytest.mark.parametrize(("door", "state", "role", "button", "typed"), DOORS, ids=[door[0] for door in DOORS])
def test_a_reason_that_names_the_person_is_refused_beside_it(
    place: County, client: Client, door: str, state: str, role: str, button: str, typed: dict[str, str]
) -> None:
    referral = a_referral(place, state, **WHO)
    sign_in(client, getattr(place, role))
    opened = client.get(reverse(f"referrals:{door}", args=[referral.case_id]))
    typed = typed | ({"team": str(place.other_locality_team.pk)} if door == "reroute" else {})
    answer = press(client, opened, button, reason="other", words=NAMED, **typed)
    assert errors(answer) == [NAMELESS]
    assert NAMELESS in beside(answer, "words")
    assert NAMED in answer.content.decode(), "what was typed is kept"
    assert Referral.objects.get(pk=referral.pk).state == state
    assert not [facts for facts in Event.objects.values_list("facts", flat=True) if "Quillfeather" in str(facts)]
    press(client, answer, button, reason="other", words="The manager may not wait", **typed)
    assert Referral.objects.get(pk=referral.pk).state != state


def test_so_is_the_reason_a_form_is_no_longer_needed(place: County, client: Client) -> None:
    form = a_form(place)
    Referral.objects.filter(pk=form.referral_id).update(**WHO)
    sign_in(client, place.officer)
    opened = client.get(reverse("referrals:form-cancel", args=[form.case_id, form.pk]))
    answer = press(client, opened, "Mark as no longer needed", reason="The Quillfeathers, QUILLFEATHER, have moved")
    assert NAMELESS in beside(answer, "reason")


def test_so_is_the_reason_a_decision_is_taken_back(place: County, client: Client) -> None:
    a_nil_return(place, **WHO)
    referral = a_referral(place, **WHO)
    sign_in(client, place.officer)
    press(client, client.get(reverse("referrals:matches", args=[referral.case_id])), "The same person")
    taking = reverse("referrals:match-take-back", args=[referral.case_id, MatchDecision.objects.get().pk])
    answer = press(client, client.get(taking), "Take it back", reason="Quillfeather has a twin")
    assert NAMELESS in beside(answer, "reason")


def test_so_is_the_reason_a_deadline_moves(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING, **WHO)
    run = ClockRun.objects.get(case=referral.case_id, clock="referral.reply")
    sign_in(client, place.ssu_lead)
    opened = client.get(reverse("clock-extend", args=[referral.case_id, run.pk]))
    due = {"due_on-day": "1", "due_on-month": "6", "due_on-year": str(run.due_at.year + 1)}
    answer = press(client, opened, "Extend the deadline", reason="awaiting", words="He moved from 14 Mill Lane", **due)
    assert NAMELESS in beside(answer, "words")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("quillfeather", True),
        ("May asked", True),
        ("it may wait", False),
        ("Tess", True),
        ("o'dunn's brother", True),
        ("mayor, quillfeathers' heir", False),
        ("lives at es1 4ab", True),
        ("at ES14AB now", True),
        ("14, mill lane", True),
        ("Mill Lane surgery", False),
        ("It went to the wrong team", False),
    ],
)
def test_a_name_is_a_whole_word_and_a_place_is_its_number_or_its_postcode(words: str, named: bool) -> None:
    assert names_the_person(Referral(**WHO), words) is named
