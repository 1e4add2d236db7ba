"""A practitioner writes a referral in a real browser: with and without JavaScript, by keyboard, on a phone."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from referrals.models import PractitionerReferral
from tests.factories import PASSWORD, county
from tests.refer.filling import draft

pytestmark = pytest.mark.django_db(transaction=True)

MOST_PAGES = 12
TYPING_SECONDS = 8 * 60
KEYS_A_MINUTE = 200
"""A slow typist: 40 words a minute."""
LONG = "He speaks of a war that is coming, and says that people like him will be ready. He did not use to. "


class Counting:
    """Counts the pages somebody saw and the keys they pressed."""

    def __init__(self, person) -> None:
        self.person, self.pages, self.keys, self.look = person, [], 0, True
        person.page.on("domcontentloaded", lambda page: self.pages.append(page.url))

    def types(self, label: str, text: str) -> None:
        self.keys += len(text)
        self.person.page.get_by_label(label, exact=True).first.fill(text)

    def date(self, group: str, *parts: str) -> None:
        box = self.person.page.get_by_role("group", name=group)
        for name, value in zip(("Day", "Month", "Year"), parts, strict=True):
            box.get_by_label(name).fill(value)

    def chooses(self, group: str, label: str) -> None:
        box = self.person.page.get_by_role("group", name=group).first
        box.get_by_label(label, exact=True).first.check()

    def presses(self, text: str, shot: str = "") -> None:
        if shot and self.look:
            self.person.looks(shot)
        self.person.presses(text)


def writes_it_all(pia: Counting) -> None:
    pia.chooses("Is anyone in immediate danger, or do you suspect a crime?", "No")
    pia.presses("Start now", "refer-01-start")
    if pia.look:
        pia.person.looks("refer-02-tasks")
    pia.person.follows("Who are you worried about?")
    pia.types("Given names", "Tobin")
    pia.types("Family name", "Marrowby")
    pia.date("Date of birth", "14", "3", "1991")
    pia.types("Address", "4 Mill Lane, Alderfen")
    pia.types("Postcode", "ES1 4AB")
    pia.presses("Continue", "refer-03-person")
    expect(pia.person.page.get_by_label("18 or over")).to_be_checked()
    pia.presses("Continue", "refer-04-age")
    pia.types("What are you worried about?", LONG * 6)
    pia.presses("Continue", "refer-05-worries")
    pia.types("What happened?", LONG * 4)
    pia.types("When did the worry first arise?", "early March")
    pia.chooses("How soon does somebody need to look at this?", "This week")
    pia.presses("Continue", "refer-06-happened")
    pia.types("Family, household and other people around them", LONG)
    pia.types("Which services already help them?", "His GP, and a housing officer")
    pia.presses("Continue", "refer-07-around")
    pia.chooses("Does the person know about this referral?", "No")
    pia.types("Why have they not been told?", "He may hide what we have seen.")
    pia.chooses("Do they agree to it?", "They have not been asked")
    pia.types("Why were they not asked?", "For the same reason.")
    pia.presses("Continue", "refer-08-known")
    pia.types("Telephone", "01632 960 222")
    pia.presses("Continue", "refer-09-you")
    pia.presses("Continue", "refer-10-documents")
    pia.presses("Send the referral", "refer-11-check")
    pia.person.sees("Referral sent")
    if pia.look:
        pia.person.looks("refer-12-sent")


@pytest.fixture
def place():
    return county()


def test_a_complete_referral_in_twelve_pages_and_eight_minutes(somebody, place):
    person = somebody(place.practitioner)
    person.goes_to("/refer/")
    pia = Counting(person)
    pia.pages.append(person.page.url)
    began = time.monotonic()
    writes_it_all(pia)
    seconds = time.monotonic() - began
    referral = PractitionerReferral.objects.select_related("case").get()
    person.sees(referral.case.reference)
    pages = len(pia.pages)
    typing = pia.keys / KEYS_A_MINUTE * 60
    print(f"pages {pages}, keys {pia.keys}, typing {typing:.0f} s, with every page looked at {seconds:.0f} s")
    assert pages <= MOST_PAGES, pia.pages
    assert typing < TYPING_SECONDS


def test_the_same_without_javascript(somebody, place):
    person = somebody(place.practitioner, java_script_enabled=False)
    person.goes_to("/refer/")
    pia = Counting(person)
    pia.look = False
    page = person.page
    pia.chooses("Is anyone in immediate danger, or do you suspect a crime?", "No")
    person.presses("Start now")
    person.follows("Who are you worried about?")
    pia.types("Given names", "Tobin")
    person.presses("Continue")
    pia.chooses("How old is the person?", "I do not know")
    person.presses("Continue")
    pia.types("What are you worried about?", LONG)
    page.get_by_label("Material and symbols", exact=True).check()
    page.get_by_label("Material and symbols: in your own words").fill("Leaflets.")
    person.presses("Continue")
    for _ in range(3):
        person.presses("Continue")
    pia.types("Telephone", "01632 960 222")
    person.presses("Continue")
    page.locator("input[type=file]").set_input_files({"name": "note.txt", "mimeType": "text/plain", "buffer": b"Note"})
    person.presses("Continue")
    person.sees("note.txt")
    person.presses("Continue")
    person.sees("Leaflets.")
    person.presses("Send the referral")
    person.sees("Referral sent")
    assert PractitionerReferral.objects.count() == 1


def press_until(page, words: str, most: int = 60) -> None:
    """Tab until what has the focus is a button or link that says this; each stop must be in view."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => { const it = document.activeElement, box = it.getBoundingClientRect();
            return [it.innerText || it.labels?.[0]?.innerText || it.id, box.width > 0 && box.bottom > 0] }"""
        )
        if focused[0].strip() == words:
            assert focused[1], f"{words} has the focus out of view"
            return
    raise AssertionError(f"{words} was not reached by Tab")


def test_by_keyboard_alone(somebody, place):
    person = somebody(place.practitioner)
    person.goes_to("/refer/")
    page = person.page
    press_until(page, "Yes")
    page.keyboard.press("ArrowRight")
    press_until(page, "Start now")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until(page, "What worries you?")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until(page, "What are you worried about?")
    page.keyboard.type("He speaks of a war.")
    press_until(page, "Material and symbols")
    page.keyboard.press("Space")
    press_until(page, "Material and symbols: in your own words")
    page.keyboard.type("Leaflets.")
    press_until(page, "Continue")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    kept = draft(page.url.split("/")[4]).answers
    assert kept["concerns.described"] == "He speaks of a war."
    assert kept["concerns.indicators.material"] == "Leaflets."


def test_an_error_says_where_and_keeps_what_was_typed(somebody, place):
    person = somebody(place.practitioner)
    concern = a_draft(person)
    person.goes_to(f"/refer/{concern}/person/")
    pia = Counting(person)
    pia.types("Given names", "Tobin")
    pia.date("Date of birth", "31", "2", "1991")
    pia.types("Postcode", "nowhere")
    person.presses("Continue")
    assert person.page.title().startswith("Error: ")
    person.looks("refer-20-person-errors")
    person.page.get_by_role("link", name="Date of birth must be a real date").click()
    expect(person.page.get_by_label("Day")).to_be_focused()
    expect(person.page.get_by_label("Given names")).to_have_value("Tobin")
    person.goes_to(f"/refer/{concern}/check/")
    person.looks("refer-21-check-empty")
    person.goes_to("/refer/danger/")
    person.presses("Continue")
    person.looks("refer-22-danger-error")


def a_draft(person) -> str:
    person.goes_to("/refer/")
    Counting(person).chooses("Is anyone in immediate danger, or do you suspect a crime?", "No")
    person.presses("Start now")
    return str(person.page.url.split("/")[4])


def test_a_killed_browser_loses_twenty_seconds_at_most(somebody, place):
    person = somebody(place.practitioner)
    concern = a_draft(person)
    page = person.page
    page.clock.install()
    person.goes_to(f"/refer/{concern}/worries/")
    typed = ""
    box = page.get_by_label("What are you worried about?")
    for word in ("one ", "two ", "three "):
        box.press_sequentially(word)
        typed += word
        page.clock.run_for(20_000)
        expect(page.locator("[data-autosave-status]")).to_contain_text("Saved at")
        page.wait_for_timeout(300)
    box.press_sequentially("never saved")
    page.context.close()
    assert draft(concern).answers["concerns.described"].startswith(typed.strip())


def test_one_draft_on_two_devices_shows_both_texts(somebody, place):
    desk, ward = somebody(place.practitioner), somebody(place.practitioner)
    concern = a_draft(desk)
    for device in (desk, ward):
        device.goes_to(f"/refer/{concern}/worries/")
    ward.types("What are you worried about?", "Typed on the ward.")
    ward.presses("Continue")
    desk.types("What are you worried about?", "Typed at the desk.")
    desk.presses("Continue")
    desk.sees("also changed on another device")
    desk.sees("Typed on the ward.")
    expect(desk.page.get_by_label("What are you worried about?")).to_have_value("Typed at the desk.")
    desk.looks("refer-23-two-texts")
    desk.types("What are you worried about?", "Typed on the ward. Typed at the desk.")
    desk.presses("Continue")
    assert draft(concern).answers["concerns.described"] == "Typed on the ward. Typed at the desk."


def test_pages_are_light(somebody, place):
    person = somebody(place.practitioner)
    concern = a_draft(person)
    sizes = {}
    person.page.on("response", lambda answer: sizes.setdefault(answer.url, answer))
    person.goes_to(f"/refer/{concern}/worries/")
    person.page.wait_for_load_state("networkidle")
    weight = sum(len(answer.body()) for answer in sizes.values() if "/static/" not in answer.url)
    print(f"{len(sizes)} requests, {weight} bytes beside the static files")
    assert len(sizes) <= 12
    assert weight <= 30_000


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_nothing_typed_is_lost_to_an_expired_session(somebody, place, script):
    person = somebody(place.practitioner, java_script_enabled=script)
    concern = a_draft(person)
    person.goes_to(f"/refer/{concern}/worries/")
    person.types("What are you worried about?", LONG * 20)
    Session.objects.all().delete()
    person.presses("Continue")
    person.types("Work email address", place.practitioner.user.email)
    person.types("Password", PASSWORD)
    person.presses("Sign in")
    assert f"/refer/{concern}/worries/" in person.page.url
    expect(person.page.get_by_label("What are you worried about?")).to_have_value(LONG * 20)
    person.presses("Continue")
    assert draft(concern).answers["concerns.described"] == (LONG * 20).strip()
