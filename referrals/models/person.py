"""A person who was referred, the keys they are found by, and what people decided about who is who."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.histories import kept_history
from referrals.matching.facts import PersonFacts
from referrals.states import MatchAnswer


class NamedPerson(models.Model):
    """The columns a person is recognised by, the same for referred people and register entries."""

    given_name = models.CharField(max_length=300, blank=True)
    family_name = models.CharField(max_length=300, blank=True)
    other_names = models.CharField(max_length=600, blank=True)
    born_on = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=500, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    nhs_number = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    mosaic_id = models.CharField(max_length=30, blank=True)

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"

    @property
    def facts(self) -> PersonFacts:
        """These columns as the matcher takes them."""
        return PersonFacts(
            given=self.given_name,
            family=self.family_name,
            other_names=tuple(name for name in self.other_names.split("; ") if name),
            born_on=self.born_on,
            postcode=self.postcode,
            address=self.address,
            identifiers={"nhs": self.nhs_number, "mosaic": self.mosaic_id, "phone": self.phone},
        )


class Person(NamedPerson):
    """Somebody who was referred at least once. Merging keeps both rows; ``merged_into`` can be taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match_name = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    added_at = models.DateTimeField()
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="nobody_merges_into_themselves"),
        ]
        indexes = [
            GinIndex(fields=["match_name"], opclasses=["gin_trgm_ops"], name="person_match_name"),
            models.Index(fields=["born_on"], name="person_born_on"),
        ]

    def __str__(self) -> str:
        return f"Person {self.pk}"


class PersonKey(models.Model):
    """A key a person is found by. Rebuilt whenever their names or dates change."""

    pk = models.CompositePrimaryKey("key", "person_id")
    key = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.key


class MatchDecision(models.Model):
    """What an officer decided about two people: the same, not, or not sure; and whether it was taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="match_decisions")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=MatchAnswer)
    reasons = models.JSONField(default=list)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=300, blank=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=MatchAnswer.values), name="match_answer_known"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="undone_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.pk}"
