"""An officer tells a referrer that it is finished: a mail without content, and words read in the service (A15)."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import Event, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import PractitionerReferral
from referrals.operations import referrers
from referrals.states import PractitionerState as P
from tests.factories import County, a_practitioner_referral, a_question, county, sign_in
from tests.journeys.pages import errors, press, words
from tests.journeys.triaging import other_people

KEY = "practitioner.finish"
THANKS = "Thank you for telling us. You did the right thing."


@pytest.fixture
def place(db: None) -> County:
    return county()


def address(sent: PractitionerReferral) -> str:
    return reverse("referrals:practitioner-finish", args=[sent.case_id])


def finish(client: Client, sent: PractitionerReferral, said: str = THANKS) -> HttpResponse:
    return press(client, client.get(address(sent)), "Tell the referrer", words=said)


@pytest.mark.parametrize("state", [P.TAKEN_UP, P.LINKED])
def test_the_referrer_is_told_and_reads_the_words_in_the_service(place: County, client: Client, state: str) -> None:
    sent = a_practitioner_referral(place, state)
    finish(sign_in(client, place.officer), sent)
    after = PractitionerReferral.objects.get(pk=sent.pk)
    assert after.state == P.FINISHED
    assert after.finished_at is not None
    assert Event.objects.get(case=sent.case_id, kind=KEY).facts == {}
    assert Notice.objects.get(case=sent.case_id, kind=KEY).user == place.practitioner.user
    read = words(sign_in(Client(), place.practitioner).get(reverse("mine:referral", args=[sent.pk])))
    assert "Finished" in read
    assert THANKS in read


def test_without_words_it_says_no_more_than_finished(place: County, client: Client) -> None:
    sent = a_practitioner_referral(place, P.TAKEN_UP)
    finish(sign_in(client, place.officer), sent, "")
    read = words(sign_in(Client(), place.practitioner).get(reverse("mine:referral", args=[sent.pk])))
    assert "Finished" in read
    assert "A word from" not in read


def test_the_wrong_people_may_not(place: County, client: Client) -> None:
    sent = a_practitioner_referral(place, P.TAKEN_UP)
    for actor in [*other_people(place), place.practitioner]:
        with pytest.raises(NotAllowed):
            referrers.finish(practitioner_referral=sent, words="", by=actor, at=now())
        assert sign_in(client, actor).get(address(sent)).status_code == 404, actor.name


@pytest.mark.parametrize("state", [P.SENT, P.WITHDRAWN, P.FINISHED])
def test_not_before_it_was_looked_at_nor_twice(place: County, client: Client, state: str) -> None:
    sent = a_practitioner_referral(place, state)
    with pytest.raises(Refused, match="This cannot be done now"):
        referrers.finish(practitioner_referral=sent, words="", by=place.officer, at=now())
    assert "That cannot be done now" in words(sign_in(client, place.officer).get(address(sent), follow=True))


def test_not_while_a_question_waits(place: County, client: Client) -> None:
    sent = a_practitioner_referral(place, P.TAKEN_UP)
    opened = sign_in(client, place.officer).get(address(sent))
    a_question(place, sent)
    with pytest.raises(Refused, match="Take it back first"):
        referrers.finish(practitioner_referral=sent, words="", by=place.officer, at=now())
    assert "a question is waiting" in words(press(client, opened, "Tell the referrer", words=""))


def test_pressed_twice_it_is_told_once(place: County, client: Client) -> None:
    sent = a_practitioner_referral(place, P.TAKEN_UP)
    opened = sign_in(client, place.officer).get(address(sent))
    press(client, opened, "Tell the referrer", words=THANKS)
    again = press(client, opened, "Tell the referrer", words="Something else")
    assert "That cannot be done now" in words(again)
    assert Event.objects.filter(case=sent.case_id, kind=KEY).count() == 1
    assert Notice.objects.filter(case=sent.case_id, kind=KEY).count() == 1


def test_a_case_that_changed_meanwhile_is_shown_again(place: County, client: Client) -> None:
    sent = a_practitioner_referral(place, P.TAKEN_UP)
    opened = sign_in(client, place.officer).get(address(sent))
    referrers.take_back_question(question=a_question(place, sent), by=place.officer, at=now())
    again = press(client, opened, "Tell the referrer", words=THANKS)
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert THANKS in again.content.decode()
