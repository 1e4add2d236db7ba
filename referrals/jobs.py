"""What runs by itself for referrals, by name (casework/jobs.py runs it with the rest)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from referrals.operations.concerns import forget_old_concerns

JOBS: dict[str, Callable[[datetime], Mapping[str, int]]] = {
    "forget_concerns": lambda at: {"forgotten": forget_old_concerns(at=at)},
}
