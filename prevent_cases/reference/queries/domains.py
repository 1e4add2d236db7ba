"""The list of secure domains in words: those that were listed, and organisations' own."""

from __future__ import annotations

from django.urls import reverse

from prevent_cases.accounts.models import Organisation
from prevent_cases.casework.models import SecureDomain
from prevent_cases.casework.wording import day

COLUMNS = ("Domain", "Below it", "Why it is secure", "Standing")
OWN_COLUMNS = ("Domain", "Organisation")


def listed(*, may_edit: bool) -> list[list[dict[str, str]]]:
    """Every domain that is or was on the list, those on it first: one statement."""
    found = SecureDomain.objects.select_related("added_by").order_by("domain", "added_at")
    rows = sorted(found, key=lambda one: one.retired_at is not None)
    return [
        [
            {"text": row.domain, "url": _retiring(row) if may_edit and row.retired_at is None else ""},
            {"text": "Counts too" if row.covers_below else "Does not count"},
            {"text": row.why, "detail": f"Listed by {row.added_by.name}, {day(row.added_at)}"},
            {"text": f"Off the list since {day(row.retired_at)}", "tone": "closed"}
            if row.retired_at
            else {"text": "On the list", "tone": "done"},
        ]
        for row in rows
    ]  # fmt: skip


def of_organisations() -> list[list[dict[str, str]]]:
    """Organisations' own secure domains, which count without being listed: one statement."""
    rows = Organisation.objects.exclude(secure_domain="").order_by("secure_domain", "name")
    return [[{"text": row.secure_domain}, {"text": row.name}] for row in rows]


def _retiring(row: SecureDomain) -> str:
    return reverse("reference:domain-retire", args=[row.pk])
