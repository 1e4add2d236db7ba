"""Apply a list of nominated workers whole, and undo it exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from simple_history.utils import bulk_create_with_history

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.granting import within_reach
from prevent_cases.accounts.models import ListUpload, Nomination, Team, User
from prevent_cases.accounts.nomination_list import Plan, Row, Unreadable, plan
from prevent_cases.accounts.operations.keeping import drop_listed, grow, keep_listed, must
from prevent_cases.accounts.refusals import Refused, StaleRecord

CHANGED = "A list changed after you saw this preview. Look at what the file would do now, then confirm."
CHANGED_SINCE = (
    "This upload cannot be undone as a whole: {what} was changed since. Change the lists one by one instead."
)


@transaction.atomic
def apply_list(
    *, data: bytes, file_name: str, key: UUID | None = None, seen: str = "", by: Actor, at: datetime
) -> ListUpload | None:
    """Do what a file says, all or none. The same ``key`` twice is done once. None where the service does it.

    ``seen`` is :attr:`Plan.seen` of the preview.

    :raises Unreadable: where the file has a fault
    :raises StaleRecord: if a list that it touches changed since the preview
    """
    must(by.is_system or bool(by.seats))
    key = key or uuid4()
    list(Team.objects.select_for_update().order_by("pk"))
    if done := ListUpload.objects.filter(pk=key).first():
        return done
    found = plan(data, teams=None if by.is_system else within_reach(by))
    if not found.is_sound:
        raise Unreadable(found.faults)
    if seen and seen != found.seen:
        raise StaleRecord(CHANGED)
    changes = [*_add(found.adds, by=by, at=at), *_change(found, by=by, at=at)]
    if by.user is None:
        return None
    return ListUpload.objects.create(
        pk=key, file_name=file_name[:200], sha256=found.sha256, by=by.user, at=at, changes=changes
    )


@transaction.atomic
def undo_list(*, upload: ListUpload, by: Actor, at: datetime) -> ListUpload:
    """Bring every row that an upload touched back to what it was. Undone already, nothing happens.

    :raises Refused: if a row it touched changed since
    """
    list(Team.objects.select_for_update().order_by("pk"))
    upload = ListUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.undone_at is not None:
        return upload
    rows = {str(row.pk): row for row in Nomination.objects.filter(pk__in=[c["id"] for c in upload.changes])}
    within = set(
        Team.objects.filter(within_reach(by), pk__in={row.team_id for row in rows.values()}).values_list(
            "pk", flat=True
        )
    )
    for change in upload.changes:
        row = rows.get(change["id"])
        if row is None or _stands(row) != change["after"]:
            raise Refused(CHANGED_SINCE.format(what=change["who"]))
        must(row.team_id in within)
    for change in upload.changes:
        _put_back(rows[change["id"]], change, by=by, at=at)
    upload.undone_by, upload.undone_at = by.user, at
    upload.save(update_fields=["undone_by", "undone_at"])
    return upload


def _add(rows: list[Row], *, by: Actor, at: datetime) -> Iterable[dict[str, Any]]:
    """Add nominations in few statements, each with its history; who was not in the team's group joins it."""
    made = [
        Nomination(user=row.user, team=row.team, starts_on=row.starts_on, ends_on=row.ends_on, covers=row.covers)
        for row in rows
    ]
    bulk_create_with_history(made, Nomination, default_user=by.user, default_date=at, batch_size=1_000)
    for team_id, count in Counter(row.team.pk for row in rows).items():
        grow(team_id, count)
    in_group = User.groups.through
    wanted = Q(user__in={row.user.pk for row in rows}, group__in={row.team.group_id for row in rows})
    there = set(in_group.objects.filter(wanted).values_list("user_id", "group_id"))
    joining = {(row.user.pk, row.team.group_id) for row in rows} - there
    in_group.objects.bulk_create(in_group(user_id=user, group_id=group) for user, group in joining)
    for row, one in zip(rows, made, strict=True):
        joined = (row.user.pk, row.team.group_id) in joining
        yield _changed(one, row, before=None) | {"joined": joined}


def _change(found: Plan, *, by: Actor, at: datetime) -> Iterable[dict[str, Any]]:
    for change in found.changes:
        before = _stands(change.held)
        change.held.ends_on, change.held.covers = change.row.ends_on, change.row.covers
        keep_listed(change.held, by=by, at=at)
        yield _changed(change.held, change.row, before=before)


def _changed(held: Nomination, row: Row, *, before: dict[str, Any] | None) -> dict[str, Any]:
    who = f"{row.user.name} in {row.team.name}"
    return {"id": str(held.pk), "who": who, "before": before, "after": _stands(held)}


def _stands(row: Nomination) -> dict[str, Any]:
    """A nomination as the upload's record keeps it."""
    return {
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        "covers": str(row.covers_id) if row.covers_id else None,
    }


def _put_back(row: Nomination, change: dict[str, Any], *, by: Actor, at: datetime) -> None:
    before = change["before"]
    if before is None:
        group_id = row.team.group_id
        drop_listed(row, by=by, at=at)
        if change["joined"]:
            row.user.groups.remove(group_id)
        return
    row.ends_on = date.fromisoformat(before["ends_on"]) if before["ends_on"] else None
    row.covers_id = UUID(before["covers"]) if before["covers"] else None
    keep_listed(row, by=by, at=at)
