"""Whether words that are read outside the restricted area name the person they are about. Pure, no query."""

from __future__ import annotations

import re

from prevent_cases.casework.workflow import Refused
from referrals.models import Referral

ALSO_WORDS = frozenset(
    "art baker best bill black bond brown case church cook day drew english faith field frank grace grant gray green "
    "grey hall hill home hope house joy king lane little long lord mark may north page parish park pat place price "
    "rich rob rose short south street stone summer sue wall ward water west white will winter wood young".split()
)
"""Names that are words too: written small they are the word."""
NAMELESS = "Leave out the person’s name and address. These words are read outside the restricted area."


def must_name_nobody(referral: Referral, words: str, field: str = "words") -> None:
    """Reasons stand in histories, lists and messages, which more people read than the record itself.

    :param field: the name of the form field that the refusal stands beside
    :raises Refused: where the words hold one of the person's names, their postcode or the first line of their address
    """
    if names_the_person(referral, words):
        raise Refused(NAMELESS, field)


def names_the_person(referral: Referral, words: str) -> bool:
    """Whether these words hold a name of two letters or more, the postcode, or the address's first line."""
    if any(_stands_in(name, words) for name in names_of(referral)):
        return True
    plain = _letters(words)
    street = _letters(referral.address.partition("\n")[0].partition(",")[0])
    has_number = any(sign.isdigit() for sign in street)
    return any(place and place in plain for place in (_letters(referral.postcode), street if has_number else ""))


def names_of(referral: Referral) -> list[str]:
    """Each of the person's names, the short ones of a letter left out."""
    names = f"{referral.given_name} {referral.family_name} {referral.other_names}".replace(";", " ")
    return [name for name in names.split() if len(name) > 1]


def _stands_in(name: str, words: str) -> bool:
    found = re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE)
    return any(each != each.lower() or name.casefold() not in ALSO_WORDS for each in found)


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
