"""Somebody is protected, in a browser: from the button on the case to the strategy discussion, every page looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Somebody
from tests.factories import County, a_protection, a_referral, county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CAME = {
    "Children's social care": "Cass Ibbot", "Police": "Inspector B. Roe",
    "Police Prevent team (CT policing)": "Sergeant A. Lumb", "Health": "Dr C. Moy",
}  # fmt: skip


@pytest.fixture
def place(transactional_db: Any) -> County:
    return county()


def test_a_child_is_protected_on_a_phone(place: County, somebody: Callable[..., Somebody]) -> None:
    referral = a_referral(place, "WITH_CHILDREN", files=[])
    duty = somebody(place.children)
    duty.page.set_viewport_size({"width": 390, "height": 844})
    duty.goes_to(f"/cases/{referral.case_id}/")
    duty.presses("Act for safety")
    duty.looks("safety")
    duty.presses("Act now")
    duty.sees("Say why, in a few words")
    duty.looks("safety-errors")
    duty.chooses("Immediate protection")
    duty.types("Why?", "He was told to leave home tonight.")
    duty.presses("Act now")
    duty.sees("It has begun, and nothing stands in its way.")
    duty.looks("protection-list")
    duty.page.locator("main").get_by_role("link", name="Immediate protection").click()
    duty.presses("Record the emergency decision")
    duty.looks("protection-emergency")
    duty.page.go_back()
    duty.follows("Record the strategy discussion")
    for agency, name in CAME.items():
        duty.page.get_by_role("checkbox", name=agency, exact=True).first.check()
        duty.page.locator(".govuk-checkboxes__conditional:visible").last.get_by_label("Name and job").fill(name)
    duty.looks("protection-discuss")
    duty.chooses("No, it was not needed")
    duty.page.get_by_role("group", name="Were the parents or carers told?").get_by_label("Yes", exact=True).check()
    duty.types("What were they told, or why not?", "His mother knows.")
    duty.chooses("Enquiries under section 47")
    duty.types("Minutes", "Each agency said what it knew.")
    duty.presses("Record the discussion")
    duty.sees("The strategy discussion was recorded.")
    duty.looks("protection-discussed")


def test_an_adult_is_screened(place: County, somebody: Callable[..., Somebody]) -> None:
    referral = a_referral(place, "PREPARING", files=[])
    begun = a_protection("SECTION_42", referral=referral, by=place.locality_worker)
    worker = somebody(place.locality_worker)
    worker.goes_to(f"/cases/{referral.case_id}/protection/{begun.pk}/")
    worker.looks("protection-adult")
    worker.presses("Screen under section 42")
    worker.presses("Record the screening")
    worker.sees("There is a problem")
    worker.looks("protection-screen-errors")
