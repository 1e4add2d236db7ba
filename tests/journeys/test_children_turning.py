"""C13, and a birth date that crosses 18: to the adult pathway, or to children's duty after all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access, jobs
from prevent_cases.casework.days import LONDON
from prevent_cases.casework.models import ClockRun, Notice, SeekingDecision
from prevent_cases.casework.now import now, today
from referrals.models import Referral
from referrals.states import ReferralState as S
from safeguarding.models import FeedbackOwed
from tests.factories import County, a_referral, county, sign_in
from tests.journeys.pages import errors, press, words
from tests.journeys.triaging import kinds, now_at

HAND_OVER, TO_CHILDREN = "referral.hand_to_adults", "referral.reroute_to_children"
MONDAY = datetime(2026, 6, 1, 11, 0, tzinfo=LONDON)
YESTERDAY_18_YEARS_AGO = date(2008, 5, 31)


@pytest.fixture
def place(db: None) -> County:
    return county()


def correct(client: Client, referral: Referral, born_on: date) -> HttpResponse:
    opened = client.get(reverse("referrals:birth-date", args=[referral.case_id]))
    parts = {"born_on-day": born_on.day, "born_on-month": born_on.month, "born_on-year": born_on.year}
    return press(client, opened, "Correct the date of birth", **parts)


def hand_over(client: Client, referral: Referral, **said: Any) -> HttpResponse:
    opened = client.get(reverse("hand-to-adults", args=[referral.case_id]))
    return press(client, opened, "Hand it over", reason="turned_18", **said)


@pytest.mark.parametrize("state", [S.WITH_CHILDREN, S.CHILD_DECIDED])
def test_the_birthday_is_found_on_the_day_once_and_both_teams_are_told(place: County, state: str) -> None:
    with time_machine.travel(MONDAY - timedelta(days=7), tick=False):
        referral = a_referral(place, state, born_on=date(2008, 6, 1))
    with time_machine.travel(MONDAY - timedelta(days=1), tick=False):
        assert jobs.run("find_those_turned_18", now()) == {"found": 0}
    with time_machine.travel(MONDAY, tick=False):
        assert jobs.run("find_those_turned_18", now()) == {"found": 1}
        assert jobs.run("find_those_turned_18", now()) == {"found": 0}
        told = Notice.objects.filter(case=referral.case_id, kind="child.turned_18").values_list("team", flat=True)
        assert set(told) == {place.children_team.pk, place.ssu.pk}
        assert ClockRun.objects.running().filter(case=referral.case_id, clock="referral.hand_over").exists()
        with access.material(place.children, referral.case_id):
            assert SeekingDecision.objects.filter(case=referral.case_id).count() == 3


@time_machine.travel(MONDAY, tick=False)
def test_a_birthday_is_found_after_a_week_without_any_worker(place: County) -> None:
    with time_machine.travel(MONDAY - timedelta(days=14), tick=False):
        a_referral(place, S.WITH_CHILDREN, born_on=date(2008, 5, 24))
    assert jobs.run("find_those_turned_18", now()) == {"found": 1}


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize("who", ["children", "officer"])
def test_it_is_handed_over_and_what_duty_wrote_stays_with_duty(place: County, client: Client, who: str) -> None:
    with time_machine.travel(MONDAY - timedelta(days=3), tick=False):
        referral = a_referral(place, S.CHILD_DECIDED, born_on=YESTERDAY_18_YEARS_AGO)
    jobs.run("find_those_turned_18", now())
    held = now_at(referral).case.held_until
    sign_in(client, getattr(place, who))
    assert "Hand over to the adult pathway" in words(client.get(reverse("case", args=[referral.case_id])))
    done = hand_over(client, referral)
    assert "Handed over to the adult pathway." in words(done)
    after = now_at(referral)
    assert (after.state, after.case.holder_team, after.age_group) == (S.CHECKING, place.ssu, "ADULT")
    assert after.case.held_until == held
    assert not access.may_enter(place.officer, after.case)
    assert access.may_enter(place.children, after.case)
    assert set(FeedbackOwed.objects.values_list("team", flat=True)) == {place.ssu.pk}
    running = set(ClockRun.objects.running().filter(case=referral.case_id).values_list("clock", flat=True))
    assert {"referral.triage", "referral.reply"} <= running
    assert "referral.hand_over" not in running
    assert sign_in(client, place.children).get(reverse("case", args=[referral.case_id])).status_code == 200


def test_a_child_is_not_handed_over_and_twice_it_is_refused(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHILD_DECIDED)
    sign_in(client, place.children)
    assert "Hand over" not in words(client.get(reverse("case", args=[referral.case_id])))
    sent = {"reason": "turned_18", "version": now_at(referral).case.version}
    url = reverse("hand-to-adults", args=[referral.case_id])
    assert errors(client.post(url, sent)) == [
        "This person is under 18. Correct the date of birth first if that is wrong."
    ]
    correct(client, referral, date(1990, 1, 1))
    hand_over(client, referral)
    sent["version"] = now_at(referral).case.version
    assert "This may only be done by" in errors(client.post(url, sent))[0]
    assert kinds(referral).count(HAND_OVER) == 1
    for actor in (place.locality_worker, place.area_worker, place.liaison, place.outsider):
        assert sign_in(client, actor).post(url, sent).status_code == 404


def test_a_birth_date_corrected_after_routing_says_where_it_belongs(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.children)
    done = correct(client, referral, date(1990, 1, 1))
    assert "This person is 18 or over, so the case belongs on the adult pathway." in words(done)
    assert "Hand over to the adult pathway" in words(done)
    assert Notice.objects.filter(case=referral.case_id, kind="birth_date.corrected").count() == 2
    assert errors(correct(client, referral, date(1990, 1, 1))) == ["That is the date of birth that is there already."]


@pytest.mark.parametrize("state", [S.WITH_AREA, S.WITH_LOCALITY, S.PREPARING, S.SIGN_OFF, S.RESPONDED, S.NIL_RETURNED])
def test_an_adults_case_that_is_a_childs_goes_to_childrens_duty(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    done = correct(client, referral, today() - timedelta(days=15 * 365))
    assert "This person is under 18, so the case belongs with children's duty." in words(done)
    opened = client.get(reverse("referrals:reroute-to-children", args=[referral.case_id]))
    sent = press(client, opened, "Send to children's duty", reason="corrected", risk="Talks of a knife")
    assert "Sent to children's duty. Both teams have been told." in words(sent)
    after = now_at(referral)
    assert (after.state, after.case.holder_team, after.age_group) == (S.WITH_CHILDREN, place.children_team, "CHILD")
    assert access.may_enter(place.children, after.case)
    running = set(ClockRun.objects.running().filter(case=referral.case_id).values_list("clock", flat=True))
    assert running == {"referral.acknowledge", "referral.decide"}
    sign_in(client, place.children)
    assert "Talks of a knife" in words(client.get(reverse("children:duty")))


def test_an_adults_does_not_and_nobody_else_sends_it(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    url = reverse("referrals:reroute-to-children", args=[referral.case_id])
    sign_in(client, place.officer)
    assert "Send to children" not in words(client.get(reverse("case", args=[referral.case_id])))
    sent = {"team": str(place.children_team.pk), "reason": "corrected", "version": referral.case.version}
    assert errors(client.post(url, sent)) == [
        "This person is an adult. Correct the date of birth first if that is wrong."
    ]
    for actor in (place.locality_worker, place.children, place.liaison):
        assert sign_in(client, actor).post(url, sent).status_code == 404
    assert TO_CHILDREN not in kinds(referral)


def test_who_neither_holds_nor_coordinates_corrects_no_date(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    url = reverse("referrals:birth-date", args=[referral.case_id])
    assert sign_in(client, place.children).get(url).status_code == 404
    sign_in(client, place.colleague)
    assert "That cannot be done now" in words(client.get(url, follow=True))
    sent = {"born_on-day": 1, "born_on-month": 1, "born_on-year": 2012, "version": referral.case.version}
    assert "This may only be done by" in errors(client.post(url, sent))[0]
