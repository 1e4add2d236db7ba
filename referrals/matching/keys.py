"""The short texts under which a person is stored and looked up. Pure; the database only compares them for equality.

A key joins two things that seldom go wrong together, so that a person is found although the rest is wrong:

    p  sound and sound          given and family name, in either order
    s  sound and end of a name  one name misspelt beyond its sound, no birth date
    e  end and end of a name    both names misspelt
    m y d  sound and two of day, month, year
    c  postcode                 i  an identifier

"End" is the first or the last three letters: a slip leaves one of them whole. Nicknames are looked up, not stored.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from referrals.matching.dates import swapped
from referrals.matching.facts import PersonFacts
from referrals.matching.names import parts
from referrals.matching.nicknames import related
from referrals.matching.sounds import sound

END = 3


def keys_for(person: PersonFacts) -> set[str]:
    """Every key to store for a recorded person, about twenty for two names and a birth date."""
    return _keys(person, looking=False)


def search_keys(query: PersonFacts) -> set[str]:
    """Every key to look up: the stored ones, and those of nicknames and of the birth date with day and month swapped.

    Empty where a single name without a birth date, postcode or identifier is given: that finds nobody by key.
    """
    return _keys(query, looking=True)


def _keys(facts: PersonFacts, *, looking: bool) -> set[str]:
    given, family = _with_joined(facts.given), _with_joined(facts.family)
    others = [parts(name) for name in facts.other_names]
    found = set(chain(_name_keys(given, family, others, looking=looking), _fixed_keys(facts)))
    if facts.born_on:
        heard = {sound(part) for part in chain(given, family, *others)}
        if looking:
            heard |= {sound(name) for part in chain(given, family) for name in related(part)}
        found.update(_date_keys(heard, facts.born_on))
        other_way = swapped(facts.born_on) if looking else None
        if other_way:
            found.update(f"m{code}{other_way:%m%d}" for code in heard)
    return found


def _with_joined(name: str) -> tuple[str, ...]:
    """The parts of a name, and two parts written as one: Anne Marie is also annemarie."""
    found = parts(name)
    return (*found, "".join(found)) if len(found) == 2 else found


def _name_keys(
    given: tuple[str, ...], family: tuple[str, ...], others: list[tuple[str, ...]], *, looking: bool
) -> Iterator[str]:
    pairs = [(one, other) for one in given for other in family]
    for alias in others:
        pairs += [(one, other) for one in alias for other in (*given, *family)]
        pairs += [(one, other) for place, one in enumerate(alias) for other in alias[place + 1 :]]
    for one, other in pairs:
        yield from _sound_keys(one, other)
        if looking:
            for name in related(one):
                yield from _sound_keys(name, other)
            for name in related(other):
                yield from _sound_keys(one, name)
    for one in given[:2]:
        for other in family[:2]:
            yield from _end_keys(one, other)


def _sound_keys(one: str, other: str) -> Iterator[str]:
    first, second = sorted((sound(one), sound(other)))
    yield f"p{first}.{second}"


def _end_keys(one: str, other: str) -> Iterator[str]:
    for heard, written in ((sound(one), other), (sound(other), one)):
        yield f"s{heard}<{written[:END]}"
        yield f"s{heard}>{written[-END:]}"
    starts, finishes = sorted((one[:END], other[:END])), sorted((one[-END:], other[-END:]))
    yield f"e<{starts[0]}<{starts[1]}"
    yield f"e>{finishes[0]}>{finishes[1]}"
    yield f"e<{one[:END]}>{other[-END:]}"
    yield f"e<{other[:END]}>{one[-END:]}"


def _date_keys(heard: Iterable[str], born_on: date) -> Iterator[str]:
    for code in heard:
        yield f"m{code}{born_on:%m%d}"
        yield f"y{code}{born_on:%Y%m}"
        yield f"d{code}{born_on:%Y%d}"


def _fixed_keys(facts: PersonFacts) -> Iterator[str]:
    postcode = letters_and_digits(facts.postcode)
    if len(postcode) >= 5:
        yield f"c{postcode[:8]}"
    for kind, number in facts.identifiers.items():
        plain_number = letters_and_digits(number)
        if plain_number:
            yield f"i{kind}:{plain_number[:20]}"


def letters_and_digits(text: str) -> str:
    """A postcode or number without spaces and marks, in capitals: "me14 1xx" gives "ME141XX"."""
    return "".join(character for character in text if character.isalnum()).upper()
