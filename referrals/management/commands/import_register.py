"""``manage.py import_register FILE [--confirm]``: the nightly import of the register extract, all of it or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prevent_cases.accounts.actors import the_service
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import Refused
from referrals.operations.register import import_register
from referrals.queries.register import in_any_case, teams_to_be_with
from referrals.register.reading import read

SHOWN = 50
FAULTY, LOOKS_CUT, NO_FILE = 1, 2, 3


class Command(BaseCommand):
    help = "Import a register extract. Exits with 1 for a faulty file, 2 for one that looks cut, 3 for none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the extract, as docs/register-csv.md describes it")
        parser.add_argument("--confirm", action="store_true", help="import it although it leaves out many people")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as stream:
                reading = read(stream, today(), in_any_case(teams_to_be_with()))
        except OSError as error:
            raise CommandError(f"{path.name} cannot be opened: {error.strerror}.", returncode=NO_FILE) from error
        for reject in reading.rejects[:SHOWN]:
            self.stderr.write(str(reject))
        if reading.rejects:
            faults = f"{len(reading.rejects):,} {'fault' if len(reading.rejects) == 1 else 'faults'}"
            raise CommandError(f"Nothing was imported: {path.name} has {faults}.", returncode=FAULTY)
        try:
            made = import_register(
                reading=reading, file_name=path.name, confirmed=options["confirm"], by=the_service("import_register"),
                at=now(),
            )  # fmt: skip
        except Refused as refusal:
            raise CommandError(f"Nothing was imported. {refusal}", returncode=LOOKS_CUT) from refusal
        self.stdout.write(
            f"{made.rows:,} people in the file: {made.added:,} added, {made.changed:,} changed, {made.ended:,} ended."
        )
