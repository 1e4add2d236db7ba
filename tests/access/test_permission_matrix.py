"""Every address, asked by everybody: the answers are the committed ones, and some answers may never be given."""

import os

import pytest

from tests.access.addresses import addresses
from tests.access.matrix import (
    FOLDER,
    IN,
    METHODS,
    OUT,
    SIGN_IN,
    WRITE,
    answer,
    ask,
    ask_all,
    is_refused_at_the_door,
    page,
)
from tests.access.situations import SITUATIONS, signed_in, situation
from tests.architecture.source import only_excepted

NEVER = ("excluded_with_every_right", "lapsed_worker", "former_officer", "outsider", "other_locality_worker")
"""Who may know of none of these cases, whatever else they are."""

NOBODY = ("", "nobody")
ANSWERS_NOBODY = {
    "/demo/": "the list of demo sign-ins: there is no such page but in the demo",
}

KNOW_OF_NO_CASE = ("visitor", "closed_account_still_signed_in", "lists", "auditor", "chair", "member", "prevent_lead")


def compared(title: str, text: str) -> None:
    """The page is the committed one; or is written, when it was asked for."""
    file = FOLDER / f"{title.replace(' ', '-')}.md"
    if os.environ.get(WRITE):
        FOLDER.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text, "python -m tests.access.matrix --write, and look at what changed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("title", SITUATIONS)
def test_who_gets_in_where_a_case_is(title):
    here = situation(SITUATIONS[title])
    clients = signed_in(here.people)
    asked = [address for address in addresses() if any(name.endswith("_id") for name in address.takes)]
    assert len(asked) >= 40
    rows = {}
    for address in asked:
        able = {name: c for name, c in clients.items() if not is_refused_at_the_door(address, here.people[name])}
        path = address.path(here.ids)
        rows[address] = {method: ask_all(able, method, path) for method in METHODS}
        let_in = {name for answers in rows[address].values() for name, said in answers.items() if said == IN}
        assert "visitor" not in let_in
        assert "closed_account_still_signed_in" not in let_in
        if "case_id" in address.takes:
            assert not let_in & {*NEVER, *KNOW_OF_NO_CASE}, address.route
    compared(f"a case {title}", page(f"a case {title}", len(clients), rows))


@pytest.mark.django_db(transaction=True)
def test_who_gets_in_where_no_case_is_asked_for(settings):
    settings.BRAND_COLOUR = "#00525c"
    here = situation("PREPARING")
    clients = signed_in(here.people)
    rows = {
        address: {method: ask_all(clients, method, address.path(here.ids)) for method in METHODS}
        for address in addresses()
        if not any(name.endswith("_id") for name in address.takes)
    }
    assert len(rows) >= 20
    for address, by_method in rows.items():
        for answers in by_method.values():
            assert answers["visitor"] == answers["closed_account_still_signed_in"], address.route
    compared("no case", page("addresses of no case", len(clients), rows))


@pytest.mark.django_db(transaction=True)
def test_whoever_a_views_policy_turns_away_is_told_that_nothing_is_there():
    """Before any record is looked at, and by every method: this is why the pages above need not ask them all."""
    here = situation("PREPARING")
    clients = signed_in(here.people)
    turned_away = 0
    for address in addresses():
        out = {name: c for name, c in clients.items() if is_refused_at_the_door(address, here.people[name])}
        for method in (*METHODS, "put"):
            for name, client in out.items():
                expected = SIGN_IN if name in ("visitor", "closed_account_still_signed_in") else OUT
                assert answer(ask(client, method, address.path(here.ids))) == expected, f"{name} {address.route}"
                turned_away += 1
    assert turned_away >= 1000


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
