"""What a page of a case costs: at most six statements and one for the access log, the same at 1, 3 and 100 rows; and
a case of a thousand events costs what a case of ten does."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access, timing
from prevent_cases.casework.models import Document, Event, Note
from prevent_cases.casework.now import now
from referrals import clocks
from referrals.models import OnwardNeed, Referral
from referrals.operations import assigning
from tests.factories import County, a_form, a_named_worker, a_referral, sign_in

Statements = Callable[[str], tuple[int, int]]
MOST = 6
PAGES = ("case", "case-history", "case-people", "case-restricted", "case-tasks", "case-looks")


def events(referral: Referral, count: int) -> None:
    kinds = ("case.unassigned", "note.written", "need.found", "disclosure.acknowledged")
    at = now()
    Event.objects.bulk_create(
        Event(case=referral.case, subject="x", kind=kinds[n % 4], at=at + timedelta(seconds=n)) for n in range(count)
    )


def rows(place: County, referral: Referral, count: int) -> None:
    """``count`` more of everything a page of a case lists."""
    by, at = place.locality_worker, now()
    events(referral, count)
    with access.material(by, referral.case_id):
        Note.objects.bulk_create(Note(case=referral.case, text="A note.", by=by.user, at=at) for _ in range(count))
        kept = Document.objects.filter(case=referral.case).first()
        assert kept
        Document.objects.bulk_create(
            Document(
                case=referral.case, kind="OTHER", title="A letter", file_name="a.pdf", media_type="application/pdf",
                size=1, sha256="0" * 64, store_key=f"none/{n}", scan="CLEAN", added_by=by.user, added_at=at,
            )
            for n in range(count)
        )  # fmt: skip
    OnwardNeed.objects.bulk_create(
        OnwardNeed(case=referral.case, need="Housing", found_by=by.user, found_at=at) for _ in range(count)
    )
    for n in range(count):
        timing.start(case=referral.case, subject=f"x:{n}", clock=clocks.FINISH, by=by, at=at, team_id=None)
    later = at + timedelta(hours=1)
    assigning.assign(case=referral.case, to=by.user, by=by, at=later)


@pytest.mark.parametrize("count", [1, 3, 100])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_six_statements_and_its_line_in_the_access_log(
    place: County, client: Client, statements: Statements, page: str, count: int
) -> None:
    referral = a_referral(place, "PREPARING")
    a_referral(place, "RECEIVED")
    a_form(place, referral=referral)
    a_named_worker(place, referral, place.colleague)
    rows(place, referral, count)
    sign_in(client, place.locality_worker)
    asked, logged = statements(reverse(page, args=[referral.case_id]))
    assert logged == 1
    assert asked == EXACTLY[page], "a page gained or lost a statement"
    assert asked <= MOST


EXACTLY = {"case": 6, "case-history": 6, "case-people": 6, "case-restricted": 6, "case-tasks": 6, "case-looks": 4}


@pytest.mark.parametrize("page", ["case", "case-history"])
def test_a_thousand_events_cost_what_ten_do(place: County, client: Client, page: str) -> None:
    few, many = a_referral(place, "PREPARING"), a_referral(place, "PREPARING")
    events(few, 10)
    events(many, 1000)
    sign_in(client, place.locality_worker)
    took: dict[Referral, list[float]] = {few: [], many: []}
    for _ in range(25):
        for referral, times in took.items():
            begun = time.perf_counter()
            client.get(reverse(page, args=[referral.case_id]))
            times.append(time.perf_counter() - begun)
    ratio = median(took[many]) / median(took[few])
    print(f"{page}: {median(took[few]) * 1000:.1f} ms and {median(took[many]) * 1000:.1f} ms, {ratio:.2f}")
    assert ratio < 1.3
