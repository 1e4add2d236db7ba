"""Every page that somebody can reach, and every form on it: what it carries, what it writes, where it leads."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from types import ModuleType

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.urls import path

from prevent_cases.casework.access import open_to_all
from prevent_cases.casework.models import Heartbeat
from prevent_cases.casework.now import now
from prevent_cases.urls import urlpatterns
from tests.access import canaries
from tests.access.addresses import addresses
from tests.access.canaries import leaks
from tests.access.robot import Robot, Visit, kind_of, links
from tests.access.situations import signed_in, situation

WALKERS = {
    "CHECKING": ("officer", "ssu_lead", "liaison", "visitor"),
    "PREPARING": ("locality_worker", "colleague", "officer"),
    "SIGN_OFF": ("locality_manager", "locality_worker"),
    "RESPONDED": ("liaison", "ssu_lead", "locality_worker"),
}
"""Who walks through the pages, by the state of the case: those whose work it is then, and some whose it is not."""

POLICY = {
    "default-src 'self'", "img-src 'self' data:", "script-src 'self'", "style-src 'self'", "form-action 'self'",
    "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'",
}  # fmt: skip
POLICY_OF_A_FILE = {
    "sandbox", "default-src 'none'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'",
}  # fmt: skip
HEADERS = {
    "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), usb=()",
}
INLINE = re.compile(rb"<script(?![^>]*\bsrc=)|<style\b|<[^>]*\sstyle=|<[^>]*\son[a-z]+=|javascript:", re.IGNORECASE)
READING_WRITES = {"casework_accesslog", "django_session"}


def wrong_headers(visit: Visit) -> list[str]:
    """What is missing from a response or said otherwise. :returns: sentences"""
    found = [
        f"{name}: {visit.response.headers.get(name)}"
        for name, value in HEADERS.items()
        if visit.response.headers.get(name) != value
    ]
    said = {part.strip() for part in visit.response.headers.get("Content-Security-Policy", "").split(";")}
    is_file = "attachment" in visit.response.headers.get("Content-Disposition", "")
    if said != (POLICY_OF_A_FILE if is_file else POLICY):
        found.append(f"Content-Security-Policy: {sorted(said)}")
    return [f"{each} at {visit.method} {visit.path}" for each in found]


def carried(visit: Visit) -> list[str]:
    """Marks where none may be: addresses, titles, messages, cookies, the names of downloads."""
    headers = [f"{name}: {value}" for name, value in visit.response.items()]
    cookies = [morsel.OutputString() for morsel in visit.response.cookies.values()]
    title = visit.page().findtext(".//title") if visit.is_page else ""
    sinks = {
        "the headers": headers, "the cookies": cookies, "the title": [title], "the messages": visit.said,
        "an address": links(visit),
    }  # fmt: skip
    return [f"{leak} of {visit.method} {visit.path}" for sink, texts in sinks.items() for leak in leaks(sink, texts)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", WALKERS)
def test_every_page_and_form_of_a_case(state, subtests):
    here = situation(state, **canaries.person())
    clients = {name: client for name, client in signed_in(here.people).items() if name in WALKERS[state]}
    problems: dict[str, list[str]] = defaultdict(list)

    def look(visit: Visit) -> None:
        problems["headers"] += wrong_headers(visit)
        problems["leaks"] += carried(visit)
        if visit.response.status_code >= 500:
            problems["errors"].append(f"{visit.response.status_code} {visit.who} {visit.method} {visit.path}")
        if visit.is_page and INLINE.search(visit.body):
            problems["inline"].append(f"{INLINE.search(visit.body).group()!r} at {visit.path}")
        if visit.method == "get" and not set(visit.wrote) <= READING_WRITES:
            problems["writes"].append(f"{visit.path} wrote to {set(visit.wrote) - READING_WRITES}")

    robot = Robot(clients, look)
    pages = sum(walk(robot, who, here.ids, problems) for who in clients)
    for name in ("headers", "leaks", "errors", "inline", "writes", "dead links"):
        with subtests.test(name):
            assert sorted(set(problems[name])) == []
    with subtests.test("enough was looked at"):
        assert pages >= 30 * len(clients) // 2
        assert len(robot.visits) >= 80 * len(clients)


def walk(robot: Robot, who: str, ids: dict[str, object], problems: dict[str, list[str]]) -> int:
    """Ask for every address as this person, then for each that a page led to; send every form. How many pages."""
    asked = [address.path(ids) for address in addresses() if address.name != "account_logout"]
    seen, followed, pages = set(asked), set(), 0
    while asked:
        place = asked.pop()
        visit = robot.visit(who, "get", place)
        if visit.response.status_code != 200:
            continue
        pages += visit.is_page
        list(robot.fill(visit))
        for link in links(visit) - seen:
            seen.add(link)
            if kind_of(link) not in followed or kind_of(link).endswith("document"):
                followed.add(kind_of(link))
                if robot.visit(who, "get", link).response.status_code == 404:
                    problems["dead links"].append(f"{who}: {link} on {place}")
    return pages


@open_to_all("It is planted by a test to be found.")
def leaking(request):
    """Every leak there is a search for, at once."""
    word = canaries.WORDS["family_name"]
    Heartbeat.objects.update_or_create(job="planted", defaults={"at": now()})
    messages.info(request, f"Saved {word}")
    page = (
        f"<title>{word}</title><script>1</script><a href='/?name={word}'>x</a>"
        f"<form method=post action='/planted/'><input name=a></form>"
    )
    response = HttpResponse(page)
    response.set_cookie("last", word)
    response["X-Last"] = response["Cache-Control"] = word
    return response


def test_the_search_sees_each_leak_that_is_planted(db, client, settings):
    module = ModuleType("leaking_urls")
    module.urlpatterns = [path("planted/", leaking, name="planted"), *urlpatterns]
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    robot = Robot({"visitor": client}, lambda visit: None)
    visit = robot.visit("visitor", "get", "/planted/")
    del sys.modules[module.__name__]
    found = "\n".join(carried(visit))
    for sink in ("the headers", "the cookies", "the title", "the messages", "an address"):
        assert f"in {sink} of" in found
    assert any(each.startswith("Cache-Control") for each in wrong_headers(visit))
    assert INLINE.search(visit.body)
    assert "casework_heartbeat" in visit.wrote
    assert Heartbeat.objects.count() == 0, "what it wrote was taken back"
