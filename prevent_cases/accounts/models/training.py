"""Prevent training: the courses an admin lists, and who took which when (E4.1, E4.68)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.histories import kept_history


class TrainingCourse(models.Model):
    """A course. ``months_valid`` is how long it counts; empty for always. A retired course stays on the records."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=150, unique=True)
    words = models.CharField(max_length=300, blank=True)
    address = models.URLField(blank=True)
    months_valid = models.PositiveSmallIntegerField(null=True, blank=True)
    counts_for_gate = models.BooleanField(default=False)
    retired_on = models.DateField(null=True, blank=True)
    history = kept_history()

    def __str__(self) -> str:
        return self.title


class TrainingRecord(models.Model):
    """One course taken by one person. ``reminded_at`` is when they were told that it runs out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="training")
    course = models.ForeignKey(TrainingCourse, on_delete=models.PROTECT, related_name="records")
    taken_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "course", "taken_on"], name="one_record_a_course_and_day"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("taken_on")), name="training_expires_later"
            ),
        ]
        indexes = [
            models.Index(fields=["expires_on"], condition=Q(reminded_at__isnull=True), name="training_to_remind")
        ]

    def __str__(self) -> str:
        return f"{self.course}, {self.taken_on}"
