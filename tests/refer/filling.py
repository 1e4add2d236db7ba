"""A practitioner at the pages of a referral: what they post, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.test import Client

from prevent_cases.accounts.actors import the_service
from prevent_cases.casework import access
from referrals.models import Concern

PERSON = {
    "individual.given_name": "Tobin", "individual.family_name": "Marrowby", "individual.born_on-day": "14",
    "individual.born_on-month": "3", "individual.born_on-year": "1991", "individual.address": "4 Mill Lane\nAlderfen",
    "individual.postcode": "es1 4ab", "individual.phone": "01632 960 111",
}  # fmt: skip
FILLED: dict[str, dict[str, Any]] = {
    "person": PERSON,
    "age": {"individual.age_group": "adult"},
    "worries": {
        "concerns.described": "He speaks of a war to come.\n\nHe used to laugh about it.",
        "concerns.indicators": ["material"],
        "concerns.indicators.material": "Leaflets in his locker.",
    },
    "happened": {
        "concerns.event": "He shouted at a delivery driver.", "concerns.noticed": "I was there.",
        "dates.arose": "early March", "concerns.harm_said": "no", "concerns.how_soon": "week",
    },
    "around": {
        "individual.family": "Lives with his aunt.", "occupation.education_now": "Warehouse work",
        "other.agencies": "His GP.", "complex_needs.described": ["complex_needs.circumstances"],
        "complex_needs.circumstances": "Rent is owed.",
    },
    "known": {
        "safeguarding.informed": "no", "safeguarding.not_informed_why": "He may hide the leaflets.",
        "safeguarding.consent": "not_asked", "safeguarding.consent_not_asked_why": "The same.",
        "safeguarding.family_informed": "unknown", "safeguarding.capacity": "no",
    },
    "you": {
        "referrer.full_name": "Pia Loxley", "referrer.role": "Teacher", "referrer.organisation": "Larkrise Academy",
        "referrer.phone": "01632 960 222", "referrer.email": "pia@larkrise.example", "first_identifier.who": "me",
    },
}  # fmt: skip


def begun(client: Client) -> Concern:
    """Answer the question of danger with no; the draft that began."""
    answer = client.post("/refer/begin/", {"is_urgent": "no"})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return draft(answer["Location"].split("/")[2])


def draft(concern_id: Any) -> Concern:
    """A draft as the database has it, whoever it belongs to."""
    with access.oneself(the_service("a test")):
        return Concern.objects.get(pk=concern_id)


def opened(client: Client, concern: Concern, slug: str) -> dict[str, Any]:
    """Open a page; the hidden marks its form holds."""
    answer = client.get(f"/refer/{concern.pk}/{slug}/")
    assert answer.status_code == 200, answer
    form = answer.context["form"]
    return {"version": form["version"].value(), "sitting": form["sitting"].value()}


def posted(client: Client, concern: Concern, slug: str, typed: Mapping[str, Any], **marks: Any) -> Any:
    marks = marks or opened(client, concern, slug)
    return client.post(f"/refer/{concern.pk}/{slug}/", {**typed, **marks})


def filled(client: Client, **changes: Mapping[str, Any]) -> Concern:
    """A draft with every page answered."""
    concern = begun(client)
    for slug, typed in FILLED.items():
        answer = posted(client, concern, slug, {**typed, **changes.get(slug, {})})
        assert answer.status_code == 302, (slug, answer.context["form"].errors)
    return draft(concern.pk)


def sent(client: Client, concern: Concern) -> Any:
    """Press the last button; the answer."""
    form = client.get(f"/refer/{concern.pk}/check/").context["form"]
    return client.post(f"/refer/{concern.pk}/check/", {name: form[name].value() for name in ("key", "version")})
