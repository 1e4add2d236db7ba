"""What partners are asked about a person, and what they answer (D2.11, D2.12, N3.31 to N3.37)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Organisation
from prevent_cases.casework.models import Case, Disclosure, Stateful
from safeguarding.models.agreements import Agreement
from safeguarding.states import WITH_WORDS, WITHHOLDING, AnswerKind, CameBy, PartnerState, PersonKnows, Withheld
from safeguarding.workflow import PARTNER_REQUEST


class PartnerRequest(Stateful):
    """A question to somebody of another agency, who answers by a link that opens once or in an account of theirs.

    What is asked, and what was told about the person in asking, lie apart (:class:`PartnerQuestion`). ``disclosure`` is
    the record of the last telling; ``agreement`` is the one it was asked under, if any.
    """

    workflow = PARTNER_REQUEST

    state = models.CharField(max_length=20, choices=PartnerState, default=PartnerState.ASKED)
    agency = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    address = models.EmailField()
    partner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PartnerState.values), name="partner_state_known"),
            models.CheckConstraint(condition=~Q(agency="") & ~Q(name=""), name="partner_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["case", "-asked_at"], name="partner_request_of_case"),
            models.Index(fields=["partner", "-asked_at"], name="partner_request_of_partner"),
        ]

    def __str__(self) -> str:
        return f"Partner request {self.pk}"


class PartnerQuestion(models.Model):
    """The words of a question, and what was told about the person with it: pairs of a label and a value, as they were
    then. Behind row security; whoever has the open link or was asked in their account reads it too."""

    request = models.OneToOneField(PartnerRequest, primary_key=True, on_delete=models.PROTECT, related_name="question")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    told = models.JSONField(default=list)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(question__regex=r"\S"), name="partner_question_has_words"),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class PartnerAnswer(models.Model):
    """One answer: fact and opinion apart, as elsewhere (K0.12), what it may be used for, and what was held back and
    why. Given by ``given_by``, of whatever post, by one of three ways. Behind row security. Written once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(PartnerRequest, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=12, choices=AnswerKind)
    fact = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    limits = models.CharField(max_length=500, blank=True)
    person_knows = models.CharField(max_length=10, choices=PersonKnows, blank=True)
    withheld = models.CharField(max_length=10, choices=Withheld, blank=True)
    withheld_why = models.CharField(max_length=500, blank=True)
    rest_by = models.DateField(null=True)
    given_by = models.CharField(max_length=150)
    post = models.CharField(max_length=150, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    came_by = models.CharField(max_length=10, choices=CameBy)
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AnswerKind.values), name="partner_answer_kind_known"),
            models.CheckConstraint(condition=Q(came_by__in=CameBy.values), name="partner_answer_way_known"),
            models.CheckConstraint(
                condition=(Q(kind__in=WITH_WORDS) & (~Q(fact="") | ~Q(opinion="")))
                | (~Q(kind__in=WITH_WORDS) & Q(fact="", opinion="")),
                name="partner_answer_has_its_words",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=WITHHOLDING) & ~Q(withheld="")) | (~Q(kind__in=WITHHOLDING) & Q(withheld="")),
                name="partner_answer_says_why_withheld",
            ),
            models.CheckConstraint(
                condition=~Q(withheld=Withheld.OTHER) | ~Q(withheld_why=""), name="partner_answer_other_reason_in_words"
            ),
            models.CheckConstraint(
                condition=Q(kind=AnswerKind.MORE_TO_COME, rest_by__isnull=False)
                | (~Q(kind=AnswerKind.MORE_TO_COME) & Q(rest_by__isnull=True)),
                name="partner_answer_rest_has_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(came_by=CameBy.LINK, recorded_by__isnull=True))
                | (~Q(came_by=CameBy.LINK) & Q(recorded_by__isnull=False)),
                name="partner_answer_recorded_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(given_at__lte=F("recorded_at")), name="partner_answer_not_in_the_future"
            ),
        ]
        indexes = [models.Index(fields=["request", "recorded_at"], name="partner_answer_of_request")]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
