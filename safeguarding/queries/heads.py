"""The head of a case for the pages that protect somebody: the usual one, or a bare one where that cannot be made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.directory import Contact, contacts
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models import Case
from referrals.queries.frame import frame

TO_CALL = (DirectoryKind.EMERGENCY_LINE, DirectoryKind.CHILDREN_FRONT_DOOR, DirectoryKind.ADULT_FRONT_DOOR)


def head_for_safety(actor: Actor, case_id: UUID, on: date, current: str = "") -> tuple[Case, dict[str, Any]]:
    """The case, and the context of its layout: key details and tabs for a police referral; the case alone for a
    practitioner's own, or while the council's editions cannot be read.

    :raises Http404: the same for a hidden case and an absent one
    """
    try:
        head = frame(actor, case_id, on)
    except Http404:
        return _bare(actor, case_id)
    except Exception:  # noqa: BLE001 -- whatever is broken, whoever sees the case can protect the person
        return _bare(actor, case_id)
    return head.case, head.context(current)


def whom_to_call(at: datetime) -> list[Contact]:
    """The numbers that answer at this hour; none while the directory cannot be read, for 999 is on the page anyway."""
    try:
        return contacts(None, at, *TO_CALL)
    except Exception:  # noqa: BLE001 -- whatever is broken, the page is there
        return []


def _bare(actor: Actor, case_id: UUID) -> tuple[Case, dict[str, Any]]:
    case = access.find(actor, case_id)
    return case, {"case": case}
