"""Write a notice in the same transaction as the act it tells of. Sending is a task's work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prevent_cases.accounts.models import Team, User
from prevent_cases.casework.models import Case, Notice


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
    *, key: str, kind: str, case: Case | None, to: Recipient, at: datetime, not_before: datetime | None = None
) -> Notice:
    """One outbox row. The same key twice is one notice."""
    row = Notice(key=key, kind=kind, case=case, written_at=at, not_before=not_before or at)
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
