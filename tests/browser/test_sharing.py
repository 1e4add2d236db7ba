"""What goes outside, in a real browser: its reasons, a password, consent, the register, the person's own list."""

from __future__ import annotations

import time

import pytest

from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.now import now
from tests.factories import a_referral, county

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_consent_to_the_persons_own_list(somebody):
    place = county()
    elsewhere = a_referral(place, "SIGN_OFF", reply_address="desk@post.example")
    case = f"/cases/{elsewhere.case_id}/"

    leah = somebody(place.locality_worker)
    what_they_were_told(leah, case)
    mona = somebody(place.locality_manager)
    signed_off_in_a_minute(mona, case)
    a_password_another_way(mona)
    shared = Disclosure.objects.get(case=elsewhere.case_id)
    assert (shared.consent, shared.delivery, shared.password_channel) == ("GIVEN", "PASSWORD", "TELEPHONE")

    lead = somebody(place.ssu_lead)
    lead.follows("What was shared")
    lead.sees("Answer to policing")
    lead.looks("sharing-register")
    lead.goes_to(f"{case}own-list/")
    lead.presses("Make the list")
    lead.sees("There is a problem")
    lead.looks("sharing-own-list")
    lead.goes_to("/reference/domains/")
    lead.looks("sharing-domains")
    lead.goes_to("/reference/domains/add/")
    lead.presses("Put it on the list")
    lead.looks("sharing-domain-add")
    auditor = somebody(place.auditor)
    auditor.goes_to("/shared/")
    auditor.sees("Exampleshire Police")
    auditor.looks("sharing-register-auditor")
    assert now() >= shared.decided_at


def what_they_were_told(leah, case: str) -> None:
    leah.goes_to(case)
    leah.follows("Consent and what they were told")
    leah.looks("consents-empty")
    leah.goes_to(f"{case}consents/sharing/record/")
    leah.presses("Record it")
    leah.looks("consent-record-error")
    leah.chooses("Agreed")
    leah.presses("Record it")
    leah.goes_to(f"{case}consents/support/ask/")
    leah.chooses("Not yet")
    leah.presses("Record the decision")
    leah.looks("consent-ask-error")
    leah.goes_to(f"{case}consents/capacity/record/")
    leah.looks("consent-capacity")
    leah.goes_to(f"{case}consents/")
    leah.looks("consents")


def signed_off_in_a_minute(mona, case: str) -> None:
    """What is usual is filled in: one choice, one sentence, two ticks."""
    mona.goes_to(f"/referrals/{case.split('/')[2]}/sign-off-answer/")
    began = time.monotonic()
    mona.chooses("Email with a password on the file, and the password another way")
    mona.types("Why is it necessary to share this?", "It lets policing finish its assessment.")
    mona.chooses("I have read all of it, and it says no more than is necessary")
    mona.chooses("No protected characteristic of the person is a reason to share it")
    mona.looks("sign-off")
    mona.presses("Sign off and send")
    assert time.monotonic() - began < 60
    mona.sees("Now put a password on the file and send it.")


def a_password_another_way(mona) -> None:
    mona.presses("I have sent it, and given the password")
    mona.looks("password-error")
    mona.chooses("By telephone")
    mona.types("Who did you give it to?", "The duty sergeant")
    mona.presses("I have sent it, and given the password")
    mona.sees("The password was given to The duty sergeant by telephone")
    mona.looks("shared")
