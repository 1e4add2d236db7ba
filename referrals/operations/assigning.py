"""Who works on a case: claim it, give it to someone, give many at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Membership, User
from prevent_cases.casework import outbox
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import lock, record, settle
from prevent_cases.casework.models import Case
from prevent_cases.casework.workflow import NotAllowed, Refused


@transaction.atomic
def assign(*, case: Case, to: User | None, by: Actor, at: datetime) -> Case:
    """Give a case to somebody in the team that holds or coordinates it, or to nobody.

    :raises NotAllowed: if this person sits in neither team
    :raises Refused: if the other person does not, or may not have anything to do with the case
    """
    visible = Case.objects.visible_to(by, civil_date(at)).filter(pk=case.pk).exists()
    case = lock(case.pk)
    if not visible or not (by.is_member(case.owner_team_id) or by.is_member(case.holder_team_id)):
        raise NotAllowed("This may only be done by a member of a team that holds or coordinates the case.")
    if not case.is_open:
        raise Refused("The case is closed.")
    if case.assignee_id == (to.pk if to else None):
        return case
    if to is not None and not _works_here(case, to, at):
        raise Refused("That person is not in the team that holds this case.")
    case.assignee = to
    settle(case, by=by, at=at)
    if to is None:
        record(case=case, kind="case.unassigned", by=by, at=at)
        return case
    if to.pk == by.user_id:
        record(case=case, kind="case.claimed", by=by, at=at)
    else:
        event = record(case=case, kind="case.assigned", by=by, at=at, facts={"to": to.name})
        outbox.write(key=f"event:{event.pk}:assignee", kind="case.assigned", case=case, to=to, at=at)
    return case


def _works_here(case: Case, person: User, at: datetime) -> bool:
    on = civil_date(at)
    seated = Membership.objects.filter(
        user=person, user__is_active=True, team__in=[case.owner_team_id, case.holder_team_id]
    )
    current = seated.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).exists()
    return current and not case.exclusions.standing().filter(user=person).exists()
