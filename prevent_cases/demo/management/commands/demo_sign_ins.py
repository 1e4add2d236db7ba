"""``manage.py demo_sign_ins``: who can sign in to the demo, and what each finds there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prevent_cases.demo.sign_ins import SIGN_INS


class Command(BaseCommand):
    help = "Print the demo's sign-ins and their one password."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("There are demo sign-ins only where MODE is demo.")
        width = max(len(one.email) for one in SIGN_INS)
        self.stdout.write(f"One password for them all: {settings.DEMO_PASSWORD}\n")
        for one in SIGN_INS:
            self.stdout.write(f"  {one.email:<{width}}  {one.who}. {one.what}.")
