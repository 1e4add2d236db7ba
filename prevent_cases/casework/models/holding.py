"""A hold on sharing: one row for each, of which one at most stands on a case."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.casework.holds import HOLD
from prevent_cases.casework.kinds import HoldState
from prevent_cases.casework.models.spine import Stateful


class Hold(Stateful):
    """Until when nothing may be shared, counted from ``received_at``; ``until_on`` is its last day, as renewed.

    Why it was placed, renewed or ended is in the case's events. ``casework.holding`` alone writes it.
    """

    workflow = HOLD

    state = models.CharField(max_length=10, choices=HoldState, default=HoldState.STANDING)
    received_at = models.DateTimeField()
    until_on = models.DateField()
    renewals = models.PositiveSmallIntegerField(default=0)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    history = kept_history()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=HoldState.STANDING), name="one_hold_stands_on_a_case"
            ),
            models.CheckConstraint(condition=Q(state__in=HoldState.values), name="hold_state_known"),
            models.CheckConstraint(
                condition=Q(state=HoldState.STANDING, ended_at__isnull=True)
                | (~Q(state=HoldState.STANDING) & Q(ended_at__isnull=False)),
                name="hold_ended_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"Hold {self.pk}"
