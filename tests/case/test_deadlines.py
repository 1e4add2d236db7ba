"""Why a deadline is on its date, and moving it for a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.days import civil_date, moment
from prevent_cases.casework.models import ClockRun, Event
from prevent_cases.casework.now import held_at
from prevent_cases.casework.wording import weekday
from referrals.clocks import REPLY, TRIAGE
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, sign_in


def run_of(referral: Referral, clock: str = REPLY.key) -> ClockRun:
    return ClockRun.objects.get(case=referral.case, clock=clock)


def why(client: Client, actor: Actor, run: ClockRun) -> str:
    answer = sign_in(client, actor).get(reverse("clock-why", args=[run.case_id, run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def extend(client: Client, actor: Actor, run: ClockRun, to: date | None, **also: Any) -> tuple[int, str]:
    on = {"due_on-day": to.day, "due_on-month": to.month, "due_on-year": to.year} if to else {}
    sent = {"reason": "awaiting", **on, **also}
    answer = sign_in(client, actor).post(reverse("clock-extend", args=[run.case_id, run.pk]), sent, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_working_is_printed(place: County, client: Client) -> None:
    christmas_eve = moment(date(2026, 12, 24))
    with held_at(christmas_eve):
        referral = a_referral(place, S.RECEIVED, at=christmas_eve)
        shown = why(client, place.officer, run_of(referral))
    for words in (
        "Started on Thursday 24 December 2026, which is day 0.",
        "10 working days after day 0 is Tuesday 12 January 2027.",
        "Saturdays and Sundays do not count.",
        "Friday 25 December 2026 does not count: Christmas Day.",
        "Promised", "10 working days", "kent-2023-12/referral.reply/10 working days", "england-and-wales, bundle",
        "Kent adult social care Prevent referral process, December 2023",
    ):  # fmt: skip
        assert words in shown


def test_a_deadline_that_was_met_says_when_it_stopped(place: County, client: Client) -> None:
    shown = why(client, place.officer, run_of(a_referral(place, S.PREPARING), TRIAGE.key))
    assert "Stopped on " in shown
    assert "Done on time" in shown
    assert "Extend this deadline" not in shown


@pytest.mark.parametrize("who", ["ssu_lead", "locality_manager"])
def test_a_manager_extends_it_for_a_reason_of_the_procedure(place: County, client: Client, who: str) -> None:
    run = run_of(a_referral(place, S.PREPARING))
    to = civil_date(run.due_at) + timedelta(days=7)
    assert "Extend this deadline" in why(client, place.roles[who], run)
    status, shown = extend(client, place.roles[who], run, to, words="The day centre is closed")
    assert status == 200
    assert "The deadline was extended." in shown
    assert "We are waiting for information we need: The day centre is closed" in shown
    assert civil_date(ClockRun.objects.get(pk=run.pk).due_at) == to
    history = client.get(reverse("case-history", args=[run.case_id])).content.decode()
    assert "Extended “Reply to CT policing” from " in history


@pytest.mark.parametrize(
    ("days", "also", "words"),
    [
        (0, {}, "later than the date"),
        (7, {"reason": ""}, "Select why the deadline moves"),
        (7, {"reason": "other"}, "Say why the deadline moves"),
        (7, {"reason": "because"}, "is not on the list"),
        (7, {"words": "x" * 301}, "300 characters or fewer"),
        (-90, {}, "must be in the future"),
        (None, {}, "Enter the new date"),
        (9000, {}, "No bank holidays are known for"),
    ],
)
def test_what_does_not_move_it_is_explained(
    place: County, client: Client, days: int | None, also: dict[str, str], words: str
) -> None:
    run = run_of(a_referral(place, S.PREPARING))
    to = None if days is None else civil_date(run.due_at) + timedelta(days=days)
    _, shown = extend(client, place.ssu_lead, run, to, **also)
    assert words in shown
    assert "<title>Error: " in shown
    assert ClockRun.objects.get(pk=run.pk).due_at == run.due_at


def test_a_weekend_is_refused_and_the_working_day_before_it_named(place: County, client: Client) -> None:
    run = run_of(a_referral(place, S.PREPARING))
    saturday = civil_date(run.due_at) + timedelta(days=14 + (5 - civil_date(run.due_at).weekday()) % 7)
    _, shown = extend(client, place.ssu_lead, run, saturday)
    said = f"{weekday(saturday)} is not a working day. The working day before it is "
    assert said in shown
    assert ClockRun.objects.get(pk=run.pk).due_at == run.due_at


@pytest.mark.parametrize("who", ["officer", "locality_worker", "colleague"])
def test_nobody_else_extends_it(place: County, client: Client, who: str) -> None:
    run = run_of(a_referral(place, S.PREPARING))
    assert "Extend this deadline" not in why(client, place.roles[who], run)
    _, shown = extend(client, place.roles[who], run, civil_date(run.due_at) + timedelta(days=7))
    assert "This may only be done by a manager" in shown
    assert ClockRun.objects.get(pk=run.pk).due_at == run.due_at


def test_a_deadline_that_stands_still_or_has_stopped_does_not_move(place: County, client: Client) -> None:
    for run in (run_of(a_referral(place, S.QUERIED)), run_of(a_referral(place, S.PREPARING), TRIAGE.key)):
        _, shown = extend(client, place.ssu_lead, run, civil_date(run.due_at) + timedelta(days=30))
        assert "This deadline is not running" in shown


def test_twice_is_once(place: County, client: Client) -> None:
    run = run_of(a_referral(place, S.PREPARING))
    to = civil_date(run.due_at) + timedelta(days=7)
    extend(client, place.ssu_lead, run, to)
    _, shown = extend(client, place.ssu_lead, run, to)
    assert "The new date must be later" in shown
    assert Event.objects.filter(case=run.case_id, kind="clock.extended").count() == 1
