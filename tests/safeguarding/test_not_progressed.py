"""Why police stop is told to the unit's lead and to them. To everybody else one "not progressed" is like another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.casework import access
from prevent_cases.casework.days import LONDON
from referrals.models import Referral
from safeguarding.models import StoppedBecause
from safeguarding.operations.checks import Answer, answer_check
from safeguarding.states import StopReason
from tests.factories import County, county, sign_in
from tests.journeys.holds import a_duty_manager, check_on, on_hold

AT = datetime(2026, 6, 3, 10, 0, tzinfo=LONDON)
LABELS = list(StopReason.labels)
ONE_EACH = re.compile(rb"csrfmiddlewaretoken[^>]*>|nonce-?[^\s\"';]*|nonce=\"[^\"]*\"")
"""What differs in every answer, whatever was asked."""


@pytest.fixture
def place(db: None) -> Iterator[County]:
    with time_machine.travel(AT, tick=False):
        yield county()


@contextmanager
def answered(place: County, referral: Referral, why: str) -> Iterator[None]:
    """The check as answered with this reason; taken back afterwards."""
    with transaction.atomic():
        point = transaction.savepoint()
        answer_check(check=check_on(referral), answer=Answer(result="NOT_PROGRESSED", why=why), by=place.liaison, at=AT)
        yield
        transaction.savepoint_rollback(point)


def pages(actor: Actor, referral: Referral) -> dict[str, bytes]:
    """Every page on which an answer could show, as this person gets it."""
    client = sign_in(Client(), actor)
    of_case = ("case", "case-history", "case-people", "case-tasks", "case-looks", "checks", "case-restricted")
    urls = [reverse(name, args=[referral.case_id]) for name in of_case]
    urls += [reverse("referrals:inbox") + "?tab=open", reverse("my-work"), reverse("police-checks")]
    return {url: ONE_EACH.sub(b"", client.get(url).content) for url in urls}


@pytest.mark.parametrize("who", ["officer", "children", "the duty manager", "locality_manager", "auditor"])
def test_to_everybody_else_each_reason_is_the_same_page_byte_for_byte(place: County, who: str) -> None:
    referral = on_hold(place, at=AT)
    actor = a_duty_manager(place) if who == "the duty manager" else getattr(place, who)
    seen = {}
    for why in StopReason.values:
        with answered(place, referral, why):
            seen[why] = pages(actor, referral)
    first = seen[StopReason.MISGUIDED]
    for why, read in seen.items():
        assert read == first, why
    for page in first.values():
        for label in LABELS:
            assert label.encode() not in page
    if who in ("officer", "children"):
        assert b"Not progressed" in first[reverse("checks", args=[referral.case_id])]
        assert b"Not progressed" in first[reverse("case", args=[referral.case_id])]


def test_the_lead_reads_it_and_the_police_gave_it(place: County) -> None:
    referral = on_hold(place, at=AT)
    for why in StopReason:
        with answered(place, referral, why):
            page = pages(place.ssu_lead, referral)[reverse("checks", args=[referral.case_id])].decode()
            assert why.label in page


def test_the_database_lets_nobody_else_read_it(place: County) -> None:
    referral = on_hold(place, at=AT)
    answer_check(
        check=check_on(referral), answer=Answer(result="NOT_PROGRESSED", why="COMPROMISE"), by=place.liaison, at=AT
    )
    read = {}
    for name, actor in {**place.roles, "service": the_service("anything")}.items():
        with access.material(actor, referral.case_id):
            read[name] = StoppedBecause.objects.filter(case=referral.case_id).exists()
    assert {name for name, may in read.items() if may} == {"ssu_lead", "liaison"}


def test_no_other_table_holds_it(place: County) -> None:
    referral = on_hold(place, at=AT)
    answer_check(
        check=check_on(referral), answer=Answer(result="NOT_PROGRESSED", why="COMPROMISE"), by=place.liaison, at=AT
    )
    with access.material(place.ssu_lead, referral.case_id), connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        holding = []
        for table in tables:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table} kept WHERE kept::text LIKE '%COMPROMISE%')")
            if cursor.fetchone()[0]:
                holding.append(table)
    assert holding == ["safeguarding_stoppedbecause"]


def test_an_officer_who_writes_it_down_for_police_is_not_asked_why(place: County) -> None:
    referral = on_hold(place, at=AT)
    answer_check(
        check=check_on(referral),
        answer=Answer(
            result="NOT_PROGRESSED", why="COMPROMISE", told_by="A. Lumb", told_on=AT.date(), evidence="By telephone."
        ),
        by=place.officer, at=AT,
    )  # fmt: skip
    with access.material(place.ssu_lead, referral.case_id):
        assert StoppedBecause.objects.get(case=referral.case_id).reason == StopReason.NOT_SAID
