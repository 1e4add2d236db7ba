"""Which kind a file claims to be by its first bytes, and whether its name agrees. No unpacking happens here."""

from __future__ import annotations

import re

import puremagic

from prevent_cases.casework.files.limits import KINDS, Reason, UnsafeFile, in_words
from prevent_cases.casework.files.mail import looks_like_mail
from prevent_cases.casework.files.texts import is_text

_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",
    b"dex\n",
)
_PROGRAM_ENDINGS = re.compile(
    r"exe|dll|scr|com|pif|bat|cmd|ps1|vb[se]|jse?|ws[fh]|hta|ms[ip]|jar|lnk|reg|sh|app|apk|iso|img|vhd|cpl|chm"
)
_MACRO_ENDINGS = re.compile(r"do[ct]m|xl[st]m|xlsb|p[po]tm|ppsm")
_HINTS = {
    "msg": "This is an Outlook message (.msg). In Outlook, save it as .eml or as a PDF, then try again.",
    "doc": "This is an old Word document (.doc). Save it as .docx or as a PDF, then try again.",
    "zip": "This is a zip package. Send each file inside it by itself.",
    "heic": "This is a HEIC picture. Save it as a JPEG, then try again.",
}
_MARKED_UP = frozenset({"html", "htm", "xhtml", "svg", "xml", "php", "rtf", "gif", "ps", "eps", "vcf", "ics"})
_KNOWN_ENDINGS = frozenset(ending for kind in KINDS.values() for ending in kind.endings)
_SIGNATURES = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"PK\x03\x04", "docx"))


def check_ending(end: str) -> None:
    """Refuses what no content could make acceptable. ``end`` is lower case, without the dot; it may be empty."""
    if _PROGRAM_ENDINGS.fullmatch(end):
        raise _program()
    if _MACRO_ENDINGS.fullmatch(end):
        raise UnsafeFile(
            Reason.MACROS, "This kind of document can hold macros (small programs). Save it without macros first."
        )


def recognise(head: bytes, end: str, allow: frozenset[str]) -> str:
    """The key of the kind that the first bytes show and the name does not contradict; one of ``allow``.

    Raises UnsafeFile for programs, for kinds not allowed, and where name and bytes disagree.
    """
    kind = _kind_of(head, end, allow)
    _agree(kind, end, allow)
    if kind not in ("pdf", "eml") and b"%PDF-" in head[:1024]:
        raise two_in_one()
    return kind


def _kind_of(head: bytes, end: str, allow: frozenset[str]) -> str:
    if head.startswith(_PROGRAMS):
        raise _program()
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _old_office(head, end)
    if looks_like_mail(head) and end in ("eml", ""):
        return "eml"
    called = _called_by_puremagic(head)
    if called:
        hint = _HINTS.get(called) or f"This is a .{called} file. Send {in_words(allow)}."
        raise UnsafeFile(Reason.NOT_ALLOWED, hint)
    if end == "eml":
        raise UnsafeFile(
            Reason.MISNAMED, "This file is named .eml but is not an email. Save the email again and retry."
        )
    if end in _HINTS:
        raise UnsafeFile(Reason.NOT_ALLOWED, _HINTS[end])
    return "csv" if end == "csv" else "txt"


def _called_by_puremagic(head: bytes) -> str:
    """The ending puremagic would give; empty when it knows none.

    A letter that begins "From John" is a mailbox to it, so where the beginning reads as text it is believed only
    about the kinds that matter.
    """
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    called = [m.extension.lstrip(".").lower() for m in matches if m.confidence >= 0.3 and m.extension]
    if is_text(head):
        called = [ending for ending in called if ending in _MARKED_UP]
    return called[0] if called else ""


def _old_office(head: bytes, end: str) -> UnsafeFile:
    if "EncryptedPackage".encode("utf-16-le") in head or end in ("docx", "xlsx", "pptx"):
        return UnsafeFile(
            Reason.ENCRYPTED, "This document is protected by a password. Send a copy without one, by a secure route."
        )
    return UnsafeFile(Reason.NOT_ALLOWED, _HINTS["msg" if end == "msg" else "doc"])


def _agree(kind: str, end: str, allow: frozenset[str]) -> None:
    found = KINDS[kind]
    if end and end not in found.endings:
        if end not in _KNOWN_ENDINGS:
            raise UnsafeFile(
                Reason.NOT_ALLOWED, _HINTS.get(end) or f"A .{end[:10]} file cannot be added. Send {in_words(allow)}."
            )
        really = "a zip package or an Office file" if kind == "docx" else found.called
        raise UnsafeFile(Reason.MISNAMED, f"This file is named .{end} but is really {really}. Send the original.")
    if kind not in allow:
        raise UnsafeFile(Reason.NOT_ALLOWED, f"This is {found.called}. Send {in_words(allow)}.")


def _program() -> UnsafeFile:
    return UnsafeFile(Reason.PROGRAM, "This is a program or a script, whatever its name says. It was not kept.")


def two_in_one() -> UnsafeFile:
    """The refusal of a file that different programs would read as different kinds."""
    return UnsafeFile(Reason.TWO_IN_ONE, "This file is two kinds of file in one, which is used to hide harmful ones.")
