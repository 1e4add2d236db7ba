"""A question to CT policing: our deadlines stand still, theirs runs, and the reply corrects what it changes (A5)."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.models import ClockRun, Document, Note, Notice
from referrals.models import PersonKey
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, an_eml, county, sign_in
from tests.journeys.pages import errors, form_in, press, words
from tests.journeys.triaging import decide, kinds, now_at, other_people

ASKED, ANSWERED = "referral.query_back", "referral.query_answered"
QUESTION = {"reason": "identity", "question": "Is he the Wilfred of Mill Lane?"}


@pytest.fixture
def place(db: None) -> County:
    return county()


def url(name: str, referral: object) -> str:
    return reverse(f"referrals:{name}", args=[referral.case_id])


def clocks(referral: object) -> dict[str, str]:
    return dict(ClockRun.objects.filter(case=referral.case_id).values_list("clock", "state"))


def notes(place: County, referral: object) -> list[str]:
    with access.material(place.officer, referral.case_id):
        return list(Note.objects.filter(case=referral.case_id).order_by("at", "id").values_list("text", flat=True))


@pytest.mark.parametrize("state", [S.RECEIVED, S.CHECKING])
def test_the_question_stops_our_clocks_and_starts_theirs(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    asking = decide(client, referral, "QUERY")
    assert asking.redirect_chain[-1][0] == url("query-back", referral)
    done = press(client, asking, "Record the question", **QUESTION)
    assert "Our deadlines stand still" in words(done)
    assert now_at(referral).state == S.QUERIED
    assert clocks(referral) == {
        "referral.triage": "PAUSED", "referral.reply": "PAUSED", "referral.query": "RUNNING"
    }  # fmt: skip
    assert ClockRun.objects.get(case=referral.case_id, clock="referral.query").chase_address == "desk@ctp.example"
    assert Notice.objects.filter(case=referral.case_id, kind=ASKED, address="desk@ctp.example").count() == 1
    assert notes(place, referral) == ["Question to CT policing:\nIs he the Wilfred of Mill Lane?"]
    assert "Is he the Wilfred" not in client.get(reverse("case-history", args=[referral.case_id])).content.decode()


def test_the_reply_corrects_the_person_who_is_searched_by_it_from_then_on(place: County, client: Client) -> None:
    referral = a_referral(place, S.QUERIED)
    sign_in(client, place.officer)
    opened = client.get(url("query-answered", referral))
    assert "Olive Tarn asked on" in words(opened)
    reply = BytesIO(an_eml("Born in 1992, not 1991."))
    reply.name = "reply.eml"
    filled = {"reply": "He was born in 1992.", "born_on-year": "1992", "attachments": reply}
    done = press(client, opened, "Record the reply", **filled)
    assert "Reply recorded. Our deadlines run again." in words(done)
    after = now_at(referral)
    assert (after.state, after.born_on, after.given_name) == (S.RECEIVED, date(1992, 3, 14), "Wilfred")
    assert after.person_as_received.born_on == date(1992, 3, 14)
    keys = set(PersonKey.objects.filter(person=after.person_as_received).values_list("key", flat=True))
    assert any("1992" in key for key in keys)
    assert not any("1991" in key for key in keys)
    assert clocks(referral) == {
        "referral.triage": "RUNNING", "referral.reply": "RUNNING", "referral.query": "STOPPED"
    }  # fmt: skip
    assert notes(place, referral)[-1] == "Reply from CT policing:\nHe was born in 1992."
    with access.material(place.officer, referral.case_id):
        assert Document.objects.filter(case=referral.case_id, title="Reply from CT policing").count() == 1


def test_a_corrected_birth_date_may_make_a_child_of_an_adult(place: County, client: Client) -> None:
    referral = a_referral(place, S.QUERIED)
    sign_in(client, place.officer)
    press(client, client.get(url("query-answered", referral)), "Record the reply",
          reply="He is a pupil.", **{"born_on-year": str(referral.received_at.year - 15)})  # fmt: skip
    assert now_at(referral).age_group == "CHILD"


def test_a_question_needs_its_reason_and_its_words(place: County, client: Client) -> None:
    referral = a_referral(place)
    sign_in(client, place.officer)
    opened = client.get(url("query-back", referral))
    assert errors(press(client, opened, "Record the question")) == ["Select a reason", "Enter your question"]
    other = press(client, opened, "Record the question", reason="other", question="Who is he?")
    assert errors(other) == ["Say the reason in a few words"]
    assert kinds(referral).count(ASKED) == 0


@pytest.mark.parametrize(("name", "state"), [("query-back", S.RECEIVED), ("query-answered", S.QUERIED)])
def test_the_wrong_people_find_nothing(place: County, client: Client, name: str, state: str) -> None:
    referral = a_referral(place, state)
    for actor in other_people(place):
        sign_in(client, actor)
        assert client.get(url(name, referral)).status_code == client.post(url(name, referral)).status_code == 404
    assert now_at(referral).state == state


@pytest.mark.parametrize(
    ("name", "state", "filled"),
    [("query-back", S.WITH_AREA, QUESTION), ("query-answered", S.CHECKING, {"reply": "Yes", "given_name": "Wilfred"})],
)
def test_in_another_state_it_is_refused_in_words(
    place: County, client: Client, name: str, state: str, filled: dict[str, str]
) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    assert "That cannot be done now" in words(client.get(url(name, referral), follow=True))
    sent = client.post(url(name, referral), filled | {"version": referral.case.version})
    assert errors(sent) == [f"This cannot be done now: the case is at “{S(state).label}”."]


@pytest.mark.parametrize(
    ("name", "state", "button", "filled", "key"),
    [
        ("query-back", S.RECEIVED, "Record the question", QUESTION, ASKED),
        ("query-answered", S.QUERIED, "Record the reply", {"reply": "He is."}, ANSWERED),
    ],
)
def test_sent_twice_it_is_done_once(
    place: County, client: Client, name: str, state: str, button: str, filled: dict[str, str], key: str
) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    _, fields = form_in(client.get(url(name, referral)), button)
    client.post(url(name, referral), fields | filled)
    again = client.post(url(name, referral), fields | filled)
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert filled.get("question", filled.get("reply")) in again.content.decode(), "what was typed is kept"
    assert kinds(referral).count(key) == 1
