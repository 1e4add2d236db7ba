"""Suspend an account, and let it be used again with a reason."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.granting import may_grant
from prevent_cases.accounts.models import Membership, Suspension, User
from prevent_cases.accounts.operations.keeping import keep, must
from prevent_cases.accounts.operations.seats import must_leave_an_admin
from prevent_cases.accounts.refusals import Refused


@transaction.atomic
def suspend(*, user: User, why: str, by: Actor, at: datetime) -> Suspension | None:
    """Stop an account from being used, and end its sessions. None where it is suspended already.

    :raises NotAllowed: where the seat of whoever does it does not reach every seat of that person
    :raises Refused: for one's own account, or the last that keeps the lists
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    if row.pk == by.user_id:
        raise Refused("You cannot suspend your own account")
    must(_reaches(by, row, at))
    if row.suspended_at is not None:
        return None
    must_leave_an_admin(row, on=at.date())
    row.is_active, row.suspended_at, row.suspended_why = False, at, why
    row.save(update_fields=["is_active", "suspended_at", "suspended_why"])
    _end_sessions(row)
    return keep(Suspension(user=row, at=at, why=why, by=by.user), by=by, at=at)


@transaction.atomic
def restore(*, user: User, why: str, by: Actor, at: datetime) -> None:
    """Let a suspended account be used again. :raises Refused: if it is not suspended"""
    row = User.objects.select_for_update().get(pk=user.pk)
    must(row.pk != by.user_id and _reaches(by, row, at))
    standing = Suspension.objects.filter(user=row, ended_at__isnull=True).first()
    if row.suspended_at is None or standing is None:
        raise Refused("This account is not suspended")
    row.is_active, row.suspended_at, row.suspended_why = True, None, ""
    row.save(update_fields=["is_active", "suspended_at", "suspended_why"])
    standing.ended_at, standing.ended_by, standing.ended_why = at, by.user, why
    keep(standing, by=by, at=at)


def _reaches(by: Actor, user: User, at: datetime) -> bool:
    """Whether somebody may give every seat that a person holds, and so decide about their account."""
    seats = Membership.objects.filter(user=user).exclude(ends_on__lt=at.date()).select_related("team__organisation")
    held = list(seats)
    return by.is_system or (bool(by.seats) and all(may_grant(by, seat.team, seat.role) for seat in held))


def _end_sessions(user: User) -> None:
    """Delete every session of theirs. Sessions are not kept by account: each is opened and looked into."""
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
