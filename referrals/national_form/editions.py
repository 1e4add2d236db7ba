"""Every edition of the form that can be asked or read again, by the key that procedures and drafts pin. Data."""

from __future__ import annotations

from referrals.national_form.national_2023 import NATIONAL_2023
from referrals.national_form.shape import Edition

EDITIONS = {edition.key: edition for edition in (NATIONAL_2023,)}


def edition(key: str) -> Edition:
    """The edition of this key. :raises KeyError: when none is published."""
    return EDITIONS[key]


def labels(key: str) -> dict[str, str]:
    """What stands beside each answer of an edition, by the key its words are kept under; empty for another form."""
    if key not in EDITIONS:
        return {}
    found = {ask.key: ask.title for ask in EDITIONS[key].asks()}
    found |= {ask.comment_key(prompt): prompt.label for ask in EDITIONS[key].asks() for prompt in ask.prompts}
    return found
