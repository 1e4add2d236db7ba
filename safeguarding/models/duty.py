"""What children's duty did with a referral, and the feedback it left owed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Team
from prevent_cases.casework.models import Case, Stateful
from referrals.models import ChildArrival
from referrals.states import ChildDecisionKind
from safeguarding.states import FeedbackState, FeedbackTo
from safeguarding.workflow import FEEDBACK


class ChildDecision(models.Model):
    """One arrival acknowledged and decided: two facts with two times, each the real one (C2, C1.12).

    ``threshold_title`` and ``threshold_link`` are the threshold document as the procedure named it when the case was
    received, ``procedure_edition`` the edition that did (C1.8). ``consulted`` is who in CT policing was (C1.9). Behind
    row security: ``reason`` says what was weighed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    arrival = models.OneToOneField(ChildArrival, on_delete=models.PROTECT, related_name="+")
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=12, choices=ChildDecisionKind, blank=True)
    reason = models.TextField(blank=True)
    consulted = models.CharField(max_length=200, blank=True)
    threshold_title = models.CharField(max_length=200, blank=True)
    threshold_link = models.CharField(max_length=300, blank=True)
    procedure_edition = models.PositiveIntegerField(default=0)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="") | Q(decision__in=ChildDecisionKind.values), name="child_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decision="", reason="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision="") & ~Q(reason="")),
                name="child_decided_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=("", ChildDecisionKind.SECTION_47, ChildDecisionKind.IMMEDIATE))
                | ~Q(consulted=""),
                name="policing_consulted_where_it_can_wait",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="child_decision_of_case")]

    def __str__(self) -> str:
        return f"Decision {self.pk}"


class FeedbackOwed(Stateful):
    """Somebody is to be told what became of it, or it is said why not. It may be done after the case is closed (C12).

    To social care CT policing owes it; the others are told by ``team``.
    """

    workflow = FEEDBACK

    state = models.CharField(max_length=16, choices=FeedbackState, default=FeedbackState.OWED)
    to = models.CharField(max_length=12, choices=FeedbackTo)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    owed_at = models.DateTimeField()
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FeedbackState.values), name="feedback_state_known"),
            models.CheckConstraint(condition=Q(to__in=FeedbackTo.values), name="feedback_to_known"),
            models.UniqueConstraint(
                fields=["case", "to"], condition=Q(state=FeedbackState.OWED), name="one_feedback_owed_to_each"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "owed_at"], condition=Q(state=FeedbackState.OWED), name="feedback_owed_by"),
            models.Index(fields=["case"], name="feedback_of_case"),
        ]

    def __str__(self) -> str:
        return f"Feedback {self.pk}"
