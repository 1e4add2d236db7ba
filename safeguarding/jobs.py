"""What runs by itself for safeguarding, by name (casework/jobs.py runs it with the rest)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from prevent_cases.accounts.actors import the_service
from safeguarding.operations.protection import start_owed_clocks

JOBS: dict[str, Callable[[datetime], Mapping[str, int]]] = {
    "start_owed_clocks": lambda at: {"started": start_owed_clocks(by=the_service("start_owed_clocks"), at=at)},
}
