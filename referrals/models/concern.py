"""A worry as it is written and weighed at an organisation, before it is a referral: seen there and nowhere else."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.models import Organisation, Team
from referrals.models.referral import PractitionerReferral
from referrals.states import AdviceRung, ConcernStage, ConcernStepKind


class Concern(models.Model):
    """A draft of a referral, or a concern handed to the organisation's safeguarding lead (E4.12).

    Only its writer and the lead it was handed to see it (row security); the council does not until it is sent, and
    then only what was sent. ``answers`` maps the form's keys to what was typed; they are emptied when it is sent,
    because the case has them. ``files`` lists ``{"store_key", "file_name", "size"}``. ``version`` grows with each
    save. ``forget_on`` is the day it is deleted, unless it is saved again before. ``on_behalf`` is set where staff
    write down what somebody tells them by telephone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stage = models.CharField(max_length=10, choices=ConcernStage, default=ConcernStage.WRITING)
    form_version = models.CharField(max_length=60)
    procedure_key = models.CharField(max_length=60)
    answers = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    on_behalf = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    forget_on = models.DateField(db_index=True)
    referral = models.OneToOneField(
        PractitionerReferral, null=True, blank=True, on_delete=models.PROTECT, related_name="concern"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=ConcernStage.values), name="concern_stage_known"),
            models.CheckConstraint(
                condition=Q(stage=ConcernStage.SENT, referral__isnull=False, answers={}, files=[])
                | (~Q(stage=ConcernStage.SENT) & Q(referral__isnull=True)),
                name="concern_sent_leaves_nothing_here",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=(ConcernStage.WRITING, ConcernStage.SENT)) | Q(lead__isnull=False),
                name="concern_weighed_has_a_lead",
            ),
        ]
        indexes = [
            models.Index(fields=["writer", "-saved_at"], name="concern_of_writer"),
            models.Index(fields=["lead", "-saved_at"], name="concern_of_lead"),
        ]

    def __str__(self) -> str:
        return f"Concern {self.pk}"


class ConcernStep(models.Model):
    """What was done with a concern, by whom and why. Written once; ``words`` are the reason or what was said."""

    id = models.BigAutoField(primary_key=True)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=16, choices=ConcernStepKind)
    words = models.TextField(blank=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConcernStepKind.values), name="concern_step_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class AdviceTaken(models.Model):
    """A rung of the advice ladder that was climbed: whom, when, and what they advised (D2.1 to D2.3, E4.11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="advice")
    rung = models.CharField(max_length=24, choices=AdviceRung)
    whom = models.CharField(max_length=150)
    taken_on = models.DateField()
    advised = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "advice taken"
        constraints = [
            models.CheckConstraint(condition=Q(rung__in=AdviceRung.values), name="advice_rung_known"),
        ]

    def __str__(self) -> str:
        return f"Advice {self.pk}"
