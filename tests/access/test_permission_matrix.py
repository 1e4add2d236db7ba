"""Every address, asked by everybody: the answers are the committed ones, and some answers may never be given."""

import itertools
import os
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.addresses import Address, addresses
from tests.access.matrix import (
    FOLDER,
    IN,
    METHODS,
    NOT_SIGNED_IN,
    NOT_SO,
    OUT,
    WRITE,
    answer,
    ask,
    ask_all,
    at_the_door,
    is_refused_at_the_door,
    page,
)
from tests.access.offices import BESIDE, keep_from
from tests.access.situations import SITUATIONS, Situation, signed_in, situation
from tests.architecture.source import only_excepted

NEVER = ("excluded_with_every_right", "lapsed_worker", "former_officer", "outsider", "other_locality_worker")
"""Who may know of none of these cases, whatever else they are."""

EVERYBODY_ASKED = "with the locality"
TWINS = (
    "second_officer", "other_area_worker", "other_practitioner", "school_deputy", "lead_elsewhere", "lists_manager",
)  # fmt: skip
"""In one situation everybody is asked everything. In the others these, who stand as somebody else does, are left out,
and whoever may not know of the case reads every address and posts to those that are not the case's."""

NOBODY = ("", "nobody")
ANSWERS_NOBODY = {
    "/demo/": "the list of demo sign-ins: there is no such page but in the demo",
    "/referrals/<uuid:case_id>/match/": "an answer about one candidate: an empty POST names nobody who was shown",
}

REFER = (
    "practitioner", "other_practitioner", "school_lead", "school_deputy", "teacher_elsewhere", "lead_elsewhere",
    "public_account",
)  # fmt: skip
KNOW_OF_NO_CASE = (
    "visitor", "closed_account_still_signed_in", "lists", "lists_manager", "auditor", "chair", "member",
    "prevent_lead", *REFER,
)  # fmt: skip
NOT_OF_A_CASE = ("refer", "mine", "lists", "reference")
"""Addresses that no case's situation changes: they are asked beside the cases, each in situations of their own."""
ONE_OF = {
    "concern_id": ("practitioner", "school_lead"), "referral_id": ("practitioner",), "question_id": ("practitioner",),
}  # fmt: skip
"""What may be opened by these alone, whoever else asks: its writer, and the lead it was handed to."""


def is_beside(address: Address) -> bool:
    return (
        address.name.startswith("referrals:practitioner")
        or address.name.partition(":")[0] in NOT_OF_A_CASE
        or (address.name == "referrals:question-take-back")
    )


def has_an_id(address: Address) -> bool:
    return any(name.endswith("_id") or name in ("key", "part") for name in address.takes)


def compared(title: str, text: str) -> None:
    """The page is the committed one; or is written, when it was asked for."""
    file = FOLDER / f"{title.replace(' ', '-')}.md"
    if os.environ.get(WRITE):
        FOLDER.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text, f"{WRITE}=1 writes it anew: look at what changed"


def asked_both_ways(
    address: Address, here: Situation, clients: dict[str, Client], knowing: set[str]
) -> dict[str, dict[str, str]]:  # fmt: skip
    """Everybody's answers by GET and by POST. Whom the view's policy turns away is not asked again here; whoever is not
    among ``knowing`` and meets "not found" by GET is taken to meet it by POST too."""
    told = {name: at_the_door(name) for name in clients if is_refused_at_the_door(address, here.people[name])}
    able = {name: client for name, client in clients.items() if name not in told}
    path = address.path(here.ids)
    read = ask_all(able, "get", path)
    if NOT_SO not in read.values() and "case_id" in address.takes:
        told |= {name: OUT for name, said in read.items() if said == OUT and name not in knowing}
        able = {name: client for name, client in able.items() if name not in told}
    sent = ask_all(able, "post", path)
    return {"get": {**told, **read}, "post": {**told, **sent}}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("title", SITUATIONS)
def test_who_gets_in_where_a_case_is(title):
    here = situation(SITUATIONS[title])
    clients = signed_in(here.people)
    knowing = set(clients)
    if title != EVERYBODY_ASKED:
        clients = {name: client for name, client in clients.items() if name not in TWINS}
        case_page = reverse("case", args=[here.referral.case_id])
        knowing = {name for name, said in ask_all(clients, "get", case_page).items() if said == IN}
    asked = [each for each in addresses() if any(n.endswith("_id") for n in each.takes) and not is_beside(each)]
    assert len(asked) >= 40
    rows = {}
    for address in asked:
        rows[address] = asked_both_ways(address, here, clients, knowing)
        let_in = {name for answers in rows[address].values() for name, said in answers.items() if said == IN}
        assert "visitor" not in let_in
        assert "closed_account_still_signed_in" not in let_in
        if "case_id" in address.takes:
            assert not let_in & {*NEVER, *KNOW_OF_NO_CASE}, address.route
    compared(f"a case {title}", page(f"a case {title}", len(clients), rows))


