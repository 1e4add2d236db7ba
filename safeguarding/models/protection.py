"""What is done to protect somebody. The facts stand in the open for whoever sees the case; the words are behind the
wall, written once and never changed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Team
from prevent_cases.casework.models import Case, Stateful
from prevent_cases.casework.models.record import WRITTEN_ONCE
from safeguarding.states import (
    ActionState,
    Advocacy,
    Capacity,
    ChildRoute,
    DiscussionOutcome,
    EmergencyAction,
    LegalAdvice,
    PowerHolder,
    ProtectionEnding,
    ProtectionKind,
    ProtectionState,
    ProtectionWordsAbout,
    ScreeningDecision,
    Told,
)
from safeguarding.workflow import PROTECTION


class Protection(Stateful):
    """Immediate protection, or what is done under section 47, 17 or 42: begun by one act from any state of the case,
    and gone on with beside it (rows A14, C3 to C6, C8).

    ``counted_from`` is when the assessment's time began: the receipt of the referral, or the new risk.
    ``conference_from`` is the strategy discussion from which the conference's time is counted; ``follows`` is the
    protection whose discussion led to this one. ``needs_police`` says of an adult's whether an officer of the police
    Prevent team belongs in its discussions (D2.8). ``child_route`` says whether a child whom the adult cares for must
    be heard of too; ``child_told_to`` is who was told.
    """

    workflow = PROTECTION

    state = models.CharField(max_length=12, choices=ProtectionState, default=ProtectionState.OPEN)
    kind = models.CharField(max_length=12, choices=ProtectionKind)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    counted_from = models.DateTimeField()
    conference_from = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    needs_police = models.BooleanField(default=False)
    child_route = models.CharField(max_length=10, choices=ChildRoute, default=ChildRoute.NONE)
    child_told_to = models.CharField(max_length=150, blank=True)
    child_told_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=ProtectionEnding, blank=True)
    finished_at = models.DateTimeField(null=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProtectionKind.values), name="protection_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ProtectionState.values), name="protection_state_known"),
            models.CheckConstraint(
                condition=Q(state=ProtectionState.FINISHED, finished_at__isnull=False)
                | (~Q(state=ProtectionState.FINISHED) & Q(finished_at__isnull=True)),
                name="protection_finished_both_or_neither",
            ),
            models.CheckConstraint(
                condition=(Q(child_route=ChildRoute.RAISED, child_told_at__isnull=False) & ~Q(child_told_to=""))
                | Q(child_route__in=(ChildRoute.NONE, ChildRoute.TO_RAISE), child_told_at__isnull=True),
                name="protection_child_raised_to_somebody",
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=~Q(state=ProtectionState.FINISHED), name="one_open_protection_a_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-opened_at"], name="protection_of_case"),
            models.Index(
                fields=["team", "opened_at"], condition=~Q(state=ProtectionState.FINISHED), name="protection_open"
            ),
        ]

    def __str__(self) -> str:
        return f"Protection {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state != ProtectionState.FINISHED

    @property
    def is_immediate(self) -> bool:
        return self.kind == ProtectionKind.IMMEDIATE

    @property
    def is_for_an_adult(self) -> bool:
        return self.kind == ProtectionKind.SECTION_42


class OfProtection(models.Model):
    """Something written about a protection, by whom and when it was written down."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class ProtectionWords(OfProtection):
    """Why it was begun, what was found, how it ended: in somebody's own words."""

    about = models.CharField(max_length=12, choices=ProtectionWordsAbout)
    text = models.TextField()

    class Meta:
        triggers = WRITTEN_ONCE
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="protection_words_said")]

    def __str__(self) -> str:
        return f"Words {self.pk}"


