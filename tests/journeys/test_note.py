"""A dated case note is added to the restricted area by somebody whom it is open to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.models import Note
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_named_worker, a_referral, county, sign_in


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.PREPARING)


def write(client: Client, actor: Actor, referral: Referral, text: str) -> Any:
    return sign_in(client, actor).post(reverse("write-note", args=[referral.case_id]), {"text": text}, follow=True)


def notes(place: County, referral: Referral) -> list[str]:
    with access.material(place.locality_worker, referral.case_id):
        return list(Note.objects.filter(case=referral.case).order_by("at").values_list("text", flat=True))


def test_a_note_is_added_with_its_author_and_time(place: County, client: Client, referral: Referral) -> None:
    answer = write(client, place.locality_worker, referral, "Spoke with her GP.\r\n\r\nNothing new.")
    shown = answer.content.decode()
    assert "The note was added." in shown
    assert "<p>Spoke with her GP.</p>" in shown
    assert ", Lowri Dell</h3>" in shown
    assert notes(place, referral) == ["Spoke with her GP.\n\nNothing new."]


def test_a_named_worker_adds_one(place: County, client: Client, referral: Referral) -> None:
    a_named_worker(place, referral, place.colleague)
    write(client, place.colleague, referral, "From the colleague.")
    assert notes(place, referral) == ["From the colleague."]


@pytest.mark.parametrize("who", ["colleague", "officer", "ssu_lead", "area_worker", "liaison"])
def test_nobody_whom_it_is_not_open_to_adds_one(place: County, client: Client, referral: Referral, who: str) -> None:
    assert write(client, place.roles[who], referral, "Let me in.").status_code == 404
    assert notes(place, referral) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write the note"),
        ("   \n ", "Write the note"),
        ("x" * 5001, "5000 characters or fewer"),
        ("a\x00b", "hidden character"),
    ],
)
def test_what_cannot_be_a_note_is_explained_and_kept(
    place: County, client: Client, referral: Referral, text: str, words: str
) -> None:
    answer = write(client, place.locality_worker, referral, text)
    assert words in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()
    assert notes(place, referral) == []


def test_words_are_shown_as_words(place: County, client: Client, referral: Referral) -> None:
    answer = write(client, place.locality_worker, referral, "<script>alert(1)</script> \u202eright to left")
    shown = answer.content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_notes_come_in_pages_newest_first(place: County, client: Client, referral: Referral) -> None:
    with access.material(place.locality_worker, referral.case_id):
        at, by = referral.received_at, place.colleague.user
        Note.objects.bulk_create(
            Note(case=referral.case, text=f"Note {n:03}.", by=by, at=at.replace(microsecond=n)) for n in range(60)
        )
    url = reverse("case-restricted", args=[referral.case_id])
    first = sign_in(client, place.locality_worker).get(url)
    assert "Note 059." in first.content.decode()
    assert "Note 009." not in first.content.decode()
    older = client.get(url + first.context["older_url"]).content.decode()
    assert "Note 009." in older
    assert "Note 010." not in older
    assert client.get(url, {"notes": "not a moment"}).status_code == 200
