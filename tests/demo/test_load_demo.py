"""The demo county as it stands when loaded: every state present, something for everybody to do, nobody real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from prevent_cases.accounts.models import Nomination, User
from prevent_cases.casework import access
from prevent_cases.casework.days import LONDON
from prevent_cases.casework.models import (
    AccessLog,
    Case,
    ClockRun,
    Disclosure,
    Document,
    Event,
    Exclusion,
    Notice,
    Post,
)
from prevent_cases.casework.now import held_at
from prevent_cases.demo import loading
from prevent_cases.demo.refusals import NotHere
from prevent_cases.demo.sign_ins import SIGN_INS
from prevent_cases.demo.staff import POSTS
from prevent_cases.demo.walk import World
from referrals.matching.candidates import find
from referrals.models import Contribution, InformationForm, MatchDecision, PractitionerReferral, Referral, RegisterEntry
from referrals.queries.matching import PEOPLE, REGISTER
from referrals.states import ContributionState, FormState, PractitionerState, ReferralState

LOADED_AT = datetime(2026, 11, 18, 10, 40, tzinfo=LONDON)
PASSWORD = "a password for the demo in tests"
SOME = 400


@pytest.fixture(scope="module")
def loaded(django_db_setup: Any, django_db_blocker: Any) -> Iterator[World]:
    """The county, loaded once for every test here. Nothing is kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


def load() -> World:
    return loading.load(at=LOADED_AT, password=PASSWORD, register_size=SOME)


@pytest.fixture
def world(loaded: World, db: None) -> Iterator[World]:
    with held_at(LOADED_AT):
        yield loaded


def test_the_referrals_stand_in_every_state_that_a_referral_rests_in(world: World) -> None:
    states = Counter(Referral.objects.values_list("state", flat=True))
    assert states.total() == len(loading.TOLD)
    assert set(states) == set(ReferralState) - {ReferralState.NIL_RETURNED}
    assert set(PractitionerReferral.objects.values_list("state", flat=True)) == set(PractitionerState)
    assert {FormState.OPEN, FormState.ANSWERED} <= set(InformationForm.objects.values_list("state", flat=True))
    parts = Contribution.objects.values_list("state", flat=True)
    assert {ContributionState.ASKED, ContributionState.GIVEN} <= set(parts)


def test_some_are_overdue_some_due_today_and_some_tomorrow(world: World) -> None:
    running = ClockRun.objects.running()
    today, tomorrow = world.office.day_zero, world.office.day(-1)
    due = [run.due_at.astimezone(LONDON).date() for run in running]
    assert sum(day < today for day in due) > 10
    assert due.count(today) > 5
    assert due.count(tomorrow) > 3


def test_every_deadline_was_swept_at_its_time_and_every_notice_sent(world: World) -> None:
    late = Event.objects.filter(kind="clock.late")
    assert late.exists()
    assert all(event.at.astimezone(LONDON).hour == 17 for event in late)
    assert {"clock.escalated", "clock.chased", "clock.raised"} <= set(Event.objects.values_list("kind", flat=True))
    assert not Notice.objects.ready(world.office.hours(1)[1]).exists()


def test_files_of_every_sort_came_and_each_is_as_it_was_received(world: World) -> None:
    names: set[str] = set()
    for referral in Referral.objects.all():
        with transaction.atomic(), access.writing(access.Actor(system="test"), referral.case_id):
            names |= set(Document.objects.filter(case=referral.case_id).values_list("file_name", flat=True))
    assert {name.rpartition(".")[2] for name in names} == {"eml", "docx", "pdf"}


def test_earlier_episodes_joined_people_and_conflicts_are_there(world: World) -> None:
    assert Referral.objects.filter(person=world.referral("tobias-3").person).count() == 3
    answers = Counter(MatchDecision.objects.values_list("answer", flat=True))
    assert answers["SAME"] == 4
    assert MatchDecision.objects.filter(undone_at__isnull=False).count() == 1
    assert Exclusion.objects.standing().count() == 1
    assert Disclosure.objects.filter(acknowledged_at=None).exists()
    assert AccessLog.objects.count() > 100


@pytest.mark.parametrize(
    "key", ["bob", "shaun", "hamza", "arthur", "layla", "kevin", "nadia-again", "bea", "mina", "peg"]
)
def test_the_register_finds_whoever_is_there_by_another_name_or_date(world: World, key: str) -> None:
    tale = next(tale for tale in world.tales if tale.key == key)
    found = find(REGISTER, world.referral(key).facts, limit=5)
    names = {(candidate.facts.given, candidate.facts.family) for candidate in found}
    assert (tale.held[0].given or tale.who.given, tale.held[0].family or tale.who.family) in names


@pytest.mark.parametrize(("key", "earlier"), [("wilf-again", "wilf"), ("faith", "grace"), ("nadia-again", "nadia")])
def test_whoever_was_referred_before_is_found_again(world: World, key: str, earlier: str) -> None:
    found = find(PEOPLE, world.referral(key).facts, limit=5)
    assert world.referral(earlier).person_as_received_id in {candidate.id for candidate in found}


def test_everybody_with_a_desk_finds_work_when_they_sign_in(world: World) -> None:
    for key in ("ssu", "ssu-lead", "area", "locality", "locality-manager", "colleague", "children"):
        actor = world.county.actor(key, LOADED_AT)
        assert access.cases(actor).open().exists(), key
    for key in ("ssu", "locality"):
        assert Case.objects.open().filter(assignee=world.county.people[key]).count() > 2
    asked = Contribution.objects.filter(state=ContributionState.ASKED, colleague=world.county.people["colleague"])
    assert asked.exists()
    assert Referral.objects.filter(state="SIGN_OFF", case__holder_team=world.county.team_of("Ambersand")).count() == 2
    assert PractitionerReferral.objects.filter(referrer=world.county.people["practitioner"]).exists()


def test_the_manager_reads_what_waits_for_their_signature(world: World) -> None:
    manager = world.county.actor("locality-manager", LOADED_AT)
    assert access.may_enter(manager, world.referral("conor").case)


def test_one_password_signs_in_every_account_of_the_demo_and_no_other(world: World) -> None:
    for one in SIGN_INS:
        user = User.objects.get(email=one.email)
        assert user.password == world.county.people["ssu"].password
        assert user.is_active
    assert world.county.people["ssu"].check_password(PASSWORD)


def test_somebody_covers_somebody_was_covering_and_somebody_will_begin(world: World) -> None:
    today = world.office.day_zero
    cover = Nomination.objects.filter(covers=world.county.people["hattie"])
    assert {row.ends_on > today for row in cover} == {True, False}
    assert Nomination.objects.filter(starts_on__gt=today).count() == 1
    assert "ned" in world.county.nominated(world.county.team_of("Ambersand"), LOADED_AT)


def test_every_post_is_held_and_deputised(world: World) -> None:
    assert Post.objects.count() == len(POSTS)
    assert all(post.holder and post.deputy and post.holder != post.deputy for post in Post.objects.all())


def test_no_address_in_it_could_be_anybodys(world: World) -> None:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.EmailField):
                values = set(model._base_manager.values_list(field.name, flat=True)) - {"", None}
                assert all(value.endswith(".example") for value in values), f"{model.__name__}.{field.name}"
    for table in (Referral, RegisterEntry):
        assert all(
            code.startswith("ES") for code in table.objects.exclude(postcode="").values_list("postcode", flat=True)
        )


def test_it_is_not_loaded_where_there_are_accounts(world: World) -> None:
    with pytest.raises(NotHere, match="accounts in this database already"):
        load()
