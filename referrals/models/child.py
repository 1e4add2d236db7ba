"""A referral's coming to children's duty: when it reached them, and the few words their list shows."""

import uuid

from django.conf import settings
from django.db import models

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.models import Team
from prevent_cases.casework.models import Case
from referrals.models.referral import Referral


class ChildArrival(models.Model):
    """One arrival at a children's duty team, by the local police hub or through the SSU (C1, C1.6). A referral that was
    taken back and sent again has two; the newest counts.

    ``arrived_at`` is the real moment, which may be earlier than ``kept_at``. ``risk`` is a few words of what is feared,
    ``school`` where the child is taught, ``caller_phone`` the number of whoever sent it. Behind row security; the
    members of the duty team that holds the open case read it in their list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="arrivals")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()
    risk = models.CharField(max_length=100, blank=True)
    school = models.CharField(max_length=150, blank=True)
    caller_phone = models.CharField(max_length=40, blank=True)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kept_at__gte=models.F("arrived_at")), name="arrival_not_in_the_future"
            )
        ]
        indexes = [models.Index(fields=["case", "-kept_at"], name="arrival_of_case")]

    def __str__(self) -> str:
        return f"Arrival {self.pk}"
