"""What importing an extract would do to the entries held: all of it or nothing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from referrals.register.columns import FIELDS, LABELS, MATCHED_FIELDS, RegisterRow, Reject, Value
from referrals.register.reading import Reading
from referrals.states import RegisterStatus

# A file that ends more than a fifth of the entries, and more than fifty, is more likely cut than true.
SUSPICIOUS_SHARE, SUSPICIOUS_COUNT = 0.2, 50


class Held(NamedTuple):
    """An entry as the database has it: `values` in the order of `columns.FIELDS`."""

    mosaic_id: str
    values: tuple[Value, ...]
    is_ended: bool = False


@dataclass(frozen=True)
class Difference:
    """One field that would change, both values in words."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """An entry that would change, field by field."""

    row: RegisterRow
    differences: tuple[Difference, ...]

    @property
    def is_found_otherwise(self) -> bool:
        """Whether the keys that the person is found by must be made again."""
        return any(difference.field in MATCHED_FIELDS for difference in self.differences)


@dataclass(frozen=True)
class Plan:
    """Every row of the file and every entry held falls in exactly one of these.

    `returns` were ended by an earlier import and are in the file again. `ended` are the Mosaic numbers that the file
    leaves out. `warning` is a sentence where the file looks cut: importing then takes a person's confirmation.
    """

    adds: tuple[RegisterRow, ...]
    changes: tuple[Change, ...]
    returns: tuple[Change, ...]
    unchanged: int
    ended: tuple[str, ...]
    rejects: tuple[Reject, ...]
    warning: str = ""

    @property
    def is_importable(self) -> bool:
        """Whether the file is sound; one reject blocks it all."""
        return not self.rejects

    @property
    def is_empty(self) -> bool:
        """Whether importing would change nothing."""
        return not (self.adds or self.changes or self.returns or self.ended)


def plan(reading: Reading, held: Iterable[Held]) -> Plan:
    """Set the rows of a file against the entries held, ended ones included."""
    entries = {entry.mosaic_id: entry for entry in held}
    open_entries = {number for number, entry in entries.items() if not entry.is_ended}
    adds, changes, returns, unchanged = [], [], [], 0
    for row in reading.rows:
        entry = entries.get(row.mosaic_id)
        if entry is None:
            adds.append(row)
        elif entry.is_ended:
            returns.append(Change(row, _differences(entry, row)))
        elif entry.values == row.values:
            unchanged += 1
        else:
            changes.append(Change(row, _differences(entry, row)))
    ended = () if reading.rejects else tuple(sorted(open_entries.difference(row.mosaic_id for row in reading.rows)))
    rejects = reading.rejects
    if not reading.rows and not rejects:
        rejects = (Reject(1, "", "The file names the columns and nobody: importing it would end every entry."),)
        ended = ()
    warning = _warning(len(ended), len(open_entries))
    return Plan(tuple(adds), tuple(changes), tuple(returns), unchanged, ended, rejects, warning)


def _warning(ended: int, open_before: int) -> str:
    if ended <= max(SUSPICIOUS_COUNT, open_before * SUSPICIOUS_SHARE):
        return ""
    return f"The file leaves out {ended:,} of the {open_before:,} people held now. Check that it is whole."


def _differences(entry: Held, row: RegisterRow) -> tuple[Difference, ...]:
    return tuple(
        Difference(field, LABELS[field], _in_words(field, old), _in_words(field, new))
        for field, old, new in zip(FIELDS, entry.values, row.values, strict=True)
        if old != new
    )


def _in_words(field: str, value: Value) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if not value:
        return "empty"
    return RegisterStatus(value).label if field == "status" else value
