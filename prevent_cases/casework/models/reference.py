"""What admins keep right without a release: who to ring and when, and the words, lists and lengths of a procedure."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Area, Dated
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models.record import WRITTEN_ONCE


class DirectoryEntry(Dated):
    """A post in the directory and how to reach it, in one area or (``area`` empty) everywhere (N3.39, E4.71).

    ``opens_at`` and ``closes_at`` are the hours of ``telephone`` on working days; outside them ``out_of_hours`` is
    shown. Both empty: the telephone is answered at all times. A deputy's entry names whom it stands in for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30, choices=DirectoryKind)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    holder_name = models.CharField(max_length=150, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    out_of_hours = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    deputy_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputies")
    version = models.PositiveIntegerField(default=0)
    history = kept_history()

    class Meta:
        verbose_name_plural = "directory entries"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DirectoryKind.values), name="directory_kind_known"),
            models.CheckConstraint(condition=~Q(telephone="") | ~Q(email=""), name="directory_can_be_reached"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="directory_hours_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="directory_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["area", "kind"], name="directory_area_kind")]

    def __str__(self) -> str:
        return self.title


class ProcedureEdition(models.Model):
    """A change of a procedure's words, lists or lengths, in force from a day on. Written once.

    ``changes`` maps a part to keys and values: ``{"texts": {key: words}, "reasons": {act: [[key, label, needs_words]]},
    "lengths": {clock: count}, "labels": {key: words}, "prompts": [[key, label, hint]]}``. Editions add up in the
    order of the days they take effect, then of their numbers; a case keeps those in force on the day it was received.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    procedure_key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    effective_from = models.DateField()
    changes = models.JSONField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = WRITTEN_ONCE
        constraints = [
            models.UniqueConstraint(fields=["procedure_key", "number"], name="one_edition_a_number"),
            models.CheckConstraint(condition=~Q(why=""), name="edition_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_key}, edition {self.number}"


class EditionTakenBack(models.Model):
    """An edition that was taken back before it came into force. Written once, like the edition it takes back."""

    edition = models.OneToOneField(
        ProcedureEdition, primary_key=True, on_delete=models.PROTECT, related_name="taken_back"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "editions taken back"
        triggers = WRITTEN_ONCE

    def __str__(self) -> str:
        return f"{self.edition}, taken back"


class PreparedEdition(models.Model):
    """The next edition of a procedure while it is being prepared: one for each procedure, shared by its editors.

    ``changes`` has the shape of an edition's. ``version`` grows with each change, so that nobody overwrites another
    and what is published is what was previewed.
    """

    procedure_key = models.CharField(max_length=60, primary_key=True)
    changes = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.procedure_key}, being prepared"


class SecureDomain(models.Model):
    """A domain whose mail is safe for what is shared (E4.35 to E4.37; domain.md, section 9). Retired, never removed.

    ``covers_below`` lets ``desk.kent.police.uk`` be reached where ``police.uk`` is listed. An organisation's own
    secure domain counts without being listed here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    domain = models.CharField(max_length=200)
    covers_below = models.BooleanField(default=False)
    why = models.CharField(max_length=300)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["domain"], condition=Q(retired_at__isnull=True), name="one_listing_a_secure_domain"
            ),
            models.CheckConstraint(
                condition=Q(domain__regex=r"^[a-z0-9-]+([.][a-z0-9-]+)+$"), name="secure_domain_is_a_domain"
            ),
            models.CheckConstraint(condition=Q(why__regex=r"\S"), name="secure_domain_says_why"),
            models.CheckConstraint(
                condition=Q(retired_by__isnull=True, retired_at__isnull=True)
                | Q(retired_by__isnull=False, retired_at__isnull=False),
                name="secure_domain_retired_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return self.domain
