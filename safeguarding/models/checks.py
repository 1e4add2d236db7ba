"""What police were asked and what they found: a result code and a note of what they expect, never intelligence."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Team
from prevent_cases.casework.models import Case, Stateful
from prevent_cases.casework.models.record import WRITTEN_ONCE
from referrals.models import Referral
from safeguarding.states import CheckPurpose, CheckResult, CheckState, StopReason
from safeguarding.workflow import CHECK


class Check(Stateful):
    """One question to a policing team. ``result`` is what all who see the case may read; WAIT stands beside a check
    that is still open. What police expect of us lies with the case's narrative, behind the wall.

    ``told_by`` and ``told_on`` are set where the unit wrote the answer down for them, with the evidence.
    """

    workflow = CHECK

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=CheckState, default=CheckState.ASKED)
    purpose = models.CharField(max_length=14, choices=CheckPurpose)
    policing_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    is_priority = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    result = models.CharField(max_length=16, choices=CheckResult, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=150, blank=True)
    told_on = models.DateField(null=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CheckState.values), name="check_state_known"),
            models.CheckConstraint(condition=Q(purpose__in=CheckPurpose.values), name="check_purpose_known"),
            models.CheckConstraint(
                condition=Q(state=CheckState.ANSWERED, answered_at__isnull=False, result__in=CheckResult.values)
                & ~Q(result=CheckResult.WAIT)
                | ~Q(state=CheckState.ANSWERED) & Q(answered_at__isnull=True, result__in=("", CheckResult.WAIT)),
                name="check_answered_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(told_by="", told_on__isnull=True) | (~Q(told_by="") & Q(told_on__isnull=False)),
                name="check_told_both_or_neither",
            ),
            models.UniqueConstraint(
                fields=["case", "purpose"], condition=Q(state=CheckState.ASKED), name="one_open_check_a_purpose"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-asked_at"], name="check_of_case"),
            models.Index(
                fields=["policing_team", "-is_priority", "asked_at"],
                condition=Q(state=CheckState.ASKED),
                name="check_owed_by_team",
            ),
        ]

    def __str__(self) -> str:
        return f"Check {self.pk}"


class StoppedBecause(models.Model):
    """Why police do not take it forward, behind row security: for the lead of the unit that coordinates the case and
    for the policing team, and nobody else. There is one for every "Not progressed", so that none stands out (N3.9)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_asked = models.OneToOneField(Check, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    policing_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=StopReason)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__in=StopReason.values), name="stop_reason_known")]
        triggers = WRITTEN_ONCE

    def __str__(self) -> str:
        return f"Reason {self.pk}"
