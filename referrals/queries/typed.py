"""What somebody typed into the search box, understood: a birth date in any usual spelling, a postcode, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from referrals.matching.keys import letters_and_digits
from referrals.reading.readings import nhs_number_in, postcode_in

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
YEAR = r"'?(\d{4}|\d{2})"
DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
BETWEEN = r"\s*[/.\-\s]\s*"
SPELLINGS = (
    (re.compile(rf"(?<![\d/]){DAY}{BETWEEN}(\d{{1,2}}){BETWEEN}{YEAR}(?![\d/])"), "dmy"),
    (re.compile(r"(?<!\d)(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)"), "ymd"),
    (re.compile(rf"(?<!\d){DAY}[\s\-]*(?:of\s+)?{MONTH}[\s,\-]*{YEAR}(?!\d)", re.IGNORECASE), "dmy"),
    (re.compile(rf"\b{MONTH}[\s\-]*{DAY},?[\s\-]+{YEAR}(?!\d)", re.IGNORECASE), "mdy"),
    (re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)"), "dmy"),
)
TELEPHONE = re.compile(r"(?<![\w/])(?:\+|00)?\(?\d[\d\s()\-.]{8,18}\d(?![\w/])")
FEWEST, MOST = 10, 13
PLACE = {"GB": "44"}


@dataclass(frozen=True)
class Typed:
    """The parts of a search. ``words`` is what is left, a name or a reference. ``born_on`` holds one date, or two where
    the year has two figures and either century may be meant, the likelier first. Numbers are figures alone."""

    words: str
    born_on: tuple[date, ...] = ()
    postcode: str = ""
    nhs_number: str = ""
    telephone: str = ""

    @property
    def first_date(self) -> date | None:
        return self.born_on[0] if self.born_on else None

    @property
    def keys(self) -> list[str]:
        """The keys under which a person with this number or postcode is stored."""
        return [
            *([f"inhs:{self.nhs_number}"] if self.nhs_number else []),
            *(f"iphone:{number}" for number in spellings_of(self.telephone)),
            *([f"c{letters_and_digits(self.postcode)}"] if self.postcode else []),
        ]


def understand(text: str, today: date) -> Typed:
    """Dates are taken day first, as they are written here; a year of two figures is never in the future."""
    rest, born_on = _take_date(text, today)
    telephone = TELEPHONE.search(rest)
    nhs_number = nhs_number_in(rest)
    number = "".join(sign for sign in telephone[0] if sign.isdigit()) if telephone else ""
    number = number if FEWEST <= len(number) <= MOST + 2 else ""
    if telephone and (number or nhs_number):
        rest = f"{rest[: telephone.start()]} {rest[telephone.end() :]}"
    postcode = postcode_in(rest)
    if postcode:
        outward, _, inward = postcode.partition(" ")
        rest = re.sub(rf"\b{outward}\s*{inward}\b", " ", rest, flags=re.IGNORECASE)
    return Typed(" ".join(rest.split()).strip(" ,;"), born_on, postcode, nhs_number, number)


def spellings_of(number: str) -> list[str]:
    """A telephone number as it may have been written down: with 0, with +44, with 0044."""
    if not number:
        return []
    national = number.removeprefix("00").removeprefix(PLACE["GB"]) if number.startswith(("00", "44")) else number
    national = national.removeprefix("0")
    return list(dict.fromkeys((f"0{national}", f"44{national}", f"0044{national}", f"440{national}", number)))


def _take_date(text: str, today: date) -> tuple[str, tuple[date, ...]]:
    """The text without its first date, and the dates it may mean; all of the text where it holds none."""
    for pattern, order in SPELLINGS:
        if match := pattern.search(text):
            parts = dict(zip(order, match.groups(), strict=True))
            if found := _dates(parts["d"], parts["m"], parts["y"], today):
                return f"{text[: match.start()]} {text[match.end() :]}", found
    return text, ()


def _dates(day: str, month: str, year: str, today: date) -> tuple[date, ...]:
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    years = (int(year),) if len(year) > 2 else (2000 + int(year), 1900 + int(year))
    found = []
    for one in years:
        try:
            found.append(date(one, number, int(day)))
        except ValueError:
            continue
    return tuple(one for one in found if len(years) == 1 or one <= today)
