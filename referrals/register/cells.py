"""What one cell of the extract may hold. Each reader takes trimmed text and raises ValueError with a sentence."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from referrals.matching.facts import join_other_names, split_other_names
from referrals.register.columns import Column
from referrals.states import RegisterStatus

FORMULA_OPENINGS = frozenset("=+-@\t\r＝＋－＠")
FIRST_BIRTH_YEAR = 1900
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
SHORT_YEAR = re.compile(r"\d{1,2}/\d{1,2}/\d{2}")
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
EMAIL = re.compile(r"[^\s@<>,;\"]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}")
# They reorder what follows them on a screen, so that one name can be made to look like another.
DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def text(column: Column, cell: str) -> str:
    """The cell trimmed and composed (NFC), safe to store and to open in a spreadsheet again."""
    if cell[:1] in FORMULA_OPENINGS and cell:
        raise ValueError(_formula(cell[0]))
    found = cell.strip()
    if not (found.isascii() and found.isprintable()):
        found = _sound(column, found)
    if found[:1] in FORMULA_OPENINGS and found:
        raise ValueError(_formula(found[0]))
    if len(found) > column.longest:
        raise ValueError(f"It is {len(found)} characters long; {column.longest} is the most")
    if column.is_required and not found:
        raise ValueError("It is empty")
    return found


def _formula(opening: str) -> str:
    named = {"\t": "a tab", "\r": "a line break"}.get(opening, f"“{opening}”")
    return f"It begins with {named}, which a spreadsheet would run as a formula"


def _sound(column: Column, cell: str) -> str:
    if "\0" in cell:
        raise ValueError("It holds a NUL character")
    if column.name == "address":
        cell = ", ".join(part.strip(" ,") for part in cell.splitlines() if part.strip(" ,"))
    if not DIRECTION_OVERRIDES.isdisjoint(cell):
        raise ValueError("It holds a hidden mark that changes the direction of text")
    if any(unicodedata.category(character) == "Cc" for character in cell):
        raise ValueError("It holds a line break, a tab or another control character")
    return unicodedata.normalize("NFC", cell)


@lru_cache(maxsize=4_000)
def day(cell: str) -> date | None:
    """A day written 1984-03-12 or 12/03/1984; None for an empty cell."""
    if not cell:
        return None
    if found := ISO_DAY.fullmatch(cell):
        year, month, number = map(int, found.groups())
    elif found := BRITISH_DAY.fullmatch(cell):
        number, month, year = map(int, found.groups())
    elif SHORT_YEAR.fullmatch(cell):
        raise ValueError(f"“{cell}” has a year of two digits; write four")
    else:
        raise ValueError(f"“{cell}” is not a day written as 1984-03-12 or 12/03/1984")
    try:
        return date(year, month, number)
    except ValueError:
        if (month, number) == (2, 29):
            raise ValueError(f"“{cell}” does not exist: {year} had no 29 February") from None
        raise ValueError(f"“{cell}” is not a day of the calendar") from None


def birth_date(cell: str, today: date) -> date | None:
    """A day from 1900 up to today."""
    found = day(cell)
    if found and found > today:
        raise ValueError(f"“{cell}” is in the future")
    if found and found.year < FIRST_BIRTH_YEAR:
        raise ValueError(f"“{cell}” is before {FIRST_BIRTH_YEAR}")
    return found


def past_day(cell: str, today: date) -> date | None:
    """A day up to today."""
    found = day(cell)
    if found and found > today:
        raise ValueError(f"“{cell}” is in the future")
    return found


def postcode(cell: str) -> str:
    """Capitals with one space where it is a British postcode: "me141xx" gives "ME14 1XX"; else as written."""
    capitals = cell.upper()
    found = POSTCODE.fullmatch(capitals.replace(" ", ""))
    return f"{found[1]} {found[2]}" if found else capitals


def nhs_number(cell: str) -> str:
    """Ten digits without spaces or hyphens. The check digit is left to the case system."""
    digits = cell.replace(" ", "").replace("-", "")
    if digits and not (len(digits) == 10 and digits.isascii() and digits.isdigit()):
        raise ValueError("An NHS number has ten digits")
    return digits


def status(cell: str) -> RegisterStatus:
    """Open or known, in either case of letters."""
    try:
        return RegisterStatus(cell.lower())
    except ValueError:
        raise ValueError(f"“{cell}” is neither “open” nor “known”") from None


def email(cell: str) -> str:
    """One address."""
    if cell and not EMAIL.fullmatch(cell):
        raise ValueError(f"“{cell}” is not an email address")
    return cell


def other_names(cell: str) -> str:
    """Names parted by semicolons, as the entry stores them."""
    return join_other_names(split_other_names(cell))
