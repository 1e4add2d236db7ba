"""What a person was told and agreed to, and whether they were to be asked: entries that are added and never changed.

Both tables are behind row security, like the rest of a case's material (ADR 0020; E4.25 to E4.29, N3.34, N3.35).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.casework.consent_kinds import ANSWERS, NEED_WORDS, ConsentAnswer, ConsentGiver, ConsentKind, Seeking
from prevent_cases.casework.models.record import WRITTEN_ONCE
from prevent_cases.casework.models.spine import Case

WRITTEN = r"\S"
MAY_BE_SAID = Q()
for _kind, _answers in ANSWERS.items():
    MAY_BE_SAID |= Q(kind=_kind, answer__in=_answers)


class ConsentRecord(models.Model):
    """One thing that was said about one of the five, by whom and on which day. The newest of a kind and a giver stands.

    ``decision`` names the decision that somebody's capacity or competence was looked at for, and ``support`` what was
    done to help them make it (E4.28; Mental Capacity Act 2005, sections 1 to 3); both are empty for the other four.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ConsentKind)
    answer = models.CharField(max_length=16, choices=ConsentAnswer)
    giver = models.CharField(max_length=12, choices=ConsentGiver)
    on = models.DateField()
    words = models.TextField(blank=True)
    decision = models.CharField(max_length=200, blank=True)
    support = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        triggers = WRITTEN_ONCE
        constraints = [
            models.CheckConstraint(condition=MAY_BE_SAID, name="consent_says_what_its_kind_may"),
            models.CheckConstraint(condition=Q(giver__in=ConsentGiver.values), name="consent_giver_known"),
            models.CheckConstraint(
                condition=~Q(answer__in=NEED_WORDS) | Q(words__regex=WRITTEN), name="consent_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConsentKind.CAPACITY) | Q(decision__regex=WRITTEN, support__regex=WRITTEN),
                name="capacity_is_for_one_decision_with_support",
            ),
        ]
        indexes = [models.Index(fields=["case", "kind", "-recorded_at"], name="consent_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class SeekingDecision(models.Model):
    """Whether to ask for one of the five: who asks and when, or until when it waits, or why not at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ConsentKind)
    decision = models.CharField(max_length=12, choices=Seeking)
    who = models.CharField(max_length=150, blank=True)
    on = models.DateField(null=True)
    why = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        triggers = WRITTEN_ONCE
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="seeking_kind_known"),
            models.CheckConstraint(
                condition=Q(decision=Seeking.SEEK, who__regex=WRITTEN, on__isnull=False)
                | Q(decision=Seeking.DEFER, why__regex=WRITTEN, on__isnull=False)
                | Q(decision=Seeking.DO_NOT_SEEK, why__regex=WRITTEN, on__isnull=True),
                name="seeking_says_who_and_when_or_why",
            ),
        ]
        indexes = [models.Index(fields=["case", "kind", "-decided_at"], name="seeking_of_case")]

    def __str__(self) -> str:
        return f"{self.decision} {self.pk}"

    @property
    def record_key(self) -> str:
        return f"{self._meta.label_lower}:{self.pk}"
