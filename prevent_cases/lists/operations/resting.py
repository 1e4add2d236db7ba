"""Accounts that nobody uses: warned, and two weeks later suspended. Whoever keeps the lists may restore them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce, Greatest

from prevent_cases.accounts.actors import the_service
from prevent_cases.accounts.clocks import DORMANT_WARNING
from prevent_cases.accounts.models import User
from prevent_cases.accounts.operations import suspend
from prevent_cases.accounts.refusals import Refused
from prevent_cases.casework import outbox
from prevent_cases.casework.models import Notice


def last_used(people: QuerySet[User]) -> QuerySet[Any]:
    """Accounts with ``used_at``: when they signed in last, were made, or were let in again, whichever is latest."""
    restored = Coalesce(Max("suspensions__ended_at"), F("joined_at"))
    return people.annotate(used_at=Greatest(Coalesce(F("last_login"), F("joined_at")), F("joined_at"), restored))


def rest_accounts(*, days: int, at: datetime) -> dict[str, int]:
    """Warn whoever has not signed in for ``days`` days less the warning; suspend who was warned long enough ago.

    The last account that keeps the lists stays as it is.
    """
    dormant = at - timedelta(days=days)
    idle = last_used(User.objects.filter(is_active=True)).filter(used_at__lte=dormant + DORMANT_WARNING)
    warned = suspended = 0
    for user in idle:
        key = f"account.dormant:{user.pk}:{user.used_at:%Y-%m-%d}"
        if outbox.write_once(key=key, kind="account.dormant", to=user, at=at):
            warned += 1
        elif user.used_at <= dormant and Notice.objects.filter(key=key, written_at__lte=at - DORMANT_WARNING).exists():
            suspended += _suspended(user, days, at)
    return {"warned": warned, "suspended": suspended}


def _suspended(user: User, days: int, at: datetime) -> bool:
    why = f"Nobody signed in for {days} days"
    try:
        return suspend(user=user, why=why, by=the_service("rest_accounts"), at=at) is not None
    except Refused:
        return False
