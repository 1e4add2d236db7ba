"""``manage.py write_docs [--check]``: write docs/generated from the code, or say which pages are no longer true."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prevent_cases.casework.documenting import PAGES


def directory() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "generated"


class Command(BaseCommand):
    help = "Write docs/generated from the code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is not true")

    def handle(self, *args: Any, **options: Any) -> None:
        pages = {directory() / name: write() for name, write in PAGES.items()}
        stale = [file for file, text in pages.items() if not file.exists() or file.read_text() != text]
        if options["check"]:
            if stale:
                names = ", ".join(file.name for file in stale)
                raise CommandError(f"No longer true: {names}. Run `make docs` and look at what changed.")
            return
        directory().mkdir(parents=True, exist_ok=True)
        for file in stale:
            file.write_text(pages[file])
            self.stdout.write(f"{file.name} written.")
