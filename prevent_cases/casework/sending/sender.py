"""Take notices out of the outbox, one at a time, so that as little as possible is in doubt when a worker is killed.

Before each try, ``attempts`` is raised in a transaction of its own: a notice with an attempt and no ``sent_at`` may
have gone. The try itself holds the row's lock until ``sent_at`` is written, so that two senders never send one notice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from prevent_cases.accounts.models import Digest
from prevent_cases.casework.days import civil_date, moment
from prevent_cases.casework.models import Notice
from prevent_cases.casework.sending.carriers import Carrier, Declined, Unreachable
from prevent_cases.casework.sending.messages import Message, compose, compose_digest
from prevent_cases.casework.sending.recipients import Recipient, resolve

MOST = 1_000
MORNING = time(8, 0)
LONGEST_WAIT_MINUTES = 360
SENT, DECLINED, UNREACHABLE, NOBODY = "sent", "declined", "unreachable", "nobody to tell"
"""What can come of a try. All but the first are kept on the notice until it goes."""


def send_notices(*, at: datetime, carrier: Carrier, most: int = MOST) -> Counter[str]:
    """Send what is ready at ``at``; how many were sent, and how many met which problem.

    Nothing is given up: what cannot go now waits longer each time, six hours at most. When the carrier takes nothing,
    the rest is left for the next run.
    """
    outcomes: Counter[str] = Counter()
    _keep_for_the_morning(at)
    for outcome in _outcomes(at, carrier):
        outcomes[outcome] += 1
        if outcome == UNREACHABLE or outcomes.total() >= most:
            break
    return outcomes


def _outcomes(at: datetime, carrier: Carrier) -> Iterator[str]:
    for user_id in _people_with_a_morning(at):
        yield from _send_digest(user_id, at, carrier)
    while claimed := _claim(_one_by_one(at), 1):
        yield from _send_one(claimed[0], at, carrier)


def morning_after(written: datetime) -> datetime:
    """Eight o'clock in London on the day of a moment, or on the next day if it was later than that."""
    day = civil_date(written)
    eight = moment(day, MORNING)
    return eight if written <= eight else moment(day + timedelta(days=1), MORNING)


def _daily(at: datetime) -> QuerySet[Notice]:
    return Notice.objects.ready(at).filter(user__is_active=True, user__digest=Digest.DAILY)


def _one_by_one(at: datetime) -> QuerySet[Notice]:
    return Notice.objects.ready(at).exclude(user__is_active=True, user__digest=Digest.DAILY)


def _keep_for_the_morning(at: datetime) -> None:
    """Put off new notices to people who want one message a day."""
    with transaction.atomic():
        for notice in _daily(at).filter(attempts=0).select_for_update(skip_locked=True, of=("self",)):
            morning = morning_after(notice.written_at)
            if morning > at:
                notice.not_before = morning
                notice.save(update_fields=["not_before"])


def _people_with_a_morning(at: datetime) -> list[UUID]:
    return list(_daily(at).order_by("user").values_list("user", flat=True).distinct())


def _claim(ready: QuerySet[Notice], most: int) -> list[UUID]:
    """Count an attempt on the next ones, for good, before they are tried."""
    with transaction.atomic():
        rows = ready.order_by("not_before").select_for_update(skip_locked=True, of=("self",))
        ids = list(rows.values_list("pk", flat=True)[:most])
        Notice.objects.filter(pk__in=ids).update(attempts=F("attempts") + 1)
    return ids


def _send_one(notice_id: UUID, at: datetime, carrier: Carrier) -> list[str]:
    """The outcome; none where somebody else has sent it, or is sending it now."""
    with transaction.atomic():
        rows = _whole(Notice.objects.ready(at).filter(pk=notice_id))
        return [_send(notice, resolve(notice, civil_date(at)), at, carrier) for notice in rows]


def _send_digest(user_id: UUID, at: datetime, carrier: Carrier) -> list[str]:
    """One message for all that waits for one person. A notice of a case they are kept from goes to their team."""
    _claim(_daily(at).filter(user=user_id), MOST)
    with transaction.atomic():
        rows = [(notice, resolve(notice, civil_date(at))) for notice in _whole(_daily(at).filter(user=user_id))]
        theirs = [(notice, recipient) for notice, recipient in rows if recipient and recipient.is_named_person]
        others = [(notice, recipient) for notice, recipient in rows if not recipient or not recipient.is_named_person]
        outcomes = [_send(notice, recipient, at, carrier) for notice, recipient in others]
        if theirs and (user := theirs[0][0].user):
            message = compose_digest(user, civil_date(at).isoformat(), theirs)
            outcomes.append(_carry([notice for notice, _ in theirs], message, at, carrier))
        return outcomes


def _send(notice: Notice, recipient: Recipient | None, at: datetime, carrier: Carrier) -> str:
    if recipient is None:
        return _put_off([notice], at, NOBODY)
    return _carry([notice], compose(notice, recipient), at, carrier)


def _whole(rows: QuerySet[Notice]) -> list[Notice]:
    """These notices with what their words need, locked; those that another sender holds are left out."""
    related = ("user", "team", "invitation", "link", "case__holder_team", "case__owner_team")
    return list(rows.select_related(*related).select_for_update(skip_locked=True, of=("self",)).order_by("written_at"))


def _carry(rows: Sequence[Notice], message: Message, at: datetime, carrier: Carrier) -> str:
    try:
        carrier.carry(message, again=any(notice.attempts > 1 for notice in rows))
    except Declined:
        return _put_off(rows, at, DECLINED)
    except Unreachable:
        return _put_off(rows, at, UNREACHABLE)
    for notice in rows:
        notice.sent_at, notice.last_problem = at, ""
        notice.save(update_fields=["sent_at", "last_problem"])
    return SENT


def _put_off(rows: Sequence[Notice], at: datetime, problem: str) -> str:
    for notice in rows:
        minutes = min(2 ** min(notice.attempts, 12), LONGEST_WAIT_MINUTES)
        notice.last_problem, notice.not_before = problem, at + timedelta(minutes=minutes)
        notice.save(update_fields=["last_problem", "not_before"])
    return problem
