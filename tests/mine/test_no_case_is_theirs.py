"""Somebody without a seat in a case team meets "not found" at every address of a case, whatever they sent about it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from prevent_cases.casework.models import AccessLog
from referrals.models import PractitionerReferral
from referrals.states import PractitionerState as P
from tests.factories import County, a_practitioner_referral, a_referral, county, sign_in


@pytest.fixture
def place(db: None) -> County:
    return county()


def of_a_case(patterns: list, above: str = "") -> Iterator[str]:
    """Every address that holds a case's id, as it is declared."""
    for each in patterns:
        route = f"{above}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from of_a_case(each.url_patterns, route)
        elif isinstance(each, URLPattern) and "<uuid:case_id>" in route:
            yield f"/{route}"


def filled(route: str, case_id: UUID) -> str:
    path = route.replace("<uuid:case_id>", str(case_id))
    while "<uuid:" in path:
        before, _, rest = path.partition("<uuid:")
        path = before + str(uuid4()) + rest.partition(">")[2]
    return path.replace("<slug:about>", "told")


ROUTES = sorted(set(of_a_case(get_resolver().url_patterns)))


def test_there_are_many_such_addresses() -> None:
    assert len(ROUTES) >= 50
    assert all(filled(route, uuid4()).count("<") == 0 for route in ROUTES)


@pytest.mark.parametrize("state", [P.TAKEN_UP, P.LINKED])
def test_a_practitioner_finds_no_page_of_any_case(place: County, client: Client, state: str) -> None:
    own = a_practitioner_referral(place, state)
    others = a_referral(place, "PREPARING")
    joined = PractitionerReferral.objects.select_related("linked_to").get(pk=own.pk).linked_to
    cases = [own.case_id, others.case_id, *([joined.case_id] if joined else [])]
    for actor in (place.practitioner, place.school_lead, place.outsider):
        sign_in(client, actor)
        for route in ROUTES:
            for case_id in cases:
                path = filled(route, case_id)
                assert client.get(path).status_code in (404, 405), (actor.name, route)
                assert client.post(path).status_code in (404, 405), (actor.name, route)
    assert not AccessLog.objects.filter(user__in=[place.practitioner.user_id, place.school_lead.user_id]).exists()


def test_nor_the_lists_of_cases(place: County, client: Client) -> None:
    a_practitioner_referral(place, P.LINKED)
    sign_in(client, place.practitioner)
    for path in ("/referrals/", "/referrals/practitioners/", "/referrals/new/", "/referrals/register/",
                 "/referrals/exchange/", "/work/", "/referrals/search/"):  # fmt: skip
        assert client.get(path).status_code == 404, path
        assert client.post(path, {"q": "Ackerley"}).status_code == 404, path
