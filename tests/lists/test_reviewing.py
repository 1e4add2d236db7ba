"""Reviews of access each quarter, and accounts that nobody uses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.models import AccessReview, Membership, Suspension, Team, User
from prevent_cases.accounts.operations import suspend
from prevent_cases.accounts.refusals import Refused
from prevent_cases.casework.jobs import run
from prevent_cases.casework.models import Case, Notice
from prevent_cases.casework.now import held_at
from referrals.operations.assigning import assign
from tests.factories import PASSWORD, County, a_person, a_referral, sign_in
from tests.lists.typed import MONDAY, text_of

DAY = timedelta(days=1)


def review_of(team: Team) -> AccessReview:
    run("review_access", MONDAY)
    return AccessReview.objects.get(team=team)


def answers(team: Team, **ending: str) -> dict[str, str]:
    seats = Membership.objects.filter(team=team)
    version = Team.objects.get(pk=team.pk).list_version
    return {"version": str(version)} | {str(seat.pk): ending.get(seat.user.name, "keep") for seat in seats}


def test_one_review_a_team_and_quarter_is_opened_and_told_of(place: County) -> None:
    first = run("review_access", MONDAY)
    assert first["opened"] == Team.objects.filter(memberships__isnull=False).distinct().count()
    assert set(AccessReview.objects.values_list("due_on", flat=True)) == {date(2026, 1, 29)}
    assert run("review_access", MONDAY + DAY)["opened"] == 0
    assert run("review_access", MONDAY.replace(month=4))["opened"] == first["opened"]
    assert Notice.objects.filter(kind="lists.review_opened").count() == 2 * first["opened"]


def test_an_overdue_review_is_told_of_once_a_week(place: County) -> None:
    opened = run("review_access", MONDAY)
    assert opened["reminded"] == opened["opened"]
    assert run("review_access", MONDAY + DAY)["reminded"] == 0
    assert run("review_access", MONDAY + 7 * DAY)["reminded"] == opened["opened"]


def test_a_manager_goes_through_the_people_ends_one_and_signs(place: County) -> None:
    row = review_of(place.locality_team)
    manager = sign_in(Client(), place.locality_manager)
    assert manager.get(reverse("lists:review", args=[row.pk])).status_code == 200
    url, team = reverse("lists:review", args=[row.pk]), place.locality_team
    refused = manager.post(url, answers(team, **{"Mabel Stroud": "end"}))
    assert "Your own seat does not let you" in text_of(refused)
    assert manager.post(url, answers(team, **{"Cole Rudd": "end"})).status_code == 302
    row.refresh_from_db()
    assert row.signed_by == place.locality_manager.user
    assert manager.get(reverse("lists:review", args=[review_of(place.ssu).pk])).status_code == 404


def test_an_administrator_keeps_or_ends_each_seat_and_signs(place: County, admin: Client) -> None:
    row = review_of(place.locality_team)
    url = reverse("lists:review", args=[row.pk])
    shown = text_of(admin.get(url))
    assert "Cole Rudd, member since" in shown
    given = answers(place.locality_team)
    undecided = admin.post(url, dict(list(given.items())[:-1]))
    assert "Say whether" in text_of(undecided)
    assert admin.post(url, answers(place.locality_team, **{"Cole Rudd": "end"})).status_code == 302
    row.refresh_from_db()
    assert row.signed_by == place.lists.user
    assert sorted(each["decision"] for each in row.decisions) == ["end", "keep", "keep"]
    assert Membership.objects.get(user=place.colleague.user).ends_on == MONDAY.date()
    assert "Cole Rudd, member: ended" in text_of(admin.get(url))


def test_whoever_has_open_work_is_not_ended_by_a_review_and_nothing_is_half_done(place: County, admin: Client) -> None:
    case = Case.objects.get(pk=a_referral(place, "WITH_LOCALITY").case_id)
    assign(case=case, to=place.locality_worker.user, by=place.locality_worker, at=MONDAY)
    row = review_of(place.locality_team)
    ending = answers(place.locality_team, **{"Cole Rudd": "end", "Lowri Dell": "end"})
    refused = admin.post(reverse("lists:review", args=[row.pk]), ending)
    assert "Lowri Dell still has open work" in text_of(refused)
    assert not Membership.objects.filter(team=place.locality_team, ends_on__isnull=False).exists()


def idle(place: County, days: int) -> User:
    return a_person("Ingrid Fell", place.locality_team, last_login=MONDAY - days * DAY)


def test_an_unused_account_is_warned_then_suspended_and_restored_with_a_reason(place: County, admin: Client) -> None:
    user = idle(place, 80)
    assert run("rest_accounts", MONDAY) == {"warned": 1, "suspended": 0}
    assert run("rest_accounts", MONDAY + 13 * DAY) == {"warned": 0, "suspended": 0}
    User.objects.exclude(pk=user.pk).update(last_login=MONDAY + 14 * DAY)
    assert run("rest_accounts", MONDAY + 14 * DAY) == {"warned": 0, "suspended": 1}
    assert not Client().login(username=user.email, password=PASSWORD)
    url = reverse("lists:person", args=[user.pk])
    assert "Nobody signed in for 90 days" in text_of(admin.get(url))
    assert "Say why" in text_of(admin.post(url, {"why": ""}))
    with held_at(MONDAY + 15 * DAY):
        assert admin.post(url, {"why": "Back from leave"}).status_code == 302
    user.refresh_from_db()
    assert user.is_active
    assert Suspension.objects.get(user=user).ended_why == "Back from leave"
    assert run("rest_accounts", MONDAY + 16 * DAY)["suspended"] == 0


def test_nobody_is_suspended_without_a_warning_of_two_weeks(place: County) -> None:
    user = idle(place, 400)
    assert run("rest_accounts", MONDAY)["suspended"] == 0
    User.objects.exclude(pk=user.pk).update(last_login=MONDAY + 14 * DAY)
    assert run("rest_accounts", MONDAY + 14 * DAY - timedelta(minutes=1))["suspended"] == 0
    assert run("rest_accounts", MONDAY + 14 * DAY)["suspended"] == 1


def test_a_suspension_ends_their_sessions(place: County, admin: Client) -> None:
    theirs = sign_in(Client(), place.colleague)
    assert theirs.get(reverse("my-work")).status_code == 200
    sessions = Session.objects.count()
    assert admin.post(reverse("lists:person", args=[place.colleague.user_id]), {"why": "Lost phone"}).status_code == 302
    assert Session.objects.count() == sessions - 1
    assert theirs.get(reverse("my-work")).status_code == 302


def test_nobody_suspends_themselves_or_the_last_who_keeps_the_lists(place: County, admin: Client, head: Any) -> None:
    own = admin.post(reverse("lists:person", args=[place.lists.user_id]), {"why": "Away"})
    assert "You cannot suspend your own account" in text_of(own)
    above = admin.post(reverse("lists:person", args=[head.user_id]), {"why": "Away"})
    assert "Your own seat does not let you" in text_of(above)
    with pytest.raises(Refused, match="your own"):
        suspend(user=head.user, why="Away", by=head, at=MONDAY)
    run("rest_accounts", MONDAY)
    User.objects.update(last_login=MONDAY - 200 * DAY)
    run("rest_accounts", MONDAY)
    run("rest_accounts", MONDAY + 20 * DAY)
    assert User.objects.filter(is_active=True, memberships__team=place.lists_team).exists()
