"""From the bytes of an extract to rows, line by line; every fault is named by line, column and reason.

The file is read once as a stream. It is UTF-8, with or without a byte order mark, comma-separated, with the header of
`columns.py` in any order.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from referrals.register import cells
from referrals.register.columns import COLUMNS, NAMES, RegisterRow, Reject
from referrals.states import RegisterStatus

CHUNK = 64 * 1024
LONGEST_LINE = 1024 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
MOST_REJECTS = 500
READERS: dict[str, Callable[[str, date], Any]] = {
    "date_of_birth": cells.birth_date,
    "last_closed_on": cells.past_day,
    "postcode": lambda cell, _: cells.postcode(cell),
    "nhs_number": lambda cell, _: cells.nhs_number(cell),
    "status": lambda cell, _: cells.status(cell),
    "worker_email": lambda cell, _: cells.email(cell),
    "other_names": lambda cell, _: cells.other_names(cell),
}


@dataclass(frozen=True)
class Reading:
    """The sound rows, the faults in the order of the file, and the SHA-256 of what was read."""

    rows: tuple[RegisterRow, ...]
    rejects: tuple[Reject, ...]
    sha256: str


class _Unreadable(Exception):
    """The file as a whole cannot be read beyond a line."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.reject = Reject(line, "", reason)


def read(stream: BinaryIO, today: date, teams: frozenset[str] | None = None) -> Reading:
    """Read a whole extract. Never raises for what the file holds: a file that cannot be read gives one reject.

    ``teams`` are the teams an open person may be with, in lower case; None where that is not to be checked.
    """
    digest = hashlib.sha256()
    rows: list[RegisterRow] = []
    rejects: list[Reject] = []
    first_lines: dict[str, int] = {}
    try:
        for line, cells_by_name in _records(_lines(stream, digest)):
            found = _row(line, cells_by_name, today, first_lines, teams)
            if isinstance(found, RegisterRow):
                rows.append(found)
            else:
                rejects += found
            if len(rejects) >= MOST_REJECTS:
                rejects.append(Reject(line, "", f"The rest was not read, after {len(rejects):,} faults."))
                break
    except _Unreadable as fault:
        rejects.append(fault.reject)
    return Reading(tuple(rows), tuple(rejects), digest.hexdigest())


def _lines(stream: BinaryIO, digest: "hashlib._Hash") -> Iterator[str]:
    """The lines as text, each with its line end."""
    number, held = 0, b""
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        *whole, held = (held + chunk).split(b"\n")
        for line in whole:
            number += 1
            yield _decoded(number, line + b"\n")
        if len(held) > LONGEST_LINE:
            raise _Unreadable(number + 1, "The line is over a megabyte long: this is not a register extract.")
    if held:
        yield _decoded(number + 1, held)


def _decoded(number: int, line: bytes) -> str:
    if number == 1:
        if line.startswith(UTF_16_MARKS) or b"\0" in line:
            raise _Unreadable(1, "The file is UTF-16. Save it as “CSV UTF-8” and try again.")
        line = line.removeprefix(BYTE_ORDER_MARK)
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise _Unreadable(
            number,
            f"Byte {fault.start + 1} of the line is not UTF-8; the file seems to be in Windows-1252 or another"
            " encoding. Save it as “CSV UTF-8” and try again.",
        ) from None


def _records(lines: Iterator[str]) -> Iterator[tuple[int, dict[str, str] | Reject]]:
    """Each record as its first line's number and its cells by column name; a record of a wrong length as a reject."""
    reader = csv.reader(lines, strict=True)
    begins = 1
    try:
        header = _header(next(reader, []))
        begins = reader.line_num + 1
        for record in reader:
            if any(record):
                if len(record) == len(header):
                    yield begins, dict(zip(header, record, strict=True))
                else:
                    yield begins, Reject(begins, "", f"The row has {len(record)} cells; the header has {len(header)}.")
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise _Unreadable(begins, _structure_in_words(fault)) from None


def _structure_in_words(fault: csv.Error) -> str:
    if "field larger" in str(fault):
        return "A cell of the row is over 131,072 characters long. A quotation mark may not be closed."
    if "new-line" in str(fault):
        return "The lines end in an old way (a carriage return alone). Save the file as “CSV UTF-8” and try again."
    return "The quotation marks of the row do not match: a cell is opened and not closed, or closed too early."


def _header(found: list[str]) -> list[str]:
    names = [name.strip().lower() for name in found]
    if not any(names):
        raise _Unreadable(1, "The file is empty: its first line must name the columns.")
    if len(names) == 1 and any(mark in names[0] for mark in ";\t|"):
        raise _Unreadable(1, "The columns are not parted by commas. Save the file as “CSV UTF-8” and try again.")
    missing = [name for name in NAMES if name not in names]
    unknown = [name or "(no name)" for name in names if name not in NAMES]
    twice = sorted({name for name in names if names.count(name) > 1 and name in NAMES})
    problems = [
        f"{opening}: {', '.join(which)}."
        for opening, which in (
            ("Missing from the header", missing),
            ("Not a column of the extract, so leave it out", unknown),
            ("In the header twice", twice),
        )
        if which
    ]
    if problems:
        raise _Unreadable(1, " ".join(problems))
    return names


def _row(
    line: int, found: dict[str, str] | Reject, today: date, first_lines: dict[str, int], teams: frozenset[str] | None
) -> RegisterRow | list[Reject]:
    if isinstance(found, Reject):
        return [found]
    rejects: list[Reject] = []
    values: dict[str, Any] = {}
    for column in COLUMNS:
        try:
            cell = cells.text(column, found[column.name])
            values[column.field] = READERS[column.name](cell, today) if column.name in READERS else cell
        except ValueError as fault:
            rejects.append(Reject(line, column.name, f"{fault}."))
    rejects += [*_across(line, values, first_lines), *_of_team(line, values, teams)]
    return rejects or RegisterRow(line=line, **values)


def _of_team(line: int, values: dict[str, Any], teams: frozenset[str] | None) -> list[Reject]:
    """A team that is not one of ours would send nobody anywhere: an open person's decides where a referral goes."""
    team = values.get("team") or ""
    if teams is None or not team or values.get("status") != RegisterStatus.OPEN or team.casefold() in teams:
        return []
    return [Reject(line, "team", f"“{team}” is not a team of this service, so a referral could not be sent to it.")]


def _across(line: int, values: dict[str, Any], first_lines: dict[str, int]) -> list[Reject]:
    """What no cell shows alone: a number used twice, nobody's name, closed before birth."""
    rejects = []
    if number := values.get("mosaic_id"):
        first = first_lines.setdefault(number, line)
        if first != line:
            rejects.append(Reject(line, "mosaic_id", f"“{number}” is already on line {first}."))
    if values.get("given_name") == "" and values.get("family_name") == "":
        rejects.append(Reject(line, "family_name", "There is neither a given name nor a family name."))
    born_on, closed_on = values.get("born_on"), values.get("last_closed_on")
    if born_on and closed_on and closed_on < born_on:
        rejects.append(Reject(line, "last_closed_on", "It is before the date of birth."))
    return rejects
