"""Gaps, reminders of them, and who would get a referral, by the very functions that triage asks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.models import Locality, Nomination, Team
from prevent_cases.casework.jobs import run
from prevent_cases.casework.models import Notice
from prevent_cases.lists.queries.gaps import GapKind, find_gaps
from referrals.queries.register import search_register
from referrals.queries.routes import routes
from tests.factories import County, a_person, a_referral, nominate
from tests.lists.typed import MONDAY, text_of

TODAY = MONDAY.date()
DAY = timedelta(days=1)


def of(team: Team) -> list[str]:
    return [gap.kind for gap in find_gaps(TODAY) if gap.team == team]


def test_a_list_without_two_workers_is_a_gap_and_with_two_and_cover_it_is_none(place: County) -> None:
    team = place.locality_team
    assert of(place.locality_teams[2]) == [GapKind.NOBODY]
    assert of(team) == [GapKind.FEW, GapKind.NO_COVER]
    a_person("Una Merrow", team, nominated=True)
    assert of(team) == [GapKind.NO_COVER]
    nominate(place.colleague.user, team, covers=place.locality_worker.user, starts_on=TODAY, ends_on=TODAY + 60 * DAY)
    assert of(team) == []


def test_a_list_that_will_be_too_short_within_thirty_days_is_a_gap_and_later_is_not(place: County) -> None:
    team = place.locality_team
    leaver = a_person("Una Merrow", team)
    row = nominate(leaver, team, ends_on=TODAY + 29 * DAY)
    found = next(gap for gap in find_gaps(TODAY) if gap.team == team)
    assert (found.kind, found.from_on) == (GapKind.FEW, TODAY + 30 * DAY)
    assert found.words == "From 1 April 2026 the list has one nominated worker."
    Nomination.objects.filter(pk=row.pk).update(ends_on=TODAY + 30 * DAY)
    assert of(team) == [GapKind.NO_COVER]


def test_teams_without_a_mailbox_and_localities_without_a_team_are_gaps(place: County, admin: Client) -> None:
    Team.objects.filter(pk=place.ssu.pk).update(email="")
    Locality.objects.create(name="Far Sallow", area=place.areas[0])
    shown = text_of(admin.get(reverse("lists:gaps")))
    assert "The team has no mailbox" in shown
    assert "No team serves this locality." in shown


def test_each_gap_is_told_of_once_a_week_without_content(place: County, outbox: Path) -> None:
    told = run("remind_of_gaps", MONDAY)["told"]
    assert told == len(find_gaps(TODAY)) == Notice.objects.filter(kind="lists.gap").count()
    assert run("remind_of_gaps", MONDAY + DAY)["told"] == 0
    assert run("remind_of_gaps", MONDAY + 7 * DAY)["told"] == told
    run("send_notices", MONDAY + 7 * DAY)
    mail = next(outbox.glob("*.eml")).read_text()
    assert "/lists/gaps/" in mail
    assert "Alderfen" not in mail


@pytest.mark.parametrize(
    ("age", "known", "team", "person"),
    [
        (40, "OPEN", "Alderfen locality team", "Lowri Dell"),
        (17, "OPEN", "Children&#x27;s duty", "Cass Ibbot, member"),
        (17, "NEVER", "Children&#x27;s duty", "Cass Ibbot, member"),
        (40, "NEVER", "No team", "sends a nil return"),
    ],
)
def test_the_tester_names_the_team_and_the_people_of_today(
    place: County, admin: Client, age: int, known: str, team: str, person: str
) -> None:
    shown = text_of(admin.post(reverse("lists:who"), {"postcode": "es1 2ab", "age": age, "known": known}))
    assert team in shown
    assert person in shown


def test_cover_is_said_and_an_empty_list_is_said(place: County, admin: Client) -> None:
    nominate(place.colleague.user, place.locality_team, covers=place.locality_worker.user, starts_on=TODAY)
    asked: dict[str, Any] = {"postcode": "ES1", "age": 40, "known": "OPEN"}
    assert "Cole Rudd, in cover for Lowri Dell" in text_of(admin.post(reverse("lists:who"), asked))
    assert "Nobody could open it today" in text_of(admin.post(reverse("lists:who"), asked | {"postcode": "ES3"}))
    assert "No locality team is suggested" in text_of(admin.post(reverse("lists:who"), asked | {"postcode": "ZZ9"}))
    assert "Enter a postcode in the right form" in text_of(admin.post(reverse("lists:who"), asked | {"postcode": "?"}))


def test_the_tester_says_what_triage_suggests(place: County, admin: Client) -> None:
    referral = a_referral(place)
    suggested = routes(referral, search_register(referral)).suggestion("LOCALITY")
    asked = {"postcode": referral.postcode, "age": 40, "known": "OPEN"}
    outcome = admin.post(reverse("lists:who"), asked).context["outcome"]
    assert str(outcome.team.pk) == suggested.team_id if suggested.team_id else outcome.team is None
    assert outcome.team is None or outcome.words == suggested.because
