"""The two inbound things: what police ask of adult social care, and what a practitioner wrote to police."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Upper

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Locality, Organisation, Team
from prevent_cases.casework.models import Stateful
from referrals.models.person import NamedPerson, Person
from referrals.querysets import ReferralQuerySet
from referrals.states import (
    AgeGroup,
    Known,
    Outcome,
    PractitionerState,
    QuestionState,
    ReferralState,
    Source,
    Transport,
)
from referrals.workflow import PRACTITIONER_REFERRAL, QUESTION, REFERRAL

PLAIN_REFERENCE = Func(
    Upper("policing_reference"), Value("[^A-Z0-9]"), Value(""), Value("g"),
    function="regexp_replace", output_field=models.TextField(),
)  # fmt: skip
"""Policing's reference as it is searched for: capitals and figures alone, whatever stands between them."""


class Referral(Stateful, NamedPerson):
    """A referral that CT policing sent to the SSU, asking what adult social care knows (K0.4; rows A4 to A16).

    The name columns are as they came. ``person`` is who the officer settled it is; ``person_as_received`` is the
    row made at receipt, so that a merge can be taken back. ``reply_address`` is the address on the referral.
    """

    workflow = REFERRAL
    leads = True

    state = models.CharField(max_length=20, choices=ReferralState, default=ReferralState.RECEIVED)
    received_at = models.DateTimeField()
    policing_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    policing_reference = models.CharField(max_length=60, blank=True)
    sender_name = models.CharField(max_length=150, blank=True)
    reply_address = models.EmailField()
    source = models.CharField(max_length=12, choices=Source, default=Source.UNKNOWN)
    form_version = models.CharField(max_length=60, blank=True)
    age_group = models.CharField(max_length=10, choices=AgeGroup, default=AgeGroup.UNKNOWN)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    person_as_received = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known = models.CharField(max_length=10, choices=Known, blank=True)
    named_worker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    named_worker_name = models.CharField(max_length=150, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answer_author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note_added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note_added_at = models.DateTimeField(null=True)
    document_placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    document_placed_at = models.DateTimeField(null=True)
    history = kept_history()

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReferralState.values), name="referral_state_known"),
            models.CheckConstraint(condition=Q(age_group__in=AgeGroup.values), name="referral_age_group_known"),
            models.CheckConstraint(condition=Q(known="") | Q(known__in=Known.values), name="referral_known_known"),
            models.UniqueConstraint(fields=["case"], name="one_referral_a_case"),
            models.CheckConstraint(
                condition=Q(note_added_by__isnull=True, note_added_at__isnull=True)
                | Q(note_added_by__isnull=False, note_added_at__isnull=False),
                name="note_added_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(document_placed_by__isnull=True, document_placed_at__isnull=True)
                | Q(document_placed_by__isnull=False, document_placed_at__isnull=False),
                name="document_placed_both_or_neither",
            ),
        ]
        indexes = [
            models.Index(fields=["policing_reference"], name="referral_policing_ref"),
            models.Index(PLAIN_REFERENCE, name="referral_policing_plain"),
        ]

    def __str__(self) -> str:
        return f"Referral {self.pk}"

    @property
    def is_child(self) -> bool:
        return self.age_group == AgeGroup.CHILD


class PractitionerReferral(Stateful, NamedPerson):
    """A referral a practitioner wrote to police, kept here as it was sent (row A3). It may be joined to theirs.

    ``entered_by`` and ``told_by`` are set where staff wrote down what somebody told them by telephone.
    ``transport`` says how it reached police, where that is not this service. ``finished_at`` is when the referrer was
    told that it is finished: an officer's act of its own, never a consequence of what was found.
    """

    workflow = PRACTITIONER_REFERRAL
    leads = True

    state = models.CharField(max_length=20, choices=PractitionerState, default=PractitionerState.SENT)
    referrer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    form_version = models.CharField(max_length=60)
    linked_to = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="practitioner_referrals")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    told_by = models.CharField(max_length=300, blank=True, default="")
    transport = models.CharField(max_length=12, choices=Transport, default=Transport.HERE)
    transport_to = models.EmailField(blank=True, default="")
    transported_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PractitionerState.values), name="practitioner_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PractitionerState.LINKED) | Q(linked_to__isnull=False), name="linked_to_a_referral"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(PractitionerState.LINKED, PractitionerState.FINISHED))
                | Q(linked_to__isnull=True),
                name="unlinked_to_none",
            ),
            models.CheckConstraint(condition=Q(transport__in=Transport.values), name="practitioner_transport_known"),
            models.CheckConstraint(
                condition=Q(state=PractitionerState.FINISHED, finished_at__isnull=False)
                | (~Q(state=PractitionerState.FINISHED) & Q(finished_at__isnull=True)),
                name="practitioner_finished_both_or_neither",
            ),
        ]
        indexes = [
            models.Index(fields=["sent_at"], condition=Q(state=PractitionerState.SENT), name="practitioner_waiting"),
            models.Index(fields=["referrer", "-sent_at"], name="practitioner_of_referrer"),
            models.Index(fields=["state", "-sent_at"], name="practitioner_of_state"),
        ]

    def __str__(self) -> str:
        return f"Practitioner's referral {self.pk}"


class ReferrerQuestion(Stateful):
    """A question to whoever sent a practitioner's referral. The words of both are narrative of the same subject,
    under the headings ``question`` and ``answer``; the referrer sees those of their own referrals."""

    workflow = QUESTION

    state = models.CharField(max_length=12, choices=QuestionState, default=QuestionState.ASKED)
    referral = models.ForeignKey(PractitionerReferral, on_delete=models.PROTECT, related_name="questions")
    referrer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state_known"),
            models.CheckConstraint(
                condition=Q(state=QuestionState.ANSWERED, answered_at__isnull=False)
                | (~Q(state=QuestionState.ANSWERED) & Q(answered_at__isnull=True)),
                name="question_answered_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class RegisterSearch(models.Model):
    """Evidence of a search: which systems, when, against which extract, and what came up (K0.5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="searches")
    systems = models.JSONField(default=list)
    extract_at = models.DateTimeField(null=True)
    found = models.JSONField(default=list)
    decided = models.CharField(max_length=10, choices=Known)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    locality = models.ForeignKey(Locality, null=True, on_delete=models.PROTECT, related_name="+")
    history = kept_history()

    def __str__(self) -> str:
        return f"Search {self.pk}"
