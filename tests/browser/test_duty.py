"""In a real browser, at a telephone's width: one child's referral from its arrival at duty to the feedback after it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from prevent_cases.casework import holding
from prevent_cases.casework.models import Case
from prevent_cases.casework.now import now, today
from tests.factories import county

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


def typed_date(person, label, on):
    box = person.page.get_by_role("group", name=label)
    for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        box.get_by_label(part).fill(str(value))


def test_one_childs_case_from_arrival_to_feedback(somebody):
    place = county()
    cass = somebody(place.children)
    cass.page.set_viewport_size(PHONE)
    receives(cass)
    decides(cass)
    case = Case.objects.get()
    is_told_nothing_yet(cass, case)
    holding.end(case=case, reason="Police answered by telephone", by=place.ssu_lead, at=now())
    closes_and_tells(somebody(place.children_manager), case)


def receives(cass):
    cass.goes_to("/children/")
    cass.sees("Nothing is with duty to decide")
    cass.presses("Receive a referral")
    cass.types("Holding instructions", "Hold. Do not speak to the family before our checks.")
    typed_date(cass, "Date received", today() - timedelta(days=1))
    cass.types("Time received", "9am")
    cass.types("Their telephone", "01632 960123")
    cass.types("Their email address", "desk@ctp.example")
    cass.types("Given names", "Tansy")
    typed_date(cass, "Date of birth", today() - timedelta(days=15 * 365))
    cass.page.get_by_role("group", name="Is this person under 18?").get_by_label("Under 18", exact=True).check()
    cass.types("School or college", "Larkrise Academy")
    cass.types("What is feared, in a few words", "Talks of a knife")
    cass.looks("duty-01-receive")
    cass.page.set_viewport_size(PHONE)
    cass.presses("Receive the referral")
    cass.sees("Do not speak to the family before our checks.")
    cass.goes_to("/children/")
    expect(cass.page.get_by_role("link", name="Call 01632 960123")).to_have_attribute("href", "tel:01632960123")
    cass.looks("duty-02-list")
    cass.page.set_viewport_size(PHONE)


def decides(cass):
    cass.follows("Tansy")
    cass.presses("Record the decision")
    cass.sees("There is a problem")
    cass.looks("duty-03-decide-error")
    cass.page.set_viewport_size(PHONE)
    cass.chooses("No immediate concern")
    cass.types("Why?", "Nothing in it shows harm.")
    cass.types("Who in CT policing did you consult?", "Sergeant A. Lumb")
    cass.presses("Record the decision")
    cass.sees("On hold until")


def is_told_nothing_yet(cass, case):
    cass.goes_to(f"/cases/{case.pk}/history/")
    cass.looks("duty-04-history")
    cass.goes_to(f"/cases/{case.pk}/feedback/")
    cass.looks("duty-05-feedback")
    cass.follows("Feedback to the referrer")
    cass.chooses("They were told")
    cass.looks("duty-06-told")


def closes_and_tells(calla, case):
    calla.goes_to(f"/cases/{case.pk}/close/")
    calla.chooses("Nothing more is needed")
    calla.chooses("No other need was found")
    calla.looks("duty-07-close")
    calla.presses("Close the case")
    calla.sees("Case closed. Feedback that is owed stays in your list.")
    calla.goes_to("/children/")
    calla.follows("Feedback to the referrer")
    calla.chooses("They were told")
    typed_date(calla, "On which day were they told?", today())
    calla.types("Who was told?", "Ms D. Hale")
    calla.types("Their organisation", "Larkrise Academy")
    calla.chooses("That the referral was received")
    calla.presses("Save")
    calla.sees("Saved.")
    calla.goes_to("/children/figures/")
    calla.looks("duty-08-figures")
