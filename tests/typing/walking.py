"""Every address there is, the forms on its page, and filling them in as somebody would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from lxml import html

from prevent_cases.casework.models import ClockRun, Disclosure
from prevent_cases.casework.now import now
from referrals.models import Contribution, InformationForm, OnwardNeed, Referral
from referrals.operations.people import decide_match
from tests.factories import (
    PASSWORD,
    County,
    a_contribution,
    a_form,
    a_need,
    a_partner_request,
    a_practitioner_referral,
    a_referral,
    items_of,
)

WORDS = 'Words & "marks" <b>typed</b>\nin two lines, Zoë'
SITUATIONS = (
    "RECEIVED",
    "CHECKING",
    "QUERIED",
    "WITH_AREA",
    "AREA_RECORDED",
    "PREPARING",
    "SIGN_OFF",
    "RESPONDED",
    "OUTCOME_KNOWN",
    "CLOSED",
)


def addresses() -> dict[str, tuple[str, ...]]:
    """Our own addresses by name, with the names of their arguments."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def takes_posts(name: str, takes: tuple[str, ...]) -> bool:
    """Whether an address declares that something may be posted to it."""
    view = resolve(reverse(name, kwargs=dict.fromkeys(takes, "6f1c1f2e-0000-4000-8000-0000000000aa"))).func
    return any("POST" in declared for declared in _lists_in(view))


def _lists_in(view: Any) -> Iterator[list[Any]]:
    for cell in getattr(view, "__closure__", None) or ():
        if isinstance(cell.cell_contents, list):
            yield cell.cell_contents
        elif callable(cell.cell_contents):
            yield from _lists_in(cell.cell_contents)


def _walk(patterns: list[Any], space: str, before: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern) and not pattern.callback.__module__.startswith("allauth."):
            yield f"{space}{pattern.name}", tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))


def ids_in(place: County, state: str) -> dict[str, Any]:
    """A case at this state with a record of every kind that an address may name."""
    referral: Referral = a_referral(place, state)
    if state == "PREPARING":
        a_contribution(place, form=a_form(place, referral=referral))
    if state in ("CHECKING", "PREPARING"):
        a_need(place, referral)
    form = InformationForm.objects.filter(referral=referral).first()
    found = {
        "run_id": ClockRun.objects.filter(case=referral.case, state="RUNNING").first(),
        "form_id": form,
        "item_id": items_of(place.locality_worker, form.answer)[-1] if form else None,
        "part_id": Contribution.objects.filter(case=referral.case).first(),
        "disclosure_id": Disclosure.objects.filter(case=referral.case).first(),
        "need_id": OnwardNeed.objects.filter(case=referral.case).first(),
        "practitioner_id": a_practitioner_referral(place),
        "request_id": a_partner_request(place, referral=referral) if state == "PREPARING" else None,
    }
    if state == "CHECKING":
        other = a_referral(place, given_name="Tansie", family_name="Orrell").person
        found["decision_id"] = decide_match(
            referral=referral, other=other, answer="DIFFERENT", reasons=["Another address"], by=place.officer, at=now()
        )
    known = {name: row.pk for name, row in found.items() if row is not None}
    return known | {"case_id": referral.case_id, "about": "sharing", "key": "6f1c1f2e-0000-4000-8000-0000000000aa"}


def forms_that_post(page: Any) -> list[Any]:
    """The forms of a page's main part that hold something to type or choose, beside passwords."""
    if page.status_code != 200 or not page.headers.get("Content-Type", "").startswith("text/html"):
        return []
    main = html.document_fromstring(page.content.decode()).get_element_by_id("main-content")
    return [form for form in main.iter("form") if form.get("method") == "post" and _controls(form)]


def _controls(form: Any) -> list[Any]:
    return [
        one for one in form.iter("input", "textarea", "select")
        if one.get("name") and one.get("type") not in ("hidden", "submit", "file", "password")
    ]  # fmt: skip


def filled_in(form: Any) -> dict[str, list[str]]:
    """Something in every box, the last of every choice, what is hidden as it is; no file."""
    typed: dict[str, list[str]] = {}
    for one in form.iter("input", "textarea", "select"):
        name, kind = one.get("name"), one.get("type", "")
        if not name or kind in ("submit", "file") or name == "csrfmiddlewaretoken":
            continue
        if kind == "radio":
            typed[name] = [one.get("value", "on")]
        elif one.tag == "select":
            typed[name] = [one.xpath(".//option")[-1].get("value", "")]
        elif kind in ("hidden", "checkbox"):
            typed.setdefault(name, []).append(one.get("value", ""))
        else:
            typed.setdefault(name, []).append(WORDS if one.tag == "textarea" else WORDS.replace("\n", " "))
    return typed


def held(form: Any) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands."""
    found: dict[str, list[str]] = {}
    for one in form.iter("input", "textarea", "select"):
        name, kind = one.get("name"), one.get("type", "")
        if not name or kind in ("submit", "file") or name in ("csrfmiddlewaretoken", "kept"):
            continue
        if one.tag == "select":
            values = [option.get("value", "") for option in one.xpath(".//option[@selected]")]
        elif kind in ("radio", "checkbox"):
            values = [one.get("value", "on")] if one.get("checked") is not None else []
        elif one.tag == "textarea":
            values = [(one.text or "").removeprefix("\n")]
        else:
            values = [one.get("value", "")]
        if values:
            found.setdefault(name, []).extend(values)
    return found


def signs_in_again(client: Client, to: str, email: str) -> Any:
    """Sign in on the page somebody was led to, and follow where it leads."""
    return client.post(to, {"login": email, "password": PASSWORD}, follow=True)
