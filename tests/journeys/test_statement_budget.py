"""What every page that lists or shows costs: six statements and the line of the access log, at 1, 3, 25 and 100 rows.

Two pages cost more, always the same: docs/adr/0012-two-pages-cost-more-than-six-statements.md.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prevent_cases.casework.models import ProclaimedDay
from prevent_cases.casework.now import now, today
from referrals.states import PractitionerState
from referrals.states import ReferralState as S
from tests.access.offices import ids_beside, ids_of_practitioners
from tests.factories import (
    County,
    a_form,
    a_nil_return,
    a_referral,
    a_register_entry,
    a_register_import,
    county,
    sign_in,
)

pytestmark = pytest.mark.django_db
KEEPING = re.compile(r"SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT")
MOST, ROWS = 6, (1, 3, 25, 100)
WITH_MATCHES = 10
"""What triage and the matches may cost, their line in the access log apart."""


def cost(client: Client, address: str) -> int:
    """Statements of a page without its line in the access log, when the session is warm."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    asked = [query["sql"] for query in caught if not KEEPING.match(query["sql"])]
    logged = [sql for sql in asked if "INSERT INTO casework_accesslog" in sql]
    assert len(logged) <= 1
    return len(asked) - len(logged)


def referrals(place: County, count: int) -> None:
    for number in range(count):
        a_referral(place, at=now() - timedelta(minutes=number), policing_reference=f"CTP/2026/{number}")


def days(place: County, first: int, last: int) -> None:
    ProclaimedDay.objects.bulk_create(
        ProclaimedDay(
            division="england-and-wales", on=today() + timedelta(days=400 + n), name="Day of thanks",
            added_by=place.lists.user, added_at=now(),
        )
        for n in range(first, last)
    )  # fmt: skip


LISTS = [
    ("referrals:inbox", "officer"),
    ("my-work", "officer"),
    ("my-work", "locality_worker"),
    ("referrals:exchange", "liaison"),
    ("referrals:register", "officer"),
    ("working-days", "lists"),
]


def test_a_list_costs_the_same_at_every_length() -> None:
    place = county()
    clients = {role: sign_in(Client(), getattr(place, role)) for _, role in LISTS}
    made, costs = 0, []
    for rows in ROWS:
        referrals(place, rows - made)
        days(place, made, rows)
        made = rows
        costs.append({page: cost(clients[page[1]], reverse(page[0])) for page in LISTS})
    assert costs == [costs[0]] * len(ROWS)
    assert max(costs[0].values()) <= MOST


BESIDE = [
    ("practitioner", "refer:start", ()),
    ("practitioner", "refer:tasks", ("concern_id",)),
    ("practitioner", "refer:page", ("concern_id", "slug")),
    ("practitioner", "refer:documents", ("concern_id",)),
    ("practitioner", "refer:check", ("concern_id",)),
    ("practitioner", "refer:sent", ("referral_id",)),
    ("practitioner", "mine:list", ()),
    ("practitioner", "mine:referral", ("referral_id",)),
    ("practitioner", "mine:answer", ("question_id",)),
    ("practitioner", "mine:concern", ("concern_id",)),
    ("practitioner", "mine:advice", ("concern_id",)),
    ("practitioner", "mine:hand", ("concern_id",)),
    ("practitioner", "reference:training", ()),
    ("officer", "referrals:practitioners", ()),
    ("officer", "referrals:practitioner", ("practitioners.case_id",)),
    ("officer", "reference:directory", ()),
    ("officer", "reference:entry", ("entry_id",)),
    ("officer", "reference:posts", ()),
    ("officer", "reference:courses", ()),
    ("ssu_lead", "sharing:register", ()),
    ("lists", "reference:domains", ()),
    ("lists", "reference:procedures", ()),
    ("lists", "reference:procedure", ("procedures.key",)),
    ("lists", "reference:part", ("procedures.key", "part", "name")),
    ("lists", "lists:home", ()),
    ("lists", "lists:gaps", ()),
    ("lists", "lists:who", ()),
    ("lists", "lists:team", ("team_id",)),
    ("lists", "lists:history", ("team_id",)),
    ("lists", "lists:nominate", ("team_id",)),
    ("lists", "lists:give-seat", ("team_id",)),
    ("lists", "lists:invitation", ("invitation_id",)),
    ("lists", "lists:uploads", ()),
    ("lists", "lists:places", ()),
    ("lists", "lists:people", ()),
    ("lists", "lists:person", ("lists:person.user_id",)),
    ("lists", "lists:reviews", ()),
    ("lists", "lists:review", ("review_id",)),
]
MORE = {"lists:person": 10, "mine:advice": 7, "mine:hand": 7, "mine:referral": 8, "referrals:practitioner": 9}
SIGN_OFF = {"referrals:sign-off-answer": 7}
"""Pages that cost more than six, with what they cost: docs/adr/0012-two-pages-cost-more-than-six-statements.md."""


