"""The inbox: one page of cases by keyset, oldest deadline first, and capped counts. Two statements, whatever N.

The rule is `CaseQuerySet.visible_to` written over the columns that its indexes hold: one index walk for each team,
joined laterally, so that a person of one team and a person of fifty take the same plan. A test holds the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.querysets import COORDINATING, HOLDING
from referrals.queries.plenty import CAP, count_to, counted

PAGE = 25

TABS = {
    "triage": "To triage",
    "mine": "Mine",
    "waiting": "Waiting for a reply",
    "finishing": "To finish",
    "overdue": "Overdue",
    "open": "All open",
}
IN_QUEUE = {"triage": Queue.TRIAGE, "waiting": Queue.WAITING, "finishing": Queue.FINISHING}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to. Plain columns only, so that a filtered list can be shared as a URL."""

    locality: UUID | None = None
    team: UUID | None = None
    stage: str = ""
    age_group: str = ""
    source: str = ""
    assigned: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Filters()


@dataclass(frozen=True, slots=True)
class InboxRow:
    case_id: UUID
    reference: str
    name: str
    stage: str
    age_group: str
    source: str
    due_at: datetime
    due_clock: str
    team_id: UUID
    locality_id: UUID | None
    assignee: str
    named_worker: str
    version: int
    is_restricted: bool
    held_until: date | None = None


@dataclass(frozen=True)
class InboxPage:
    rows: list[InboxRow]
    counts: dict[str, int]
    older: str = ""
    newer: bool = False
    filters: Filters = field(default_factory=Filters)


def inbox_page(actor: Actor, tab: str, filters: Filters, after: str, at: datetime) -> InboxPage:
    """One page of a tab. ``after`` is the cursor of the last row of the page before, or empty."""
    with connection.cursor() as cursor:
        rows = _rows(cursor, actor, tab, filters, after, at)
        counts = _counts(cursor, actor, at)
    shown = rows[:PAGE]
    older = f"{shown[-1].due_at.isoformat()}_{shown[-1].case_id}" if len(rows) > PAGE else ""
    return InboxPage(shown, counts, older, bool(after), filters)


def _rows(cursor: CursorWrapper, actor: Actor, tab: str, filters: Filters, after: str, at: datetime) -> list[InboxRow]:
    where, values = _narrowed(tab, filters, after, at)
    picked, given = _picked(actor, tab, where, values, PAGE + 1)
    cursor.execute(
        f"""SELECT c.id, c.reference, trim(r.given_name || ' ' || r.family_name), c.stage, r.age_group, r.source,
                   c.next_due_at, c.next_due_clock, c.holder_team_id, c.locality_id, coalesce(u.name, ''),
                   r.named_worker_name, c.version, c.restricted_at IS NOT NULL, c.held_until
            FROM (SELECT DISTINCT id, next_due_at FROM ({picked}) every ORDER BY next_due_at, id LIMIT {PAGE + 1}) p
            JOIN casework_case c ON c.id = p.id JOIN referrals_referral r ON r.case_id = c.id
            LEFT JOIN accounts_user u ON u.id = c.assignee_id
            ORDER BY p.next_due_at, p.id""",
        given,
    )
    return [InboxRow(*row) for row in cursor.fetchall()]


def _counts(cursor: CursorWrapper, actor: Actor, at: datetime) -> dict[str, int]:
    """How many cases wait in each tab, exactly up to the cap; anything above it reads "1,000+"."""
    desks = tuple(sorted((seat.team_id, seat.kind, seat.role, seat.is_nominated) for seat in actor.seats))
    far = {tab: count_to((desks, tab)) if tab != "mine" else CAP + 1 for tab in TABS}
    asked = [tab for tab in TABS if far[tab]]
    parts, given = [], []
    for tab in asked:
        where, values = _narrowed(tab, Filters(), "", at)
        picked, more = _picked(actor, tab, where, values, far[tab], ordered=False)
        parts.append(f"(SELECT count(*) FROM (SELECT id FROM ({picked}) every LIMIT {far[tab]}) counted)")
        given += more
    cursor.execute("SELECT " + ", ".join(parts), given)
    found = dict(zip(asked, cursor.fetchone(), strict=True))
    for tab, count in found.items():
        counted((desks, tab), count)
    return {tab: found.get(tab, CAP + 1) for tab in TABS}


