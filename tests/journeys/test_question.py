"""The SSU asks a referrer a question; the referrer answers it, or it is taken back (A5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import ClockRun, Event, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.sweep import sweep_clocks
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import PractitionerReferral, ReferrerQuestion
from referrals.operations import referrers
from referrals.states import PractitionerState as P
from referrals.states import QuestionState as Q
from tests.factories import County, a_practitioner_referral, a_question, county, sign_in
from tests.journeys.pages import errors, press, words
from tests.journeys.triaging import other_people

ANSWER, TAKE_BACK, CLOCK = "question.answer", "question.take_back", "question.reply"
ASKED, SAID = "Who told you, and when?", "His sister told me on Monday."


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def sent(place: County) -> PractitionerReferral:
    return a_practitioner_referral(place, P.TAKEN_UP)


@pytest.fixture
def referrer(place: County) -> Client:
    return sign_in(Client(), place.practitioner)


def ask(client: Client, sent: PractitionerReferral, question: str = ASKED) -> HttpResponse:
    opened = client.get(reverse("referrals:practitioner-ask", args=[sent.case_id]), follow=True)
    return press(client, opened, "Send the question", question=question)


def answering(question: ReferrerQuestion) -> str:
    return reverse("mine:answer", args=[question.pk])


def taking_back(question: ReferrerQuestion) -> str:
    return reverse("referrals:question-take-back", args=[question.case_id, question.pk])


def test_it_is_asked_answered_and_the_unit_is_told(
    place: County, sent: PractitionerReferral, client: Client, referrer: Client
) -> None:
    ask(sign_in(client, place.officer), sent)
    question = ReferrerQuestion.objects.get(referral=sent)
    assert Notice.objects.get(case=sent.case_id, kind="practitioner.asked").user == place.practitioner.user
    run = ClockRun.objects.unfinished().get(case=sent.case_id, clock=CLOCK)
    assert run.person == place.practitioner.user
    opened = referrer.get(reverse("mine:referral", args=[sent.pk]))
    assert "There is a question for you" in words(opened)
    assert ASKED in words(opened)
    assert "A question for you" in words(referrer.get(reverse("mine:list")))
    done = press(referrer, referrer.get(answering(question)), "Send the answer", answer=SAID)
    assert SAID in words(done)
    assert ReferrerQuestion.objects.get(pk=question.pk).state == Q.ANSWERED
    event = Event.objects.get(case=sent.case_id, kind=ANSWER)
    assert (event.by, event.facts) == (place.practitioner.user, {"answered": "yes"})
    assert Notice.objects.get(case=sent.case_id, kind=ANSWER).team == place.ssu
    assert not ClockRun.objects.unfinished().filter(case=sent.case_id, clock=CLOCK).exists()
    assert SAID in words(client.get(reverse("referrals:practitioner", args=[sent.case_id])))


def test_no_words_of_it_stand_in_an_event_or_a_notice(
    place: County, sent: PractitionerReferral, client: Client, referrer: Client
) -> None:
    ask(sign_in(client, place.officer), sent)
    question = ReferrerQuestion.objects.get(referral=sent)
    press(referrer, referrer.get(answering(question)), "Send the answer", answer=SAID)
    for event in Event.objects.filter(case=sent.case_id):
        assert "sister" not in f"{event.facts}"
        assert "Who told" not in f"{event.facts}"


def test_who_does_not_answer_is_reminded_then_the_unit_is_told(place: County, sent: PractitionerReferral) -> None:
    question = a_question(place, sent)
    sweep_clocks(at=now() + timedelta(days=12))
    told = Notice.objects.filter(case=sent.case_id, kind__startswith="clock.").values_list("kind", "user", "team")
    assert ("clock.warned", place.practitioner.user_id, None) in told
    assert ("clock.late", place.practitioner.user_id, None) in told
    assert ("clock.late", None, place.ssu.pk) in told
    assert question.state == Q.ASKED


def test_it_is_asked_once_taken_up_and_one_at_a_time(place: County, sent: PractitionerReferral, client: Client) -> None:
    a_question(place, sent)
    with pytest.raises(Refused, match="waiting for an answer already"):
        a_question(place, sent)
    for state in (P.SENT, P.FINISHED, P.WITHDRAWN):
        with pytest.raises(Refused, match="This cannot be done now"):
            a_question(place, a_practitioner_referral(place, state))
    sign_in(client, place.officer)
    assert "a question is waiting" in words(
        client.get(reverse("referrals:practitioner-ask", args=[sent.case_id]), follow=True)
    )


def test_the_wrong_people_may_not_ask_answer_or_take_back(
    place: County, sent: PractitionerReferral, client: Client
) -> None:
    for actor in [*other_people(place), place.practitioner]:
        with pytest.raises(NotAllowed):
            referrers.ask_referrer(practitioner_referral=sent, question=ASKED, by=actor, at=now())
    question = a_question(place, sent)
    for actor in [*other_people(place), place.officer, place.other_practitioner, place.school_lead]:
        with pytest.raises(NotAllowed):
            referrers.answer_question(question=question, answer=SAID, by=actor, at=now())
        sign_in(client, actor)
        assert client.get(answering(question)).status_code == 404, actor.name
    for actor in [*other_people(place), place.practitioner]:
        with pytest.raises(NotAllowed):
            referrers.take_back_question(question=question, by=actor, at=now())
        sign_in(client, actor)
        assert client.get(taking_back(question)).status_code == 404, actor.name
    assert ReferrerQuestion.objects.get(pk=question.pk).state == Q.ASKED


def test_it_is_taken_back_and_the_referrer_sees_that(
    place: County, sent: PractitionerReferral, client: Client, referrer: Client
) -> None:
    question = a_question(place, sent, ASKED)
    sign_in(client, place.officer)
    opened = client.get(taking_back(question))
    press(client, opened, "Take the question back")
    assert ReferrerQuestion.objects.get(pk=question.pk).state == Q.TAKEN_BACK
    assert Event.objects.get(case=sent.case_id, kind=TAKE_BACK).by == place.officer.user
    assert not ClockRun.objects.unfinished().filter(case=sent.case_id, clock=CLOCK).exists()
    assert "no longer needed" in words(referrer.get(reverse("mine:referral", args=[sent.pk])))
    assert "no longer needed" in words(referrer.get(answering(question), follow=True))
    again = press(client, opened, "Take the question back")
    assert errors(again)
    assert Event.objects.filter(case=sent.case_id, kind=TAKE_BACK).count() == 1
    ask(client, sent)
    assert ReferrerQuestion.objects.filter(referral=sent, state=Q.ASKED).count() == 1


def test_answered_twice_the_first_answer_stands(place: County, sent: PractitionerReferral, referrer: Client) -> None:
    question = a_question(place, sent)
    opened = referrer.get(answering(question))
    press(referrer, opened, "Send the answer", answer=SAID)
    again = press(referrer, opened, "Send the answer", answer="Something else")
    assert "answered, or no longer needed" in words(again)
    with pytest.raises(Refused, match="This cannot be done now"):
        referrers.answer_question(question=question, answer="Other", by=place.practitioner, at=now())
    assert SAID in words(referrer.get(reverse("mine:referral", args=[sent.pk])))
    assert Event.objects.filter(case=sent.case_id, kind=ANSWER).count() == 1


def test_an_answer_has_words(place: County, sent: PractitionerReferral, referrer: Client) -> None:
    opened = referrer.get(answering(a_question(place, sent)))
    assert errors(press(referrer, opened, "Send the answer", answer="  ")) == ["Enter your answer"]
    assert errors(press(referrer, opened, "Send the answer", answer="x" * 10_001)) == [
        "Your answer must be 10000 characters or fewer"
    ]


def test_a_case_that_changed_meanwhile_is_shown_again(place: County, client: Client) -> None:
    sent = a_practitioner_referral(place, P.TAKEN_UP)
    sign_in(client, place.officer)
    opened = client.get(reverse("referrals:practitioner-ask", args=[sent.case_id]))
    referrers.take_back_question(question=a_question(place, sent), by=place.officer, at=now())
    again = press(client, opened, "Send the question", question=ASKED)
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    press(client, again, "Send the question")
    assert ReferrerQuestion.objects.filter(referral=sent, state=Q.ASKED).count() == 1
