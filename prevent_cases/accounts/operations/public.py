"""A member of the public, where the council takes referrals from them: an account that may refer and nothing else."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import OrganisationKind, SeatRole, TeamKind
from prevent_cases.accounts.models import Organisation, Team, User
from prevent_cases.accounts.operations.places import keep_organisation, keep_team
from prevent_cases.accounts.operations.seats import seat

PUBLIC = "Members of the public"
NOBODY = "A member of the public"


@transaction.atomic
def public_account(*, email: str, by: Actor, at: datetime) -> User | None:
    """The account of a member of the public with this address, made where there is none.

    None where the address belongs to somebody with a seat elsewhere, or to a suspended account: they never sign in by
    a code. The answer of the page is the same.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members of the public'))")
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        elsewhere = user.memberships.exclude(team__name=PUBLIC).exists()
        return user if user.is_active and not elsewhere and not user.has_usable_password() else None
    user = User.objects.create_user(email, None, name=NOBODY, joined_at=at)
    team = _the_team(by, at)
    on = at.astimezone(timezone.get_default_timezone()).date()
    seat(user=user, team=team, role=SeatRole.MEMBER, starts_on=on, by=by, at=at)
    return user


def _the_team(by: Actor, at: datetime) -> Team:
    team = Team.objects.filter(name=PUBLIC).first()
    if team is not None:
        return team
    organisation = Organisation.objects.filter(name=PUBLIC).first() or keep_organisation(
        name=PUBLIC, kind=OrganisationKind.OTHER, by=by, at=at
    )
    return keep_team(organisation=organisation, kind=TeamKind.PRACTITIONER, name=PUBLIC, email="", by=by, at=at)
