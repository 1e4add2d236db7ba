"""A letter in plain words, from a PDF or a text file: its reference, sender and date, as letters say them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from referrals.reading.readings import addresses_in, references_in, uk_date

_MOST_LINES = 400
_LINE = 300
_FROM = re.compile(r"^\s*(?:from|sender|sent by|referring officer|officer)\s*:\s*(.+)$", re.IGNORECASE)
_REPLY = re.compile(
    r"^\s*(?:(?:please\s+)?(?:reply|return)\s+to|reply address|return address)\s*:?\s*(.+)$", re.IGNORECASE
)
_DATED = re.compile(r"^\s*(?:date|dated|sent|date sent|date of (?:referral|request))\s*:\s*(.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class ReadLetter:
    """What the lines of a letter say of it; empty or None where they say nothing. ``addresses`` are all in it."""

    sender_name: str = ""
    sender_address: str = ""
    reply_to: str = ""
    dated_on: date | None = None
    references: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def read_letter(text: str) -> ReadLetter:
    """The first line of each sort wins. At most 400 lines of 300 characters are read."""
    lines = [line[:_LINE] for line in text.splitlines()[:_MOST_LINES]]
    sender, reply, dated = (_first(pattern, lines) for pattern in (_FROM, _REPLY, _DATED))
    of_sender, of_reply = addresses_in(sender), addresses_in(reply)
    name = re.sub(r"[<(\[]?\S*@\S*[>)\]]?", "", sender).strip(" ,;\"'<>")
    return ReadLetter(
        sender_name=name[:150],
        sender_address=of_sender[0] if of_sender else "",
        reply_to=of_reply[0] if of_reply else "",
        dated_on=uk_date(dated),
        references=references_in("\n".join(lines)),
        addresses=addresses_in("\n".join(lines)),
    )


def _first(pattern: re.Pattern[str], lines: list[str]) -> str:
    return next((found[1].strip() for line in lines if (found := pattern.match(line))), "")
