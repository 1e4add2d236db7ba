"""What is written once and never changed: submissions as sent, events, and who looked."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from prevent_cases.casework.kinds import Look
from prevent_cases.casework.models.spine import Case

WRITTEN_ONCE = [
    pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME;",
    ),
]


class Submission(models.Model):
    """A referral exactly as it was sent, stored before anything else is done with it (D11).

    ``key`` is the form's idempotency key: the same key always leads to the same reference.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submissions")
    kind = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = WRITTEN_ONCE

    def __str__(self) -> str:
        return f"Submission {self.key}"


class Event(models.Model):
    """One thing that happened: who, what, when and the facts its declaration names. Never edited."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    subject = models.CharField(max_length=90)
    kind = models.CharField(max_length=60)
    old = models.CharField(max_length=30, blank=True)
    new = models.CharField(max_length=30, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    written_at = models.DateTimeField(db_default=Now())
    facts = models.JSONField(default=dict)

    class Meta:
        triggers = WRITTEN_ONCE
        indexes = [models.Index(fields=["case", "-at", "-id"], name="event_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class AccessLog(models.Model):
    """One look at a case or its material. Written in the same transaction as the read, or there is no read."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    what = models.CharField(max_length=12, choices=Look)
    record = models.CharField(max_length=90, blank=True)
    basis = models.CharField(max_length=60)
    source = models.GenericIPAddressField(null=True)

    class Meta:
        triggers = WRITTEN_ONCE
        indexes = [
            models.Index(fields=["case", "-at"], name="look_at_case"),
            models.Index(fields=["case", "user", "-at"], name="look_by_user_at_case"),
            models.Index(fields=["user", "-at"], name="look_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"
