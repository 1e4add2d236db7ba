"""What every page carries: the council, who is signed in, where they can go, and when their session ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import SeatRole, TeamKind

CASE_TEAMS = (TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN)

AT_AN_ORGANISATION: dict[str, str] = {
    SeatRole.MANAGER: "Safeguarding lead", SeatRole.DEPUTY: "Deputy safeguarding lead",
}  # fmt: skip
"""What the roles of a team that refers are called there (E4.12)."""

REFERRING_TEAMS = (
    TeamKind.PRACTITIONER, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN, TeamKind.PREVENT_LEAD,
)  # fmt: skip
"""The safeguarding unit refers for callers, from the page on which it enters referrals."""


@dataclass(frozen=True)
class Place:
    """A place in the navigation, for people who sit in these kinds of team, in these roles if any are named."""

    label: str
    url_name: str
    kinds: tuple[str, ...]
    roles: tuple[str, ...] = ()


PLACES = (
    Place("Duty list", "children:duty", (TeamKind.CHILDREN,)),
    Place("Inbox", "referrals:inbox", CASE_TEAMS),
    Place("My work", "my-work", CASE_TEAMS),
    Place("Enter a referral", "referrals:enter", (TeamKind.SSU,)),
    Place("From practitioners", "referrals:practitioners", (TeamKind.SSU,)),
    Place("Register", "referrals:register", (TeamKind.SSU,)),
    Place("My referrals", "mine:list", (TeamKind.PRACTITIONER,)),
    Place("Make a referral", "refer:start", REFERRING_TEAMS),
    Place("Staff lists", "lists:home", (TeamKind.LISTS,)),
    Place("People", "lists:home", (*CASE_TEAMS, TeamKind.PREVENT_LEAD, TeamKind.PRACTITIONER), (SeatRole.MANAGER,)),
    Place("Reference data", "reference:directory", (TeamKind.LISTS, TeamKind.SSU)),
    Place("Training", "reference:training", (TeamKind.PRACTITIONER,)),
    Place("Working days", "working-days", (TeamKind.LISTS,)),
    Place("Working days", "working-days", (TeamKind.SSU,), roles=(SeatRole.MANAGER,)),
    Place("Police checks", "police-checks", (TeamKind.POLICING,)),
    Place("Children’s figures", "children:figures", (TeamKind.AUDIT, TeamKind.PREVENT_LEAD)),
    Place("What was shared", "sharing:register", (TeamKind.SSU,), roles=(SeatRole.MANAGER,)),
    Place("What was shared", "sharing:register", (TeamKind.AUDIT,)),
    Place("Shared with you", "referrals:exchange", (TeamKind.POLICING,)),
    Place(
        "Questions for you",
        "asked-questions",
        (TeamKind.PRACTITIONER, TeamKind.POLICING, TeamKind.PREVENT_LEAD, TeamKind.PANEL),
    ),
)

FOOTER = (
    ("Help", "help"),
    ("Out of hours", "out-of-hours"),
    ("Accessibility", "accessibility"),
    ("Privacy", "privacy"),
)


def every_page(request: HttpRequest) -> dict[str, object]:
    """The context of base.html. No query: everything comes from the acting person."""
    actor: Actor | None = getattr(request, "actor", None)
    page: dict[str, object] = {
        "council": settings.COUNCIL_NAME,
        "service_name": "Prevent cases",
        "home_url": "/",
        "footer_links": [(label, _url(name)) for label, name in FOOTER],
        "phase": {"tag": "Demo", "text": "Everybody here is invented."} if settings.IS_DEMO else None,
        "brand_stylesheet": _url("brand") if settings.BRAND_COLOUR else "",
        "brand_colour": settings.BRAND_COLOUR,
        "public_url": _url("account_request_login_code") if settings.PUBLIC_REFERRALS else "",
        "names_hidden": request.COOKIES.get("hide_names") == "1",
    }
    if actor is None or not actor.is_signed_in:
        return page
    return page | {
        "actor": actor,
        "account": {"name": actor.name, "role": role_of(actor), "url": _url("account")},
        "nav_items": _places(actor, request.path),
        "names_url": _url("hide-names"),
        "sign_out_url": _url("account_logout"),
        "search_url": _url("referrals:search") if actor.sits_in(*CASE_TEAMS) else "",
        "marking": "OFFICIAL-SENSITIVE",
        "session_timeout": {
            "seconds": settings.IDLE_SECONDS,
            "warn_seconds": 120,
            "extend_url": _url("stay-signed-in"),
            "sign_in_url": _url("account_login"),
            "keep_url": _url("keep-typed"),
        },
    }


def role_of(actor: Actor) -> str:
    """The person's first seat in words, for the top of the page."""
    if not actor.seats:
        return "No team"
    seat = actor.seats[0]
    title = SeatRole(seat.role).label if seat.role != SeatRole.MEMBER else ""
    if seat.is_nominated:
        title = "Prevent virtual worker"
    if seat.kind == TeamKind.PRACTITIONER:
        title = AT_AN_ORGANISATION.get(seat.role, title)
    return f"{title}, {seat.team_name}" if title else seat.team_name


def _places(actor: Actor, path: str) -> list[tuple[str, str, bool]]:
    """Where this person can go; the place whose address is the longest beginning of this page's is the current one."""
    places = [(place.label, _url(place.url_name)) for place in PLACES if actor.sits_in(*place.kinds, roles=place.roles)]
    places = [place for place in places if place[1]]
    here = max((url for _, url in places if path.startswith(url)), key=len, default="")
    return [(label, url, url == here) for label, url in places]


@cache
def _url(name: str) -> str:
    """The address of a page that takes nothing, worked out once; empty where there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
