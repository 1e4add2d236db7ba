"""The register extract: a copy of who adult social care knows, imported whole and never edited here."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from referrals.models.person import NamedPerson
from referrals.states import RegisterStatus


class RegisterImport(models.Model):
    """One import of the extract: counts and the file's digest. All of it or nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()

    class Meta:
        get_latest_by = "at"

    def __str__(self) -> str:
        return f"Register import {self.at:%Y-%m-%d}"


class RegisterEntry(NamedPerson):
    """One person in the case system. ``ended_at`` when an import no longer had them."""

    id = models.BigAutoField(primary_key=True)
    status = models.CharField(max_length=10, choices=RegisterStatus)
    team = models.CharField(max_length=200, blank=True)
    worker_name = models.CharField(max_length=150, blank=True)
    worker_email = models.EmailField(blank=True)
    last_closed_on = models.DateField(null=True)
    match_name = models.TextField(blank=True)
    last_import = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mosaic_id"], name="one_entry_a_mosaic_id"),
            models.CheckConstraint(condition=Q(status__in=RegisterStatus.values), name="register_status_known"),
        ]
        indexes = [
            GinIndex(fields=["match_name"], opclasses=["gin_trgm_ops"], name="register_match_name"),
            models.Index(fields=["born_on"], name="register_born_on"),
        ]

    def __str__(self) -> str:
        return f"Register entry {self.pk}"


class RegisterKey(models.Model):
    """A key a register entry is found by."""

    pk = models.CompositePrimaryKey("key", "entry_id")
    key = models.TextField()
    entry = models.ForeignKey(RegisterEntry, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.key
