"""No page is reached only by typing its address: what somebody may open, links lead to from their home page."""

from __future__ import annotations

from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from lxml import html

from tests.access.addresses import addresses
from tests.access.situations import Situation, signed_in, situation

WALKERS = {
    "RECEIVED": ("officer", "liaison", "lists", "practitioner", "auditor", "chair", "member"),
    "CHECKING": ("officer", "ssu_lead"),
    "WITH_AREA": ("area_worker", "officer"),
    "PREPARING": ("locality_worker", "colleague", "officer"),
    "SIGN_OFF": ("locality_manager", "locality_worker"),
    "RESPONDED": ("officer", "locality_worker", "liaison"),
    "WITH_CHILDREN": ("children", "officer"),
    "OUTCOME_KNOWN": ("officer",),
    "CLOSED": ("ssu_lead",),
}
"""Who walks, by the state of the case: everybody with something to do there, and who sees it beside them."""

NOT_PAGES = {"health-live", "health-ready", "brand", "styleguide", "account_inactive", "account_logout"}
"""For machines and makers, or shown instead of another page."""
BY_POST = {
    "referrals:register-preview", "referrals:match", "referrals:link", "referrals:answer-preview",
    "referrals:answer-draft", "referrals:form-answer", "referrals:forward", "referrals:search",
}  # fmt: skip
"""What a posted form leads to: an uploaded register's preview, an answer that is saved and previewed. And what is
linked only where there is a match, or was offered before somebody else was quicker."""
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


def reached_from_home(client: Client, reference: str) -> tuple[set[str], list[str]]:
    """Every address that links lead to, from home and from what a search for the reference finds; and dead links."""
    seen, dead, waiting = {"/"}, [], deque(["/"])
    if 'name="q"' in client.get("/", follow=True).content.decode():
        seen |= (found := links_of(client.post(reverse("referrals:search"), {"q": reference}), "/"))
        waiting.extend(found)
    while waiting:
        path = waiting.popleft()
        if path.startswith("/sign-out"):
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


def may_be_opened(client: Client, here: Situation) -> dict[str, str]:
    """The addresses with a page of their own for this person in this situation, by name."""
    found = {}
    for address in addresses():
        if not address.is_ours or address.name.rpartition(":")[2] in NOT_PAGES or address.name in BY_POST:
            continue
        path = address.path(here.ids)
        answer = client.get(path)
        _drop(answer)
        if answer.status_code in ANSWERED:
            found[address.name] = path
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("state", "role"), [(state, role) for state, roles in WALKERS.items() for role in roles])
def test_every_page_somebody_may_open_is_reached_from_their_home_page(state: str, role: str) -> None:
    here = situation(state)
    client = signed_in({role: here.people[role]})[role]
    seen, dead = reached_from_home(client, here.referral.case.reference)
    assert dead == []
    reached = {resolve(path.partition("?")[0]).view_name for path in seen}
    hidden = {name: path for name, path in may_be_opened(client, here).items() if name not in reached}
    assert hidden == {}


def _drop(answer: HttpResponse) -> None:
    """Let a file go that was asked for."""
    if answer.streaming:
        for _ in answer:
            pass
        answer.close()
