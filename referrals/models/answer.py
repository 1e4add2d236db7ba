"""Adult social care's answer to policing, information gathering forms, their parts, and other needs found."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.casework.models import Case, Stateful
from referrals.models.referral import Referral
from referrals.states import ContributionState, FormRoute, FormState, NeedState
from referrals.workflow import CONTRIBUTION, INFORMATION_FORM


class InformationForm(Stateful):
    """A Prevent Information Gathering Form, registered whether it came through the SSU or direct (K0.14, K0.15).

    It is answered to whoever asked: ``asked_by`` of ``organisation``, at ``reply_address``.
    """

    workflow = INFORMATION_FORM

    state = models.CharField(max_length=20, choices=FormState, default=FormState.OPEN)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="forms")
    route = models.CharField(max_length=10, choices=FormRoute)
    asked_by = models.CharField(max_length=150)
    organisation = models.CharField(max_length=150, blank=True, default="", db_default="")
    reply_address = models.EmailField()
    asked_on = models.DateField()
    due_on = models.DateField()
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FormState.values), name="form_state_known"),
            models.CheckConstraint(condition=Q(route__in=FormRoute.values), name="form_route_known"),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("asked_on")), name="form_due_after_asked"),
        ]

    def __str__(self) -> str:
        return f"Form {self.pk}"


class Answer(models.Model):
    """A draft answer, to the referral or to one form. ``version`` rises with each save, so that two editors meet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="answers")
    form = models.OneToOneField(InformationForm, null=True, on_delete=models.PROTECT, related_name="answer")
    version = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    minimum_checked = models.BooleanField(default=False)
    left_out = models.TextField(blank=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(form__isnull=True), name="one_answer_to_the_referral"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class AnswerItem(models.Model):
    """One heading of an answer: fact and opinion apart, or "nothing known" said outright (K0.12, K0.13).

    ``known`` is null until somebody has dealt with the heading. ``asked`` is the question, on a form.
    Behind row security, with its history.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="items")
    heading = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    asked = models.TextField(blank=True)
    known = models.BooleanField(null=True)
    fact = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "heading"], name="one_item_a_heading"),
            models.CheckConstraint(
                condition=Q(known__isnull=True)
                | (Q(known=False) & Q(fact="") & Q(opinion=""))
                | (Q(known=True) & (~Q(fact="") | ~Q(opinion=""))),
                name="item_known_has_words",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="answer_item_of_case")]

    def __str__(self) -> str:
        return f"Item {self.pk}"


class Contribution(Stateful):
    """One question of a form, asked of a colleague, whose answer drops back into the form."""

    workflow = CONTRIBUTION

    state = models.CharField(max_length=20, choices=ContributionState, default=ContributionState.ASKED)
    form = models.ForeignKey(InformationForm, on_delete=models.PROTECT, related_name="contributions")
    item = models.ForeignKey(AnswerItem, on_delete=models.PROTECT, related_name="+")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ContributionState.values), name="contribution_state_known"),
            models.UniqueConstraint(
                fields=["item", "colleague"],
                condition=Q(state=ContributionState.ASKED),
                name="one_open_question_a_colleague",
            ),
        ]

    def __str__(self) -> str:
        return f"Contribution {self.pk}"


class OnwardNeed(models.Model):
    """Another need found along the way, and the referral made for it before the case may close (A16, D2.16)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=200)
    referred_to = models.CharField(max_length=200, blank=True)
    standing = models.CharField(max_length=10, choices=NeedState, default=NeedState.TO_REFER)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    referred_on = models.DateField(null=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(standing=NeedState.TO_REFER, referred_on__isnull=True)
                | (Q(standing=NeedState.REFERRED, referred_on__isnull=False) & ~Q(referred_to="")),
                name="need_referred_has_where_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Need {self.pk}"
