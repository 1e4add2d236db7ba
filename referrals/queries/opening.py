"""Open a case's material to a person, with the look written in the same transaction as the read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Look
from referrals.queries.frame import Frame, frame


@contextmanager
def opened(
    actor: Actor, case_id: UUID, *, at: datetime, source: str | None, what: Look = Look.MATERIAL, record: str = ""
) -> Iterator[Frame]:
    """The head of a case, whose material reads as this person may read it for the length of the block.

    :raises Http404: when the case is hidden from them, or its material is: the same as for no case at all
    """
    with shown(actor, case_id, at=at, source=source, what=what, record=record) as (head, may_open):
        if not may_open:
            raise Http404
        yield head


@contextmanager
def shown(
    actor: Actor, case_id: UUID, *, at: datetime, source: str | None, what: Look = Look.CASE, record: str = ""
) -> Iterator[tuple[Frame, bool]]:
    """The head of a case, and whether its material is open to this person; where it is not, it reads as empty."""
    with transaction.atomic():
        head = frame(actor, case_id, civil_date(at))
        looked = access.look(actor, head.case, what, at=at, source=source, record=record)
        yield head, looked.may_open
