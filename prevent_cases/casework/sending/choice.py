"""Which carrier the settings name: GOV.UK Notify, else a mail server, else (demo and tests) a directory."""

from __future__ import annotations

from django.conf import settings

from prevent_cases.casework.sending.carriers import Carrier, FileOutbox, Smtp
from prevent_cases.casework.sending.notify import Notify


def carrier_in_force() -> Carrier:
    if settings.NOTIFY_API_KEY:
        return Notify(settings.NOTIFY_API_KEY, settings.NOTIFY_TEMPLATE_ID)
    if settings.EMAIL_HOST:
        return Smtp(settings.DEFAULT_FROM_EMAIL)
    return FileOutbox(settings.OUTBOX_DIR)
