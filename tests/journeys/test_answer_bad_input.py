"""What may be typed, pasted or replayed into an answer (the issue's list of bad input)."""

from __future__ import annotations

import unicodedata
import uuid

import pytest
from django.test import Client

from referrals.models import Answer, Referral
from referrals.states import ReferralState as S
from tests.factories import PASSWORD, County, a_referral, county, sign_in
from tests.journeys.answering import a_whole_answer, at, stored, write
from tests.journeys.pages import errors, page, press, words

LONG = "x" * 10_000
RIGHT_TO_LEFT = "שלום عليكم"
COMBINING = "e\u0301a\u0308" * 200


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.PREPARING)


@pytest.fixture
def worker(place: County, client: Client) -> Client:
    return sign_in(client, place.locality_worker)


@pytest.mark.parametrize(
    "text", [LONG, RIGHT_TO_LEFT, COMBINING, "=1+1", "<script>alert(1)</script>", "{{ 7*7 }} {% x %}"]
)
def test_any_words_are_kept_as_they_were_typed(place: County, referral: Referral, worker: Client, text: str) -> None:
    preview = write(worker, referral, known_children="yes", fact_children=text)
    assert stored(place, referral)["children"] == (True, text, "")
    assert text == LONG or unicodedata.normalize("NFC", text) in unicodedata.normalize("NFC", words(preview))
    assert not page(preview).xpath("//main//script")


def test_line_ends_are_counted_once(place: County, referral: Referral, worker: Client) -> None:
    write(worker, referral, known_children="yes", fact_children=("x" * 98 + "\r\n") * 100 + "y")
    assert stored(place, referral)["children"][1].count("\n") == 100


def test_every_box_may_be_full_and_is_rendered(place: County, referral: Referral, worker: Client) -> None:
    full = dict.fromkeys(("fact_children", "opinion_children", "fact_other", "opinion_other"), LONG)
    typed = a_whole_answer(referral, known_children="yes", known_other="yes") | full
    press(worker, write(worker, referral, **typed), "Ask for sign-off")
    assert Referral.objects.get(pk=referral.pk).state == S.SIGN_OFF


def test_one_character_too_many_is_said_and_kept_in_the_box(referral: Referral, worker: Client) -> None:
    refused = write(worker, referral, known_children="yes", fact_children=LONG + "y")
    assert errors(refused) == ["The fact under “Children” must be 10,000 characters or fewer".replace(",", "")]
    assert page(refused).get_element_by_id("id_fact_children").text.strip() == LONG + "y"
    too_long = {"version": 0, "known_children": "yes", "fact_children": LONG + "y"}
    saved = worker.post(at("autosave-answer", referral), too_long)
    assert saved.status_code == 422
    assert saved.json()["words"].startswith("Not saved. The fact under “Children”")


def test_a_hidden_character_is_refused_in_words(referral: Referral, worker: Client) -> None:
    refused = write(worker, referral, known_children="yes", fact_children="a\x00b")
    assert errors(refused)[0].startswith("The fact under “Children” contains a hidden character")
    assert worker.post(at("autosave-answer", referral), {"version": 0, "left_out": "\x00"}).status_code == 422
    assert worker.post(at("autosave-answer", referral), {"version": "\x00"}).status_code == 422


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999"])
def test_a_version_nobody_gave_out_is_refused(referral: Referral, worker: Client, version: str) -> None:
    refused = worker.post(at("answer", referral), {"version": version, "known_children": "no"})
    assert refused.status_code == 200
    assert errors(refused)
    assert not Answer.objects.filter(referral=referral, version__gt=0).exists()


def test_a_heading_that_is_not_asked_is_left_alone(place: County, referral: Referral, worker: Client) -> None:
    worker.post(
        at("answer", referral), {"version": 0, "known_secret": "yes", "fact_secret": "x", "known_children": "no"}
    )
    assert "secret" not in stored(place, referral)


def test_a_case_that_is_not_there_is_the_same_as_a_hidden_one(
    place: County, referral: Referral, client: Client
) -> None:
    sign_in(client, place.other_locality_worker)
    absent = client.get(at("answer", referral).replace(str(referral.case_id), str(uuid.uuid4())))
    hidden = client.get(at("answer", referral))
    assert (absent.status_code, hidden.status_code) == (404, 404)
    assert absent.content == hidden.content


def test_an_expired_session_comes_back_to_the_page_with_what_was_saved(
    place: County, referral: Referral, worker: Client
) -> None:
    typed = "Two thousand characters. " * 80
    worker.post(at("autosave-answer", referral), {"version": 0, "known_children": "yes", "fact_children": typed})
    worker.session.flush()
    answered = worker.post(
        at("answer", referral), {"version": 1, "known_children": "yes", "fact_children": typed + "More"}
    )
    assert answered.status_code == 302
    assert answered["Location"].startswith(f"/sign-in/?next={at('answer', referral)}")
    autosaved = worker.post(at("autosave-answer", referral), {"version": 1, "known_children": "no"})
    assert autosaved.status_code == 302
    back = worker.post(
        answered["Location"], {"login": place.locality_worker.user.email, "password": PASSWORD}, follow=True
    )
    assert back.request["PATH_INFO"] == at("answer", referral)
    assert page(back).get_element_by_id("id_fact_children").text.strip() == f"{typed}More"
