"""The words of a notice: a marking, a reference, a link and who it is for. Never a name, and never what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.conf import settings
from django.template.loader import render_to_string, select_template

from prevent_cases.accounts.invitations import secret_of
from prevent_cases.accounts.models import User
from prevent_cases.casework.answer_links import secret_of as secret_of_link
from prevent_cases.casework.models import Notice
from prevent_cases.casework.sending.recipients import Place, Recipient

MARKING = "OFFICIAL-SENSITIVE"
DIGESTS = UUID("6f5f4f1e-6a7b-4f0b-9a52-0f1f3d2a9c11")
"""The namespace of the digests' ids: one for each person and morning."""

LEAD_TO = {
    "agreement.review_due": "reference/agreements/",
    "agreement.review_late": "reference/agreements/",
    "lists.gap": "lists/gaps/",
    "lists.review_opened": "lists/reviews/",
    "lists.review_late": "lists/reviews/",
}
"""Where the link of a notice about no case leads, beside home."""


@dataclass(frozen=True)
class Message:
    """What a carrier carries. The same ``id`` is always the same message, so that a carrier can tell a second try."""

    id: UUID
    to: tuple[str, ...]
    subject: str
    body: str


def compose(notice: Notice, recipient: Recipient) -> Message:
    """One notice in words: ``emails/<kind>.txt``, or ``emails/changed.txt`` for a kind without words of its own."""
    reference = notice.case.reference if notice.case else ""
    own = [f"emails/link/{notice.kind}.txt"] if recipient.leads_to == Place.LINK else []
    template = select_template([*own, f"emails/{notice.kind}.txt", "emails/changed.txt"])
    context = {
        "marking": MARKING,
        "reference": reference,
        "theirs": notice.theirs,
        "link": link_to(notice, recipient.leads_to),
        "whom": recipient.whom,
        "is_work": recipient.leads_to == Place.WORK,
        "until": notice.link.expires_at if notice.link else None,
    }
    return Message(notice.pk, recipient.emails, subject(reference), template.render(context))


def compose_digest(user: User, morning: str, told: Sequence[tuple[Notice, Recipient]]) -> Message:
    """A morning's notices to one person: each reference once, with its link. ``morning`` is its date."""
    links = {notice.case.reference if notice.case else "": link_to(notice, who.leads_to) for notice, who in told}
    context = {"marking": MARKING, "links": sorted(links.items()), "home": f"{settings.BASE_URL}/"}
    count = len(links)
    title = f"{MARKING}: {count} {'reference' if count == 1 else 'references'}"
    return Message(
        uuid5(DIGESTS, f"{user.pk} {morning}"), (user.email,), title, render_to_string("emails/digest.txt", context)
    )


def subject(reference: str) -> str:
    return f"{MARKING}: {reference}" if reference else MARKING


def link_to(notice: Notice, place: Place) -> str:
    if notice.invitation is not None:
        return f"{settings.BASE_URL}/join/{secret_of(notice.invitation)}/"
    if place == Place.LINK and notice.link is not None:
        return f"{settings.BASE_URL}/answer/{secret_of_link(notice.link)}/"
    if notice.kind in LEAD_TO:
        return f"{settings.BASE_URL}/{LEAD_TO[notice.kind]}"
    places = {Place.CASE: f"cases/{notice.case_id}/", Place.WORK: "work/", Place.ASKED: "questions/"}
    path = places.get(place, "")
    return f"{settings.BASE_URL}/{path}"