def test_pages_beside_the_cases_cost_six() -> None:
    place = county()
    ids = ids_beside(place) | ids_of_practitioners(place, state=PractitionerState.TAKEN_UP, asked=True)
    clients = {role: sign_in(Client(), getattr(place, role)) for role in dict.fromkeys(role for role, *_ in BESIDE)}
    costs = {name: cost(clients[role], reverse(name, args=[ids[key] for key in keys])) for role, name, keys in BESIDE}
    assert {name: spent for name, spent in costs.items() if spent > MOST} == MORE


CASE_PAGES = [
    ("referrals:record", S.WITH_AREA, "area_worker"),
    ("referrals:answer", S.PREPARING, "locality_worker"),
    ("referrals:answer-preview", S.SIGN_OFF, "locality_worker"),
    ("referrals:sign-off-answer", S.SIGN_OFF, "locality_manager"),
    ("referrals:query-back", S.RECEIVED, "officer"),
    ("referrals:reroute", S.WITH_LOCALITY, "officer"),
    ("referrals:needs", S.PREPARING, "officer"),
    ("referrals:forms-new", S.PREPARING, "locality_worker"),
    ("referrals:close", S.OUTCOME_KNOWN, "officer"),
    ("referrals:reopen", S.CLOSED, "ssu_lead"),
    ("case", S.PREPARING, "locality_worker"),
    ("case-history", S.PREPARING, "locality_worker"),
    ("case-people", S.PREPARING, "locality_worker"),
    ("case-restricted", S.PREPARING, "locality_worker"),
    ("case-tasks", S.PREPARING, "locality_worker"),
    ("case-looks", S.PREPARING, "locality_worker"),
    ("case-consents", S.PREPARING, "locality_worker"),
    ("case-own-list", S.RESPONDED, "ssu_lead"),
]


@pytest.mark.parametrize(("name", "state", "role"), CASE_PAGES)
def test_a_page_of_a_case_costs_six(name: str, state: str, role: str) -> None:
    place = county()
    referral = a_referral(place, state)
    most = SIGN_OFF.get(name, MOST)
    assert cost(sign_in(Client(), getattr(place, role)), reverse(name, args=[referral.case_id])) <= most


def test_a_form_costs_six() -> None:
    place = county()
    form = a_form(place)
    client = sign_in(Client(), place.locality_worker)
    assert cost(client, reverse("referrals:form", args=[form.case_id, form.pk])) <= MOST


def test_the_pages_that_match_cost_the_same_at_every_number_of_matches() -> None:
    place = county()
    a_register_import()
    a_nil_return(place)
    referral = a_referral(place, given_name="Wilf")
    client, made, costs = sign_in(Client(), place.officer), 0, []
    for rows in ROWS:
        for _ in range(rows - made):
            a_register_entry("Wilf", "Ackerley", "known", born_on=date(1991, 3, 14))
            a_referral(place, given_name="Will")
        made = rows
        pages = [reverse(f"referrals:{name}", args=[referral.case_id]) for name in ("triage", "matches")]
        costs.append([cost(client, page) for page in pages])
    assert costs == [costs[0]] * len(ROWS)
    assert max(costs[0]) <= WITH_MATCHES


def test_a_search_costs_the_same_however_much_it_finds() -> None:
    place = county()
    client, costs = sign_in(Client(), place.officer), []
    client.get(reverse("referrals:inbox"))
    for rows in (1, 2, 22):
        referrals(place, rows)
        with CaptureQueriesContext(connection) as caught:
            assert client.post(reverse("referrals:search"), {"q": "Wilfred Ackerley"}).status_code == 200
        costs.append(len([query for query in caught if not KEEPING.match(query["sql"])]))
    assert len(set(costs)) == 1
    assert costs[0] <= MOST
