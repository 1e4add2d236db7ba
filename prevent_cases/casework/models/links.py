"""A question that somebody outside may answer once: by a link, or in an account of theirs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.casework.models.spine import Case


class AnswerLink(models.Model):
    """One sending of a question, open for one answer until it expires. Sending again makes another and ends this one.

    ``subject`` is the record that is answered. Whoever has an account (``user``) answers there; anybody else by a link
    whose secret is kept nowhere: the row holds a digest. ``needs_code`` where the address is not a secure one: the code
    is told by telephone, and each wrong one counts as a try.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=90)
    address = models.EmailField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    secret_digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 -- several have none
    needs_code = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="answer_link_expires_later"),
            models.CheckConstraint(
                condition=Q(user__isnull=True, secret_digest__isnull=False)
                | Q(user__isnull=False, secret_digest__isnull=True, needs_code=False),
                name="answer_link_by_account_or_secret",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(ended_at__isnull=True), name="answer_link_used_or_ended"
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="one_open_answer_link",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-sent_at"], name="answer_link_of_subject"),
            models.Index(
                fields=["user"], condition=Q(used_at__isnull=True, ended_at__isnull=True), name="answer_link_of_user"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer link {self.pk}"
