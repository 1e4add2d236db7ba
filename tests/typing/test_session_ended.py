"""A session ends while somebody types. Whatever the form, they sign in, and their words are in its boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import resolve, reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.models import Event
from tests.factories import County, county, sign_in
from tests.typing.walking import (
    SITUATIONS,
    addresses,
    filled_in,
    forms_that_post,
    held,
    ids_in,
    signs_in_again,
    takes_posts,
)

pytestmark = pytest.mark.django_db
PEOPLE = ("officer", "ssu_lead", "area_worker", "locality_worker", "locality_manager", "colleague", "liaison", "lists")

DOWNLOADS = {"document", "referrals:shared-document"}


def pages_with_forms(place: County, state: str) -> Iterator[tuple[Actor, str, Any]]:
    """Each form on each page that each person can open on a case at this state; each form once."""
    ids, seen = ids_in(place, state), set()
    for name in PEOPLE:
        client = sign_in(Client(), place.roles[name])
        for address, takes in addresses().items():
            if not set(takes) <= ids.keys() or address in DOWNLOADS:
                continue
            path = reverse(address, kwargs={one: ids[one] for one in takes})
            for form in forms_that_post(client.get(path)):
                kind = (resolve(form.get("action") or path).view_name, frozenset(filled_in(form)))
                if kind not in seen:
                    seen.add(kind)
                    yield place.roles[name], path, form


FORMS = {
    "account", "add-document", "clock-extend", "declare-conflict", "name-worker", "working-days", "write-note",
    *(f"referrals:{act}" for act in (
        "act", "answer", "close", "contribution", "enter-form", "form", "form-ask", "form-cancel", "forms-new",
        "forward", "need-refer", "needs", "query-answered", "query-back", "recall", "record-outcome", "reopen",
        "reroute", "return-answer", "sign-off-answer", "triage",
    )),
}  # fmt: skip
"""Every address whose form has something to type or choose, by its name."""

NOTHING_TYPED = {
    "end-conflict": "a page that asks whether one is sure",
    "end-worker": "a page that asks whether one is sure",
    "hide-names": "a switch",
    "keep-typed": "what keeps it",
    "stay-signed-in": "a switch",
    "referrals:answer-preview": "a button",
    "referrals:assign": "the ticks go back to the inbox's boxes",
    "referrals:nil-returns": "the ticks go back to the inbox's boxes",
    "referrals:search": "one line in the search box of every page",
    "referrals:register": "a file, which is never kept",
    "referrals:upload": "a file, which is never kept",
}


@pytest.fixture(scope="module")
def checked() -> set[str]:
    return set()


@pytest.mark.parametrize("state", SITUATIONS)
def test_what_was_typed_in_every_form_is_back_in_its_boxes(state: str, checked: set[str]) -> None:
    for who, path, form in list(pages_with_forms(county(), state)):
        client = sign_in(Client(), who)
        client.get(path)
        typed, to = filled_in(form), form.get("action") or path
        before = Event.objects.count()
        Session.objects.all().delete()
        sent = client.post(to, typed, headers={"referer": f"http://testserver{path}"})
        assert sent.status_code == 302 and sent["Location"].startswith(reverse("account_login")), to
        assert Event.objects.count() == before
        back = signs_in_again(client, sent["Location"], who.user.email)
        assert back.request["PATH_INFO"] == path
        again = [held(one) for one in forms_that_post(back)]
        assert typed in again, f"{to}: typed {typed}, found {again}"
        assert "What you typed and did not send is back in its boxes" in back.content.decode()
        checked.add(resolve(to).view_name)
    assert checked


@pytest.mark.parametrize("address", sorted(n for n, takes in addresses().items() if takes_posts(n, takes)))
def test_every_address_that_takes_a_form_is_among_these(address: str) -> None:
    """A new address that takes a form is reached by the test above, or somebody says why nothing is typed there."""
    assert (address in FORMS) != (address in NOTHING_TYPED)
