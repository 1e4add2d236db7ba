"""What the lists do by themselves, by name (see casework/jobs.py)."""

from __future__ import annotations

from django.conf import settings

from prevent_cases.casework.jobs import Job
from prevent_cases.lists.operations.reminding import remind_of_gaps
from prevent_cases.lists.operations.resting import rest_accounts
from prevent_cases.lists.operations.reviewing import review_access

JOBS: dict[str, Job] = {
    "remind_of_gaps": lambda at: {"told": remind_of_gaps(at=at)},
    "review_access": lambda at: review_access(at=at),
    "rest_accounts": lambda at: rest_accounts(days=settings.DORMANT_DAYS, at=at),
}
