"""Adding a proclaimed bank holiday: by whom, what moves, what stays, and what is refused."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.deadlines import proclaim_day
from prevent_cases.casework.models import ClockRun, Event, ProclaimedDay
from prevent_cases.casework.now import now, today
from prevent_cases.casework.timing import calendar_in_force
from prevent_cases.casework.workflow import Refused
from referrals import clocks
from tests.factories import a_nil_return, a_referral, county, sign_in
from tests.journeys.pages import errors, press

pytestmark = pytest.mark.django_db


def a_working_day_soon():
    calendar, day = calendar_in_force("england-and-wales"), today() + timedelta(days=1)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def typed(day, **more):
    return {"division": "england-and-wales", "on-day": day.day, "on-month": day.month, "on-year": day.year,
            "name": "Day of thanks", "confirmed": "yes", **more}  # fmt: skip


@pytest.mark.parametrize("role", ["lists", "ssu_lead"])
def test_open_deadlines_move_with_a_note_and_ended_ones_stay(client, role):
    place = county()
    referral, ended = a_referral(place, "RECEIVED", at=now()), a_nil_return(place)
    before = dict(ClockRun.objects.values_list("pk", "due_at"))
    page = sign_in(client, place.roles[role]).post(reverse("working-days"), typed(a_working_day_soon()), follow=True)
    assert "moved, each with a note of why" in page.content.decode()
    triage = ClockRun.objects.get(subject=referral.record_key, clock=clocks.TRIAGE.key)
    assert civil_date(triage.due_at) > civil_date(before[triage.pk])
    for run in ClockRun.objects.filter(case=ended.case, state="STOPPED"):
        assert run.due_at == before[run.pk]
    assert Event.objects.filter(case=referral.case, kind="clock.moved").exists()


@pytest.mark.parametrize("role", ["officer", "locality_worker", "liaison", "auditor"])
def test_nobody_else_finds_the_page(client, role):
    place = county()
    assert sign_in(client, place.roles[role]).get(reverse("working-days")).status_code == 404


def test_a_weekend_and_a_second_time_are_refused_beside_the_date(client):
    place = county()
    sign_in(client, place.lists)
    saturday = today() + timedelta(days=(5 - today().weekday()) % 7 or 7)
    assert (
        "does not count as a working day already"
        in client.post(reverse("working-days"), typed(saturday)).content.decode()
    )
    day = a_working_day_soon()
    client.post(reverse("working-days"), typed(day))
    again = client.post(reverse("working-days"), typed(day))
    assert "does not count as a working day already" in again.content.decode()
    assert ProclaimedDay.objects.count() == 1


def test_an_impossible_date_is_said_in_words_and_what_was_typed_is_kept(client):
    place = county()
    page = sign_in(client, place.lists).post(
        reverse("working-days"), typed(today(), **{"on-day": "31", "on-month": "2"})
    )
    assert "real date" in page.content.decode() and "Day of thanks" in page.content.decode()


def test_what_will_move_is_said_before_anything_does(client):
    place = county()
    a_referral(place, "RECEIVED", at=now())
    before = dict(ClockRun.objects.values_list("pk", "due_at"))
    typed_in = typed(a_working_day_soon())
    del typed_in["confirmed"]
    asked = sign_in(client, place.lists).post(reverse("working-days"), typed_in)
    said = re.search(r"(\d+) open deadlines? will move", asked.content.decode())
    assert ProclaimedDay.objects.count() == 0
    assert dict(ClockRun.objects.values_list("pk", "due_at")) == before
    done = press(client, asked, "Add the holiday").content.decode()
    after = dict(ClockRun.objects.values_list("pk", "due_at"))
    assert int(said[1]) == sum(after[run] != before[run] for run in before) > 0
    assert f"{said[1]} open deadline" in done and ProclaimedDay.objects.count() == 1


def test_a_day_gone_by_is_refused_in_words(client):
    place = county()
    page = sign_in(client, place.lists).post(reverse("working-days"), typed(today() - timedelta(days=7)))
    assert errors(page) == ["Date of the holiday must be today or in the future"]
    with pytest.raises(Refused, match="has gone by"):
        proclaim_day(
            division="england-and-wales", on=today() - timedelta(days=7), name="Late", by=place.lists, at=now()
        )
    assert ProclaimedDay.objects.count() == 0
