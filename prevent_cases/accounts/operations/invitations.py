"""Take up a seat that was offered by mail, or take the offer back. Sending it writes a notice: see lists/operations."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.granting import may_grant
from prevent_cases.accounts.invitations import OVER, is_open
from prevent_cases.accounts.models import Invitation, User
from prevent_cases.accounts.operations.keeping import keep, must
from prevent_cases.accounts.operations.nominations import nominate
from prevent_cases.accounts.operations.seats import seat
from prevent_cases.accounts.refusals import Refused


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str, by: Actor, at: datetime) -> User:
    """Make the account that was offered, with its seat. Used once: of two at a time, one finds it used.

    ``password`` has passed the validators. ``by`` is the service: the link is what shows the right.

    :raises Refused: with one sentence, whether it expired, was used or was withdrawn
    """
    row = Invitation.objects.select_for_update(of=("self",)).select_related("team").get(pk=invitation.pk)
    if not is_open(row, at) or row.team.closed_on is not None or User.objects.filter(email=row.email).exists():
        raise Refused(OVER)
    user = User.objects.create_user(row.email, password, name=row.name, job_title=row.job_title, joined_at=at)
    starts_on = max(row.starts_on, at.date()) if row.ends_on is None else row.starts_on
    seat(user=user, team=row.team, role=row.role, starts_on=starts_on, ends_on=row.ends_on, by=by, at=at)
    if row.is_nominated:
        nominate(user=user, team=row.team, starts_on=starts_on, ends_on=row.ends_on, by=by, at=at)
    row.used_at, row.user = at, user
    keep(row, by=by, at=at)
    return user


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> None:
    """Take back an offer that was not taken up. :raises Refused: once it was"""
    row = Invitation.objects.select_for_update(of=("self",)).select_related("team__organisation").get(pk=invitation.pk)
    must(may_grant(by, row.team, row.role))
    if row.used_at is not None:
        raise Refused("This invitation was taken up already")
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        keep(row, by=by, at=at)