@pytest.mark.django_db(transaction=True)
def test_who_gets_in_where_no_case_is_asked_for(settings):
    settings.BRAND_COLOUR = "#00525c"
    settings.PUBLIC_REFERRALS = settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = True
    here = situation("PREPARING")
    clients = signed_in(here.people)
    rows = {
        address: at_the_door_and_in(address, here, clients, address.path(here.ids))
        for address in addresses()
        if not any(name.endswith("_id") for name in address.takes) and not (is_beside(address) and has_an_id(address))
    }
    assert len(rows) >= 40
    for address, by_method in rows.items():
        for answers in by_method.values():
            said = {answers[name] for name in NOT_SIGNED_IN} - {NOT_SO}
            assert len(said) <= 1, address.route
    compared("no case", page("addresses of no case", len(clients), rows))
    for title, make in BESIDE.items():
        beside(title, here, make(here.place, here.ids), clients)


def at_the_door_and_in(
    address: Address, here: Situation, clients: dict[str, Client], path: str
) -> dict[str, dict[str, str]]:
    """Everybody's answers by GET and by POST. Whom the view's policy turns away is not asked again here."""
    told = {name: at_the_door(name) for name in clients if is_refused_at_the_door(address, here.people[name])}
    able = {name: client for name, client in clients.items() if name not in told}
    return {method: told | ask_all(able, method, path) for method in METHODS}


def beside(title: str, here: Situation, ids: dict[str, Any], clients: dict[str, Client]) -> None:
    """The page of a situation beside the cases, of every address that takes one of its ids."""
    if "referral_id" in ids:
        keep_from(here.place, ids, here.people["excluded_with_every_right"])
    asked = [
        address
        for address in addresses()
        if is_beside(address)
        and has_an_id(address)
        and any(key in ids for name in address.takes if name != "slug" for key in address.keys_of(name))
    ]
    rows = {address: at_the_door_and_in(address, here, clients, address.path(ids)) for address in asked}
    for address, by_method in rows.items():
        let_in = {name for answers in by_method.values() for name, said in answers.items() if said == IN}
        assert not let_in & {*NOT_SIGNED_IN, "excluded_with_every_right" if "referral_id" in ids else ""}, address.route
        for name in set(address.takes) & set(ONE_OF):
            if address.name.partition(":")[0] in ("refer", "mine"):
                assert let_in <= set(ONE_OF[name]), address.route
    assert len(rows) >= 10
    compared(title, page(title, len(clients), rows))


EACH = 4
"""At each view's door every fourth is asked, at the next view the next: the rule is asked by one middleware for all."""


@pytest.mark.django_db(transaction=True)
def test_whoever_a_views_policy_turns_away_is_told_that_nothing_is_there():
    """Before any record is looked at, and by every method: this is why the pages above need not ask them all."""
    here = situation("PREPARING")
    clients = signed_in(here.people)
    turned_away, methods = 0, itertools.cycle((*METHODS, "put"))
    for place, address in enumerate(addresses()):
        for turn, (name, client) in enumerate(clients.items()):
            if is_refused_at_the_door(address, here.people[name]) and (turn + place) % EACH == 0:
                said = answer(ask(client, next(methods), address.path(here.ids)))
                assert said == at_the_door(name), f"{name} {address.route}"
                turned_away += 1
    assert turned_away >= 500


def test_every_address_lets_somebody_in():
    """A view that answers nobody is dead, or was never tried. Read from the committed pages."""
    lines = [line for file in FOLDER.glob("*.md") for line in file.read_text(encoding="utf-8").splitlines()]
    answered = {}
    for line in lines:
        if line.startswith("| `/"):
            route, *cells = (part.strip() for part in line.strip("|").split("|"))
            answered[route.strip("`")] = answered.get(route.strip("`"), False) or any(c not in NOBODY for c in cells)
    assert set(answered) == {address.route for address in addresses()}
    only_excepted({route: route for route, some in answered.items() if not some}, ANSWERS_NOBODY)
