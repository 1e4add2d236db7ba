"""``manage.py drain_outbox``: send every notice that is ready, now, and say what is left."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count

from prevent_cases.casework.models import Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.sending.choice import carrier_in_force
from prevent_cases.casework.sending.sender import send_notices


class Command(BaseCommand):
    help = "Send every notice that is ready, and list what cannot go yet and why."

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        outcomes = send_notices(at=at, carrier=carrier_in_force(), most=sys.maxsize)
        self.stdout.write(f"Messages sent: {outcomes['sent']}.")
        waiting = Notice.objects.unsent().values("last_problem").annotate(count=Count("id")).order_by("last_problem")
        for row in waiting:
            self.stdout.write(f"Waiting, {row['last_problem'] or 'not due yet'}: {row['count']}.")
