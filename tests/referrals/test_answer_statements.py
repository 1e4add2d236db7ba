"""The pages of the answer, of forms, of the exchange and of finishing cost the same however much they hold."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prevent_cases.casework.models import Disclosure
from referrals.models import Contribution, InformationForm, Referral
from referrals.states import ReferralState as S
from tests.factories import (
    County,
    a_contribution,
    a_form,
    a_need,
    a_nil_return,
    a_person,
    a_referral,
    acting,
    county,
    sign_in,
)

AUDITED = 1
"""The line of the access log, which these pages write with what they read."""

pytestmark = pytest.mark.django_db


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len([q for q in caught if not re.match(r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)", q["sql"])])


def on_case(name: str, referral: Referral) -> str:
    return reverse(f"referrals:{name}", args=[referral.case_id])


ANSWER_PAGES = [
    ("answer", S.PREPARING, "locality_worker"),
    ("answer-preview", S.SIGN_OFF, "locality_worker"),
    ("answer-preview", S.RESPONDED, "locality_worker"),
    ("sign-off-answer", S.SIGN_OFF, "locality_manager"),
]


@pytest.mark.parametrize(("name", "state", "role"), ANSWER_PAGES)
def test_a_page_of_the_answer_takes_six_and_the_audit(name: str, state: str, role: str) -> None:
    place = county()
    referral = a_referral(place, state)
    client = sign_in(Client(), getattr(place, role))
    assert statements(client, on_case(name, referral)) <= 6 + AUDITED + (name == "sign-off-answer")


PLAIN_PAGES = [
    ("record-outcome", S.RESPONDED, "officer"),
    ("return-answer", S.SIGN_OFF, "locality_manager"),
    ("reopen", S.CLOSED, "ssu_lead"),
    ("forms-new", S.PREPARING, "locality_worker"),
]


@pytest.mark.parametrize(("name", "state", "role"), PLAIN_PAGES)
def test_a_page_that_asks_takes_six_and_the_audit(name: str, state: str, role: str) -> None:
    place = county()
    referral = a_referral(place, state)
    client = sign_in(Client(), getattr(place, role))
    assert statements(client, on_case(name, referral)) <= 6 + AUDITED + (name == "sign-off-answer")


def with_forms(place: County, referral: Referral, count: int) -> tuple[str, str]:
    for _ in range(count):
        a_form(place, referral=referral)
    return on_case("forms", referral), "officer"


def with_questions(place: County, referral: Referral, count: int) -> tuple[str, str]:
    form = a_form(place, referral=referral, questions=[f"Question {n}?" for n in range(1, count + 2)])
    for number in range(1, count + 1):
        colleague = acting(a_person(f"Asked {form.pk.hex} {number}", place.children_team))
        a_contribution(place, form=form, heading=str(number), colleague=colleague)
    return reverse("referrals:form", args=[referral.case_id, form.pk]), "locality_worker"


def with_questions_to_return(place: County, referral: Referral, count: int) -> tuple[str, str]:
    address, role = with_questions(place, referral, count)
    return address + "answer/", role


def with_needs(place: County, referral: Referral, count: int) -> tuple[str, str]:
    for _ in range(count):
        a_need(place, referral)
    return on_case("needs", referral), "officer"


def with_gates(place: County, referral: Referral, count: int) -> tuple[str, str]:
    for number in range(count):
        a_need(place, referral)
        a_contribution(place, form=a_form(place, referral=referral), heading=str(number % 2 + 1))
    return on_case("close", referral), "officer"


def with_disclosures(place: County, referral: Referral, count: int) -> tuple[str, str]:
    for _ in range(count):
        a_form(place, "ANSWERED", referral=referral)
    return on_case("disclosures", referral), "locality_worker"


def with_exchange(place: County, _: Referral, count: int) -> tuple[str, str]:
    for _number in range(count):
        a_nil_return(place)
        a_referral(place, S.QUERIED)
    return reverse("referrals:exchange"), "liaison"


GROWING = [
    (with_forms, 5 + AUDITED),
    (with_questions, 6 + AUDITED),
    (with_questions_to_return, 8 + AUDITED),
    (with_needs, 4 + AUDITED),
    (with_gates, 6 + AUDITED),
    (with_disclosures, 5 + AUDITED),
    (with_exchange, 6 + AUDITED),
]


@pytest.mark.parametrize(("filled", "most"), GROWING, ids=lambda value: getattr(value, "__name__", ""))
def test_a_page_costs_the_same_at_one_row_and_at_three(
    filled: Callable[[County, Referral, int], tuple[str, str]], most: int
) -> None:
    place = county()
    counted = []
    for rows in (1, 2):
        referral = a_referral(place, S.OUTCOME_KNOWN)
        address, role = filled(place, referral, 1 if rows == 1 else 3)
        counted.append(statements(sign_in(Client(), getattr(place, role)), address))
    assert counted[0] == counted[1]
    assert counted[0] <= most


def test_a_colleagues_own_page_takes_six_and_the_audit() -> None:
    place = county()
    part = a_contribution(place)
    address = reverse("referrals:contribution", args=[part.pk])
    assert statements(sign_in(Client(), place.colleague), address) <= 6 + AUDITED
    assert Contribution.objects.count() == InformationForm.objects.count() == 1


def test_one_thing_that_was_shared_takes_six_and_the_audit() -> None:
    place = county()
    disclosure = Disclosure.objects.get(case=a_nil_return(place).case_id)
    address = reverse("referrals:exchange-item", args=[disclosure.pk])
    assert statements(sign_in(Client(), place.liaison), address) <= 6 + AUDITED
