"""What the journeys of triage share: a decision taken on the page, the page that confirms it, and where the case is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import Event
from referrals.models import Referral
from tests.journeys.pages import press


def triage_of(referral: Referral) -> str:
    return reverse("referrals:triage", args=[referral.case_id])


def decide(client: Client, referral: Referral, decision: str, **chosen: Any) -> HttpResponse:
    """Open the triage page, decide, and come to the page that confirms it (or back to the page, with errors)."""
    opened = client.get(triage_of(referral), follow=True)
    return press(client, opened, "Continue", decision=decision, **chosen)


def now_at(referral: Referral) -> Referral:
    return Referral.objects.select_related("case__holder_team", "named_worker").get(pk=referral.pk)


def kinds(referral: Referral) -> list[str]:
    return list(Event.objects.filter(case=referral.case_id).order_by("id").values_list("kind", flat=True))


def other_people(place: Any) -> list[Any]:
    """People of every other team, who must meet "not found" at the SSU's acts."""
    return [place.area_worker, place.locality_worker, place.locality_manager, place.children, place.liaison,
            place.auditor, place.outsider]  # fmt: skip
