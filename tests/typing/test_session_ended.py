"""A session ends while somebody types. Whatever the form, they sign in, and their words are in its boxes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import resolve, reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.drafts import own_drafts
from prevent_cases.casework.models import Event
from prevent_cases.casework.now import now
from referrals.operations import triage
from tests.factories import County, a_form, a_referral, county, sign_in
from tests.journeys.pages import form_in, page, press
from tests.journeys.triaging import decide
from tests.typing.scenes import SCENES
from tests.typing.tables import FORMS, NOTHING_TYPED
from tests.typing.walking import (
    SITUATIONS,
    addresses,
    filled_in,
    forms_that_post,
    held,
    ids_in,
    signs_in_again,
    takes_posts,
)

pytestmark = pytest.mark.django_db
PEOPLE = ("officer", "ssu_lead", "area_worker", "locality_worker", "locality_manager", "colleague", "liaison", "lists")
ELSEWHERE = {"refer", "mine", "lists", "reference", "children"}
"""Their pages are opened by scenes.py."""

PLACES = [*SITUATIONS, *SCENES]
DOWNLOADS = {"document", "referrals:shared-document", "referrals:answer-draft", "case-print", "print-restricted"}


def pages_at(place: County, state: str) -> Iterator[tuple[Actor, str]]:
    """Each page that each of these people may try on a case at this state; what names no record, at the first one."""
    ids = ids_in(place, state)
    for name in PEOPLE:
        for address, takes in addresses().items():
            is_elsewhere = address.partition(":")[0] in ELSEWHERE or address in DOWNLOADS
            if set(takes) <= ids.keys() and not is_elsewhere and (takes or state == SITUATIONS[0]):
                yield place.roles[name], reverse(address, kwargs={one: ids[one] for one in takes})


def forms_on(pages: Iterator[tuple[Actor, str]]) -> Iterator[tuple[Actor, str, Any]]:
    """Each form on these pages that somebody can open; each form once."""
    clients: dict[Any, Client] = {}
    seen = set()
    for who, path in pages:
        client = clients[who.user_id] = clients.get(who.user_id) or sign_in(Client(), who)
        for form in forms_that_post(client.get(path)):
            kind = (resolve(form.get("action") or path).view_name, frozenset(filled_in(form)))
            if kind not in seen:
                seen.add(kind)
                yield who, path, form


@pytest.fixture(scope="session")
def reached(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Path:
    """Where the runs of the test below, in whichever process, say which forms they reached: a file for each place."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / f"reached-{testrun_uid}"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("where", PLACES)
def test_what_was_typed_in_every_form_is_back_in_its_boxes(where: str, reached: Path) -> None:
    """The last of them to end, of all, finds that together they reached every form."""
    place, checked = county(), set()
    pages = SCENES[where](place) if where in SCENES else pages_at(place, where)
    for who, path, form in list(forms_on(pages)):
        client = sign_in(Client(), who)
        client.get(path)
        typed, to = filled_in(form), form.get("action") or path
        before = Event.objects.count()
        Session.objects.all().delete()
        sent = client.post(to, typed, headers={"referer": f"http://testserver{path}"})
        assert sent.status_code == 302 and sent["Location"].startswith(reverse("account_login")), to
        assert Event.objects.count() == before
        back = signs_in_again(client, sent["Location"], who.user.email)
        assert back.request["PATH_INFO"] == path
        again = [held(one) for one in forms_that_post(back)]
        assert typed in again, f"{to}: typed {typed}, found {again}"
        assert "What you typed and did not send is back in its boxes" in back.content.decode()
        checked.add(resolve(to).view_name)
    assert checked
    (reached / where.replace(" ", "-")).write_text("\n".join(checked))
    told = [file.read_text().split() for file in reached.iterdir()]
    if len(told) == len(PLACES):
        assert set().union(*told) == FORMS


@pytest.mark.parametrize("address", sorted(n for n, takes in addresses().items() if takes_posts(n, takes)))
def test_every_address_that_takes_a_form_is_among_these(address: str) -> None:
    """A new address that takes a form is reached by the test above, or somebody says why nothing is typed there."""
    assert (address in FORMS) != (address in NOTHING_TYPED)


def expired(client: Client, path: str, typed: dict[str, Any]) -> Any:
    """Send a form after the session ended. Answers with where that leads."""
    client.get(path)
    Session.objects.all().delete()
    return client.post(path, typed, headers={"referer": f"http://testserver{path}"})


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def note(place: County) -> str:
    """The page on which a case note is written."""
    return reverse("write-note", args=[a_referral(place, "PREPARING").case_id])


def test_a_session_left_idle_keeps_it_too(place: County, note: str, client: Client) -> None:
    sign_in(client, place.locality_worker).get(note)
    with time_machine.travel(now() + timedelta(minutes=31)):
        sent = client.post(note, {"text": "Seen at home."}, headers={"referer": f"http://testserver{note}"})
        back = signs_in_again(client, sent["Location"], place.locality_worker.user.email)
    assert held(forms_that_post(back)[0])["text"] == ["Seen at home."]


def test_whoever_else_signs_in_at_the_same_desk_sees_none_of_it(place: County, note: str, client: Client) -> None:
    sent = expired(sign_in(client, place.locality_worker), note, {"text": "Seen at home."})
    assert "What you typed was kept for you for a day" in client.get(sent["Location"]).content.decode()
    back = signs_in_again(client, sent["Location"], place.locality_manager.user.email)
    assert "Seen at home." not in back.content.decode()
    assert "Seen at home." not in client.get(reverse("unfinished")).content.decode()


