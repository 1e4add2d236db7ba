"""What runs by itself for safeguarding, by name (casework/jobs.py runs it with the rest)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from prevent_cases.accounts.actors import the_service
from safeguarding.operations.agreements import remind_of_agreements
from safeguarding.operations.eighteen import BIRTHDAYS, find_those_turned_18
from safeguarding.operations.protection import start_owed_clocks

JOBS: dict[str, Callable[[datetime], Mapping[str, int]]] = {
    "find_those_turned_18": lambda at: {"found": find_those_turned_18(by=BIRTHDAYS, at=at)},
    "start_owed_clocks": lambda at: {"started": start_owed_clocks(by=the_service("start_owed_clocks"), at=at)},
    "remind_of_agreements": lambda at: {"told": remind_of_agreements(at=at)},
}
