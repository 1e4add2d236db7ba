"""Police are asked, put it first, answer by their own account or through the unit: C9, C10 (C1.21, C1.22, N3.9)."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.kinds import HoldState
from prevent_cases.casework.models import Case, ClockRun, Document, Event, Hold, Narrative, Notice
from prevent_cases.casework.now import now, today
from referrals.models import Referral
from referrals.states import ReferralState as S
from safeguarding.models import Check
from safeguarding.operations.checks import ask_check
from safeguarding.states import CheckPurpose, CheckState
from tests.factories import County, a_pdf, a_referral, county, sign_in
from tests.journeys.holds import check_on, on_hold
from tests.journeys.pages import errors, form_in, press, words
from tests.journeys.triaging import kinds

PRIORITISE, WAIT, ANSWER, TAKE_BACK = "check.prioritise", "check.wait", "check.answer", "check.take_back"
NEVER_THEIRS = ("locality_worker", "auditor", "practitioner", "outsider")


@pytest.fixture
def place(db: None) -> County:
    return county()


def checks_page(referral: Referral) -> str:
    return reverse("checks", args=[referral.case_id])


def answer_page(client: Client, referral: Referral) -> object:
    return client.get(reverse("check-answer", args=[referral.case_id, check_on(referral).pk]), follow=True)


def told_today() -> dict[str, str]:
    on = today()
    return {"told_on-day": f"{on.day}", "told_on-month": f"{on.month}", "told_on-year": f"{on.year}"}


# Asking


def test_whoever_holds_the_case_asks_and_police_are_told_with_the_references_alone(
    place: County, client: Client
) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.children)
    ask = client.get(reverse("check-ask", args=[referral.case_id]))
    done = press(client, ask, "Ask CT policing", purpose="DECONFLICTION", is_priority="yes")
    assert "CT policing was asked." in words(done)
    assert "CT policing was asked to do this first." in words(done)
    check = check_on(referral)
    assert (check.purpose, check.is_priority, check.policing_team) == ("DECONFLICTION", True, place.policing)
    assert ClockRun.objects.get(case=referral.case_id, clock="check.reply").team == place.policing
    told = Notice.objects.get(kind="check.asked")
    assert (told.address, told.theirs) == ("desk@ctp.example", "CTP/2026/0001")


def test_the_same_is_not_asked_twice_and_not_by_others(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.children)
    url = reverse("check-ask", args=[referral.case_id])
    action, fields = form_in(client.get(url), "Ask CT policing")
    fields |= {"purpose": "HOLD", "is_priority": "no"}
    client.post(action or url, fields)
    assert "You changed this case yourself" in errors(client.post(action or url, fields))[0]
    fields["version"] = f"{Case.objects.get(pk=referral.case_id).version}"
    assert errors(client.post(url, fields)) == ["CT policing was asked this already and has not answered yet."]
    assert Check.objects.count() == 1
    for name in NEVER_THEIRS:
        assert sign_in(client, getattr(place, name)).get(url).status_code == 404


# First, please


def test_it_is_asked_for_first_once(place: County, client: Client) -> None:
    referral = on_hold(place)
    sign_in(client, place.children)
    assert "CT policing was asked to do this first." in words(
        press(client, client.get(checks_page(referral)), "Ask for it first")
    )
    assert ClockRun.objects.get(case=referral.case_id, clock="check.reply").chase_address == "desk@ctp.example"
    url = reverse("check-prioritise", args=[referral.case_id, check_on(referral).pk])
    assert "already asked to do this first" in words(client.post(url, follow=True))
    assert kinds(referral).count(PRIORITISE) == 1
    for name in NEVER_THEIRS:
        assert sign_in(client, getattr(place, name)).post(url).status_code == 404
    answered(client, place, referral, "SUITABLE")
    sign_in(client, place.children)
    assert "This cannot be done now" in words(client.post(url, follow=True))


# Answering by their own account


def answered(client: Client, place: County, referral: Referral, result: str, **more: str) -> object:
    """The liaison officer opens their list, the check on it, and answers."""
    sign_in(client, place.liaison)
    listed = client.get(reverse("police-checks"))
    url = reverse("police-check", args=[check_on(referral).pk])
    assert url in listed.content.decode()
    return press(client, client.get(url), "Record the answer", result=result, **more)


@pytest.mark.parametrize("result", ["SUITABLE", "NOT_SUITABLE"])
def test_suitable_or_not_ends_the_hold(place: County, client: Client, result: str) -> None:
    referral = on_hold(place)
    done = answered(client, place, referral, result, expected="Keep to the plan of 4 June.")
    assert "Answer recorded. Social care can see it." in words(done)
    check = check_on(referral)
    assert (check.state, check.result, check.answered_by, check.told_by) == (
        CheckState.ANSWERED, result, place.liaison.user, "",
    )  # fmt: skip
    assert Hold.objects.get(case=referral.case_id).state == HoldState.ANSWERED
    assert Case.objects.get(pk=referral.case_id).held_until is None
    assert not ClockRun.objects.running().filter(case=referral.case_id, clock="hold.checks").exists()
    assert kinds(referral)[-2:] == [ANSWER, "hold.answer"]
    told = set(Notice.objects.filter(kind=ANSWER).values_list("team__name", flat=True))
    assert told == {place.ssu.name, place.children_team.name}
    sign_in(client, place.children)
    page = words(client.get(checks_page(referral)))
    assert check.get_result_display() in page
    assert "Keep to the plan of 4 June." in page
    assert "nothing may be shared." not in client.get(checks_page(referral)).content.decode()


def test_what_police_expect_lies_behind_the_wall(place: County, client: Client) -> None:
    referral = on_hold(place)
    answered(client, place, referral, "SUITABLE", expected="Keep to the plan of 4 June.")
    assert Narrative.objects.filter(case=referral.case_id, heading="what_police_expect").count() == 0, "no actor named"
    assert "plan of 4 June" not in words(sign_in(client, place.officer).get(checks_page(referral)))


def test_to_wait_is_no_answer(place: County, client: Client) -> None:
    referral = on_hold(place)
    answered(client, place, referral, "WAIT", expected="An enquiry ends on Friday.")
    check = check_on(referral)
    assert (check.state, check.result) == (CheckState.ASKED, "WAIT")
    assert Case.objects.get(pk=referral.case_id).is_held
    assert kinds(referral)[-1] == WAIT
    page = words(sign_in(client, place.children).get(checks_page(referral)))
    assert "Not yet: CT policing asks us to wait" in page
    assert "An enquiry ends on Friday." in page
    answered(client, place, referral, "SUITABLE", expected="Go on.")
    assert not Case.objects.get(pk=referral.case_id).is_held


def test_an_answer_after_the_days_have_passed_still_ends_the_hold(place: County, client: Client) -> None:
    from_long_ago = on_hold(place, at=now().replace(year=now().year - 1))
    assert "The hold lapsed" in sign_in(client, place.children).get(checks_page(from_long_ago)).content.decode()
    answered(client, place, from_long_ago, "NOT_SUITABLE")
    assert Case.objects.get(pk=from_long_ago.case_id).held_until is None


def test_an_answer_is_given_once_and_to_the_question(place: County, client: Client) -> None:
    referral = on_hold(place)
    sign_in(client, place.liaison)
    url = reverse("police-check", args=[check_on(referral).pk])
    assert errors(client.post(url, {})) == ["Select the answer"]
    assert "Select the answer again" in errors(client.post(url, {"result": "CLEAR"}))[0]
    assert errors(client.post(url, {"result": "NOT_PROGRESSED"})) == ["Select why it is not taken forward"]
    client.post(url, {"result": "SUITABLE"})
    assert "This cannot be done now" in errors(client.post(url, {"result": "NOT_SUITABLE"}))[0]
    assert kinds(referral).count(ANSWER) == 1
    assert "no longer open" in words(client.get(url, follow=True))


def test_a_check_of_another_team_is_not_there(place: County, client: Client) -> None:
    referral = on_hold(place)
    url = reverse("police-check", args=[check_on(referral).pk])
    for name in (*NEVER_THEIRS, "officer", "children"):
        assert sign_in(client, getattr(place, name)).get(url).status_code == 404


def test_the_page_of_police_names_nobody(place: County, client: Client) -> None:
    referral = on_hold(place, given_name="Tansy", family_name="Orrell")
    sign_in(client, place.liaison)
    for url in (reverse("police-checks"), reverse("police-check", args=[check_on(referral).pk])):
        text = client.get(url).content.decode()
        assert "CTP/2026/0001" in text
        assert "Tansy" not in text
        assert "Orrell" not in text


# Answering for them


def test_the_unit_answers_for_them_with_the_evidence(place: County, client: Client) -> None:
    referral = on_hold(place)
    sign_in(client, place.officer)
    page = answer_page(client, referral)
    assert "Why is it not taken forward?" not in words(page), "an officer may not hear it"
    missing = press(client, page, "Record the answer", result="SUITABLE", told_by="Sergeant A. Lumb", **told_today())
    assert "Say how you know" in errors(missing)[0]
    done = press(
        client, answer_page(client, referral), "Record the answer", result="SUITABLE", told_by="Sergeant A. Lumb",
        attachments=SimpleUploadedFile("answer.pdf", a_pdf()), **told_today(),
    )  # fmt: skip
    assert "Answer recorded." in words(done)
    check = check_on(referral)
    assert (check.told_by, check.told_on, check.answered_by) == ("Sergeant A. Lumb", today(), place.officer.user)
    facts = Event.objects.get(case=referral.case_id, kind=ANSWER).facts
    assert facts["told_by"] == "Sergeant A. Lumb"
    assert not Document.objects.filter(subject=check.record_key).exists(), "nobody is named, so nothing is seen"
    assert not Case.objects.get(pk=referral.case_id).is_held


def test_others_cannot_answer_for_them(place: County, client: Client) -> None:
    referral = on_hold(place)
    url = reverse("check-answer", args=[referral.case_id, check_on(referral).pk])
    for name in (*NEVER_THEIRS, "children", "liaison"):
        assert sign_in(client, getattr(place, name)).post(url).status_code == 404


# Taking it back


def test_a_check_is_taken_back_with_a_reason_and_the_hold_stays(place: County, client: Client) -> None:
    referral = on_hold(place)
    ask_check(referral=referral, purpose=CheckPurpose.DECONFLICTION, is_priority=True, by=place.children, at=now())
    check = check_on(referral)
    sign_in(client, place.children)
    url = reverse("check-take-back", args=[referral.case_id, check.pk])
    assert errors(client.post(url, {"version": referral.case.version})) == ["Select a reason"]
    done = press(client, client.get(url), "Take the check back", reason="in_error")
    assert "The check was taken back." in words(done)
    assert not ClockRun.objects.running().filter(clock="check.reply").exists()
    assert Case.objects.get(pk=referral.case_id).is_held
    assert kinds(referral)[-1] == TAKE_BACK
    again = press(client, client.get(url), "Take the check back", reason="in_error")
    assert "This cannot be done now" in errors(again)[0]
    for name in NEVER_THEIRS:
        assert sign_in(client, getattr(place, name)).get(url).status_code == 404
