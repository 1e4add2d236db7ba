"""How a row's history is kept: django-simple-history, with opaque ids."""

import uuid

from django.db import models
from simple_history.models import HistoricalRecords


def kept_history() -> HistoricalRecords:
    """History rows for a model. Their ids are random, so that an INSERT needs no RETURNING under row security."""
    return HistoricalRecords(history_id_field=models.UUIDField(default=uuid.uuid4))
