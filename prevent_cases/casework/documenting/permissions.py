"""permissions.md: every address, the policy its view declares, and which kinds of person that lets ask for it.

What they then see of a record is the queryset's and the wall's to say; this is the first of the three doors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from prevent_cases.accounts.actors import VISITOR, Actor, Seat
from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.accounts.models import User
from prevent_cases.casework.documenting.markdown import code, table
from prevent_cases.casework.documenting.markdown import page as whole_page
from prevent_cases.casework.documenting.workflows import stateful_models

SOMEWHERE = UUID(int=1)


def kinds_of_person() -> dict[str, Actor]:
    """One actor for each kind of person the rules tell apart, by the words for it."""
    return {
        "visitor": VISITOR,
        "no seat": _seated(),
        "practitioner": _seated(TeamKind.PRACTITIONER),
        "SSU": _seated(TeamKind.SSU),
        "SSU lead": _seated(TeamKind.SSU, SeatRole.MANAGER),
        "area, nominated": _seated(TeamKind.AREA, nominated=True),
        "area": _seated(TeamKind.AREA),
        "locality, nominated": _seated(TeamKind.LOCALITY, nominated=True),
        "locality": _seated(TeamKind.LOCALITY),
        "locality manager": _seated(TeamKind.LOCALITY, SeatRole.MANAGER),
        "children's duty": _seated(TeamKind.CHILDREN),
        "CT policing": _seated(TeamKind.POLICING),
        "Prevent lead": _seated(TeamKind.PREVENT_LEAD, SeatRole.MANAGER),
        "panel": _seated(TeamKind.PANEL),
        "panel chair": _seated(TeamKind.PANEL, SeatRole.CHAIR),
        "staff lists": _seated(TeamKind.LISTS),
        "audit": _seated(TeamKind.AUDIT),
    }


def _seated(kind: str = "", role: str = SeatRole.MEMBER, *, nominated: bool = False) -> Actor:
    seat = Seat(SOMEWHERE, "", kind, role, is_nominated=nominated)
    return Actor(User(name="Somebody"), (seat,) if kind else ())


def page() -> str:
    people = kinds_of_person()
    doors = sorted(addresses())
    return whole_page(
        "Permissions",
        "## Who may ask for each address\n",
        "Somebody who may not is told that there is no such page. Beyond this door, lists and records show each person "
        "only the cases they may know of.\n",
        table(
            ("Address", "Name", "May be asked for by"),
            ([code(route), name, _says(view)] for route, name, view in doors),
        ),
        "## The same, by kind of person\n",
        table(
            ("Address", *people), ([code(route), *_marks(view, people)] for route, _, view in doors if _policy(view))
        ),
        "## Who may take each step\n",
        table(
            ("Step", "May be taken by"),
            ([code(row.key), row.may.says] for model in stateful_models() for row in model.workflow),
        ),
    )


def addresses(patterns: Any = None, prefix: str = "/") -> Iterator[tuple[str, str, Any]]:
    """Every route with its name and its view. Routes are unique, so that sorting never compares views."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + f"{pattern.pattern}".lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.name or "", pattern.callback


def _policy(view: Any) -> Any:
    return getattr(view, "policy", None)


def _says(view: Any) -> str:
    policy = _policy(view)
    if policy is None:
        return f"anybody, about their own account ({view.__module__.partition('.')[0]})"
    return policy.rule.says if policy.rule else f"anybody: {policy.why}"


def _marks(view: Any, people: dict[str, Actor]) -> list[str]:
    rule = _policy(view).rule
    return ["yes" if rule is None or (who.is_signed_in and rule.allows(who, None)) else "" for who in people.values()]
