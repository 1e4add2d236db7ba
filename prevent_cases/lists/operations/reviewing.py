"""The quarterly review of who has a seat: opened by the service, gone through and signed by whoever keeps the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.clocks import REVIEW_DUE
from prevent_cases.accounts.granting import may_grant
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import AccessReview, Membership, Team
from prevent_cases.accounts.operations.keeping import keep, lock_list, must
from prevent_cases.accounts.refusals import Refused
from prevent_cases.casework import outbox
from prevent_cases.casework.days import civil_date
from prevent_cases.lists.operations.leaving import leave

KEEP, END = "keep", "end"


def first_of_quarter(on: date) -> date:
    return date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)


def review_access(*, at: datetime) -> dict[str, int]:
    """Open this quarter's review of each team that has seats, and remind of those overdue, once a week."""
    due_on = first_of_quarter(civil_date(at)) + REVIEW_DUE
    seats = Membership.objects.filter(starts_on__lte=civil_date(at)).exclude(ends_on__lt=civil_date(at))
    without = Team.objects.filter(closed_on__isnull=True, pk__in=seats.values("team")).exclude(
        access_reviews__due_on=due_on
    )
    opened = sum(_open(team, due_on, at) for team in without)
    return {"opened": opened, "reminded": sum(_remind(row, at) for row in _overdue(at))}


@transaction.atomic
def sign_review(
    *, review: AccessReview, decisions: Mapping[str, str], version: int, by: Actor, at: datetime
) -> AccessReview:
    """Keep or end each seat of a team, and sign. ``decisions`` says ``keep`` or ``end`` by the seat's id.

    A manager signs for their own team, and ends what they could give; whoever could give every seat signs for it too.

    :raises NotAllowed: where their own seat does not let them
    :raises StaleRecord: if the list changed since ``version``
    :raises Refused: where a seat was not decided, it was signed already, or somebody to go still has open work
    """
    review = AccessReview.objects.select_for_update(of=("self",)).select_related("team").get(pk=review.pk)
    if review.signed_at is not None:
        raise Refused("This review was signed already")
    team = lock_list(review.team, version)
    today = civil_date(at)
    seats = seats_to_review(team, today)
    must(by.is_member(team.pk, SeatRole.MANAGER) or all(may_grant(by, team, seat.role) for seat in seats))
    if any(decisions.get(str(seat.pk)) not in (KEEP, END) for seat in seats):
        raise Refused("Say of each person whether they stay")
    for seat in seats:
        if decisions[str(seat.pk)] == END:
            leave(row=seat, ends_on=max(today, seat.starts_on), by=by, at=at)
    review.decisions = [_decided(seat, decisions[str(seat.pk)]) for seat in seats]
    review.signed_by, review.signed_at = by.user, at
    return keep(review, by=by, at=at)


def seats_to_review(team: Team, on: date) -> list[Membership]:
    """The seats of a team that go on after a day."""
    seats = Membership.objects.filter(team=team, starts_on__lte=on).exclude(ends_on__lte=on)
    return list(seats.select_related("user", "team__organisation").order_by("user__name", "role"))


def _decided(seat: Membership, decision: str) -> dict[str, Any]:
    return {"seat": str(seat.pk), "user": str(seat.user_id), "role": seat.role, "decision": decision}


@transaction.atomic
def _open(team: Team, due_on: date, at: datetime) -> bool:
    row, is_new = AccessReview.objects.get_or_create(team=team, due_on=due_on, defaults={"opened_at": at})
    if is_new:
        outbox.write(key=f"lists.review:{row.pk}", kind="lists.review_opened", case=None, to=team, at=at)
    return is_new


def _overdue(at: datetime) -> list[AccessReview]:
    late = AccessReview.objects.filter(signed_at__isnull=True, due_on__lt=civil_date(at), team__closed_on__isnull=True)
    return list(late.select_related("team"))


def _remind(review: AccessReview, at: datetime) -> bool:
    year, week, _ = civil_date(at).isocalendar()
    key = f"lists.review:{review.pk}:{year}-{week}"
    return outbox.write_once(key=key, kind="lists.review_late", to=review.team, at=at)
