"""Sign-in by email, and the account with the seats it holds today, fetched in one statement a request."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from prevent_cases.accounts.actors import Actor, Seat
from prevent_cases.accounts.models import Membership, Nomination, User


def seated(on: date) -> QuerySet[User]:
    """Accounts with their current seats as JSON (``held_seats``), to be read by :func:`actor_for`."""
    today = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    nominated = Nomination.objects.filter(today, user=OuterRef("user"), team=OuterRef("team"))
    seats = (
        Membership.objects.filter(today, user=OuterRef("pk"), team__closed_on__isnull=True)
        .order_by("team__name")
        .values(
            seat=JSONObject(
                team_id=F("team_id"),
                team_name=F("team__name"),
                kind=F("team__kind"),
                role=F("role"),
                locality_id=F("team__locality_id"),
                area_id=F("team__area_id"),
                organisation_id=F("team__organisation_id"),
                is_nominated=Exists(nominated),
            )
        )
    )
    return User.objects.annotate(held_seats=ArraySubquery(seats))


def actor_for(user: Any) -> Actor:
    """The acting person of an account fetched through :func:`seated`."""
    return Actor(user=user, seats=tuple(_seat(row) for row in user.held_seats))


IDS = ("team_id", "locality_id", "area_id", "organisation_id")


def _seat(row: dict[str, Any]) -> Seat:
    ids = {name: UUID(row[name]) if row[name] else None for name in IDS}
    return Seat(**{**row, **ids})


ONE_SEATED = """
SELECT u.*, (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'team_id', t.id, 'team_name', t.name, 'kind', t.kind, 'role', m.role, 'locality_id', t.locality_id,
               'area_id', t.area_id, 'organisation_id', t.organisation_id, 'is_nominated', EXISTS (
                   SELECT FROM accounts_nomination n WHERE n.user_id = u.id AND n.team_id = t.id
                      AND n.starts_on <= %(on)s AND coalesce(n.ends_on, 'infinity') >= %(on)s))
           ORDER BY t.name), '[]')
      FROM accounts_membership m JOIN accounts_team t ON t.id = m.team_id
     WHERE m.user_id = u.id AND t.closed_on IS NULL
       AND m.starts_on <= %(on)s AND coalesce(m.ends_on, 'infinity') >= %(on)s) AS seats
  FROM accounts_user u WHERE u.id = %(id)s AND u.is_active
"""
"""What :func:`seated` asks of one account, written out: building it from the ORM took longer than running it."""


class SeatedBackend(AuthenticationBackend):
    """Fetches the signed-in account with its seats. An account that is not active is not found."""

    def get_user(self, user_id: Any) -> User | None:
        user: Any = next(iter(User.objects.raw(ONE_SEATED, {"on": timezone.localdate(), "id": user_id})), None)
        if user is not None:
            user.held_seats = json.loads(user.seats)
        return user
