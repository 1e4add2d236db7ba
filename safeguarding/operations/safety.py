"""One act that protects somebody from any state of a case: no version, no approval, nothing of Prevent in the way."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.engine import lock
from prevent_cases.casework.workflow import NotAllowed, Refused
from safeguarding.models import Protection
from safeguarding.operations.protection import open_protection
from safeguarding.policy import has_the_duty
from safeguarding.states import ProtectionKind


@transaction.atomic
def act_for_safety(*, case_id: UUID, kind: str, reason: str, by: Actor, at: datetime) -> Protection:
    """Begin immediate protection, or what is done under section 47, 17 or 42 (row C8).

    It asks for nothing but who, which kind and why: not for the case's version or state, nor for Redis, mail or the
    procedure's editions. A hold is lifted by it. A closed case stays closed, and the protection runs beside it.

    :raises NotAllowed: unless a member of a team with the duty, who sees the case, does it
    :raises Refused: without a reason, or for a kind that is not there
    """
    if not has_the_duty.allows(by, None) or not access.cases(by).filter(pk=case_id).exists():
        raise NotAllowed("This may only be done by somebody with the duty to protect, who sees the case.")
    if kind not in ProtectionKind.values:
        raise Refused("Choose what is needed.")
    return open_protection(case=lock(case_id), kind=kind, reason=reason, by=by, at=at)
