"""Somebody leaves: their open work passes to another before their last day, and then their seat or nomination ends.

Whoever does it names who takes over, and sees counts. Each case says in its history who has it now, and why.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.granting import may_grant
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Membership, Nomination, Team, User
from prevent_cases.accounts.operations import end_nomination, end_seat
from prevent_cases.accounts.refusals import NotAllowed, Refused
from prevent_cases.casework import outbox, timing
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import keep, lock, record, settle
from prevent_cases.casework.models import Case
from prevent_cases.lists.queries.holding import Held, held, stays_on, successors, work_of

HAND_OVER = "{who} still has open work in {team}. Choose who takes it over"
CANNOT_TAKE = "That person cannot take this work over: they must be on the list beyond the last day"


@transaction.atomic
def leave(
    *, row: Membership | Nomination, ends_on: date, successor: User | None = None, version: int | None = None,
    by: Actor, at: datetime,
) -> Held:  # fmt: skip
    """End a seat or a nomination on a day, and hand over first what that person could then no longer work on.

    Says what was handed over.

    :raises NotAllowed: where their own seat does not let them
    :raises StaleRecord: if the list has changed since ``version``
    :raises Refused: where there is open work and nobody to take it, or the dates are the wrong way round
    """
    user, team = row.user, row.team
    moved = Held(0, 0, 0, 0)
    if not stays_on(user, team, ends_on, beside=row):
        moved = held(user, team)
        if not moved.is_nothing and successor is None:
            raise Refused(HAND_OVER.format(who=user.name, team=team.name), "successor")
    if isinstance(row, Membership):
        end_seat(membership=row, ends_on=ends_on, version=version, by=by, at=at)
    else:
        end_nomination(nomination=row, ends_on=ends_on, version=version, by=by, at=at)
    if not moved.is_nothing and successor is not None:
        hand_over_leaver(leaver=user, team=team, to=successor, until=ends_on, by=by, at=at)
    return moved


@transaction.atomic
def hand_over_leaver(*, leaver: User, team: Team, to: User, until: date, by: Actor, at: datetime) -> Held:
    """Give another person all the open work that somebody has in a team: cases, forms, questions and deadlines.

    A case whose conflicts keep the other person from it goes back to the team instead, for its manager to give out.

    :raises NotAllowed: unless by the team's manager or whoever keeps its list
    :raises Refused: for somebody who is not on the team's list beyond ``until``
    """
    if not (by.is_member(team.pk, SeatRole.MANAGER) or may_grant(by, team, SeatRole.MEMBER)):
        raise NotAllowed("This may only be done by the team's manager or by whoever keeps its list.")
    if not successors(team, leaver, max(until, civil_date(at))).filter(pk=to.pk).exists():
        raise Refused(CANNOT_TAKE, "successor")
    work = work_of(leaver, team)
    moved = held(leaver, team)
    for case_id in work.case_ids():
        _hand_over_in(lock(case_id), leaver, team, to, by=by, at=at)
    return moved


def _hand_over_in(case: Case, leaver: User, team: Team, to: User, *, by: Actor, at: datetime) -> None:
    """Hand over one case's part, in the lock of the case."""
    is_kept_from = case.exclusions.standing().filter(user=to).exists()
    work = work_of(leaver, team)
    if case.assignee_id == leaver.pk:
        case.assignee = None if is_kept_from else to
        event = record(
            case=case, kind="case.unassigned" if is_kept_from else "case.assigned", by=by, at=at,
            facts={} if is_kept_from else {"to": to.name},
        )  # fmt: skip
        if not is_kept_from:
            outbox.write(key=f"event:{event.pk}:assignee", kind="case.assigned", case=case, to=to, at=at)
    if not is_kept_from:
        facts = {"to": to.name, "who": leaver.name}
        for run in work.runs.filter(case=case):
            timing.hand_to(run=run, person=to)
        for form in work.forms.filter(case=case):
            form.worker = to
            keep(form, by=by, at=at)
            record(case=case, kind="form.handed_over", by=by, at=at, facts=facts, subject=form.record_key)
        for question in work.questions.filter(case=case):
            question.colleague = to
            keep(question, by=by, at=at)
            record(case=case, kind="contribution.handed_over", by=by, at=at, facts=facts, subject=question.record_key)
    settle(case, by=by, at=at)
