"""``manage.py load_nominations FILE.csv``: nominated Prevent virtual workers with start, end and cover (K0.3)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prevent_cases.accounts import nomination_list
from prevent_cases.accounts.actors import the_service
from prevent_cases.casework.now import now, today


class Command(BaseCommand):
    help = (
        f"Load nominated Prevent virtual workers from a CSV file with columns {', '.join(nomination_list.COLUMNS)}. "
        "All of it or nothing; what the file does not mention stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file, in UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        try:
            done = nomination_list.apply(
                nomination_list.read(data), by=the_service("load_nominations"), at=now(), on=today()
            )
        except nomination_list.Unreadable as wrong:
            raise CommandError("\n".join(["Nothing was changed.", *wrong.problems])) from wrong
        self.stdout.write(f"{done.added} nominated, {done.changed} changed, {done.unchanged} as they were.")
        for team in done.uncovered:
            self.stdout.write(f"Nobody is nominated for {team} today.")
