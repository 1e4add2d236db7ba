"""Emails: taken apart without trusting anything they say of themselves, within ceilings on parts and depth."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from prevent_cases.casework.files.limits import MAX_MAIL_PARTS, Reason, UnsafeFile

_FIELD = re.compile(rb"^[!-9;-~]{1,76}:[ \t]?")
_KNOWN = re.compile(
    rb"^(from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Part:
    """One file inside an email. ``name`` is as the sender wrote it, empty when there was none; never to be trusted."""

    name: str
    data: bytes
    is_inline: bool


def looks_like_mail(head: bytes) -> bool:
    """Whether the first bytes are header fields, at least one of them a field that emails have."""
    block = re.split(rb"\r?\n\r?\n", _from_its_first_line(head), maxsplit=1)[0]
    lines = block.splitlines()
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    return bool(lines) and bool(_FIELD.match(lines[0])) and bool(_KNOWN.search(b"\n".join(lines)))


def _from_its_first_line(data: bytes) -> bytes:
    """Without the text mark and the empty lines that some programs save before the headers."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")


def parse_mail(data: bytes) -> EmailMessage:
    """The message. Raises UnsafeFile when it is built to exhaust whatever reads it."""
    try:
        message = email.message_from_bytes(_from_its_first_line(data), policy=email.policy.default)
        parts = sum(1 for _ in message.walk())
    except RecursionError as e:
        raise _too_deep() from e
    except Exception as e:
        raise UnsafeFile(Reason.DAMAGED, "This email is damaged and cannot be read. Ask for a new copy.") from e
    if parts > MAX_MAIL_PARTS:
        raise _too_deep()
    return message


def files_in(message: EmailMessage) -> Iterator[Part]:
    """Every file in the message, in order, at this level: an email attached whole is one file, not opened here."""
    for part in _leaves(message):
        is_message = part.get_content_type() == "message/rfc822"
        name = written_name(part)
        if not is_message and not name and part.get_content_maintype() in ("text", "multipart"):
            continue
        yield Part(
            name=name or ("email.eml" if is_message else ""),
            data=_whole_message(part) if is_message else part.get_payload(decode=True) or b"",  # type: ignore[arg-type]
            is_inline=part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment",
        )


def bodies_in(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that are the letter itself, plain or HTML, in order; attached files are not among them."""
    for part in _leaves(message):
        if part.get_content_maintype() == "text" and not written_name(part):
            yield part


def written_name(part: EmailMessage) -> str:
    """The file name the sender gave; empty when there is none or it cannot be read."""
    try:
        return part.get_filename() or ""
    except Exception:  # noqa: BLE001 - the library's header parser fails in many ways on broken names
        return ""


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, EmailMessage):
            yield from _leaves(part)


def _whole_message(part: EmailMessage) -> bytes:
    inner = part.get_payload()
    if not isinstance(inner, list) or not inner or not isinstance(inner[0], EmailMessage):
        return part.get_payload(decode=True) or b""  # type: ignore[return-value]
    try:
        return inner[0].as_bytes(policy=email.policy.compat32)
    except Exception:  # noqa: BLE001 - a message that cannot be written out again is set aside by the caller
        return b""


def _too_deep() -> UnsafeFile:
    return UnsafeFile(Reason.BOMB, "This email has too many parts inside each other, so it was not opened.")