def _picked(
    actor: Actor, tab: str, where: str, values: list[Any], limit: int, *, ordered: bool = True
) -> tuple[str, list[Any]]:
    """SQL for the ids a person may see in a tab: an index walk for each team they sit in."""
    order = "ORDER BY c.next_due_at, c.id" if ordered else ""
    kept_from = "c.id <> ALL (ARRAY(SELECT case_id FROM casework_exclusion WHERE user_id = %s AND ended_at IS NULL))"
    base = (
        "SELECT c.id, c.next_due_at FROM casework_case c"
        f" WHERE c.closed_at IS NULL AND c.queue <> 'ARRIVED' AND {kept_from}"
    )
    me = actor.user_id
    if tab == "mine":
        return f"({base} AND c.assignee_id = %s {where} {order} LIMIT {limit})", [me, me, *values]
    led = [s.team_id for s in actor.seats if s.kind == TeamKind.SSU and s.role == SeatRole.MANAGER]
    nominated = [s.team_id for s in actor.seats if s.is_nominated]
    limited = (
        "(c.sensitivity = 0 OR c.assignee_id = %s OR c.owner_team_id = ANY(%s::uuid[])"
        " OR c.holder_team_id = ANY(%s::uuid[]))"
    )
    arms, given = [], []
    owned, held = actor.team_ids(*COORDINATING), actor.team_ids(*HOLDING)
    held = [team for team in held if team not in owned]
    for column, teams in (("owner_team_id", owned), ("holder_team_id", held)):
        if len(teams) == 1:
            arms.append(f"({base} AND c.{column} = %s AND {limited} {where} {order} LIMIT {limit})")
            given += [me, teams[0], me, led, nominated, *values]
        elif teams:
            arms.append(
                f"SELECT found.* FROM unnest(%s::uuid[]) desk(team) CROSS JOIN LATERAL"
                f" ({base} AND c.{column} = desk.team AND {limited} {where} {order} LIMIT {limit}) found"
            )
            given += [teams, me, me, led, nominated, *values]
    return " UNION ALL ".join(arms) or "SELECT NULL::uuid AS id, NULL::timestamptz AS next_due_at LIMIT 0", given


def _narrowed(tab: str, filters: Filters, after: str, at: datetime) -> tuple[str, list[Any]]:
    words: list[str] = []
    values: list[Any] = []

    def add(condition: str, *given: Any) -> None:
        words.append(condition)
        values.extend(given)

    if tab in IN_QUEUE:
        add("c.queue = %s", IN_QUEUE[tab])
    if tab == "overdue":
        add("c.next_due_at < %s", at)
    if filters.locality:
        add("c.locality_id = %s", filters.locality)
    if filters.team:
        add("c.holder_team_id = %s", filters.team)
    if filters.stage:
        add("c.stage = %s", filters.stage)
    if filters.assigned == "nobody":
        add("c.assignee_id IS NULL")
    for column, value in (("age_group", filters.age_group), ("source", filters.source)):
        if value:
            add(f"EXISTS (SELECT FROM referrals_referral f WHERE f.case_id = c.id AND f.{column} = %s)", value)
    cursor = _cursor(after)
    if cursor:
        add("(c.next_due_at, c.id) > (%s, %s)", *cursor)
    return "".join(f" AND {condition}" for condition in words), values


def _cursor(after: str) -> tuple[datetime, UUID] | None:
    """The place in the list a cursor names; None for one that was not made here."""
    due, _, case_id = after.partition("_")
    try:
        return datetime.fromisoformat(due), UUID(case_id)
    except ValueError:
        return None
