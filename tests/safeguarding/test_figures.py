"""Children's referrals in numbers: counted right, and small ones never shown nor to be worked out (C1.28, C1.29)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from referrals.states import ReferralState as S
from safeguarding.queries import figures
from safeguarding.queries.figures import SMALL, last_quarters, quarter_of, shown, whole_of
from tests.factories import County, a_referral, county, sign_in
from tests.journeys.pages import page

CLASSES = range(18)
"""Every count of the first four ways in which a number is shown."""


@pytest.mark.parametrize("parts", [2, 3])
def test_no_small_number_can_be_worked_out_even_by_who_knows_the_rule(parts: int) -> None:
    """Whoever sees the parts and the whole can still take each small part to be more than one number."""
    may_be: dict[tuple[str, ...], list[set[int]]] = defaultdict(lambda: [set() for _ in range(parts)])
    for counts in product(CLASSES, repeat=parts):
        seen = (*map(shown, counts), whole_of(counts))
        for place, count in enumerate(counts):
            may_be[seen][place].add(count)
    for seen, guesses in may_be.items():
        for part, values in zip(seen, guesses, strict=False):
            assert part != SMALL or len(values) > 1, seen


def test_a_number_is_shown_as_itself_small_or_to_the_nearest_five() -> None:
    assert [shown(count) for count in (0, 1, 7, 8, 12, 13, 1004)] == ["0", SMALL, SMALL, "10", "10", "15", "1,005"]


def test_quarters_are_those_of_the_calendar() -> None:
    assert quarter_of(date(2026, 3, 31)) == (2026, 1)
    assert quarter_of(date(2026, 4, 1)) == (2026, 2)
    assert last_quarters(date(2026, 2, 1))[0] == (2025, 1)
    assert last_quarters(date(2026, 2, 1))[-1] == (2026, 1)


@pytest.fixture
def place(db: None) -> County:
    return county()


def rows_of(client: Client) -> dict[str, list[str]]:
    shown_rows = page(client.get(reverse("children:figures"))).xpath("//tbody/tr")
    return {row.xpath("th")[0].text_content(): [cell.text_content() for cell in row.xpath("td")] for row in shown_rows}


def test_they_are_counted_without_opening_any_restricted_area(place: County, client: Client, monkeypatch: Any) -> None:
    for state in (S.WITH_CHILDREN, S.CHILD_DECIDED, S.RECEIVED):
        a_referral(place, state)
    sign_in(client, place.auditor)
    assert rows_of(client)["No immediate concern"] == ["0", "0", "0", "0", SMALL]
    monkeypatch.setattr(figures, "shown", str)
    monkeypatch.setattr(figures, "LEAST", 0)
    monkeypatch.setattr(figures, "whole_of", lambda counts, _: str(sum(counts)))
    rows = rows_of(client)
    assert [rows[label][-1] for label in ("All", "No immediate concern", "With children’s duty", "Closed")] == [
        "2", "1", "1", "0",
    ]  # fmt: skip


def test_they_are_open_to_those_who_answer_for_them_and_to_nobody_else(place: County, client: Client) -> None:
    for actor in (place.children, place.officer, place.prevent_lead, place.auditor):
        assert sign_in(client, actor).get(reverse("children:figures")).status_code == 200
    for actor in (place.locality_worker, place.liaison, place.practitioner, place.outsider):
        assert sign_in(client, actor).get(reverse("children:figures")).status_code == 404
