"""Information-sharing agreements and the memorandum of understanding: who agreed what, in which post, and when it is
looked at again (C1.30, E4.5 to E4.9)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Organisation
from prevent_cases.casework.models.record import WRITTEN_ONCE
from safeguarding.states import AgreementKind


class Agreement(models.Model):
    """One agreement. In force from its first day to its last, if it has one; ``review_on`` is when it must be looked at
    again, and ``keeper`` the key of the post that is reminded. ``kept_at`` says where the signed copy lies.

    An agreement is no basis by itself: each sharing is decided case by case (E4.5).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=AgreementKind)
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=60, blank=True)
    covers = models.CharField(max_length=500)
    kept_at = models.CharField(max_length=300, blank=True)
    keeper = models.CharField(max_length=60)
    starts_on = models.DateField()
    review_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AgreementKind.values), name="agreement_kind_known"),
            models.UniqueConstraint(fields=["title", "edition"], name="one_agreement_a_title_and_edition"),
            models.CheckConstraint(condition=Q(review_on__gt=F("starts_on")), name="agreement_reviewed_after_start"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["review_on"], condition=Q(ends_on__isnull=True), name="agreement_to_review")]

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}" if self.edition else self.title


class AgreementParty(models.Model):
    """A body that is party to an agreement, and the post that signs for it: never a person's name, who changes.

    ``organisation`` where this service knows the body. Unsigned until ``signed_on``; left on its last day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=200)
    post = models.CharField(max_length=150)
    signed_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    history = kept_history()

    class Meta:
        verbose_name_plural = "agreement parties"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "body", "post"],
                condition=Q(left_on__isnull=True),
                name="one_party_a_body_and_post",
            ),
            models.CheckConstraint(condition=~Q(body="") & ~Q(post=""), name="party_has_body_and_post"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(signed_on__isnull=True) | Q(left_on__gte=F("signed_on")),
                name="party_left_after_signing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.post}"


class AgreementReview(models.Model):
    """One look at an agreement: what was found, and when it is due again. Written once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reviews")
    was_due_on = models.DateField()
    reviewed_on = models.DateField()
    next_on = models.DateField()
    found = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = WRITTEN_ONCE
        constraints = [
            models.CheckConstraint(condition=Q(next_on__gt=F("reviewed_on")), name="next_review_is_later"),
            models.CheckConstraint(condition=~Q(found=""), name="review_says_what_was_found"),
        ]
        indexes = [models.Index(fields=["agreement", "-at"], name="review_of_agreement")]

    def __str__(self) -> str:
        return f"Review {self.pk}"
