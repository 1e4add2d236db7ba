"""A list of nominated Prevent virtual workers (K0.3) as a CSV file: read it, say what is wrong, say what it would do.

Columns, in any order: email, team, starts_on, ends_on, covers. A team is named by its name, or by its locality's.
Dates are written 2026-11-30 or 30/11/2026; ``ends_on`` and ``covers`` (the email of the nominee stood in for) may be
empty. A nomination that is there already, by person, team and first day, takes the list's last day and cover; what the
list does not mention stays as it is. operations/uploads.py applies a plan and undoes it.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from prevent_cases.accounts.kinds import NOMINATING, TeamKind
from prevent_cases.accounts.models import Membership, Nomination, Team, User

COLUMNS = ("email", "team", "starts_on", "ends_on", "covers")
MOST_ROWS = 5_000
DATES = ("%Y-%m-%d", "%d/%m/%Y")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
Key = tuple[UUID, UUID]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: its line in the file, its column, and why in words. Line 0 is the whole file."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line}, {self.column}: {self.reason}" if self.line else self.reason


class Unreadable(Exception):
    """The list cannot be applied; ``faults`` are the things that are wrong."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        self.problems = tuple(str(fault) for fault in self.faults)
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

    @property
    def key(self) -> Key:
        return self.user.pk, self.team.pk


@dataclass(frozen=True)
class Change:
    """A nomination that stands and what the list makes of it."""

    row: Row
    held: Nomination


@dataclass
class Plan:
    """What applying a list would do. ``seen`` names the teams' lists as they stood: another says something changed."""

    adds: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: str = ""
    sha256: str = ""

    @property
    def is_sound(self) -> bool:
        return not self.faults

    @property
    def is_empty(self) -> bool:
        return not (self.adds or self.changes)


def plan(data: bytes, *, teams: Q | None = None) -> Plan:
    """What a file would do, with every fault found. Seven statements, whatever its length.

    ``teams`` narrows whose lists may be touched to those within somebody's reach.
    """
    found = Plan(sha256=sha256(data).hexdigest())
    try:
        lines = list(_lines(data))
    except Unreadable as wrong:
        found.faults += wrong.faults
        return found
    reader = _Reader.of(lines, teams)
    rows = [row for number, line in lines if (row := reader.row(number, line)) is not None]
    found.faults += reader.faults
    if lines and not reader.recognised:
        found.faults.insert(0, Fault(0, "", "No team in this file is one of ours. Is it another council's list?"))
    found.faults += [*_twice(rows), *_covering_nobody(rows, reader)]
    _place(rows, reader, found)
    found.faults.sort(key=lambda fault: fault.line)
    touched = sorted({(str(row.team.pk), row.team.list_version) for row in rows})
    found.seen = sha256(repr(touched).encode()).hexdigest()
    return found


