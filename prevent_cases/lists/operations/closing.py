"""Close a team, once it holds nothing open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.granting import may_grant
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Invitation, Membership, Team
from prevent_cases.accounts.operations.keeping import keep, lock_list, must
from prevent_cases.accounts.refusals import Refused
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Case


@transaction.atomic
def close_team(*, team: Team, version: int, by: Actor, at: datetime) -> None:
    """No case can be sent to the team from now on.

    :raises NotAllowed: where their own seat does not let them
    :raises Refused: while it holds or coordinates an open case, people sit in it, or an invitation waits
    """
    team = lock_list(team, version)
    must(may_grant(by, team, SeatRole.MANAGER))
    if team.closed_on is not None:
        raise Refused(f"{team.name} is closed already")
    cases = Case.objects.open().filter(Q(holder_team=team) | Q(owner_team=team)).count()
    seats = Membership.objects.filter(team=team).exclude(ends_on__lt=civil_date(at)).count()
    waiting = Invitation.objects.filter(team=team, used_at=None, withdrawn_at=None, expires_at__gt=at).count()
    for count, what in (
        (cases, "open cases. Send them elsewhere first"),
        (seats, "seats that have not ended. End them first"),
        (waiting, "invitations that wait. Withdraw them first"),
    ):
        if count:
            raise Refused(f"{team.name} cannot be closed: it has {count:,} {what}")
    team.closed_on = civil_date(at)
    keep(team, by=by, at=at)
