"""What agrees and what does not between a person asked for and a person held, field by field, in plain sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from rapidfuzz.fuzz import token_set_ratio

from referrals.matching.dates import SLIPS, TWO_PARTS_AGREE, BirthDates, relation
from referrals.matching.facts import PersonFacts, join_other_names
from referrals.matching.keys import letters_and_digits
from referrals.matching.likeness import Likeness, NameLikeness, Way
from referrals.matching.names import parts
from referrals.matching.nicknames import is_short_for
from referrals.matching.ranking import ALIKE_ADDRESS, plain_address

CLOSE_ENOUGH = 0.62
IDENTIFIER_LABELS = {"nhs": "NHS number", "mosaic": "Mosaic number", "phone": "Telephone"}
WORD_BREAK = re.compile(r"[\s\-]+")


class Standing(Enum):
    """How one field stands; the value is the word shown beside it."""

    SAME = "Same"
    SIMILAR = "Similar"
    DIFFERENT = "Different"
    NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Reason:
    """One row of the side-by-side screen: the field, how it stands, the sentence, and both values as written."""

    field: str
    standing: Standing
    text: str
    asked: str
    held: str


def reasons(query: PersonFacts, candidate: PersonFacts) -> list[Reason]:
    """Every field of either side, in the order of the screen; a field empty on both sides is left out."""
    found = [*_names(query, candidate), _birth_date(query.born_on, candidate.born_on)]
    found += [_postcode(query.postcode, candidate.postcode), _address(query.address, candidate.address)]
    for kind in dict.fromkeys((*query.identifiers, *candidate.identifiers)):
        found.append(_identifier(kind, query.identifiers.get(kind, ""), candidate.identifiers.get(kind, "")))
    return [reason for reason in found if reason.asked or reason.held]


def _names(query: PersonFacts, candidate: PersonFacts) -> Iterator[Reason]:
    asked = {"Given name": query.given, "Family name": query.family}
    held = {"Given name": candidate.given, "Family name": candidate.family}
    crossed = dict(zip(held, reversed(held.values()), strict=True))
    if _sum_of_degrees(asked, crossed) > _sum_of_degrees(asked, held) + 0.3:
        for field, written in asked.items():
            other = "family name" if field == "Given name" else "given name"
            found = _name(field, written, crossed[field], ())
            text = f"Names swapped: held as the {other}"
            if found.standing is not Standing.SAME:
                text += f". {found.text}"
            standing = Standing.DIFFERENT if found.standing is Standing.DIFFERENT else Standing.SIMILAR
            yield Reason(field, standing, text, written, held[field])
    else:
        for field, written in asked.items():
            yield _name(field, written, held[field], candidate.other_names)
    yield _other_names(query, candidate)


def _sum_of_degrees(asked: dict[str, str], held: dict[str, str]) -> float:
    return sum(NameLikeness(parts(asked[field])).degree(parts(held[field])) for field in asked)


def _name(field: str, asked: str, held: str, aliases: tuple[str, ...]) -> Reason:
    if not asked or not held:
        return Reason(field, Standing.NOT_KNOWN, "Not known on one side", asked, held)
    asked_parts, held_parts = parts(asked), parts(held)
    if asked_parts == held_parts:
        return Reason(field, Standing.SAME, f"Same {field.lower()}", asked, held)
    found, left, right = NameLikeness(asked_parts).best(held_parts)
    for alias in aliases:
        other, one, another = NameLikeness(asked_parts).best(parts(alias))
        if other.degree >= CLOSE_ENOUGH and other.degree > found.degree:
            words = _way_in_words(other, _as_written(one, asked), _as_written(another, alias))
            return Reason(field, Standing.SIMILAR, f"Agrees with another name held, {alias}. {words}", asked, held)
    if found.degree < CLOSE_ENOUGH:
        return Reason(field, Standing.DIFFERENT, f"Different {field.lower()}", asked, held)
    words = _way_in_words(found, _as_written(left, asked), _as_written(right, held))
    return Reason(field, Standing.SIMILAR, words, asked, held)


def _way_in_words(found: Likeness, asked: str, held: str) -> str:
    if found.way is Way.NICKNAME:
        if is_short_for(_plain_part(asked), _plain_part(held)):
            return f"Nickname: {asked} for {held}"
        if is_short_for(_plain_part(held), _plain_part(asked)):
            return f"Nickname: {held} for {asked}"
        return f"Forms of one name: {asked} and {held}"
    if found.way is Way.SAME:
        return f"One name in common: {held}"
    opening = {
        Way.SOUND: "Sounds alike",
        Way.SPELLING: "Spelt nearly alike",
        Way.INITIAL: "Same initial",
        Way.SHORTENED: "One begins with the other",
    }[found.way]
    return f"{opening}: {asked} and {held}"


def _plain_part(written: str) -> str:
    return "".join(parts(written))


def _as_written(part: str, name: str) -> str:
    """The word of the name that was reduced to this part; the whole name where two words were joined."""
    for word in WORD_BREAK.split(name):
        if parts(word) == (part,):
            return word
    return name


def _other_names(query: PersonFacts, candidate: PersonFacts) -> Reason:
    asked, held = join_other_names(query.other_names), join_other_names(candidate.other_names)
    asked_parts = tuple(part for name in query.other_names for part in parts(name))
    held_parts = tuple(part for name in candidate.other_names for part in parts(name))
    if not asked_parts or not held_parts:
        return Reason("Other names", Standing.NOT_KNOWN, "No other names on one side", asked, held)
    found, left, right = NameLikeness(asked_parts).best(held_parts)
    if set(asked_parts) == set(held_parts):
        return Reason("Other names", Standing.SAME, "Same other names", asked, held)
    if found.degree < CLOSE_ENOUGH:
        return Reason("Other names", Standing.DIFFERENT, "Different other names", asked, held)
    words = _way_in_words(found, left.capitalize(), right.capitalize())
    return Reason("Other names", Standing.SIMILAR, words, asked, held)


def _birth_date(asked: date | None, held: date | None) -> Reason:
    found = relation(asked, held)
    if found is BirthDates.SAME:
        standing = Standing.SAME
    elif found in SLIPS or found in TWO_PARTS_AGREE or found is BirthDates.TWO_DIGITS:
        standing = Standing.SIMILAR
    else:
        standing = Standing.NOT_KNOWN if found is BirthDates.NOT_KNOWN else Standing.DIFFERENT
    return Reason("Birth date", standing, found.value, _day_in_words(asked), _day_in_words(held))


def _day_in_words(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _postcode(asked: str, held: str) -> Reason:
    one, other = letters_and_digits(asked), letters_and_digits(held)
    if not one or not other:
        return Reason("Postcode", Standing.NOT_KNOWN, "Postcode not known on one side", asked, held)
    if one == other:
        return Reason("Postcode", Standing.SAME, "Same postcode", asked, held)
    if one[:-3] == other[:-3]:
        return Reason("Postcode", Standing.SIMILAR, f"Same postcode district, {one[:-3]}", asked, held)
    return Reason("Postcode", Standing.DIFFERENT, "Different postcode", asked, held)


def _address(asked: str, held: str) -> Reason:
    one, other = plain_address(asked), plain_address(held)
    if not one or not other:
        return Reason("Address", Standing.NOT_KNOWN, "Address not known on one side", asked, held)
    if one == other:
        return Reason("Address", Standing.SAME, "Same address", asked, held)
    if token_set_ratio(one, other) >= ALIKE_ADDRESS:
        return Reason("Address", Standing.SIMILAR, "Address written alike", asked, held)
    return Reason("Address", Standing.DIFFERENT, "Different address", asked, held)


def _identifier(kind: str, asked: str, held: str) -> Reason:
    label = IDENTIFIER_LABELS.get(kind, kind)
    in_words = label if label[:3].isupper() else label[0].lower() + label[1:]
    if not asked or not held:
        return Reason(label, Standing.NOT_KNOWN, f"{label} not known on one side", asked, held)
    if letters_and_digits(asked) == letters_and_digits(held):
        return Reason(label, Standing.SAME, f"Same {in_words}", asked, held)
    return Reason(label, Standing.DIFFERENT, f"Different {in_words}", asked, held)
