"""Notices wait here until they are sent; posts say who answers for what."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Invitation, Team
from prevent_cases.casework.models.links import AnswerLink
from prevent_cases.casework.models.spine import Case
from prevent_cases.casework.querysets import NoticeQuerySet


class Notice(models.Model):
    """An outbox row, written with the act it tells of. It holds no content: a reference and a link are all that leave.

    ``theirs`` is an outside body's own reference, for a notice to its address: ours alone would tell it nothing.
    Exactly one of ``user``, ``team``, ``post`` and ``address`` is set. ``key`` makes a second copy impossible.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=60)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="notices")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.CharField(max_length=60, blank=True)
    address = models.EmailField(blank=True)
    theirs = models.CharField(max_length=60, blank=True, default="", db_default="")
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The seat this message offers: its link is made when it is sent, and kept nowhere."""
    link = models.ForeignKey(
        AnswerLink, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Where somebody outside answers a question. Made when it is sent, and kept nowhere, like an invitation's."""
    written_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_problem = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_notice_a_key"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, team__isnull=True, post="", address="")
                | Q(user__isnull=True, team__isnull=False, post="", address="")
                | (Q(user__isnull=True, team__isnull=True, address="") & ~Q(post=""))
                | (Q(user__isnull=True, team__isnull=True, post="") & ~Q(address="")),
                name="notice_has_one_recipient",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True),
                name="notice_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Post(models.Model):
    """A named post in an authority's directory, with its holder and deputy. Escalations go to posts, not people.

    From ``deputy_from`` to ``deputy_until`` (both included) the deputy is told first; at other times the holder is.
    """

    key = models.CharField(max_length=60, primary_key=True)
    title = models.CharField(max_length=150)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField(blank=True)
    deputy_from = models.DateField(null=True, blank=True)
    deputy_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deputy_from__isnull=True, deputy_until__isnull=True)
                | Q(deputy_until__gte=F("deputy_from"), deputy__isnull=False),
                name="post_deputised_from_a_day_to_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_deputised(self, on: date) -> bool:
        """Whether the deputy stands in for the holder on a day."""
        return (
            self.deputy_from is not None
            and self.deputy_until is not None
            and (self.deputy_from <= on <= self.deputy_until)
        )
