"""A list of nominated Prevent virtual workers (K0.3) as a CSV file: read it, say what is wrong, apply it whole.

Columns, in any order: email, team, starts_on, ends_on, covers. Dates are written 2026-11-30 or 30/11/2026; ``ends_on``
and ``covers`` (the email of the nominee stood in for) may be empty. A nomination that is there already, by person, team
and first day, takes the list's last day and cover; what the list does not mention stays as it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from prevent_cases.accounts import operations
from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import NOMINATING
from prevent_cases.accounts.models import Membership, Nomination, Team, User

COLUMNS = ("email", "team", "starts_on", "ends_on", "covers")
MOST_ROWS = 5_000
DATES = ("%Y-%m-%d", "%d/%m/%Y")


class Unreadable(Exception):
    """The list cannot be applied; ``problems`` are sentences, one for each thing that is wrong."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True)
class Row:
    """One line of the list; ``number`` is its line in the file."""

    number: int
    user: User
    team: Team
    starts_on: date
    ends_on: date | None
    covers: User | None


@dataclass(frozen=True)
class Applied:
    """What applying a list did; ``uncovered`` names the teams that have no nominated worker that day."""

    added: int
    changed: int
    unchanged: int
    uncovered: tuple[str, ...]


def read(data: bytes) -> list[Row]:
    """The list's rows. :raises Unreadable: with every problem found"""
    lines = _lines(data)
    people = {user.email: user for user in User.objects.filter(is_active=True)}
    teams = {team.name.casefold(): team for team in Team.objects.filter(kind__in=NOMINATING, closed_on__isnull=True)}
    seats = {(seat.user_id, seat.team_id) for seat in Membership.objects.all()}
    rows: list[Row] = []
    problems: list[str] = []
    for number, line in lines:
        try:
            row = _row(number, line, people, teams)
        except Unreadable as wrong:
            problems += wrong.problems
            continue
        if (row.user.pk, row.team.pk) not in seats:
            problems.append(f"Line {number}: {row.user.email} has no seat in {row.team.name}. Give them one first.")
        rows.append(row)
    problems += _twice(rows)
    problems += _covering_nobody(rows)
    if problems:
        raise Unreadable(problems)
    return rows


@transaction.atomic
def apply(rows: Iterable[Row], *, by: Actor, at: datetime, on: date) -> Applied:
    """Write the rows, all or none. :raises Unreadable: where one overlaps a nomination that is there already"""
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    problems: list[str] = []
    for row in rows:
        held = Nomination.objects.filter(user=row.user, team=row.team)
        same = held.filter(starts_on=row.starts_on).first()
        others = held.exclude(pk=same.pk) if same else held
        if others.filter(_overlapping(row)).exists():
            problems.append(
                f"Line {row.number}: {row.user.email} is already nominated for {row.team.name} in part of that time."
            )
        elif same is None:
            operations.nominate(
                user=row.user, team=row.team, starts_on=row.starts_on, ends_on=row.ends_on, covers=row.covers,
                by=by, at=at,
            )  # fmt: skip
            counts["added"] += 1
        elif (same.ends_on, same.covers_id) == (row.ends_on, row.covers.pk if row.covers else None):
            counts["unchanged"] += 1
        else:
            operations.change_nomination(nomination=same, ends_on=row.ends_on, covers=row.covers, by=by, at=at)
            counts["changed"] += 1
    if problems:
        raise Unreadable(problems)
    return Applied(**counts, uncovered=tuple(uncovered(on)))


def uncovered(on: date) -> list[str]:
    """The open teams that nominate and have nobody nominated on a day."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    covered = Nomination.objects.filter(current, starts_on__lte=on).values("team")
    bare = Team.objects.filter(kind__in=NOMINATING, closed_on__isnull=True).exclude(pk__in=covered)
    return list(bare.order_by("name").values_list("name", flat=True))


def _lines(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(["The file is not in UTF-8. Save it as “CSV UTF-8” and try again."]) from error
    if "\0" in text:
        raise Unreadable(["The file is not a CSV file."])
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = tuple((name or "").strip().casefold() for name in reader.fieldnames or ())
    if set(header) != set(COLUMNS) or len(header) != len(COLUMNS):
        raise Unreadable([f"The first line must name these columns: {', '.join(COLUMNS)}."])
    reader.fieldnames = list(header)
    found = [(reader.line_num, line) for line in reader]
    if not found:
        raise Unreadable(["The list has no rows."])
    if len(found) > MOST_ROWS:
        raise Unreadable([f"The list has more than {MOST_ROWS:,} rows."])
    for number, line in found:
        if None in line or None in line.values():
            raise Unreadable([f"Line {number} does not have {len(COLUMNS)} columns."])
        yield number, {name: value.strip() for name, value in line.items()}


def _row(number: int, line: dict[str, str], people: dict[str, User], teams: dict[str, Team]) -> Row:
    problems: list[str] = []

    def one(found: object, words: str) -> None:
        if found is None:
            problems.append(f"Line {number}: {words}")

    user = people.get(line["email"].lower())
    team = teams.get(line["team"].casefold())
    covers = people.get(line["covers"].lower()) if line["covers"] else None
    starts_on, ends_on = _date(line["starts_on"]), _date(line["ends_on"])
    one(user, f"nobody signs in as “{line['email']}”.")
    one(team, f"no team that nominates is called “{line['team']}”.")
    one(starts_on, f"“{line['starts_on']}” is not a date such as 2026-11-30.")
    if line["ends_on"]:
        one(ends_on, f"“{line['ends_on']}” is not a date such as 2026-11-30.")
    if line["covers"]:
        one(covers, f"nobody signs in as “{line['covers']}”, who is to be covered for.")
    if user and user == covers:
        problems.append(f"Line {number}: nobody covers for themselves.")
    if starts_on and ends_on and ends_on < starts_on:
        problems.append(f"Line {number}: it ends before it starts.")
    if problems or user is None or team is None or starts_on is None:
        raise Unreadable(problems)
    return Row(number, user, team, starts_on, ends_on, covers)


def _date(text: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a civil date has no zone
        except ValueError:
            continue
    return None


def _twice(rows: list[Row]) -> Iterator[str]:
    """Rows of the list that overlap each other."""
    for place, row in enumerate(rows):
        for earlier in rows[:place]:
            if (row.user, row.team) == (earlier.user, earlier.team) and _meet(row, earlier):
                yield f"Line {row.number}: this person and team stand on line {earlier.number} for part of that time."


def _covering_nobody(rows: list[Row]) -> Iterator[str]:
    """Rows that cover for somebody who is not a nominee of the team, here or in this list."""
    nominees = set(Nomination.objects.values_list("user", "team")) | {(row.user.pk, row.team.pk) for row in rows}
    for row in rows:
        if row.covers and (row.covers.pk, row.team.pk) not in nominees:
            yield f"Line {row.number}: {row.covers.email} is not nominated for {row.team.name}, so has no cover there."


def _meet(one: Row, other: Row) -> bool:
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def _overlapping(row: Row) -> Q:
    ends_later = Q(ends_on__isnull=True) | Q(ends_on__gte=row.starts_on)
    return ends_later & Q(starts_on__lte=row.ends_on or date.max)
