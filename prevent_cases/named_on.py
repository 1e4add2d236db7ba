"""The cases a person was let in to by name, with the day it ends: their only way to a case of another team."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.models import CaseUserObjectPermission, Exclusion
from prevent_cases.casework.wording import weekday
from referrals.models import Referral

MOST = 50


def named_on(actor: Actor, on: date) -> list[dict[str, Any]]:
    """Each case, who holds it and the last day, the soonest to end first. One statement; no conflicted case."""
    kept_from = Exclusion.objects.standing().filter(case=OuterRef("content_object"), user=actor.user_id)
    grants = CaseUserObjectPermission.objects.filter(~Exists(kept_from), user=actor.user_id, until__gte=on)
    name = Referral.objects.filter(case=OuterRef("content_object"))
    rows = (
        grants.order_by("until", "content_object")
        .annotate(given=name.values("given_name")[:1], family=name.values("family_name")[:1])
        .values_list(
            "content_object", "content_object__reference", "given", "family", "content_object__holder_team__name",
            "until",
        )[:MOST]
    )  # fmt: skip
    return [
        {
            "url": reverse("case", args=[case_id]),
            "reference": reference,
            "name": f"{given} {family}".strip() or "Name not known",
            "team": team,
            "until": weekday(until),
        }
        for case_id, reference, given, family, team, until in rows
    ]