class EmergencyDecision(OfProtection):
    """The decision of an agency with the power to act at once, and who in CT policing was consulted (C1.16)."""

    agency = models.CharField(max_length=10, choices=PowerHolder)
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()
    action = models.CharField(max_length=20, choices=EmergencyAction)
    words = models.TextField()
    consulted = models.CharField(max_length=200)

    class Meta:
        triggers = WRITTEN_ONCE
        constraints = [
            models.CheckConstraint(condition=Q(agency__in=PowerHolder.values), name="emergency_agency_known"),
            models.CheckConstraint(condition=Q(action__in=EmergencyAction.values), name="emergency_action_known"),
            models.CheckConstraint(
                condition=~Q(decided_by="") & ~Q(words="") & ~Q(consulted=""), name="emergency_decision_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"Emergency decision {self.pk}"


class StrategyDiscussion(OfProtection):
    """A strategy discussion: who came, what was advised, what parents were told, what was decided (C1.17 to C1.19).

    ``attendees`` are rows of ``agency`` (a key of Agency) and ``name``; ``absent`` are the agencies that were invited
    and did not come. ``why_absent`` says why one that must be there was not.
    """

    held_at = models.DateTimeField()
    attendees = models.JSONField()
    absent = models.JSONField(default=list)
    why_absent = models.TextField(blank=True)
    legal_advice = models.CharField(max_length=12, choices=LegalAdvice)
    legal_words = models.TextField(blank=True)
    told = models.CharField(max_length=10, choices=Told)
    told_words = models.TextField()
    outcome = models.CharField(max_length=12, choices=DiscussionOutcome)
    minutes = models.TextField()

    class Meta:
        triggers = WRITTEN_ONCE
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=DiscussionOutcome.values), name="discussion_outcome_known"),
            models.CheckConstraint(
                condition=Q(legal_advice=LegalAdvice.NOT_NEEDED)
                | (Q(legal_advice=LegalAdvice.SOUGHT) & ~Q(legal_words="")),
                name="discussion_advice_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(told__in=Told.values) & ~Q(told_words="") & ~Q(minutes=""), name="discussion_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"Strategy discussion {self.pk}"


class AgreedAction(OfProtection):
    """One thing a strategy discussion agreed: what, who, by when; and who did it, or why nobody did (C1.20)."""

    discussion = models.ForeignKey(StrategyDiscussion, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=150)
    due_on = models.DateField()
    standing = models.CharField(max_length=10, choices=ActionState, default=ActionState.AGREED)
    done_by = models.CharField(max_length=150, blank=True)
    done_on = models.DateField(null=True)
    done_words = models.TextField(blank=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(who=""), name="agreed_action_whole"),
            models.CheckConstraint(
                condition=Q(standing=ActionState.AGREED, done_on__isnull=True)
                | (Q(standing=ActionState.DONE, done_on__isnull=False) & ~Q(done_by=""))
                | (Q(standing=ActionState.NOT_DONE, done_on__isnull=True) & ~Q(done_words="")),
                name="agreed_action_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk}"


class Screening(OfProtection):
    """The three-part test of section 42(1), each part with its reason, and what follows from it (A14, D2.7).

    ``child`` says whether the adult cares for or lives with a child. Capacity is of the one decision it names.
    """

    has_needs = models.BooleanField()
    needs_words = models.TextField()
    is_at_risk = models.BooleanField()
    risk_words = models.TextField()
    cannot_protect = models.BooleanField()
    protect_words = models.TextField()
    decision = models.CharField(max_length=14, choices=ScreeningDecision)
    decision_words = models.TextField()
    wishes = models.TextField()
    advocacy = models.CharField(max_length=12, choices=Advocacy)
    advocate = models.CharField(max_length=150, blank=True)
    capacity = models.CharField(max_length=14, choices=Capacity)
    capacity_decision = models.CharField(max_length=200, blank=True)
    capacity_support = models.TextField(blank=True)
    child = models.BooleanField()

    class Meta:
        triggers = WRITTEN_ONCE
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=ScreeningDecision.ENQUIRY, has_needs=True, is_at_risk=True, cannot_protect=True)
                | (
                    Q(decision__in=(ScreeningDecision.OTHER_ENQUIRY, ScreeningDecision.NONE))
                    & ~Q(has_needs=True, is_at_risk=True, cannot_protect=True)
                ),
                name="screening_follows_from_its_parts",
            ),
            models.CheckConstraint(
                condition=~Q(needs_words="")
                & ~Q(risk_words="")
                & ~Q(protect_words="")
                & ~Q(decision_words="")
                & ~Q(wishes=""),
                name="screening_has_its_reasons",
            ),
            models.CheckConstraint(
                condition=Q(capacity=Capacity.NOT_ASSESSED)
                | (Q(capacity__in=(Capacity.HAS, Capacity.LACKS)) & ~Q(capacity_decision="") & ~Q(capacity_support="")),
                name="screening_capacity_of_one_decision",
            ),
            models.CheckConstraint(
                condition=Q(advocacy=Advocacy.NOT_NEEDED)
                | (Q(advocacy__in=(Advocacy.SOMEBODY, Advocacy.ADVOCATE)) & ~Q(advocate="")),
                name="screening_supporter_named",
            ),
        ]

    def __str__(self) -> str:
        return f"Screening {self.pk}"
