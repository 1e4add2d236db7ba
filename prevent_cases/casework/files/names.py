"""Names of files: one to show, made safe, and one to store under, made of nothing the sender chose."""

from __future__ import annotations

import re
import unicodedata
import uuid

from prevent_cases.casework.files.limits import MAX_NAME

_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]+')
_SAFE_CATEGORIES = {"L", "M", "N", "P", "S"}


def ending(filename: str) -> str:
    """The ending after the last dot, lower case, without the dot; empty when there is none."""
    last = safe_name(filename)
    return last.rpartition(".")[2].lower() if "." in last.strip(".") else ""


def safe_name(filename: str) -> str:
    """A name fit to show and to offer for download: no folders, no control or direction marks, at most 100 characters.

    Folders are cut at either slash, so ``../../etc/passwd`` is ``passwd``. Marks that reverse the reading
    direction are dropped, so ``report<RLO>cod.exe`` shows its true ending. Never raises; nothing left is "file".
    """
    last = re.split(r"[/\\]", filename)[-1]
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", last)
        if letter.isspace() or unicodedata.category(letter)[0] in _SAFE_CATEGORIES
    )
    kept = re.sub(r"\s+", " ", _NOT_IN_NAMES.sub("_", kept)).strip(" .")
    stem, dot, tail = kept.rpartition(".")
    if not dot or len(tail) > 10:
        stem, dot, tail = kept, "", ""
    stem = stem[: MAX_NAME - len(dot) - len(tail)].rstrip(" .")
    if not stem:
        stem = "file"
    if _RESERVED.match(stem):
        stem = f"{stem}_"
    return f"{stem}{dot}{tail}"


def stored_name() -> str:
    """A random name to store under: says nothing of the person, the case, the kind or the order of arrival."""
    stem = uuid.uuid4().hex
    return f"{stem[:2]}/{stem}"
