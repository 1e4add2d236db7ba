"""A practitioner writes a referral in a real browser: with and without JavaScript, by keyboard, on a phone."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from referrals.models import PractitionerReferral
from tests.factories import county
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
