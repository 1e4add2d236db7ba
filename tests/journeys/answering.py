"""What the journeys of the answer share: a whole answer typed on its page, and where the case is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from referrals.models import Answer, AnswerItem, Referral
from tests.factories import County
from tests.journeys.pages import press


def at(name: str, referral: Referral, *more: Any) -> str:
    """The address of a page about this referral's case."""
    return reverse(f"referrals:{name}", args=[referral.case_id, *more])


def headings_of(referral: Referral) -> list[str]:
    return [heading for heading, _ in referral.case.procedure.answer_headings]


def nothing_known(referral: Referral) -> dict[str, str]:
    """Fields that say of every heading that nothing is known."""
    return {f"known_{heading}": "no" for heading in headings_of(referral)}


def a_whole_answer(referral: Referral, **typed: str) -> dict[str, Any]:
    """Fields of an answer that can be signed off: one heading told, nothing known of the rest."""
    told = {
        "known_care_needs": "yes",
        "fact_care_needs": "Support twice a week.",
        "opinion_care_needs": "He is settled.",
    }
    return nothing_known(referral) | told | {"minimum_checked": "on"} | typed


def write(client: Client, referral: Referral, **typed: Any) -> HttpResponse:
    """Type on the answer's page and press “Save and preview”."""
    return press(client, client.get(at("answer", referral)), "Save and preview", **typed)


def stored(place: County, referral: Referral) -> dict[str, tuple[bool | None, str, str]]:
    """The answer as the team's nominated worker reads it, by heading."""
    answer = Answer.objects.get(referral=referral, form=None)
    with access.material(place.locality_worker, referral.case_id):
        items = list(AnswerItem.objects.filter(answer=answer))
    return {item.heading: (item.known, item.fact, item.opinion) for item in items}
