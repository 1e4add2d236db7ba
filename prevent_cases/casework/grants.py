"""End the access of named workers whose last day has passed. The wall counts the days itself; this clears the rows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import the_service
from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import lock, record, settle
from prevent_cases.casework.models import Case, CaseUserObjectPermission


def end_grants(*, at: datetime) -> int:
    """Take back every grant whose last day is before today, a case at a time; how many were taken back."""
    past = CaseUserObjectPermission.objects.filter(until__lt=civil_date(at))
    cases = past.order_by("content_object_id").values_list("content_object_id", flat=True).distinct()
    return sum(_end_in(case_id, at) for case_id in list(cases))


@transaction.atomic
def _end_in(case_id: object, at: datetime) -> int:
    case: Case = lock(case_id)
    service = the_service("end_grants")
    rows = access.named_workers(case).filter(until__lt=civil_date(at))
    names = list(rows.values_list("user__name", flat=True))
    ended = access.end_named_workers(rows)
    for name in names:
        record(case=case, kind="access.worker_ended", by=service, at=at, facts={"who": name})
    if ended:
        settle(case, by=service, at=at)
    return ended
