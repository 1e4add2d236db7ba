"""The material of a case, behind row security: documents, narrative, notes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Team
from prevent_cases.casework.kinds import DocumentKind, ScanState
from prevent_cases.casework.models.spine import Case


class Document(models.Model):
    """A file, kept byte for byte. ``store_key`` is a random name outside the web root."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    subject = models.CharField(max_length=90, blank=True)
    kind = models.CharField(max_length=12, choices=DocumentKind)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    store_key = models.CharField(max_length=80, unique=True)
    scan = models.CharField(max_length=12, choices=ScanState)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(condition=Q(scan__in=ScanState.values), name="document_scan_known"),
        ]
        indexes = [
            models.Index(fields=["case", "added_at"], name="document_of_case"),
            models.Index(fields=["added_at"], condition=Q(scan=ScanState.WAITING), name="document_to_scan"),
        ]

    def __str__(self) -> str:
        return f"Document {self.pk}"

    @property
    def is_readable(self) -> bool:
        return self.scan in (ScanState.CLEAN, ScanState.NOT_SCANNED)


class Narrative(models.Model):
    """Sensitive words of a record, under the heading they were written in. Apart from the record, so that a list
    cannot show what the record hides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="narratives")
    subject = models.CharField(max_length=90)
    heading = models.CharField(max_length=60)
    text = models.TextField()
    history = kept_history()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "heading"], name="one_narrative_a_heading")]
        indexes = [models.Index(fields=["case"], name="narrative_of_case")]

    def __str__(self) -> str:
        return f"Narrative {self.pk}"


class Note(models.Model):
    """A dated case note in the restricted area. What is addressed to a team outside may be read by that team too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    addressed_to = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    history = kept_history()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="note_of_case")]

    def __str__(self) -> str:
        return f"Note {self.pk}"
