"""Marks that stand for what may never leave the pages of a case, one for each thing a person types or is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

BORN_ON = date(1987, 6, 5)
BORN = ("5 June 1987", "05/06/1987", "5/6/1987", "1987-06-05", "5+June+1987", "19870605")
NHS_NUMBER = "9434765919"
POSTCODE = "ZE3 7QX"

WORDS = {
    name: f"zq{place:02}{name.replace('_', '')}"
    for place, name in enumerate(
        [
            "given_name", "family_name", "other_names", "address", "phone", "sender_name", "policing_reference",
            "concerns", "needs", "history", "file_words", "file_name", "note", "fact", "opinion", "left_out",
            "question", "form_fact", "part_fact", "part_opinion", "reason", "need", "referred_to", "necessity",
            "worker_words", "search", "typed", "worry", "advised", "handed", "why_now", "asked_back", "told_back",
            "amended", "invited", "holder",
        ],
        start=1,
    )
}  # fmt: skip
"""A word for each field, found nowhere else. ``typed`` is what the robot types into every box it meets."""

MARKS = (*WORDS.values(), *BORN, NHS_NUMBER, POSTCODE, POSTCODE.replace(" ", ""))


def person() -> dict[str, Any]:
    """The fields of a letter, marked."""
    return {
        "given_name": WORDS["given_name"].capitalize(),
        "family_name": WORDS["family_name"].capitalize(),
        "other_names": WORDS["other_names"].capitalize(),
        "born_on": BORN_ON,
        "address": f"4 {WORDS['address']} Lane",
        "postcode": POSTCODE,
        "nhs_number": NHS_NUMBER,
        "phone": WORDS["phone"],
        "sender_name": WORDS["sender_name"],
        "policing_reference": WORDS["policing_reference"],
        "narrative": {heading: WORDS[heading] for heading in ("concerns", "needs", "history")},
    }


def found_in(*texts: object) -> set[str]:
    """The marks that stand in any of these, whatever their case."""
    whole = "\n".join(text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text) for text in texts)
    lower = whole.lower()
    return {mark for mark in MARKS if mark.lower() in lower}


def leaks(sink: str, texts: Iterable[object]) -> list[str]:
    """Sentences about the marks found where none may be."""
    return [f"{mark} in {sink}" for mark in sorted(found_in(*texts))]
