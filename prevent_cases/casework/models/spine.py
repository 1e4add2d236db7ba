"""The case: one row a person's episode, carrying every column a list filters or sorts by."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Locality, Team
from prevent_cases.casework import procedure
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Queue, Sensitivity
from prevent_cases.casework.querysets import CaseQuerySet
from prevent_cases.casework.workflow import Workflow

NO_DEADLINE = datetime.fromisoformat("9999-12-31T00:00:00+00:00")
"""``next_due_at`` of a case with no running clock, so that lists can be paged by that column."""


class Case(models.Model):
    """An episode. ``owner_team`` coordinates it; ``holder_team`` has it now; ``stage`` and ``queue`` mirror the
    state of the record that leads it, written by the engine alone. Material becomes restricted to guardian's grants
    when ``restricted_at`` is set (K0.8, K0.11). ``held_until`` mirrors the hold that stands: its last day, whether or
    not that has passed; None where none stands. ``casework.holding`` alone sets it, and the database keeps it so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=16)
    procedure_key = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=30)
    queue = models.CharField(max_length=12, choices=Queue)
    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity, default=Sensitivity.ORDINARY)
    owner_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    holder_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    locality = models.ForeignKey(Locality, null=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    next_due_at = models.DateTimeField(default=NO_DEADLINE)
    next_due_clock = models.CharField(max_length=60, blank=True)
    restricted_at = models.DateTimeField(null=True)
    held_until = models.DateField(null=True)
    history = kept_history()

    objects = CaseQuerySet.as_manager()

    class Meta:
        permissions = [("enter_restricted_area", "Can enter the restricted area of this case")]
        triggers = [
            pgtrigger.Protect(
                name="restricted_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.restricted_at IS NOT NULL AND NEW.restricted_at IS NULL"),
            )
        ]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_case_a_reference"),
            models.CheckConstraint(condition=Q(queue__in=Queue.values), name="case_queue_known"),
            models.CheckConstraint(condition=Q(sensitivity__in=Sensitivity.values), name="case_sensitivity_known"),
            models.CheckConstraint(
                condition=Q(queue=Queue.CLOSED, closed_at__isnull=False)
                | (~Q(queue=Queue.CLOSED) & Q(closed_at__isnull=True)),
                name="case_closed_both_or_neither",
            ),
        ]
        # Each holds whatever the rule of who may see a case asks of a row, so that lists and counts read nothing else.
        indexes = [
            models.Index(
                fields=["owner_team", "queue", "next_due_at", "id"],
                condition=Q(closed_at__isnull=True),
                include=["holder_team", "sensitivity", "assignee"],
                name="case_owner_queue_covering",
            ),
            models.Index(
                fields=["owner_team", "next_due_at", "id"],
                condition=Q(closed_at__isnull=True),
                include=["holder_team", "queue", "sensitivity", "assignee"],
                name="case_owner_covering",
            ),
            models.Index(
                fields=["holder_team", "queue", "next_due_at", "id"],
                condition=Q(closed_at__isnull=True),
                include=["owner_team", "sensitivity", "assignee"],
                name="case_holder_queue_covering",
            ),
            models.Index(
                fields=["holder_team", "next_due_at", "id"],
                condition=Q(closed_at__isnull=True),
                include=["owner_team", "queue", "sensitivity", "assignee"],
                name="case_holder_covering",
            ),
            models.Index(
                fields=["assignee", "next_due_at", "id"],
                condition=Q(closed_at__isnull=True),
                name="case_open_assignee",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_held(self) -> bool:
        """Whether a hold stands, in its days or past them: nothing may be shared."""
        return self.held_until is not None

    @property
    def has_deadline(self) -> bool:
        return self.next_due_at < NO_DEADLINE

    @property
    def procedure(self) -> procedure.Procedure:
        """The procedure as it was in force on the day the case was received."""
        return procedure.in_force(self.procedure_key, civil_date(self.opened_at))


class Stateful(models.Model):
    """A record that moves through a workflow. Its state is changed by the engine alone.

    ``leads`` is true of the one kind of record whose state the case's ``stage`` and ``queue`` mirror.
    """

    workflow: ClassVar[Workflow]
    leads: ClassVar[bool] = False
    state: Any

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def record_key(self) -> str:
        """The record's name in events and clock runs, such as ``referrals.referral:<id>``."""
        return f"{self._meta.label_lower}:{self.pk}"
