"""The whole story as five people, from the police referral's arrival to the closed case, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from prevent_cases.casework.models import Case, Disclosure, Event
from prevent_cases.casework.now import now, today
from referrals.models import Referral
from tests.factories import a_register_entry, an_eml, county

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "Dear colleagues, please tell us what adult social care knows of the person named below."
CONCERN = "They told a neighbour that something must be done."


def a_date(person, label: str, on) -> None:
    group = person.page.get_by_role("group", name=label)
    for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        group.get_by_label(part).fill(str(value))


def takes_step(person, words: str) -> None:
    """Follow the step of the case page that says exactly this, whether it is drawn as a link or as a button."""
    with person.page.expect_navigation():
        person.page.locator("main a").get_by_text(words, exact=True).first.click()


def radio(person, group: str, label: str) -> None:
    person.page.get_by_role("group", name=group).first.get_by_role("radio", name=label).first.check()


def test_from_the_referral_to_the_closed_case(somebody, settings):
    settings.DEFAULT_PROCEDURE = "kent-2023-12"
    place = county()
    a_register_entry("Wilhelmina", "Ackerley", "known", born_on=today().replace(year=1991, day=4), postcode="ZE1 1AA")
    olive = somebody(place.officer)
    referral = the_ssu_enters_and_triages(olive)
    case = f"/cases/{referral.case_id}/"

    arthur = somebody(place.area_worker)
    the_area_records_and_forwards(arthur, referral, case)
    leah = somebody(place.locality_worker)
    the_locality_answers(leah, referral, case)
    mona = somebody(place.locality_manager)
    the_manager_signs_off(mona, referral, case)
    pat = somebody(place.liaison)
    policing_acknowledges(pat)
    the_ssu_closes(olive, referral, case)

    row = Case.objects.get(pk=referral.case_id)
    assert row.stage == "CLOSED" and row.closed_at is not None
    kinds = set(Event.objects.filter(case=row).values_list("kind", flat=True))
    assert {"referral.received", "referral.send_to_area", "referral.record_in_area", "referral.forward",
            "referral.submit_answer", "referral.sign_off_answer", "referral.record_outcome",
            "referral.close"} <= kinds  # fmt: skip
    assert Disclosure.objects.filter(case=row).exclude(acknowledged_at=None).count() == 1


def the_ssu_enters_and_triages(olive) -> Referral:
    olive.looks("01-inbox-empty")
    olive.follows("Enter a referral")
    if olive.page.get_by_role("link", name="Upload a file first").count():
        olive.follows("Upload a file first")
    olive.looks("02-upload")
    letter = an_eml(BODY, "CTP/26/00042", sender="s.alder@ctp.example", sent_at=now() - timedelta(hours=3))
    olive.page.locator("input[type=file]").set_input_files(
        {"name": "referral.eml", "mimeType": "message/rfc822", "buffer": letter}
    )
    olive.presses("Read the file")
    olive.sees("check each one")
    olive.looks("03-enter-from-file")
    olive.types("Given names", "Wilhelmena")
    olive.types("Family name", "Akerley")
    a_date(olive, "Date of birth", today().replace(year=1991, day=4))
    olive.types("Postcode", "ZE1 1AA")
    olive.types("Concerns", CONCERN)
    olive.presses("Receive the referral")
    olive.looks("04-received")
    referral = Referral.objects.select_related("case").get()
    olive.goes_to(f"/referrals/{referral.case_id}/triage/")
    olive.sees("The register only suggests")
    olive.looks("05-triage")
    olive.presses("Continue")
    olive.sees("There is a problem")
    assert olive.page.title().startswith("Error: ")
    olive.looks("06-triage-error")
    radio(olive, "Which entry in the register is this person?", "Wilhelmina")
    olive.chooses("Known before, not open")
    olive.page.locator("select[name=known_team]").select_option(index=1)
    olive.presses("Continue")
    olive.looks("07-triage-confirm")
    olive.page.locator("main form button[type=submit]").first.click()
    olive.page.wait_for_url("**/*")
    olive.goes_to(f"/cases/{referral.case_id}/")
    olive.sees("With the Area Referral Service")
    olive.looks("08-sent")
    return referral


def the_area_records_and_forwards(arthur, referral, case) -> None:
    arthur.sees(referral.case.reference)
    arthur.looks("10-area-inbox")
    arthur.goes_to(case)
    takes_step(arthur, "Record the Prevent case note")
    arthur.looks("11-record")
    arthur.page.get_by_role("button", name="I have added the note").click()
    arthur.sees("Done")
    arthur.page.get_by_role("button", name="Place the referral").click()
    arthur.sees("Both parts are done")
    arthur.looks("12-recorded")
    takes_step(arthur, "Forward to the locality team")
    arthur.looks("13-forward")
    arthur.page.get_by_role("radio").first.check()
    arthur.presses("Continue")
    arthur.looks("14-forward-confirm")
    arthur.page.locator("main form button[type=submit]").first.click()
    arthur.page.wait_for_load_state()
    expect(arthur.page.locator("body")).not_to_contain_text("There is a problem")


def the_locality_answers(leah, referral, case) -> None:
    leah.sees(referral.case.reference)
    leah.goes_to(case + "restricted/")
    leah.sees(CONCERN)
    leah.looks("20-restricted-area")
    leah.goes_to(f"/referrals/{referral.case_id}/answer/")
    leah.looks("21-answer")
    for group in leah.page.get_by_role("radio", name="Nothing known").all():
        group.check()
    leah.page.get_by_role("radio", name="Something to tell").first.check()
    leah.page.locator("textarea:visible").first.fill("An assessment in May found no need for support.")
    leah.page.get_by_label("I have read it through").check()
    leah.page.locator("main form button[type=submit]").first.click()
    leah.page.wait_for_load_state()
    leah.looks("22-answer-saved")
    leah.goes_to(f"/referrals/{referral.case_id}/answer-preview/")
    leah.looks("23-answer-preview")
    leah.presses("Ask for sign-off")
    leah.goes_to(case)
    leah.sees("Waiting for sign-off")


def the_manager_signs_off(mona, referral, case) -> None:
    mona.goes_to(case)
    takes_step(mona, "Sign off and send the answer")
    mona.sees("An assessment in May found no need for support.")
    mona.looks("30-sign-off")
    mona.types("Why is it necessary to share this?", "It lets policing finish its assessment.")
    mona.chooses("In this service")
    mona.chooses("I have read all of it")
    mona.chooses("No protected characteristic of the person is a reason to share it")
    mona.presses("Sign off and send")
    mona.goes_to(case)
    mona.sees("Answered")


def policing_acknowledges(pat) -> None:
    pat.sees("Answer to policing")
    pat.looks("40-exchange")
    pat.page.locator("main a.govuk-link").first.click()
    pat.page.wait_for_load_state()
    pat.looks("41-shared")
    with pat.page.expect_download() as waited:
        pat.page.locator("main a[href$='/']").filter(has_text="Answer").first.click()
    assert waited.value.suggested_filename.endswith((".pdf", ".docx"))
    pat.presses("Acknowledge")
    pat.looks("42-acknowledged")


def the_ssu_closes(olive, referral, case) -> None:
    olive.goes_to(case)
    takes_step(olive, "Record the outcome from CT policing")
    olive.looks("50-outcome")
    olive.chooses("No further action")
    a_date(olive, "When did they tell us?", today())
    olive.presses("Record the outcome")
    olive.goes_to(f"/referrals/{referral.case_id}/close/")
    olive.looks("51-close")
    olive.page.locator("main input[type=radio]").first.check()
    olive.presses("Close the case")
    olive.goes_to(case)
    olive.sees("Closed")
    olive.looks("52-closed")
    olive.goes_to(case + "history/")
    olive.sees("Closed the case")
    olive.looks("53-history")