def uncovered(on: date) -> list[str]:
    """The open teams that nominate and have nobody nominated on a day."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    covered = Nomination.objects.filter(current, starts_on__lte=on).values("team")
    bare = Team.objects.filter(kind__in=NOMINATING, closed_on__isnull=True).exclude(pk__in=covered)
    return list(bare.order_by("name").values_list("name", flat=True))


@dataclass
class _Reader:
    """Makes rows of lines, against what is held; keeps what is wrong."""

    people: dict[str, User]
    teams: dict[str, Team]
    seats: set[Key]
    held: dict[Key, list[Nomination]]
    faults: list[Fault] = field(default_factory=list)
    recognised: bool = False

    @classmethod
    def of(cls, lines: list[tuple[int, dict[str, str]]], teams: Q | None) -> _Reader:
        emails = {line[name].lower() for _, line in lines for name in ("email", "covers") if line[name]}
        people = {user.email: user for user in User.objects.filter(is_active=True, email__in=emails)}
        open_teams = Team.objects.filter(teams or Q(), kind__in=NOMINATING, closed_on__isnull=True)
        named: dict[str, Team] = {}
        for team in open_teams.select_related("locality", "organisation", "group"):
            named[team.name.casefold()] = team
            if team.kind == TeamKind.LOCALITY and team.locality is not None:
                named.setdefault(team.locality.name.casefold(), team)
        held: dict[Key, list[Nomination]] = defaultdict(list)
        for row in Nomination.objects.filter(team__in={team.pk for team in named.values()}):
            held[row.user_id, row.team_id].append(row)
        return cls(people, named, set(Membership.objects.values_list("user", "team")), held)

    def row(self, number: int, line: dict[str, str]) -> Row | None:
        before = len(self.faults)
        for column, text in line.items():
            if text.startswith(FORMULAS):
                self._fault(number, column, f"“{text[:20]}” begins like a formula. Formulas are not read.")
        if len(self.faults) > before:
            return None
        team = self._team(number, line["team"])
        user = self._person(number, "email", line["email"])
        covers = self._person(number, "covers", line["covers"]) if line["covers"] else None
        starts_on = self._date(number, "starts_on", line["starts_on"])
        ends_on = self._date(number, "ends_on", line["ends_on"]) if line["ends_on"] else None
        if user and user == covers:
            self._fault(number, "covers", "nobody covers for themselves.")
        if starts_on and ends_on and ends_on < starts_on:
            self._fault(number, "ends_on", "it ends before it starts.")
        if user and team and (user.pk, team.pk) not in self.seats:
            self._fault(number, "team", f"{user.email} has no seat in {team.name}. Give them one first.")
        if len(self.faults) > before or user is None or team is None or starts_on is None:
            return None
        return Row(number, user, team, starts_on, ends_on, covers)

    def _team(self, number: int, text: str) -> Team | None:
        team = self.teams.get(text.casefold())
        self.recognised = self.recognised or team is not None
        if team is None:
            self._fault(number, "team", f"no team or locality of yours that nominates is called “{text}”.")
        return team

    def _person(self, number: int, column: str, text: str) -> User | None:
        person = self.people.get(text.lower())
        if person is None:
            ending = ", who is to be covered for" if column == "covers" else ""
            self._fault(number, column, f"nobody signs in as “{text}”{ending}.")
        return person

    def _date(self, number: int, column: str, text: str) -> date | None:
        for form in DATES:
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a civil date has no zone
            except ValueError:
                continue
        self._fault(number, column, f"“{text}” is not a date such as 2026-11-30.")
        return None

    def _fault(self, number: int, column: str, reason: str) -> None:
        self.faults.append(Fault(number, column, reason))


def _lines(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    def wrong(words: str, line: int = 0, column: str = "") -> Unreadable:
        return Unreadable([Fault(line, column, words)])

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise wrong("The file is not in UTF-8. Save it as “CSV UTF-8” and try again.") from error
    if "\0" in text:
        raise wrong("The file is not a CSV file.")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        header = tuple((name or "").strip().casefold() for name in reader.fieldnames or ())
        if set(header) != set(COLUMNS) or len(header) != len(COLUMNS):
            raise wrong(f"The first line must name these columns: {', '.join(COLUMNS)}.")
        reader.fieldnames = list(header)
        found = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        raise wrong("The file is not a CSV file.") from error
    if not found:
        raise wrong("The list has no rows.")
    if len(found) > MOST_ROWS:
        raise wrong(f"The list has more than {MOST_ROWS:,} rows.")
    short = [number for number, line in found if None in line or None in line.values()]
    if short:
        raise Unreadable(
            Fault(number, "the whole line", f"it does not have {len(COLUMNS)} columns.") for number in short
        )
    for number, line in found:
        yield number, {name: value.strip(" ") for name, value in line.items()}


def _place(rows: list[Row], reader: _Reader, found: Plan) -> None:
    """Put each row where it belongs: to be added, to be changed, unchanged, or in the way of what stands."""
    for row in rows:
        held = reader.held.get(row.key, [])
        same = next((one for one in held if one.starts_on == row.starts_on), None)
        if any(_meet(row, one) for one in held if one is not same):
            found.faults.append(Fault(
                row.number, "starts_on",
                f"{row.user.email} is already nominated for {row.team.name} in part of that time.",
            ))  # fmt: skip
        elif same is None:
            found.adds.append(row)
        elif (same.ends_on, same.covers_id) == (row.ends_on, row.covers.pk if row.covers else None):
            found.unchanged.append(row)
        else:
            found.changes.append(Change(row, same))


def _twice(rows: list[Row]) -> Iterator[Fault]:
    """Rows of the list that overlap each other."""
    earlier: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        for other in earlier[row.key]:
            if _meet(row, other):
                yield Fault(
                    row.number, "email", f"this person and team stand on line {other.number} for part of that time."
                )
        earlier[row.key].append(row)


def _covering_nobody(rows: list[Row], reader: _Reader) -> Iterator[Fault]:
    """Rows that cover for somebody who is not a nominee of the team, here or in this list."""
    nominees = {*reader.held, *(row.key for row in rows)}
    for row in rows:
        if row.covers and (row.covers.pk, row.team.pk) not in nominees:
            yield Fault(
                row.number, "covers",
                f"{row.covers.email} is not nominated for {row.team.name}, so has no cover there.",
            )  # fmt: skip


def _meet(one: Row, other: Row | Nomination) -> bool:
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)
