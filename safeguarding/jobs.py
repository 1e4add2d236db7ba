"""What runs by itself for safeguarding, by name (casework/jobs.py runs it with the rest)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from safeguarding.operations.agreements import remind_of_agreements

JOBS: dict[str, Callable[[datetime], Mapping[str, int]]] = {
    "remind_of_agreements": lambda at: {"told": remind_of_agreements(at=at)},
}
