"""Write a notice in the same transaction as the act it tells of. Sending is a task's work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prevent_cases.accounts.models import Invitation, Team, User
from prevent_cases.casework.models import AnswerLink, Case, Notice


@dataclass(frozen=True)
class ToPost:
    """Whoever holds a named post when the notice is sent."""

    key: str


@dataclass(frozen=True)
class ToAddress:
    """A secure mailbox outside the council, and its own reference for what the notice is about."""

    email: str
    theirs: str = ""


Recipient = Team | User | ToPost | ToAddress


def write(
    *, key: str, kind: str, case: Case | None, to: Recipient, at: datetime, not_before: datetime | None = None,
    invitation: Invitation | None = None, link: AnswerLink | None = None,
) -> Notice:  # fmt: skip
    """One outbox row. The same key twice is one notice. ``invitation`` is the seat whose link the message carries, and
    ``link`` is where somebody outside answers."""
    row = Notice(key=key, kind=kind, case=case, invitation=invitation, written_at=at, not_before=not_before or at)
    row.link = link
    match to:
        case Team():
            row.team = to
        case User():
            row.user = to
        case ToPost():
            row.post = to.key
        case ToAddress():
            row.address, row.theirs = to.email, to.theirs
    Notice.objects.bulk_create([row], ignore_conflicts=True)
    return row


def write_once(*, key: str, kind: str, to: Recipient, at: datetime) -> bool:
    """A notice of no case, unless there is one with this key. Says whether it was written."""
    if Notice.objects.filter(key=key).exists():
        return False
    write(key=key, kind=kind, case=None, to=to, at=at)
    return True
