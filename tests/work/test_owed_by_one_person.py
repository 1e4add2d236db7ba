"""A promise that one person made: they are reminded themselves, through run_due, and find it among their own work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.models import Membership
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import ClockRun, Notice
from prevent_cases.casework.now import now
from referrals import clocks
from tests.factories import County, a_contribution, a_form, a_referral, county, sign_in


@pytest.fixture
def place(db: None) -> County:
    return county()


def told(kind: str, clock: str) -> set[str]:
    """Who is told, by name or by the name of their team, of one kind of notice about one clock."""
    due = ClockRun.objects.get(clock=clock).due_actions.values_list("pk", flat=True)
    rows = Notice.objects.filter(kind=kind).select_related("user", "team")
    found = (row for row in rows if int(row.key.split(":")[1]) in due)
    return {row.user.name if row.user else row.team.name if row.team else row.post for row in found}


def sweep_until_late(clock: str) -> None:
    run = ClockRun.objects.get(clock=clock)
    for moment in (run.warn_at, run.due_at):
        call_command("run_due", now=moment.isoformat())


def test_a_colleague_asked_for_a_part_is_reminded_and_told_it_is_late(place: County) -> None:
    a_contribution(place)
    clock = clocks.CONTRIBUTION.key
    sweep_until_late(clock)
    assert told("clock.warned", clock) == {place.colleague.name}
    assert told("clock.late", clock) == {place.colleague.name, place.locality_team.name}


def test_the_worker_a_form_was_given_to_is_told_and_whoever_has_the_case_is_not(place: County) -> None:
    referral = a_referral(place, "PREPARING")
    a_form(place, referral=referral)
    clock = clocks.FORM_REPLY.key
    sweep_until_late(clock)
    assert told("clock.warned", clock) == {place.locality_worker.name}
    assert told("clock.late", clock) == {place.locality_worker.name, place.locality_team.name}


def test_when_they_have_left_the_mailbox_is_told_in_their_place(place: County) -> None:
    a_contribution(place)
    clock = clocks.CONTRIBUTION.key
    left = civil_date(now()) - timedelta(days=1)
    Membership.objects.filter(user=place.colleague.user).update(starts_on=left, ends_on=left)
    sweep_until_late(clock)
    assert told("clock.warned", clock) == told("clock.late", clock) == {place.locality_team.name}


def test_what_a_person_owes_is_among_their_own_work_whoever_has_the_case(place: County, client: Client) -> None:
    referral = a_referral(place, "PREPARING")
    a_form(place, referral=referral)
    assert referral.case.assignee_id != place.locality_worker.user_id
    label = clocks.FORM_REPLY.label
    assert label in sign_in(client, place.locality_worker).get(reverse("my-work")).content.decode()
    assert label not in sign_in(client, place.colleague).get(reverse("my-work")).content.decode()
