"""C1: a child's referral reaches children's duty, straight from the local police hub, with its holding instructions."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.models import Team
from prevent_cases.casework import access
from prevent_cases.casework.days import LONDON, civil_date
from prevent_cases.casework.models import Case, ClockRun, Event, Narrative
from prevent_cases.casework.now import now
from referrals.models import ChildArrival, Referral
from referrals.states import AgeGroup
from referrals.states import ReferralState as S
from tests.factories import County, county, sign_in
from tests.journeys.pages import errors, form_in, press, words
from tests.journeys.triaging import other_people

ASKED = "Hold.\n\nDo not speak to the family before our checks."
MONDAY = datetime(2026, 6, 1, 11, 0, tzinfo=LONDON)


@pytest.fixture
def place(db: None) -> County:
    return county()


def typed(at: datetime, **other: Any) -> dict[str, Any]:
    born = civil_date(at) - timedelta(days=15 * 365)
    return {
        "instructions": ASKED, "given_name": "Tansy", "family_name": "Orrell", "born_on-day": born.day,
        "born_on-month": born.month, "born_on-year": born.year, "age": "CHILD", "school": "Larkrise Academy",
        "risk": "Talks of a knife", "caller_phone": "01632 960123", "sender_name": "PC A. Lumb",
        "reply_address": "desk@ctp.example", "received_on-day": at.day, "received_on-month": at.month,
        "received_on-year": at.year, "received_time": f"{at:%H:%M}", "source": "EDUCATION", **other,
    }  # fmt: skip


def send(client: Client, place: County, at: datetime | None = None, **other: Any) -> HttpResponse:
    opened = client.get(reverse("children:receive"), follow=True)
    return press(
        client, opened, "Receive the referral", policing=str(place.policing.pk), **typed(at or MONDAY, **other)
    )


def received() -> Referral:
    return Referral.objects.select_related("case__holder_team", "case__owner_team").get()


@time_machine.travel(MONDAY, tick=False)
def test_it_is_received_with_its_instructions_as_sent_and_shown_first(place: County, client: Client) -> None:
    sign_in(client, place.children)
    page = send(client, place, MONDAY - timedelta(minutes=30))
    assert "Received. Acknowledge it and decide." in words(page)
    said = words(page)
    assert said.index("Do not speak to the family") < said.index("What happens next?")
    referral = received()
    assert (referral.state, referral.age_group) == (S.WITH_CHILDREN, AgeGroup.CHILD)
    assert (referral.case.holder_team, referral.case.owner_team) == (place.children_team, place.ssu)
    with access.material(place.children, referral.case_id):
        assert Narrative.objects.get(heading="holding_instructions").text == ASKED
        assert ChildArrival.objects.get().risk == "Talks of a knife"
    runs = ClockRun.objects.running().filter(case=referral.case_id)
    assert {run.clock: run.started_at for run in runs} == dict.fromkeys(
        ("referral.acknowledge", "referral.decide"), referral.received_at
    )
    event = Event.objects.get(kind="referral.received_by_duty")
    assert event.at == referral.received_at


@time_machine.travel(MONDAY, tick=False)
def test_the_clock_keeps_the_hours_of_the_team_in_words(place: County, client: Client) -> None:
    Team.objects.filter(pk=place.children_team.pk).update(opens_at=time(8, 30), closes_at=time(18, 0))
    sign_in(client, place.children)
    send(client, place)
    listed = words(client.get(reverse("children:duty")))
    assert "Acknowledge and decide by 6pm tomorrow, Tuesday 2 June 2026" in listed
    assert "Talks of a knife" in listed
    assert "Larkrise Academy" in listed
    assert 'href="tel:01632960123"' in client.get(reverse("children:duty")).content.decode()


@time_machine.travel(MONDAY, tick=False)
def test_what_came_at_night_is_typed_in_with_its_real_time(place: County, client: Client) -> None:
    night = datetime(2026, 5, 29, 22, 15, tzinfo=LONDON)
    sign_in(client, place.children)
    send(client, place, night)
    referral = received()
    assert referral.received_at == night
    run = ClockRun.objects.get(case=referral.case_id, clock="referral.decide")
    assert civil_date(run.due_at).isoformat() == "2026-06-01"
    assert Event.objects.get(kind="referral.received_by_duty").facts["entered_at"]


@time_machine.travel(MONDAY, tick=False)
def test_a_receipt_in_the_future_is_refused(place: County, client: Client) -> None:
    sign_in(client, place.children)
    assert errors(send(client, place, MONDAY + timedelta(minutes=5))) == ["Time received must be in the past"]
    assert not Case.objects.exists()


@time_machine.travel(MONDAY, tick=False)
def test_an_adult_is_not_received_here_and_the_two_answers_must_agree(place: County, client: Client) -> None:
    sign_in(client, place.children)
    grown = {"born_on-year": 1990}
    assert errors(send(client, place, **grown)) == ["The date of birth makes this person 18 or over. Check both"]
    assert errors(send(client, place, **grown, age="ADULT")) == [
        "This person is 18 or over. An adult’s referral goes to the Strategic Safeguarding Unit."
    ]
    nothing = {f"born_on-{part}": "" for part in ("day", "month", "year")}
    assert errors(send(client, place, **nothing, age="")) == ["Select whether this person is under 18"]


@time_machine.travel(MONDAY, tick=False)
def test_an_age_nobody_knows_is_kept_as_not_known(place: County, client: Client) -> None:
    sign_in(client, place.children)
    nothing = {f"born_on-{part}": "" for part in ("day", "month", "year")}
    page = send(client, place, **nothing, age="UNKNOWN")
    assert received().age_group == AgeGroup.UNKNOWN
    assert "Is this person under 18?" in words(page)


@time_machine.travel(MONDAY, tick=False)
def test_sent_twice_it_is_received_once(place: County, client: Client) -> None:
    sign_in(client, place.children)
    opened = client.get(reverse("children:receive"), follow=True)
    _, fields = form_in(opened, "Receive the referral")
    fields |= typed(MONDAY) | {"policing": str(place.policing.pk)}
    path = opened.request["PATH_INFO"]
    for _ in range(2):
        assert client.post(path, fields).status_code == 302
    assert Case.objects.count() == 1
    again = client.get(path, follow=True)
    assert "This page was already sent" in words(again)
    other = client.post(path, fields | {"risk": "Something else"})
    assert "This form was already sent" in errors(other)[0]


def test_the_wrong_people_find_no_such_page(place: County, client: Client) -> None:
    for actor in [place.officer, *(one for one in other_people(place) if one is not place.children)]:
        sign_in(client, actor)
        for name in ("children:duty", "children:receive"):
            assert client.get(reverse(name)).status_code == 404


def test_the_list_takes_the_same_statements_for_one_and_for_three(
    place: County, client: Client, django_assert_num_queries: Any
) -> None:
    sign_in(client, place.children)
    at = now() - timedelta(minutes=1)
    send(client, place, at.astimezone(LONDON))
    with django_assert_num_queries(STATEMENTS):
        client.get(reverse("children:duty"))
    for name in ("Rowan", "Hazel"):
        send(client, place, at.astimezone(LONDON), given_name=name)
    with django_assert_num_queries(STATEMENTS):
        client.get(reverse("children:duty"))


STATEMENTS = 14
