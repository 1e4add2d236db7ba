"""What somebody types is saved while they type, said politely, and back in its box after the session ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import PASSWORD, County, a_referral, county

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "She was seen at home and spoke of her brother. " * 43


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def note(place: County) -> str:
    return reverse("write-note", args=[a_referral(place, "PREPARING").case_id])


def signs_in_again(person: Any, place: County) -> None:
    person.types("Work email address", place.locality_worker.user.email)
    person.types("Password", PASSWORD)
    person.presses("Sign in")


def test_a_narrative_box_is_saved_within_twenty_seconds_and_says_so(
    somebody: Callable[..., Any], place: County, note: str
) -> None:
    worker = somebody(place.locality_worker)
    worker.page.clock.install()
    worker.goes_to(note)
    status = worker.page.locator("[data-autosave-status]")
    expect(status).to_have_attribute("role", "status")
    worker.types("Case note", LONG)
    worker.page.clock.run_for(20_000)
    expect(status).to_contain_text("Saved at ")
    worker.looks("note-being-typed")
    worker.goes_to(reverse("unfinished"))
    worker.looks("unfinished")
    worker.follows("Case note")
    expect(worker.page.get_by_label("Case note")).to_have_value(LONG)
    worker.looks("note-put-back")
    worker.presses("Add the note")
    worker.sees("The note was added")
    worker.goes_to(reverse("unfinished"))
    worker.sees("You have nothing unfinished")


def test_the_session_ends_in_the_middle_and_nothing_typed_is_lost(
    somebody: Callable[..., Any], place: County, note: str
) -> None:
    worker = somebody(place.locality_worker)
    worker.goes_to(note)
    worker.types("Case note", LONG)
    Session.objects.all().delete()
    worker.presses("Add the note")
    worker.sees("What you typed was kept for you for a day")
    signs_in_again(worker, place)
    expect(worker.page.get_by_label("Case note")).to_have_value(LONG)
    worker.looks("note-after-signing-in-again")


def test_without_javascript_it_is_the_same(somebody: Callable[..., Any], place: County, note: str) -> None:
    worker = somebody(place.locality_worker, java_script_enabled=False)
    worker.goes_to(note)
    worker.types("Case note", LONG)
    Session.objects.all().delete()
    worker.presses("Add the note")
    signs_in_again(worker, place)
    expect(worker.page.get_by_label("Case note")).to_have_value(LONG)
    worker.presses("Add the note")
    worker.sees("The note was added")
