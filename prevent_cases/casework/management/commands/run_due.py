"""``manage.py run_due [--now 2026-12-24T17:00]``: do everything that is due, once, and say what was done."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prevent_cases.casework import jobs
from prevent_cases.casework.days import LONDON
from prevent_cases.casework.now import held_at, now


class Command(BaseCommand):
    help = "Do everything that is due: deadlines, grants, scans, notices. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", help="the moment to do it at, in ISO form; London time where it names no zone")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = as_moment(options["now"]) if options["now"] else now()
        with held_at(moment):
            for job in jobs.every():
                counts = jobs.run(job, moment)
                did = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()) if count)
                self.stdout.write(f"{job}: {did or 'nothing to do'}")


def as_moment(text: str) -> datetime:
    """An aware moment out of ISO text. :raises CommandError: for text that is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is not a moment such as 2026-12-24T17:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
