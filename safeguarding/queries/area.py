"""What the restricted area of a case holds, for the length of a page. Row security answers with nothing to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from prevent_cases.accounts.models import Membership, User
from prevent_cases.casework.kinds import DocumentKind, ScanState
from prevent_cases.casework.models import Case, Document, Narrative, Note
from prevent_cases.casework.querysets import HOLDING
from prevent_cases.casework.wording import date_and_time, day
from referrals.models import Referral
from referrals.queries.headings import INSTRUCTIONS, labels_of
from safeguarding.models import ChildDecision

MOST = 50
PRINTED = 500
ALIKE = 8
STANDING = {
    ScanState.CLEAN: ("ready", ""),
    ScanState.NOT_SCANNED: ("ready", ""),
    ScanState.WAITING: ("checking", "It opens when the check for viruses is done. That usually takes a minute or two."),
    ScanState.INFECTED: ("held", "Harmful content was found in it. Ask whoever sent it for a clean copy."),
}


@dataclass(frozen=True)
class NoteRead:
    """One case note."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RestrictedArea:
    """What is inside: files as components/file_card.html takes them, notes newest first, words under headings."""

    files: list[dict[str, Any]]
    notes: list[NoteRead]
    older_notes: str
    words: list[tuple[str, str]]
    decisions: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """What children's duty decided: when, and rows of what was weighed."""
    instructions: str = ""
    """What the local police hub asked for with a child's referral, as it was sent: shown before everything else."""


def restricted_area(referral: Referral, after: str = "", notes_shown: int = MOST) -> RestrictedArea:
    """Read it inside access.material or after access.look, in the same transaction: three statements.

    ``after`` is the moment of the last note of the page before.
    """
    case = referral.case
    documents = Document.objects.filter(case=case).select_related("added_by").order_by("-added_at")[:MOST]
    notes = Note.objects.filter(case=case).select_related("by").order_by("-at", "-id")
    if moment := _moment(after):
        notes = notes.filter(at__lt=moment)
    read = [NoteRead(note.text, note.by.name, note.at) for note in notes[: notes_shown + 1]]
    older = read[notes_shown - 1].at.isoformat() if len(read) > notes_shown else ""
    told = {row.heading: row.text for row in Narrative.objects.filter(case=case)}
    instructions = told.pop(INSTRUCTIONS, "")
    labels = labels_of(referral.form_version)
    keys = [key for key in labels if key in told] + sorted(key for key in told if key not in labels)
    words = [(labels.get(key, key.replace("_", " ").capitalize()), told[key]) for key in keys]
    decisions = _decisions(case) if referral.is_child else ()
    return RestrictedArea(
        [_file(case, row) for row in documents], read[:notes_shown], older, words, decisions, instructions
    )


def _decisions(case: Case) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    rows = ChildDecision.objects.filter(case=case, decided_at__isnull=False).order_by("-decided_at")
    return tuple(
        (
            f"{row.get_decision_display()}, {date_and_time(row.decided_at)}",
            (
                ("Why", row.reason),
                ("Consulted in CT policing", row.consulted),
                ("Weighed against", row.threshold_title),
            ),
        )
        for row in rows[:MOST]
    )


def document_of(case: Case, document_id: UUID) -> Document | None:
    """A document of this case and no other, if row security lets it be seen."""
    return Document.objects.filter(case=case, pk=document_id).first()


def staff_called(words: str, on: date) -> list[User]:
    """Staff of the council's case teams whose name holds these words, or whose email address they are; a few."""
    seats = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, team__kind__in=HOLDING, team__closed_on=None
    )
    named = Q()
    for word in words.split():
        named &= Q(name__icontains=word)
    people = User.objects.filter(named | Q(email__iexact=words), is_active=True, pk__in=seats.values("user"))
    return list(people.order_by("name", "email")[:ALIKE])


def conflicts_of(case: Case) -> list[dict[str, Any]]:
    """Who is kept from the case, for those who manage that."""
    rows = case.exclusions.standing().select_related("user").order_by("declared_at")[:MOST]
    return [{"user_id": row.user_id, "name": row.user.name, "since": f"since {day(row.declared_at)}"} for row in rows]


def colleague(user_id: UUID) -> User | None:
    return User.objects.filter(pk=user_id).first()


def _file(case: Case, document: Document) -> dict[str, Any]:
    standing, reason = STANDING[ScanState(document.scan)]
    return {
        "title": document.title,
        "url": reverse("document", args=[case.pk, document.pk]),
        "kind": DocumentKind(document.kind).label,
        "size": document.size,
        "added_at": document.added_at,
        "added_by": document.added_by.name if document.added_by else "",
        "standing": standing,
        "reason": reason,
    }


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo else None
