"""How a row's history is kept: django-simple-history, with opaque ids in the order they were made."""

import secrets
import time
import uuid

from django.db import models
from simple_history.models import HistoricalRecords

_last = 0


def in_order() -> uuid.UUID:
    """A random id that sorts by when it was made, within this process too (UUID version 7)."""
    global _last  # noqa: PLW0603 -- one counter for the process, so that two ids of one microsecond still sort
    _last = max(time.time_ns() // 1000, _last + 1)
    milliseconds, micros = divmod(_last, 1000)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | micros << 66 | 0x2 << 62 | secrets.randbits(62))


def kept_history() -> HistoricalRecords:
    """History rows for a model. Their ids are made here, so that an INSERT needs no RETURNING under row security."""
    return HistoricalRecords(history_id_field=models.UUIDField(default=in_order))
