"""The register of agreements in words: what is in force, who signed, when it is looked at again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from prevent_cases.accounts.models import Organisation
from prevent_cases.casework.wording import day
from prevent_cases.reference.queries.directory import post_titles
from safeguarding.clocks import AGREEMENT_REMINDER
from safeguarding.models import Agreement, AgreementParty, AgreementReview

COLUMNS = ("Agreement", "Parties", "Review", "Standing")
PARTY_COLUMNS = ("Body", "Signed by", "Signed on", "Change")


def register(on: date) -> tuple[list[list[dict[str, str]]], list[list[dict[str, str]]]]:
    """Agreements that run or are to come, those to be reviewed first; and those that ended. One statement."""
    standing = Count("parties", filter=Q(parties__left_on=None))
    unsigned = Count("parties", filter=Q(parties__left_on=None, parties__signed_on=None))
    rows = list(Agreement.objects.annotate(bodies=standing, unsigned=unsigned).order_by("review_on", "title"))
    ended = [row for row in rows if row.ends_on is not None and row.ends_on < on]
    return [_cells(row, on) for row in rows if row not in ended], [_cells(row, on) for row in ended]


def parties_of(agreement: Agreement, *, may_edit: bool) -> list[list[dict[str, str]]]:
    """Who is party to it, those who left last: one statement."""
    rows = sorted(agreement.parties.order_by("body", "post"), key=lambda party: party.left_on is not None)
    open_to_change = may_edit and agreement.ends_on is None
    return [_party(row, may_edit=open_to_change) for row in rows]


def facts_of(agreement: Agreement) -> list[dict[str, str]]:
    rows = (
        ("Kind", agreement.get_kind_display()),
        ("Edition", agreement.edition),
        ("What it covers", agreement.covers),
        ("First day", day(agreement.starts_on)),
        ("Last day", day(agreement.ends_on)),
        ("To be reviewed by", day(agreement.review_on) if agreement.ends_on is None else ""),
        ("Kept under review by", post_titles().get(agreement.keeper, agreement.keeper)),
        ("The signed copy", agreement.kept_at),
    )
    return [{"key": key, "value": value} for key, value in rows if value]


def reviews_of(agreement: Agreement) -> list[dict[str, Any]]:
    """Each review as the timeline shows it, newest first: one statement."""
    rows = AgreementReview.objects.filter(agreement=agreement).select_related("by").order_by("-at", "-id")
    return [
        {
            "title": f"Reviewed on {day(row.reviewed_on)}", "at": row.at, "by": row.by.name,
            "lines": [row.found, f"Was due on {day(row.was_due_on)}. Next on {day(row.next_on)}."],
        }
        for row in rows
    ]  # fmt: skip


def standing(agreement: Agreement, on: date, *, unsigned: int) -> dict[str, str]:
    """Where an agreement stands today, as a tag."""
    if agreement.ends_on is not None and agreement.ends_on < on:
        return {"text": f"Ended on {day(agreement.ends_on)}", "tone": "closed"}
    if agreement.starts_on > on:
        return {"text": f"Begins on {day(agreement.starts_on)}", "tone": "neutral"}
    if agreement.review_on < on:
        return {"text": "Review overdue", "tone": "late"}
    if unsigned:
        return {"text": f"{unsigned} not signed", "tone": "attention"}
    if agreement.review_on <= on + AGREEMENT_REMINDER:
        return {"text": "Review soon", "tone": "attention"}
    return {"text": "In force", "tone": "done"}


def unsigned(agreement: Agreement) -> int:
    """How many parties have not signed yet: one statement."""
    return agreement.parties.filter(left_on=None, signed_on=None).count()


def bodies() -> list[tuple[str, str]]:
    """The bodies the service knows, by name: one statement."""
    return [(f"{row.pk}", row.name) for row in Organisation.objects.order_by("name")]


def keepers() -> list[tuple[str, str]]:
    """The posts that can be reminded, by title."""
    return sorted(post_titles().items(), key=lambda item: item[1])


def _cells(row: Any, on: date) -> list[dict[str, str]]:
    return [
        {"text": row.title, "url": reverse("reference:agreement", args=[row.pk]),
         "detail": f"{row.get_kind_display()}, edition {row.edition}" if row.edition else row.get_kind_display()},
        {"text": f"{row.bodies}"},
        {"text": day(row.review_on) if row.ends_on is None else "None"},
        standing(row, on, unsigned=row.unsigned),
    ]  # fmt: skip


def _party(row: AgreementParty, *, may_edit: bool) -> list[dict[str, str]]:
    change: dict[str, str] = {"text": ""}
    if row.left_on is not None:
        change = {"text": f"Left on {day(row.left_on)}"}
    elif may_edit:
        words = "Left" if row.signed_on else "Signed, or left"
        change = {"text": words, "url": reverse("reference:agreement-party", args=[row.agreement_id, row.pk])}
    signed = {"text": day(row.signed_on)} if row.signed_on else {"text": "Not yet", "tone": "attention"}
    return [{"text": row.body}, {"text": row.post}, signed, change]
