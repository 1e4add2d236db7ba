"""Who may enter the restricted area of a case, and who may not have anything to do with it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from prevent_cases.accounts.histories import kept_history
from prevent_cases.casework.kinds import AccessReason
from prevent_cases.casework.models.spine import Case
from prevent_cases.casework.querysets import ExclusionQuerySet


class CaseUserObjectPermission(UserObjectPermissionBase):
    """A named worker, until a date: two weeks for a task, longer if involved. There is no grant without an end."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="named_workers")
    reason = models.CharField(max_length=20, choices=AccessReason)
    words = models.CharField(max_length=300, blank=True)
    until = models.DateField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    history = kept_history()

    class Meta(UserObjectPermissionBase.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=AccessReason.values), name="named_worker_reason_known"),
        ]


class CaseGroupObjectPermission(GroupObjectPermissionBase):
    """The nominated workers of the team that holds the case, for as long as it does."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="holding_groups")
    history = kept_history()

    class Meta(GroupObjectPermissionBase.Meta):
        pass


class Exclusion(models.Model):
    """A conflict of interest. It beats every seat, nomination and grant, and shows as nothing at all (D3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    history = kept_history()

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at__isnull=True), name="one_standing_exclusion"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("declared_at")),
                name="exclusion_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["user", "case"], name="exclusion_user_case")]

    def __str__(self) -> str:
        return f"Exclusion {self.pk}"
