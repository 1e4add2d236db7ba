"""Small readings of written text: dates as the British write them, postcodes, NHS numbers, references, addresses."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_NHS_NUMBER = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
_NHS_LENGTH, _ELEVEN = 10, 11
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_LABELLED = re.compile(
    r"\b(?:ref(?:erence)?|urn|rms)\b\.?\s*(?:no\b|number\b|num\b)?\.?\s*[:#\-–]?\s*([A-Z0-9][A-Z0-9/.\-]{3,38})",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\w/.@-])([A-Z]{2,10}(?:[/-][A-Z0-9]{1,12}){1,4})(?![\w/@])")
_MOST_REFERENCES = 10


def uk_date(text: str) -> date | None:
    """The first date in the text, day before month; None when there is none, or it is no day of the calendar.

    Years have four figures: "4/6/87" could be either century, so it is left for a person to read.
    """
    found = []
    if m := _FIGURES.search(text):
        found.append((m.start(), int(m[3]), int(m[2]), int(m[1])))
    if (m := _WORDS.search(text)) and m[2][:3].lower() in _MONTHS:
        found.append((m.start(), int(m[3]), _MONTHS.index(m[2][:3].lower()) + 1, int(m[1])))
    if m := _ISO.search(text):
        found.append((m.start(), int(m[1]), int(m[2]), int(m[3])))
    for _, year, month, day in sorted(found):
        try:
            return date(year, month, day)
        except ValueError:
            return None
    return None


def postcode_in(text: str) -> str:
    """The last postcode in the text, as written properly ("EX4 9ZZ"); empty when there is none."""
    found = _POSTCODE.findall(text)
    return f"{found[-1][0]} {found[-1][1]}".upper() if found else ""


def nhs_number_in(text: str) -> str:
    """The first NHS number in the text whose check digit is right, as ten digits; empty when there is none."""
    for parts in _NHS_NUMBER.findall(text):
        digits = "".join(parts)
        weighed = sum(int(d) * (_NHS_LENGTH - place) for place, d in enumerate(digits[:9]))
        if (_ELEVEN - weighed % _ELEVEN) % _ELEVEN == int(digits[9]):
            return digits
    return ""


def addresses_in(text: str) -> tuple[str, ...]:
    """The different email addresses in the text, in order, lower case."""
    return tuple(dict.fromkeys(found.lower() for found in _ADDRESS.findall(text)))


def references_in(*texts: str) -> tuple[str, ...]:
    """References such as "CTPSE/2026/00123" in the texts, in order, at most ten: labelled ones before bare ones."""
    found: dict[str, None] = {}
    for text in texts:
        for pattern in (_LABELLED, _SLASHED):
            for match in pattern.finditer(text):
                reference = match[1].rstrip("./-").upper()
                if sum(letter.isdigit() for letter in reference) >= 3 and not uk_date(reference):
                    found.setdefault(reference)
    return tuple(found)[:_MOST_REFERENCES]
