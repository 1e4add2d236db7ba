"""How people come to a seat and keep it: invitations, uploaded lists, reviews of who has access, suspensions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models.people import Dated, Team


class Invitation(Dated):
    """A seat offered by mail. The link holds a secret of which only a digest is kept; it is used once, and expires.

    ``is_nominated`` also nominates the person as a Prevent virtual worker of the team (K0.3).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=SeatRole, default=SeatRole.MEMBER)
    is_nominated = models.BooleanField(default=False)
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=SeatRole.values), name="invitation_role_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, user__isnull=True) | Q(used_at__isnull=False, user__isnull=False),
                name="invitation_used_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_used_or_withdrawn"
            ),
        ]
        indexes = [models.Index(fields=["team", "-invited_at"], name="invitation_of_team")]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class ListUpload(models.Model):
    """A list of nominated workers that was applied whole. ``changes`` holds each row before and after, for undoing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changes = models.JSONField(default=list)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="upload_undone_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"Upload {self.pk}"


class AccessReview(models.Model):
    """A quarterly look at who has a seat in a team, signed and dated. ``decisions`` says who was kept and who not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="access_reviews")
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    decisions = models.JSONField(default=list)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "due_on"], name="one_review_a_quarter"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="review_signed_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"Access review of {self.team}, {self.due_on}"


class Suspension(models.Model):
    """A time in which an account could not be used: who stopped it and why, and who let it go on and why.

    ``by`` is empty where the service did it, because nobody had signed in for long.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="suspensions")
    at = models.DateTimeField()
    why = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True, default="")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    history = kept_history()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at__isnull=True), name="one_open_suspension"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why="")),
                name="restored_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Suspension {self.pk}"
