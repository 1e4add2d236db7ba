"""Offer a seat by mail. The mail holds a link and nothing else; its secret is kept nowhere."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.clocks import INVITATION_LASTS
from prevent_cases.accounts.granting import may_grant, may_nominate
from prevent_cases.accounts.invitations import digest_of, new_secret
from prevent_cases.accounts.models import Invitation, Team, User
from prevent_cases.accounts.operations.keeping import keep, must
from prevent_cases.accounts.refusals import Refused
from prevent_cases.casework import outbox


@transaction.atomic
def invite(
    *, email: str, name: str, team: Team, role: str, starts_on: date, ends_on: date | None = None,
    job_title: str = "", is_nominated: bool = False, by: Actor, at: datetime,
) -> Invitation:  # fmt: skip
    """Offer somebody without an account a seat in a team. The offer is open for seven days.

    :raises NotAllowed: where their own seat does not let them give this one
    :raises Refused: for somebody who has an account, or who was invited to this team and may still answer
    """
    email = email.strip().lower()
    team = Team.objects.select_related("organisation").select_for_update(of=("self",)).get(pk=team.pk)
    must(may_grant(by, team, role) and (not is_nominated or may_nominate(by, team)))
    if team.closed_on is not None:
        raise Refused(f"{team.name} is closed")
    if ends_on and ends_on < starts_on:
        raise Refused("The last day cannot be before the first day", "ends_on")
    if User.objects.filter(email=email).exists():
        raise Refused("They have an account already. Give them a seat instead", "email")
    waiting = Invitation.objects.filter(email=email, team=team, used_at=None, withdrawn_at=None, expires_at__gt=at)
    if waiting.exists():
        raise Refused("They were invited already, and may still answer. Send that invitation again", "email")
    row = Invitation(
        pk=uuid4(), email=email, name=name, job_title=job_title, team=team, role=role, starts_on=starts_on,
        ends_on=ends_on, is_nominated=is_nominated, invited_by=by.user,
    )  # fmt: skip
    return _send(row, by=by, at=at)


@transaction.atomic
def send_again(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Send a new link, open for another seven days. The one sent before works no more.

    :raises Refused: once it was taken up or withdrawn
    """
    row = Invitation.objects.select_for_update(of=("self",)).select_related("team__organisation").get(pk=invitation.pk)
    must(may_grant(by, row.team, row.role))
    if row.used_at is not None or row.withdrawn_at is not None:
        raise Refused("This invitation was taken up or withdrawn already")
    return _send(row, by=by, at=at)


def _send(row: Invitation, *, by: Actor, at: datetime) -> Invitation:
    row.invited_at, row.expires_at = at, at + INVITATION_LASTS
    row.secret_digest = digest_of(new_secret(row.pk, at))
    keep(row, by=by, at=at)
    outbox.write(
        key=f"invitation:{row.pk}:{row.secret_digest[:12]}", kind="invitation.sent", case=None,
        to=outbox.ToAddress(row.email), invitation=row, at=at,
    )  # fmt: skip
    return row
