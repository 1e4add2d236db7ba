"""What was shared outside, and why that was right. The database refuses a disclosure that lacks a reason (ADR 0020)."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Team
from prevent_cases.casework.kinds import (
    AT_A_SECURE_DOMAIN,
    SENT_BY_HAND,
    WITHOUT_ADDRESS,
    AddressStanding,
    ConsentPosition,
    Delivery,
    PasswordChannel,
)
from prevent_cases.casework.models.material import Document
from prevent_cases.casework.models.spine import Case

WRITTEN = r"\S"
"""A column that holds at least one character that can be seen."""
OLDER = Q(before_the_gate=True)
PASSED_THE_GATE = [
    pgtrigger.Trigger(
        name="none_goes_round_the_gate",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__before_the_gate=True),
        func="RAISE EXCEPTION 'a disclosure says all its reasons when it is made';",
    ),
    pgtrigger.Trigger(
        name="none_is_made_older",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__before_the_gate=False, new__before_the_gate=True),
        func="RAISE EXCEPTION 'a disclosure keeps all its reasons';",
    ),
]


class Disclosure(models.Model):
    """One sharing outside: to whom, what, why, by what power and on what basis (golden rules; N3.31 to N3.38, E4.5 to
    E4.9). Made by ``casework.sharing.disclose`` alone.

    ``title`` says what in words that hold nothing of the person; ``items`` are the parts that were chosen, each named
    without its content. ``emailed_at`` is when the kept file left a person's own mailbox. ``before_the_gate`` marks
    what was shared before all of this was asked: such a row says so, is never made again and never made from another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disclosures")
    title = models.CharField(max_length=200)
    items = models.JSONField(default=list)
    documents = models.ManyToManyField(Document, related_name="disclosures")
    recipient_team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    recipient_name = models.CharField(max_length=150, blank=True)
    recipient_agency = models.CharField(max_length=200)
    recipient_address = models.EmailField(blank=True)
    address_standing = models.CharField(max_length=12, choices=AddressStanding)
    purpose = models.CharField(max_length=300)
    power = models.CharField(max_length=300)
    lawful_basis = models.CharField(max_length=300)
    consent = models.CharField(max_length=12, choices=ConsentPosition)
    consent_why = models.TextField(blank=True)
    necessity = models.TextField()
    proportionality = models.TextField()
    fairness = models.CharField(max_length=300)
    left_out = models.TextField(blank=True)
    delivery = models.CharField(max_length=20, choices=Delivery)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    emailed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    emailed_at = models.DateTimeField(null=True)
    password_to = models.CharField(max_length=150, blank=True)
    password_channel = models.CharField(max_length=12, choices=PasswordChannel, blank=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    before_the_gate = models.BooleanField(default=False, editable=False)
    history = kept_history()

    class Meta:
        triggers = PASSED_THE_GATE
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(lawful_basis="") & ~Q(necessity=""), name="disclosure_has_its_reasons"
            ),
            models.CheckConstraint(
                condition=OLDER
                | Q(
                    purpose__regex=WRITTEN,
                    power__regex=WRITTEN,
                    lawful_basis__regex=WRITTEN,
                    necessity__regex=WRITTEN,
                    proportionality__regex=WRITTEN,
                    fairness__regex=WRITTEN,
                ),
                name="disclosure_has_every_reason",
            ),
            models.CheckConstraint(
                condition=OLDER | (~Q(items=[]) & Q(recipient_agency__regex=WRITTEN)),
                name="disclosure_says_what_and_to_which_agency",
            ),
            models.CheckConstraint(
                condition=Q(recipient_team__isnull=False) | Q(recipient_name__regex=WRITTEN),
                name="disclosure_says_to_whom",
            ),
            models.CheckConstraint(condition=Q(consent__in=ConsentPosition.values), name="disclosure_consent_known"),
            models.CheckConstraint(
                condition=OLDER
                | Q(consent=ConsentPosition.GIVEN)
                | (~Q(consent=ConsentPosition.NOT_ASKED) & Q(consent_why__regex=WRITTEN)),
                name="disclosure_without_consent_says_why",
            ),
            models.CheckConstraint(
                condition=Q(address_standing__in=AddressStanding.values), name="disclosure_address_standing_known"
            ),
            models.CheckConstraint(
                condition=OLDER | ~Q(address_standing=AddressStanding.NOT_CHECKED), name="disclosure_address_is_checked"
            ),
            models.CheckConstraint(
                condition=OLDER | ~Q(delivery=Delivery.SECURE_EMAIL) | Q(address_standing__in=AT_A_SECURE_DOMAIN),
                name="disclosure_by_email_to_a_secure_domain",
            ),
            models.CheckConstraint(
                condition=OLDER | Q(recipient_address__regex=WRITTEN) | Q(delivery__in=WITHOUT_ADDRESS),
                name="disclosure_that_is_sent_has_an_address",
            ),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="disclosure_delivery_known"),
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="acknowledged_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(emailed_by__isnull=True, emailed_at__isnull=True)
                | Q(emailed_by__isnull=False, emailed_at__isnull=False, delivery__in=SENT_BY_HAND),
                name="emailed_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(password_to="", password_channel="")
                | Q(
                    password_to__regex=WRITTEN,
                    password_channel__in=PasswordChannel.values,
                    delivery=Delivery.PASSWORD,
                    emailed_at__isnull=False,
                ),
                name="password_to_somebody_by_a_way",
            ),
            models.CheckConstraint(
                condition=~Q(delivery=Delivery.PASSWORD) | Q(emailed_at__isnull=True) | ~Q(password_to=""),
                name="file_with_a_password_says_who_has_it",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient_team", "-decided_at"], name="disclosure_to_team"),
            models.Index(fields=["-decided_at", "-id"], name="disclosure_newest_first"),
        ]

    def __str__(self) -> str:
        return f"Disclosure {self.pk}"
