"""C2: children's duty acknowledges and decides; C3, C5 to C7 begin from it. Two facts with two times."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.casework import access
from prevent_cases.casework.days import LONDON
from prevent_cases.casework.models import ClockRun, Event, Notice
from prevent_cases.casework.now import now, today
from prevent_cases.casework.procedure import Edition, take_up
from referrals.models import Referral
from referrals.states import ReferralState as S
from safeguarding.models import ChildDecision, FeedbackOwed, Protection
from tests.factories import County, a_person, a_referral, acting, county, sign_in
from tests.journeys.pages import errors, form_in, page, press, words
from tests.journeys.triaging import kinds, now_at, other_people

ACKNOWLEDGE, DECIDE = "referral.acknowledge_child", "referral.decide_child"
SAID = {"reason": "Nothing in it shows harm.", "consulted": "Sergeant A. Lumb, CT policing"}


@pytest.fixture
def place(db: None) -> County:
    return county()


def decide(client: Client, referral: Referral, decision: str, **said: Any) -> HttpResponse:
    opened = client.get(reverse("decide-child", args=[referral.case_id]))
    return press(client, opened, "Record the decision", decision=decision, **{**SAID, **said})


def decision_of(place: County, referral: Referral) -> ChildDecision:
    with access.material(place.children, referral.case_id):
        return ChildDecision.objects.get(case=referral.case_id)


def test_no_immediate_concern_puts_it_on_hold_for_28_days_from_receipt(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.children)
    done = decide(client, referral, "NO_CONCERN")
    assert "Acknowledged and decided." in words(done)
    after = now_at(referral)
    assert after.state == S.CHILD_DECIDED
    assert after.case.held_until == today() + timedelta(days=28)
    assert "On hold until" in words(done)
    running = set(ClockRun.objects.running().filter(case=referral.case_id).values_list("clock", flat=True))
    assert not running & {"referral.acknowledge", "referral.decide"}
    assert {"hold.checks", "feedback.give", "feedback.hear"} <= running
    kept = decision_of(place, referral)
    assert (kept.decision, kept.reason, kept.consulted) == ("NO_CONCERN", SAID["reason"], SAID["consulted"])
    assert kept.threshold_title == after.case.procedure.texts["threshold_document"]
    assert kinds(referral).index(ACKNOWLEDGE) < kinds(referral).index(DECIDE)
    assert Notice.objects.filter(case=referral.case_id, kind=ACKNOWLEDGE, address="desk@ctp.example").exists()
    assert set(FeedbackOwed.objects.values_list("to", flat=True)) == {"SOCIAL_CARE", "REFERRER", "PARENTS"}


@pytest.mark.parametrize("decision", ["SECTION_17", "SECTION_47", "IMMEDIATE"])
def test_the_others_begin_to_protect_the_child_at_once(place: County, client: Client, decision: str) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.children)
    decide(client, referral, decision)
    after = now_at(referral)
    assert (after.state, after.case.held_until) == (S.CHILD_DECIDED, None)
    assert list(Protection.objects.filter(case=referral.case_id).values_list("kind", flat=True)) == [decision]


@pytest.mark.parametrize("decision", ["SECTION_47", "IMMEDIATE"])
def test_what_cannot_wait_waits_for_nobody_in_policing(place: County, client: Client, decision: str) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.children)
    decide(client, referral, decision, consulted="")
    assert now_at(referral).state == S.CHILD_DECIDED


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"consulted": ""}, "Say who in CT policing was consulted"),
        ({"reason": ""}, "Say why, in a few words"),
        ({"decision": ""}, "Select what happens next"),
    ],
)
def test_what_is_missing_is_asked_for_in_words(
    place: County, client: Client, missing: dict[str, str], said: str
) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.children)
    answered = {"decision": "NO_CONCERN", **missing}
    assert errors(decide(client, referral, **answered)) == [said]
    assert now_at(referral).state == S.WITH_CHILDREN


def test_an_age_that_is_not_known_is_asked_and_an_adult_is_not_decided_here(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    Referral.objects.filter(pk=referral.pk).update(born_on=None, age_group="UNKNOWN")
    sign_in(client, place.children)
    assert errors(decide(client, referral, "SECTION_47")) == ["Select whether this person is under 18"]
    assert errors(decide(client, referral, "SECTION_47", age="ADULT")) == [
        "This person is 18 or over now. Hand the case over to the adult pathway."
    ]
    decide(client, referral, "SECTION_47", age="CHILD")
    assert (now_at(referral).state, now_at(referral).age_group) == (S.CHILD_DECIDED, "CHILD")


def test_it_may_be_acknowledged_first_and_decided_later(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN, at=now() - timedelta(hours=2))
    sign_in(client, place.children)
    opened = client.get(reverse("acknowledge-child", args=[referral.case_id]))
    with time_machine.travel(now() - timedelta(minutes=30), tick=False):
        done = press(client, opened, "Acknowledge")
    assert "Acknowledged. The decision is still owed." in words(done)
    assert now_at(referral).state == S.WITH_CHILDREN
    running = set(ClockRun.objects.running().filter(case=referral.case_id).values_list("clock", flat=True))
    assert running == {"referral.decide"}
    decide(client, referral, "NO_CONCERN")
    kept = decision_of(place, referral)
    assert kept.decided_at is not None
    assert kept.acknowledged_at < kept.decided_at
    assert kinds(referral).count(ACKNOWLEDGE) == 1


MONDAY = datetime(2026, 6, 1, 9, 10, tzinfo=LONDON)
SATURDAY = datetime(2026, 5, 30, 2, 40, tzinfo=LONDON)


def earlier(at: datetime) -> dict[str, Any]:
    return {
        "when": "earlier", "done_on-day": at.day, "done_on-month": at.month, "done_on-year": at.year,
        "done_time": f"{at:%H:%M}",
    }  # fmt: skip


@time_machine.travel(MONDAY, tick=False)
def test_what_was_done_out_of_hours_is_written_down_with_its_real_time(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN, at=SATURDAY - timedelta(hours=1))
    sign_in(client, place.children)
    decide(client, referral, "IMMEDIATE", **earlier(SATURDAY))
    kept = decision_of(place, referral)
    assert kept.acknowledged_at == kept.decided_at == SATURDAY
    run = ClockRun.objects.get(case=referral.case_id, clock="referral.decide")
    assert run.stopped_at == SATURDAY
    event = Event.objects.get(case=referral.case_id, kind=DECIDE)
    assert event.at == MONDAY
    history = words(client.get(reverse("case-history", args=[referral.case_id])))
    assert "Done 30 May 2026 at 2:40am; written down 1 June 2026 at 9:10am" in history


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("at", "said"),
    [
        (MONDAY + timedelta(minutes=1), "The time it was done must be in the past"),
        (SATURDAY - timedelta(hours=3), "It cannot have been done before it came, on 30 May 2026 at 1:40am."),
    ],
)
def test_a_time_that_cannot_be_is_refused(place: County, client: Client, at: datetime, said: str) -> None:
    referral = a_referral(place, S.WITH_CHILDREN, at=SATURDAY - timedelta(hours=1))
    sign_in(client, place.children)
    assert errors(decide(client, referral, "IMMEDIATE", **earlier(at))) == [said]


def test_from_the_duty_list_it_takes_three_activations(place: County, client: Client) -> None:
    """Open it, choose, press: what is typed is no activation."""
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.children)
    listed = page(client.get(reverse("children:duty")))
    link = listed.xpath(f"//a[normalize-space()='{referral.full_name}']/@href")[0]
    opened = client.get(link)
    _, fields = form_in(opened, "Record the decision")
    given = {name for name, values in fields.items() if any(values)}
    assert given >= {"version", "when"}
    done = press(client, opened, "Record the decision", decision="SECTION_17", **SAID)
    assert "Acknowledged and decided." in words(done)


def test_two_workers_who_decide_at_once_make_one_decision(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    other = Client()
    sign_in(client, place.children)
    sign_in(other, place.children_manager)
    url = reverse("decide-child", args=[referral.case_id])
    mine, theirs = client.get(url), other.get(url)
    press(client, mine, "Record the decision", decision="NO_CONCERN", **SAID)
    second = press(other, theirs, "Record the decision", decision="IMMEDIATE", **SAID)
    assert "Somebody else changed this case after you opened it" in errors(second)[0]
    again = press(other, second, "Record the decision", decision="IMMEDIATE", **SAID)
    assert "This cannot be done now" in errors(again)[0]
    assert kinds(referral).count(DECIDE) == 1
    assert decision_of(place, referral).decision == "NO_CONCERN"


def test_the_wrong_people_find_nothing_and_in_another_state_it_says_so(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    elsewhere = acting(a_person("Ewan Sark", place.school, role=SeatRole.MANAGER))
    for actor in [place.officer, elsewhere, *(one for one in other_people(place) if one is not place.children)]:
        sign_in(client, actor)
        for name in ("decide-child", "acknowledge-child"):
            assert client.post(reverse(name, args=[referral.case_id])).status_code == 404
    sign_in(client, place.children)
    decide(client, referral, "SECTION_17")
    back = client.get(reverse("decide-child", args=[referral.case_id]), follow=True)
    assert "That cannot be done now: the case is at “Decided by children's duty”." in words(back)


def test_the_threshold_document_is_the_one_in_force_when_it_came(place: County, client: Client) -> None:
    take_up([
        Edition("kent-2023-12", 1, today(), {"texts": {
            "threshold_document": "Threshold document, 2026", "threshold_link": "https://council.example/threshold",
        }})
    ])  # fmt: skip
    referral = a_referral(place, S.WITH_CHILDREN)
    sign_in(client, place.children)
    opened = client.get(reverse("decide-child", args=[referral.case_id]))
    assert "https://council.example/threshold" in page(opened).xpath("//main//a/@href")
    decide(client, referral, "SECTION_17")
    kept = decision_of(place, referral)
    assert (kept.threshold_title, kept.threshold_link, kept.procedure_edition) == (
        "Threshold document, 2026", "https://council.example/threshold", 1,
    )  # fmt: skip


def test_the_reason_is_behind_the_wall(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHILD_DECIDED)
    with access.material(place.officer, referral.case_id):
        assert not ChildDecision.objects.exists()
    restricted, history = (reverse(name, args=[referral.case_id]) for name in ("case-restricted", "case-history"))
    sign_in(client, place.children)
    assert "Nothing in it shows harm." in words(client.get(restricted))
    sign_in(client, place.officer)
    assert client.get(restricted).status_code == 404
    assert "Nothing in it shows harm" not in client.get(history).content.decode()
