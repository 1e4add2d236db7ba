"""``manage.py load_demo [--fresh] [--register 20000] [--cases 60]``: the invented county, at any size."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prevent_cases.casework.now import now
from prevent_cases.demo import loading, scale
from prevent_cases.demo.refusals import NotHere, refuse_outside_the_demo
from prevent_cases.demo.starting_over import empty_the_database


class Command(BaseCommand):
    help = "Load the demo county: invented places, people and referrals. Does nothing where it is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="empty the database first, as its owner (DATABASE_OWNER_URL)"
        )
        parser.add_argument(
            "--register", type=int, default=loading.REGISTER_SIZE, help="entries in the register (20,000)"
        )
        parser.add_argument(
            "--cases", type=int, default=0, help="cases in all; those beyond the tales are made in bulk"
        )
        parser.add_argument("--seed", type=int, default=loading.SEED, help="another seed, another county")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_outside_the_demo()
            self._load(options["cases"], options["register"], options["seed"], fresh=options["fresh"])
        except NotHere as refusal:
            raise CommandError(str(refusal)) from refusal

    def _load(self, cases: int, register: int, seed: int, *, fresh: bool) -> None:
        if fresh:
            empty_the_database()
            self.stdout.write("Emptied.")
        elif loading.is_loaded():
            self.stdout.write("The demo county is already there. Use --fresh to start over.")
            return
        began, at = time.monotonic(), now()
        in_county = min(register, loading.REGISTER_SIZE)
        world = loading.load(
            at=at, password=settings.DEMO_PASSWORD, register_size=in_county, seed=seed, say=self.stdout.write
        )
        if cases > len(world.referrals) or register > in_county:
            scale.grow(world, cases=cases, register=register, seed=seed, say=self.stdout.write)
        self.stdout.write(f"Loaded in {time.monotonic() - began:.0f} seconds.")
