"""What the lists do by themselves, by name (see casework/jobs.py)."""

from __future__ import annotations

from prevent_cases.casework.jobs import Job

JOBS: dict[str, Job] = {}