def test_after_signing_out_nothing_more_is_kept_in_that_persons_name(place: County, note: str, client: Client) -> None:
    sign_in(client, place.locality_worker).get(note)
    client.post(reverse("account_logout"))
    sent = client.post(note, {"text": "Somebody at the same desk."})
    assert sent["Location"] == f"{reverse('account_login')}?next={note}"
    assert keys_of(place.locality_worker) == []


def test_a_visitor_keeps_nothing(place: County, note: str, client: Client) -> None:
    client.cookies["writer"] = f"{place.locality_worker.user_id}:forged:signature"
    assert "kept" not in client.post(note, {"text": "Forged."})["Location"]
    assert keys_of(place.locality_worker) == []


def test_sent_again_it_is_done_once_and_forgotten(place: County, note: str, client: Client) -> None:
    sent = expired(sign_in(client, place.locality_worker), note, {"text": "Seen at home."})
    back = signs_in_again(client, sent["Location"], place.locality_worker.user.email)
    assert len(keys_of(place.locality_worker)) == 1
    press(client, back, "Add the note")
    assert keys_of(place.locality_worker) == []
    assert Event.objects.filter(kind="note.written").count() == 1


def test_refused_after_coming_back_it_is_still_kept_under_the_same_key(
    place: County, note: str, client: Client
) -> None:
    sent = expired(sign_in(client, place.locality_worker), note, {"text": "x" * 5001})
    back = signs_in_again(client, sent["Location"], place.locality_worker.user.email)
    refused = press(client, back, "Add the note")
    assert "must be 5000 characters or fewer" in refused.content.decode()
    assert f'name="kept" value="{keys_of(place.locality_worker)[0]}"' in refused.content.decode()


def test_a_page_that_has_no_such_box_any_more_shows_the_words(place: County, client: Client) -> None:
    referral = a_referral(place, "CHECKING")
    path = reverse("referrals:query-back", args=[referral.case_id])
    sent = expired(sign_in(client, place.officer), path, {"reason": "other", "question": "Which school is it?"})
    triage.query_back(
        referral=referral,
        reason="Unclear",
        question="Where?",
        by=place.second_officer,
        at=now(),
        version=referral.case.version,
    )
    back = signs_in_again(client, sent["Location"], place.officer.user.email)
    assert "Which school is it?" in back.content.decode()
    assert "some of it has no box now" in back.content.decode()


def test_a_decision_to_be_confirmed_is_chosen_again_on_the_triage_page(place: County, client: Client) -> None:
    referral = a_referral(place, "CHECKING")
    path = reverse("referrals:triage", args=[referral.case_id])
    asked = decide(sign_in(client, place.officer), referral, "NEVER", systems=["register"])
    action, carried = form_in(asked, "Send nil return")
    Session.objects.all().delete()
    sent = client.post(action, carried, headers={"referer": f"http://testserver{path}"})
    back = signs_in_again(client, sent["Location"], place.officer.user.email)
    again = held(forms_that_post(back)[0])
    assert again["decision"] == ["NEVER"] and again["systems"] == ["register"]


def test_a_form_from_before_signing_in_anew_is_refused_but_its_words_are_kept(place: County, note: str) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), place.locality_worker)
    client.get(note)
    refused = client.post(note, {"text": "Seen at home."}, headers={"sec-fetch-site": "same-origin"})
    assert refused.status_code == 403 and Event.objects.filter(kind="note.written").count() == 0
    link = next(a.get("href") for a in page(refused).iter("a") if "what you typed" in a.text_content())
    assert held(forms_that_post(client.get(link))[0])["text"] == ["Seen at home."]
    client.post(note, {"text": "From elsewhere."}, headers={"sec-fetch-site": "cross-site"})
    assert len(keys_of(place.locality_worker)) == 1


def test_a_password_is_never_kept(place: County, client: Client) -> None:
    sent = expired(sign_in(client, place.officer), reverse("account"), {"password": "secret", "oldpassword": "older"})
    assert "kept" not in sent["Location"]


def keys_of(who: Actor) -> list[str]:
    return [str(draft.pk) for draft in own_drafts(by=who, at=now(), most=9)]


def test_why_a_form_may_be_returned_is_back_in_its_boxes(place: County, client: Client) -> None:
    form = a_form(place, questions=["Who else lives there?"])
    sign_in(client, place.locality_worker)
    answers = reverse("referrals:form", args=[form.case_id, form.pk])
    press(client, client.get(answers), "Save", known_1="no")
    path = reverse("referrals:form-answer", args=[form.case_id, form.pk])
    typed = filled_in(forms_that_post(client.get(path))[0])
    back = signs_in_again(client, expired(client, path, typed)["Location"], place.locality_worker.user.email)
    assert held(forms_that_post(back)[0]) == typed


def test_what_a_page_saves_by_itself_is_not_kept_again_and_again(place: County, note: str, client: Client) -> None:
    sign_in(client, place.locality_worker).get(note)
    Session.objects.all().delete()
    for _ in range(3):
        client.post(reverse("keep-typed"), {"text": "Seen at home."}, headers={"x-autosave": "1"})
    assert keys_of(place.locality_worker) == []
