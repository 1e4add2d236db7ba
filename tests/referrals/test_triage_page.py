"""The triage page: one page to read and decide on, the same cost however much it shows, and every look logged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prevent_cases.casework.kinds import Look
from prevent_cases.casework.models import AccessLog
from prevent_cases.casework.now import now
from referrals.queries.triage import next_to_triage
from referrals.states import ReferralState as S
from tests.factories import (
    County,
    a_conflict,
    a_nil_return,
    a_practitioner_referral,
    a_referral,
    a_register_entry,
    a_register_import,
    county,
    received_file,
    sign_in,
)
from tests.journeys.pages import form_in, page, words
from tests.journeys.triaging import triage_of

KEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@pytest.fixture
def place(db: None) -> County:
    return county()


def test_everything_to_decide_on_is_on_one_page(place: County, client: Client) -> None:
    a_register_import()
    a_register_entry("Wilfred", "Ackerley", "open", born_on=date(1991, 3, 15), team="Corrow locality team",
                     worker_name="Luca Finch")  # fmt: skip
    a_nil_return(place)
    referral = a_referral(place, narrative={"concerns.described": "He spoke of people he met online."})
    sign_in(client, place.officer)
    shown = words(client.get(triage_of(referral)))
    for said in (
        "This may be somebody who was referred before", "Sergeant A. Lumb", "their reference CTP/2026/0001",
        "desk@ctp.example", "Who sees this", "Concerns", "He spoke of people he met online.", "Referral EML",
        "1 person referred before may be the same", "likely match", "One digit of the birth date differs",
        "Corrow locality team", "Luca Finch",
        "The register only suggests: you decide.", "Nothing is sent until you have seen what will be sent.",
    ):  # fmt: skip
        assert said in shown


def test_the_look_is_logged_as_one_at_what_came(place: County, client: Client) -> None:
    referral = a_referral(place)
    sign_in(client, place.officer).get(triage_of(referral))
    assert [row.what for row in AccessLog.objects.filter(case=referral.case_id)] == [Look.MATERIAL]


def test_nothing_of_the_person_stands_in_the_title_or_the_address(place: County, client: Client) -> None:
    referral = a_referral(place)
    sign_in(client, place.officer)
    shown = client.get(triage_of(referral))
    assert page(shown).findtext(".//title").startswith(f"Triage – {referral.case.reference}")
    assert "Ackerley" not in page(shown).findtext(".//title")


def test_the_register_decides_nothing_beforehand(place: County, client: Client) -> None:
    a_register_import()
    a_register_entry("Wilfred", "Ackerley", "open", born_on=date(1991, 3, 14))
    sign_in(client, place.officer)
    _, fields = form_in(client.get(triage_of(a_referral(place))), "Continue")
    assert "decision" not in fields
    assert "entry" not in fields
    assert fields["systems"] == ["register"]


@pytest.mark.parametrize("act", ["send-nil-return", "send-to-area", "send-to-locality"])
def test_asked_for_by_its_own_address_an_act_is_the_page_with_it_chosen(
    place: County, client: Client, act: str
) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    opened = client.get(reverse(f"referrals:{act}", args=[referral.case_id]), follow=True)
    chosen = {"send-nil-return": "NEVER", "send-to-area": "KNOWN", "send-to-locality": "OPEN"}[act]
    assert page(opened).xpath("//input[@name='decision'][@checked]/@value") == [chosen]


def test_an_expired_session_leads_to_sign_in_and_back_and_sends_nothing(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    acts = ["triage", "send-nil-return", "send-to-area", "send-to-locality", "send-to-children", "query-back",
            "query-answered", "recall", "reroute", "match"]  # fmt: skip
    for act in acts:
        url = reverse(f"referrals:{act}", args=[referral.case_id])
        answer = client.post(url, {"decision": "NEVER", "systems": ["register"], "version": referral.case.version})
        assert answer.status_code == 302
        assert answer.url == f"{reverse('account_login')}?next={url}"


def test_the_next_is_the_oldest_deadline_this_officer_may_see(place: County) -> None:
    this = a_referral(place, at=now() - timedelta(days=30))
    kept_from = a_referral(place, at=now() - timedelta(days=20))
    a_conflict(kept_from, place.officer)
    a_practitioner_referral(place, at=now() - timedelta(days=25))
    a_referral(place, S.QUERIED, at=now() - timedelta(days=15))
    later = a_referral(place, at=now() - timedelta(days=2))
    sooner = a_referral(place, at=now() - timedelta(days=9))
    assert next_to_triage(place.officer, this.case_id, now().date()) == sooner.case_id
    assert next_to_triage(place.second_officer, this.case_id, now().date()) == kept_from.case_id
    assert next_to_triage(place.locality_worker, this.case_id, now().date()) is None
    assert later.case_id


def test_it_costs_the_same_for_one_and_for_three_of_everything(place: County, client: Client) -> None:
    def cost(referral: object) -> int:
        client.get(triage_of(referral))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(triage_of(referral)).status_code == 200
        return len([query for query in asked.captured_queries if not query["sql"].startswith(KEEPING)])

    a_register_import()
    a_register_entry("Wilf", "Ackerley", "known", born_on=date(1991, 3, 14))
    a_nil_return(place)
    one = a_referral(place, given_name="Wilf", narrative={"concerns.described": "x"})
    sign_in(client, place.officer)
    first = cost(one)
    for name in ("Will", "Willy"):
        a_referral(place, given_name=name)
        a_register_entry(name, "Ackerley", "known", born_on=date(1991, 3, 14))
    words_of = {"concerns.described": "x", "complex_needs.described": "y", "other.described": "z"}
    three = a_referral(place, given_name="Wilf", narrative=words_of, files=[received_file() for _ in range(3)])
    assert cost(three) == first <= 11
