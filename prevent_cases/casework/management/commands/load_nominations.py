"""``manage.py load_nominations FILE.csv``: nominated Prevent virtual workers with start, end and cover (K0.3)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prevent_cases.accounts import nomination_list
from prevent_cases.accounts.actors import the_service
from prevent_cases.accounts.operations import apply_list
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
        found = nomination_list.plan(data)
        try:
            apply_list(data=data, file_name=options["file"].name, by=the_service("load_nominations"), at=now())
        except nomination_list.Unreadable as wrong:
            raise CommandError("\n".join(["Nothing was changed.", *wrong.problems])) from wrong
        added, changed, unchanged = len(found.adds), len(found.changes), len(found.unchanged)
        self.stdout.write(f"{added} nominated, {changed} changed, {unchanged} as they were.")
        for team in nomination_list.uncovered(today()):
            self.stdout.write(f"Nobody is nominated for {team} today.")
