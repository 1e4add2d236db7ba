"""What the journeys of protection share: where its pages are, and how they are filled in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import Event
from referrals.models import Referral
from safeguarding.models import Protection
from safeguarding.states import Agency
from tests.journeys.pages import press

CAME = {
    "name_CHILDREN": "Cass Ibbot, social worker", "name_POLICE": "Inspector B. Roe",
    "name_POLICE_PREVENT": "Sergeant A. Lumb", "name_HEALTH": "Dr C. Moy",
}  # fmt: skip


def safety_of(referral: Referral) -> str:
    return reverse("safety", args=[referral.case_id])


def page_of(protection: Protection, name: str = "protection") -> str:
    return reverse(name, args=[protection.case_id, protection.pk])


def act(client: Client, referral: Referral, kind: str, reason: str = "He was told to leave home.") -> HttpResponse:
    """Open the page, choose, say why, press."""
    return press(client, client.get(safety_of(referral)), "Act now", kind=kind, reason=reason)


def a_discussion(**said: Any) -> dict[str, Any]:
    """What is typed on the page of a strategy discussion about a child, everybody there."""
    came = [name.removeprefix("name_") for name in CAME]
    assert set(came) <= set(Agency.values)
    usual = {
        "came": came, **CAME, "legal_advice": "NOT_NEEDED", "told": "TOLD", "told_words": "His mother knows.",
        "outcome": "SECTION_47", "minutes": "Each agency said what it knew.",
    }  # fmt: skip
    return usual | said


def kinds(case_id: Any) -> list[str]:
    return list(Event.objects.filter(case=case_id).order_by("id").values_list("kind", flat=True))


def the_only(referral: Referral, kind: str) -> Protection:
    return Protection.objects.select_related("case").get(case=referral.case_id, kind=kind)
