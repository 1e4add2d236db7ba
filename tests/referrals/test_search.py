"""The search page: what somebody says on the telephone finds the case, for whoever may see it."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import County, a_conflict, a_referral, county, sign_in
from tests.journeys.pages import page, words

PERSON: dict[str, Any] = {
    "given_name": "Ottoline", "family_name": "Vexley", "born_on": date(2009, 4, 3), "postcode": "ZE1 4AB",
    "phone": "07700 900123", "nhs_number": "9434765919", "policing_reference": "CTP/2026/0042",
}  # fmt: skip


@pytest.fixture
def place(db: None) -> County:
    return county()


def found(client: Client, typed: str) -> list[tuple[str, str]]:
    """The reference and the reason of each row."""
    shown = page(client.post(reverse("referrals:search"), {"q": typed}))
    rows = shown.xpath("//tbody/tr")
    return [(row.xpath(".//*[@class='app-reference']")[0].text, row.xpath("./td[last()]")[0].text) for row in rows]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("07700 900123", "This telephone number"),
        ("07700900123", "This telephone number"),
        ("+44 7700 900123", "This telephone number"),
        ("+44 (0)7700 900-123", "This telephone number"),
        ("0044 7700 900123", "This telephone number"),
        ("943 476 5919", "This NHS number"),
        ("9434765919", "This NHS number"),
        ("NHS 943-476-5919", "This NHS number"),
        ("ZE1 4AB", "This postcode"),
        ("ze14ab", "This postcode"),
        ("3/4/09", "Born on this day"),
        ("03.04.09", "Born on this day"),
        ("3-4-2009", "Born on this day"),
        ("03042009", "Born on this day"),
        ("3 4 2009", "Born on this day"),
        ("3 Apr 2009", "Born on this day"),
        ("3rd of April 2009", "Born on this day"),
        ("3apr09", "Born on this day"),
        ("April 3, 2009", "Born on this day"),
        ("2009-04-03", "Born on this day"),
        ("2009/4/3", "Born on this day"),
        ("CTP/2026/0042", "CT policing's reference"),
        ("ctp 2026 0042", "CT policing's reference"),
        ("ctp20260042", "CT policing's reference"),
        ("Ctp-2026 / 0042", "CT policing's reference"),
    ],
)
def test_it_is_found_however_it_is_written(place: County, client: Client, typed: str, why: str) -> None:
    referral = a_referral(place, **PERSON)
    a_referral(place, given_name="Barnaby", family_name="Crake", born_on=date(1980, 2, 3), postcode="ZE2 9XY")
    sign_in(client, place.officer)
    assert found(client, typed) == [(referral.case.reference, why)]


def test_our_reference_is_found_in_any_case_and_spacing(place: County, client: Client) -> None:
    referral = a_referral(place, **PERSON)
    plain = referral.case.reference.replace("-", "")
    sign_in(client, place.officer)
    for typed in (plain.lower(), " ".join(plain), plain.removeprefix("PC"), f"  {referral.case.reference.lower()} "):
        assert found(client, typed) == [(referral.case.reference, "This reference")]


@pytest.mark.parametrize("typed", ["Vexley 3/4/09", "ottoline vexley 3 apr 09", "3.4.2009 Vexley", "Vexley ZE1 4AB"])
def test_a_name_with_a_date_or_a_postcode(place: County, client: Client, typed: str) -> None:
    referral = a_referral(place, **PERSON)
    sign_in(client, place.officer)
    assert [reference for reference, _ in found(client, typed)] == [referral.case.reference]


def test_a_year_of_two_figures_means_either_century_and_never_the_future(place: County, client: Client) -> None:
    old = a_referral(place, given_name="Una", family_name="Pell", born_on=date(1931, 5, 6))
    sign_in(client, place.officer)
    assert [reference for reference, _ in found(client, "6/5/31")] == [old.case.reference]


@pytest.mark.parametrize("typed", ["31/2/2009", "99/99/99", "12345678901234567890", "0", "+", "((((", "1/1/1"])
def test_what_is_no_date_and_no_number_finds_nobody_and_breaks_nothing(
    place: County, client: Client, typed: str
) -> None:
    a_referral(place, **PERSON)
    sign_in(client, place.officer)
    assert found(client, typed) == []


@pytest.mark.parametrize("typed", ["07700 900123", "9434765919", "ZE1 4AB", "3/4/09", "CTP/2026/0042", "Vexley"])
def test_nobody_finds_what_they_may_not_see(place: County, client: Client, typed: str) -> None:
    referral = a_referral(place, **PERSON)
    sign_in(client, place.area_worker)
    assert found(client, typed) == []
    a_conflict(referral, place.officer)
    sign_in(client, place.officer)
    assert found(client, typed) == []


@pytest.mark.parametrize("typed", ["07700 900123", "ZE1 4AB", "3/4/09", "CTP/2026/0042"])
def test_it_costs_the_same_at_one_row_and_at_three(place: County, client: Client, typed: str) -> None:
    a_referral(place, **PERSON)
    sign_in(client, place.officer)
    costs = []
    for _ in range(2):
        found(client, typed)
        with CaptureQueriesContext(connection) as asked:
            rows = found(client, typed)
        costs.append((len(rows), len(asked)))
        for _ in range(2):
            a_referral(place, **PERSON)
    assert [rows for rows, _ in costs] == [1, 3]
    assert costs[0][1] == costs[1][1] <= 10


def test_numbers_are_looked_up_by_index(place: County) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM referrals_referral WHERE "
            "regexp_replace(upper(policing_reference), '[^A-Z0-9]', '', 'g') = 'CTP20260042'"
        )
        assert "referral_policing_plain" in str(cursor.fetchall())


def test_what_was_typed_is_in_no_address_and_no_log(
    place: County, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    a_referral(place, **PERSON)
    sign_in(client, place.officer)
    caplog.set_level(logging.DEBUG)
    shown = client.post(reverse("referrals:search"), {"q": "Ottoline 07700 900123"})
    addresses = [*page(shown).xpath("//@href"), *page(shown).xpath("//@action")]
    assert not any("07700" in address or "ttoline" in address for address in addresses)
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any("900123" in line or "Ottoline" in line for line in logged)
    assert "Ottoline" in words(shown)


def test_a_worker_who_is_named_on_an_open_case_finds_it(place: County, client: Client) -> None:
    by_words, by_account, shut = (
        a_referral(place, "WITH_LOCALITY"),
        a_referral(place, "WITH_LOCALITY"),
        a_referral(place),
    )
    type(by_words).objects.filter(pk=by_words.pk).update(named_worker_name="Wilhelmina Typed-Override")
    type(by_account).objects.filter(pk=by_account.pk).update(named_worker=place.locality_worker.user)
    type(shut).objects.filter(pk=shut.pk).update(named_worker_name="")
    sign_in(client, place.officer)
    assert found(client, "typed-override") == [(by_words.case.reference, "Worker")]
    assert (by_account.case.reference, "Worker") in found(client, place.locality_worker.user.name)
    sign_in(client, place.other_locality_worker)
    assert found(client, "typed-override") == []
    assert "worker" in page(client.get("/help/")).xpath("//input[@id='site-search']/@placeholder")[0]
