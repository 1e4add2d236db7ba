"""An email's own account of itself: sender, date, reply address, subject and letter. All of it is only a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from prevent_cases.casework.files.mail import bodies_in, parse_mail
from referrals.reading.html_words import words_of
from referrals.reading.letter import read_letter
from referrals.reading.readings import addresses_in

_MOST_CHARACTERS = 100_000
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class ReadMail:
    """``sent_at`` is aware. ``reply_to`` is what the Reply-To header asks for, ``letter_reply_to`` what the letter
    itself does ("Reply to: …"); each is empty where it asks for nothing."""

    sender_name: str
    sender_address: str
    reply_to: str
    letter_reply_to: str
    sent_at: datetime | None
    subject: str
    body: str
    notes: tuple[str, ...]


def read_mail(data: bytes) -> ReadMail:
    """The email in ``data``. Raises UnsafeFile only when it is built to exhaust its reader."""
    message = parse_mail(data)
    name, sender = _first_address(message, "From")
    _, asked = _first_address(message, "Reply-To")
    sent_at = _moment(_header(message, "Date"))
    body = _body(message)
    return ReadMail(
        sender_name=name,
        sender_address=sender,
        reply_to=asked,
        letter_reply_to=read_letter(body).reply_to,
        sent_at=sent_at,
        subject=_header(message, "Subject")[:300],
        body=body,
        notes=tuple(_notes(sender, sent_at, body)),
    )


def _notes(sender: str, sent_at: datetime | None, body: str) -> Iterator[str]:
    if not sender:
        yield "The email does not say who sent it. Ask where it came from before you reply."
    if sent_at is None:
        yield "The email does not say when it was sent."
    if not body:
        yield "The email has no letter in it, or none that can be read as text."
    forwarded = re.search(r"^[ \t>]{0,8}From:[ \t]*(.{1,300})$", body, re.IGNORECASE | re.MULTILINE)
    inner = addresses_in(forwarded[1]) if forwarded else ()
    if inner and inner[0] != sender:
        yield f"The email looks forwarded. The sender named inside it is {inner[0]}."


def _header(message: EmailMessage, name: str) -> str:
    """A header as plain text on one line; empty when absent or beyond reading."""
    try:
        value = str(message.get(name, ""))
    except Exception:  # noqa: BLE001 - the library's header parser fails in many ways on broken headers
        value = str(dict(message.raw_items()).get(name, ""))
    return " ".join(_UNSEEN.sub("", value.encode("utf-8", "replace").decode("utf-8")).split())


def _first_address(message: EmailMessage, name: str) -> tuple[str, str]:
    """Name and address, the address in lower case; both empty when none can be read."""
    value = _header(message, name)
    for shown, address in getaddresses([value]):
        found = addresses_in(address)
        if found and found[0] == address.strip().lower():
            return shown.strip(" \"'")[:150], found[0]
    found = addresses_in(value)
    return "", found[0] if found else ""


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _body(message: EmailMessage) -> str:
    """The plain letter; the HTML one in plain words only when there is no plain one."""
    plain: list[str] = []
    marked_up: list[str] = []
    for part in bodies_in(message):
        (marked_up if part.get_content_subtype() == "html" else plain).append(_decoded(part))
    text = "\n".join(plain).strip() or "\n".join(words_of(markup) for markup in marked_up).strip()
    return _UNSEEN.sub("", text.replace("\r\n", "\n"))[:_MOST_CHARACTERS]


def _decoded(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for charset in (part.get_content_charset() or "utf-8", "cp1252"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("latin-1")
