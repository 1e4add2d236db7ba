"""No page is reached only by typing its address: what somebody may open, links lead to from their home page."""

from __future__ import annotations

from collections import Counter, deque
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.access.addresses import addresses
from tests.access.offices import BESIDE
from tests.access.robot import kind_of
from tests.access.situations import Situation, signed_in, situation

WALKERS: dict[str, tuple[str, ...]] = {
    "RECEIVED": (
        "officer",
        "liaison",
        "lists",
        "lists_manager",
        "practitioner",
        "other_practitioner",
        "school_lead",
        "public_account",
        "prevent_lead",
        "auditor",
        "chair",
        "member",
    ),
    "CHECKING": ("officer", "ssu_lead"),
    "WITH_AREA": ("area_worker", "officer", "practitioner", "school_lead"),
    "PREPARING": ("locality_worker", "colleague", "officer"),
    "SIGN_OFF": ("locality_manager", "locality_worker"),
    "RESPONDED": ("officer", "locality_worker", "liaison"),
    "WITH_CHILDREN": ("children", "officer", "ssu_lead"),
    "CHILD_DECIDED": ("children", "ssu_lead"),
    "OUTCOME_KNOWN": ("officer",),
    "CLOSED": ("ssu_lead", "practitioner", "school_lead"),
}
"""Who walks, by the state of the case: everybody with something to do there, and who sees it beside them."""

BESIDE_IT = {"WITH_AREA": "a concern with the lead", "CLOSED": "a concern that is watched"}
"""What a practitioner and the lead of the organisation have then; else a draft, and a referral just sent."""

NOT_PAGES = {"health-live", "health-ready", "brand", "styleguide", "account_inactive", "account_logout"}
"""For machines and makers, or shown instead of another page."""
BY_POST = {
    "referrals:register-preview", "referrals:match", "referrals:link", "referrals:answer-preview",
    "referrals:answer-draft", "referrals:form-answer", "referrals:forward", "referrals:search",
    "lists:upload-preview", "refer:danger", "reference:publish", "reference:training-needed",
}  # fmt: skip
"""What a posted form leads to: an uploaded register's or list's preview, an answer that is saved and previewed, the
page for whoever is in danger. And what is linked only where there is a match, a prepared change to publish, a gate of
training, or was offered before somebody else was quicker."""
LATER = {
    ("RECEIVED", "practitioner"): {"mine:concern"},
    ("CLOSED", "school_lead"): {"refer:tasks", "refer:page", "refer:documents", "refer:check"},
}
"""What the record leads to only once a button has moved it on: a draft that is handed over has its own page, and a
watched concern has its form for the lead again once it is decided to refer."""
TABS = ("tab=", "team=")
"""The parts of an address that make another list of it."""
ANSWERED = {200}


def links_of(response: HttpResponse, path: str) -> set[str]:
    """Every address of ours that the page links to or asks by GET; of what follows the question mark, only a tab."""
    shown = html.fromstring(response.content)
    asked = shown.xpath("//form[translate(@method, 'GET', 'get') = 'get' or not(@method)]/@action")
    found = {urlsplit(urljoin(path, address)) for address in [*shown.xpath("//a/@href"), *asked]}
    ours = (each for each in found if not (each.scheme or each.netloc) and not each.path.startswith("/static/"))
    return {f"{each.path}?{each.query}" if each.query.startswith(TABS) else each.path for each in ours if each.path}


MOST_OF_A_KIND = 30
"""How many pages of one address are opened: more than the county has teams, so that the order is no matter."""


def reached_from_home(client: Client, reference: str) -> tuple[set[str], list[str]]:
    """Every address that links lead to, from home and from what a search for the reference finds; and dead links."""
    seen, dead, waiting = {"/"}, [], deque(["/"])
    opened: Counter[str] = Counter()
    if 'name="q"' in client.get("/", follow=True).content.decode():
        seen |= (found := links_of(client.post(reverse("referrals:search"), {"q": reference}), "/"))
        waiting.extend(found)
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        opened[kind] += 1
        if path.startswith("/sign-out") or opened[kind] > MOST_OF_A_KIND:
            continue
        answer = client.get(path, follow=True)
        if answer.status_code not in ANSWERED:
            dead.append(f"{answer.status_code} {path}")
            continue
        final = answer.request["PATH_INFO"]
        _drop(answer)
        seen.add(final)
        if not answer.streaming and "text/html" in answer.get("Content-Type", ""):
            for link in links_of(answer, final) - seen:
                seen.add(link)
                waiting.append(link)
    return seen, dead


def may_be_opened(client: Client, here: Situation, reached: set[str]) -> dict[str, str]:
    """The addresses with a page of their own for this person in this situation, by name, beside those reached."""
    found = {}
    for address in addresses():
        if not address.is_ours or address.name.rpartition(":")[2] in NOT_PAGES or address.name in {*BY_POST, *reached}:
            continue
        path = address.path(here.ids)
        answer = client.get(path)
        _drop(answer)
        if answer.status_code in ANSWERED:
            found[address.name] = path
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", WALKERS)
def test_every_page_somebody_may_open_is_reached_from_their_home_page(state: str, subtests: Any) -> None:
    here = situation(state)
    if state in BESIDE_IT:
        here.ids.update(BESIDE[BESIDE_IT[state]](here.place, here.ids))
    for role, client in signed_in({role: here.people[role] for role in WALKERS[state]}).items():
        with subtests.test(role):
            seen, dead = reached_from_home(client, here.referral.case.reference)
            assert dead == []
            known = {kind_of(path) for path in seen} | LATER.get((state, role), set())
            assert may_be_opened(client, here, known) == {}


def _drop(answer: HttpResponse) -> None:
    """Let a file go that was asked for."""
    if answer.streaming:
        for _ in answer:
            pass
        answer.close()
