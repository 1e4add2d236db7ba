"""Who can be given work: the members of a team, and everybody with a seat in a case team. By name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.accounts.models import Membership, User
from prevent_cases.casework.models import Case

CASE_KINDS = (TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN)


def members_of(team_id: Any, on: date) -> QuerySet[User]:
    """Active accounts with a seat in this team on a day."""
    return _seated(on, team=team_id)


def everyone(on: date) -> QuerySet[User]:
    """Active accounts with a seat in any team that works on cases, on a day."""
    return _seated(on, team__kind__in=CASE_KINDS, team__closed_on__isnull=True)


def managers_who_may_sign_off(case: Case, author_id: Any, on: date) -> list[User]:
    """The managers of the team that holds the case, less the author and whoever a conflict keeps from it."""
    managers = _seated(on, team=case.holder_team_id, role=SeatRole.MANAGER).exclude(pk=author_id)
    return list(managers.exclude(pk__in=case.exclusions.standing().values("user")))


def worker_choices(case: Case, on: date) -> list[tuple[str, str]]:
    """The members of the team that holds the case, less whoever a conflict keeps from it: id and name."""
    kept_from = case.exclusions.standing().values("user")
    people = members_of(case.holder_team_id, on).exclude(pk__in=kept_from)
    return [(str(pk), name) for pk, name in people.values_list("pk", "name")]


def colleague_choices(case: Case, asking_id: Any, on: date) -> list[tuple[str, str]]:
    """Whom a question may be sent to: id, and name with the first of their teams, by name."""
    kept_from = case.exclusions.standing().values("user")
    rows = (
        _memberships(on, team__kind__in=CASE_KINDS, team__closed_on__isnull=True, user__is_active=True)
        .exclude(user=asking_id)
        .exclude(user__in=kept_from)
        .order_by("user__name", "user", "team__name")
        .distinct("user__name", "user")
        .values_list("user", "user__name", "team__name")
    )
    return [(str(pk), f"{name}, {team}") for pk, name, team in rows]


def _seated(on: date, **seat: Any) -> QuerySet[User]:
    held = _memberships(on, user=OuterRef("pk"), **seat)
    return User.objects.filter(Exists(held), is_active=True).order_by("name", "pk")


def _memberships(on: date, **seat: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, **seat)
