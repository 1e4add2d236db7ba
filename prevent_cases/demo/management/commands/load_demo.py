"""``manage.py load_demo [--fresh] [--register 20000] [--cases 60]``: the invented county, at any size."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prevent_cases.casework.now import now
from prevent_cases.demo import loading


class Command(BaseCommand):
    help = "Load the demo county: invented places, people and referrals. Does nothing where it is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="empty the database first; needs DATABASE_OWNER_URL")
        parser.add_argument("--register", type=int, default=loading.REGISTER_SIZE, help="entries in the register")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loading.refuse_outside_the_demo()
            if loading.is_loaded():
                self.stdout.write("The demo county is already there. Use --fresh to start over.")
                return
            loading.load(
                at=now(), password=settings.DEMO_PASSWORD, register_size=options["register"],
                say=self.stdout.write,
            )  # fmt: skip
        except loading.NotHere as refusal:
            raise CommandError(str(refusal)) from refusal
