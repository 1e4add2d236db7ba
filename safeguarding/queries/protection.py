"""What is done to protect somebody on a case, as its pages and other acts read it."""

from __future__ import annotations

from prevent_cases.casework.models import Case
from safeguarding.models import Protection
from safeguarding.states import ProtectionState


def open_kinds(case: Case) -> list[str]:
    """What is still being done to protect somebody on a case, in words, the first begun first: one statement."""
    rows = Protection.objects.filter(case=case).exclude(state=ProtectionState.FINISHED).order_by("opened_at", "pk")
    return [row.get_kind_display() for row in rows]
