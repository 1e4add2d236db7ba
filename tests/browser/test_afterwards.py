"""In a real browser: a teacher's concern is decided by the lead and sent; a question goes to its referrer and back."""

from __future__ import annotations

import pytest

from referrals.states import PractitionerState as P
from tests.factories import a_concern, a_practitioner_referral, a_question, county

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_concern_is_handed_over_and_decided_and_sent(somebody, script):
    place = county()
    concern = a_concern(place)
    pia = somebody(place.practitioner, java_script_enabled=script)
    pia.goes_to("/my-referrals/")
    if script:
        pia.looks("mine-01-list")
    pia.goes_to(f"/my-referrals/concerns/{concern.pk}/advice/")
    pia.presses("Save this advice")
    pia.sees("There is a problem")
    if script:
        pia.looks("mine-02-advice-error")
    pia.chooses("Line manager")
    pia.types("Their name", "Mo Penn")
    for part, value in (("Day", "1"), ("Month", "6"), ("Year", "2026")):
        pia.types(part, value)
    pia.types("What did they advise?", "Hand it over today.")
    pia.presses("Save this advice")
    pia.sees("Advice saved")
    pia.goes_to(f"/my-referrals/concerns/{concern.pk}/hand-over/")
    if script:
        pia.looks("mine-03-hand")
    pia.chooses("Sable Quince, safeguarding lead")
    pia.types("Anything they should know first", "It is new.")
    pia.presses("Hand it over")
    pia.sees("With the safeguarding lead")
    sable = somebody(place.school_lead, java_script_enabled=script)
    sable.goes_to("/my-referrals/")
    sable.sees("Handed to you to decide")
    sable.follows("Wilfred Ackerley")
    if script:
        sable.looks("mine-04-concern")
    sable.presses("Decide")
    sable.presses("Save the decision")
    sable.sees("There is a problem")
    if script:
        sable.looks("mine-05-decide-error")
    sable.chooses("Refer it")
    sable.types("Why?", "Two of us have seen it.")
    sable.presses("Save the decision")
    sable.sees("You decided to refer")
    if script:
        sable.looks("mine-06-to-refer")
    sable.follows("Check and send")
    sable.presses("Send the referral")
    sable.sees("Referral sent")
    if script:
        sable.looks("mine-07-sent")


def test_a_question_goes_to_the_referrer_and_back(somebody):
    place = county()
    sent = a_practitioner_referral(place)
    olive = somebody(place.officer)
    olive.follows("From practitioners")
    olive.looks("ssu-01-list")
    olive.follows("Wilfred Ackerley")
    olive.looks("ssu-02-arrived")
    olive.presses("Take it up")
    olive.looks("ssu-03-take-up")
    olive.presses("Take it up")
    olive.presses("Ask the referrer a question")
    olive.types("Your question", "Who else has noticed this?")
    olive.looks("ssu-04-ask")
    olive.presses("Send the question")
    olive.sees("A question is waiting for an answer")
    pia = somebody(place.practitioner)
    pia.goes_to("/my-referrals/")
    pia.sees("A question for you")
    pia.looks("mine-10-list-question")
    pia.follows("Wilfred Ackerley")
    pia.looks("mine-11-referral-question")
    pia.follows("Answer it")
    pia.looks("mine-12-answer")
    pia.types("Your answer", "His form tutor has.")
    pia.presses("Send the answer")
    pia.sees("His form tutor has.")
    pia.follows("Change or add to it")
    pia.types("Given names", "Wilf")
    pia.types("Why do you change it?", "It is what he is called")
    pia.looks("mine-13-amend")
    pia.presses("Save the changes")
    pia.sees("Given names: was Wilfred, now Wilf")
    pia.looks("mine-14-amended")
    pia.follows("Record how you sent it to the police")
    pia.chooses("A file with a password")
    pia.looks("mine-15-transport")
    pia.chooses("The police website form")
    pia.presses("Save")
    olive.goes_to(f"/cases/{sent.case_id}/")
    olive.sees("His form tutor has.")
    olive.looks("ssu-05-answered")
    olive.presses("Tell the referrer that it is finished")
    olive.types("A word to the referrer", "Thank you for telling us.")
    olive.looks("ssu-06-finish")
    olive.presses("Tell the referrer that it is finished")
    pia.goes_to(f"/my-referrals/{sent.pk}/")
    pia.sees("Thank you for telling us.")
    pia.looks("mine-16-finished")


def test_the_urgent_prompt_and_what_is_empty_or_over_look_right_too(somebody):
    place = county()
    concern, watched = a_concern(place), a_concern(place, "WATCHING")
    withdrawn = a_practitioner_referral(place, P.WITHDRAWN)
    a_question(place, a_practitioner_referral(place, P.TAKEN_UP))
    pia = somebody(place.practitioner)
    pia.goes_to(f"/my-referrals/concerns/{concern.pk}/urgent/")
    pia.looks("mine-20-urgent")
    pia.chooses("Yes, and I have called the police")
    pia.presses("Continue")
    pia.sees("There is a problem")
    pia.looks("mine-21-urgent-error")
    pia.goes_to(f"/my-referrals/concerns/{watched.pk}/")
    pia.looks("mine-22-watched")
    pia.goes_to(f"/my-referrals/{withdrawn.pk}/")
    pia.looks("mine-23-withdrawn")
    new = somebody(place.other_practitioner)
    new.goes_to("/my-referrals/")
    new.looks("mine-24-empty")
