"""The material of a case, behind row security: documents, narrative, notes; and the record of what was disclosed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Team
from prevent_cases.casework.kinds import Delivery, DocumentKind, ScanState
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


class Disclosure(models.Model):
    """One sharing outside: to whom, what, why and on what basis (golden rules; K0.12). None can lack its reasons.

    ``title`` says what in words that hold nothing of the person. ``emailed_at`` is when the kept file went by secure
    email, for what is not delivered here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disclosures")
    title = models.CharField(max_length=200)
    documents = models.ManyToManyField(Document, related_name="disclosures")
    recipient_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    recipient_name = models.CharField(max_length=150, blank=True)
    recipient_address = models.EmailField()
    purpose = models.CharField(max_length=300)
    lawful_basis = models.CharField(max_length=300)
    necessity = models.TextField()
    left_out = models.TextField(blank=True)
    delivery = models.CharField(max_length=20, choices=Delivery)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    emailed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    emailed_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(lawful_basis="") & ~Q(necessity=""), name="disclosure_has_its_reasons"
            ),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="disclosure_delivery_known"),
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="acknowledged_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(emailed_by__isnull=True, emailed_at__isnull=True)
                | Q(emailed_by__isnull=False, emailed_at__isnull=False, delivery=Delivery.SECURE_EMAIL),
                name="emailed_both_or_neither",
            ),
        ]
        indexes = [models.Index(fields=["recipient_team", "-decided_at"], name="disclosure_to_team")]

    def __str__(self) -> str:
        return f"Disclosure {self.pk}"
