"""Adding a proclaimed bank holiday: by whom, what moves, what stays, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import ClockRun, Event, ProclaimedDay
from prevent_cases.casework.now import now, today
from prevent_cases.casework.timing import calendar_in_force
from referrals import clocks
from tests.factories import a_nil_return, a_referral, county, sign_in

pytestmark = pytest.mark.django_db


def a_working_day_soon():
    calendar, day = calendar_in_force("england-and-wales"), today() + timedelta(days=1)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def typed(day, **more):
    return {"division": "england-and-wales", "on-day": day.day, "on-month": day.month, "on-year": day.year,
            "name": "Day of thanks", **more}  # fmt: skip


@pytest.mark.parametrize("role", ["lists", "ssu_lead"])
def test_open_deadlines_move_with_a_note_and_ended_ones_stay(client, role):
    place = county()
    referral, ended = a_referral(place, "RECEIVED", at=now()), a_nil_return(place)
    before = dict(ClockRun.objects.values_list("pk", "due_at"))
    page = sign_in(client, place.roles[role]).post(reverse("working-days"), typed(a_working_day_soon()), follow=True)
    assert "deadlines moved, each with a note of why" in page.content.decode()
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
