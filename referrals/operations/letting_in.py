"""Let somebody into the restricted area because an act gives them work there, and close it when the work is done."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.backends import actor_for, seated
from prevent_cases.accounts.models import User
from prevent_cases.casework import access
from prevent_cases.casework.clocks import TASK_ACCESS
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import record
from prevent_cases.casework.kinds import AccessReason
from prevent_cases.casework.models import Case

TO_SIGN_OFF = "To sign off the answer to policing"
TO_ANSWER_FORM = "To answer an information gathering form"


def let_in(*, case: Case, user: User, words: str, by: Actor, at: datetime, due_on: date | None = None) -> None:
    """Name a worker for one task: two weeks, or until its date where that is later (then as involved, six months at
    most). Whoever is let in already, by nomination or for as long, is left as they are. The case is locked."""
    today = civil_date(at)
    until = today + timedelta(days=TASK_ACCESS[AccessReason.TASK].count)
    reason = AccessReason.TASK
    if due_on is not None and due_on > until:
        reason = AccessReason.INVOLVED
        until = min(due_on, today + timedelta(days=TASK_ACCESS[reason].count))
    if actor_for(seated(today).get(pk=user.pk)).is_nominated(case.holder_team_id):
        return
    if access.named_workers(case).filter(user=user, until__gte=until).exists():
        return
    access.name_worker(case=case, user=user, reason=reason, words=words, until=until, by=by, at=at)
    facts = {"who": user.name, "until": until.isoformat()}
    record(case=case, kind="access.worker_named", by=by, at=at, facts=facts)


def close_today(*, case: Case, words: str, by: Actor, at: datetime, only: User | None = None) -> None:
    """The work is done: whoever was let in for it (or ``only`` this one of them) is let in no longer than today."""
    today = civil_date(at)
    rows = access.named_workers(case).filter(words=words, until__gt=today)
    for row in rows if only is None else rows.filter(user=only):
        access.name_worker(case=case, user=row.user, reason=row.reason, words=words, until=today, by=by, at=at)


def close_now(*, case: Case, words: str, by: Actor, at: datetime) -> None:
    """The work is done: whoever was let in for it and for nothing else is let in no longer. The case is locked."""
    rows = access.named_workers(case).filter(words=words)
    names = list(rows.values_list("user__name", flat=True))
    access.end_named_workers(rows)
    for name in names:
        record(case=case, kind="access.worker_ended", by=by, at=at, facts={"who": name})
