"""What runs by itself, by name. A job is handed the moment, is safe to repeat, and leaves a heartbeat when it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings

from prevent_cases.casework.drafts import forget_old_drafts
from prevent_cases.casework.grants import end_grants
from prevent_cases.casework.models import Heartbeat
from prevent_cases.casework.scanning import scan_documents
from prevent_cases.casework.sending.choice import carrier_in_force
from prevent_cases.casework.sending.sender import send_notices
from prevent_cases.casework.sweep import sweep_clocks
from prevent_cases.casework.training import remind_of_training

Counts = Mapping[str, int]
Job = Callable[[datetime], Counts]

FIRST: dict[str, Job] = {
    "sweep_clocks": lambda at: sweep_clocks(at=at),
    "end_grants": lambda at: {"ended": end_grants(at=at)},
    "forget_drafts": lambda at: {"forgotten": forget_old_drafts(at=at)},
    "remind_of_training": lambda at: {"reminded": remind_of_training(at=at)},
    "scan_documents": lambda at: scan_documents(address=settings.CLAMD_ADDRESS, at=at),
}
LAST: dict[str, Job] = {"send_notices": lambda at: send_notices(at=at, carrier=carrier_in_force())}


_declared: dict[str, Job] = {}


def declare(table: Mapping[str, Job]) -> None:
    """Add the jobs of a module above this one, when the apps are loaded (settings.JOB_MODULES, apps.py).

    :raises ValueError: where two jobs have one name
    """
    if twice := table.keys() & every().keys():
        raise ValueError(f"Two jobs are called {', '.join(sorted(twice))}")
    _declared.update(table)


def every() -> Mapping[str, Job]:
    """Each job by its name, in the order in which they run together: what one writes, the last may send."""
    return FIRST | _declared | LAST


def run(job: str, at: datetime) -> Counts:
    """Do one job at a moment. :raises KeyError: for a job that is not there."""
    began = time.monotonic()
    counts = every()[job](at)
    Heartbeat.objects.update_or_create(job=job, defaults={"at": at, "seconds": time.monotonic() - began})
    return counts
