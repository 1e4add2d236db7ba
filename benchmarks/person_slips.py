"""Slips of hand, ear and scanner that spoil a query about a recorded person.

Written from models of error (neighbouring keys, look-alike print, English respelling), not from the matcher's
tables: the given names of "unlisted given name" are any other given name at all, or a coined pet form.
A kind returns None where it cannot apply to the person (no day to swap, no accent to lose).
"""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.invented_people import Invented

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs written "old:new", parted by spaces."""
    return tuple(tuple(pair.split(":")) for pair in text.split())


LOOKALIKES = pairs("rn:m m:rn cl:d d:cl l:i i:l h:b e:c u:v v:u w:vv n:ri t:f g:q a:o o:a")
RESPELLINGS = pairs(
    "ph:f ck:k c:k k:c ee:ea ea:ee ie:y y:ie i:y y:i s:z z:s ou:u oo:u au:or ai:ay ey:y er:ar on:en an:en "
    "gh:g th:t w:v j:y sh:sch ch:tch x:ks qu:kw ll:l tt:t nn:n l:ll t:tt n:nn e:a a:e o:u ia:ya"
)
EVERYDAY_SHORT_FORMS = dict(
    pairs(
        "Christopher:Chris Michael:Mike Susan:Sue Andrew:Andy Daniel:Dan David:Dave Robert:Bob William:Bill "
        "Thomas:Tom Anthony:Tony Elizabeth:Liz Margaret:Peggy Patricia:Pat Richard:Dick James:Jim Edward:Ted "
        "Katherine:Kate Rebecca:Becky Jennifer:Jenny Deborah:Debbie Samantha:Sam Stephen:Steve Nicholas:Nick "
        "Matthew:Matt Joseph:Joe Kenneth:Ken Ronald:Ron Charles:Charlie Victoria:Vicky Jacqueline:Jackie "
        "Timothy:Tim Gregory:Greg Alexandra:Sandra Peter:Pete"
    )
)


@dataclass(frozen=True)
class Asked:
    """What the person searching types."""

    given: str
    family: str
    born_on: date | None
    postcode: str = ""


Slip = Callable[[random.Random, Invented], Asked | None]


def _as_held(person: Invented) -> Asked:
    return Asked(person.given, person.family, person.born_on)


def on_the_keyboard(source: random.Random, name: str) -> str | None:
    """One slip of the fingers: a neighbouring key, a letter lost, doubled, exchanged or added."""
    if len(name) < 4:
        return None
    at = source.randrange(len(name))
    kind = source.choice(("neighbour", "lost", "doubled", "exchanged", "added"))
    letter = name[at].lower()
    row = next((row for row in KEYBOARD if letter in row), KEYBOARD[0])
    near = row[max(0, min(len(row) - 1, max(row.find(letter), 0) + source.choice((-1, 1))))]
    changed = {
        "neighbour": name[:at] + near + name[at + 1 :],
        "lost": name[:at] + name[at + 1 :],
        "doubled": name[:at] + name[at] + name[at:],
        "exchanged": name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        "added": name[:at] + near + name[at:],
    }[kind]
    return changed if changed.lower() != name.lower() else None


def _replaced(source: random.Random, name: str, pairs: tuple[tuple[str, str], ...]) -> str | None:
    lower = name.lower()
    possible = [(old, new) for old, new in pairs if old in lower]
    if not possible or len(name) < 4:
        return None
    old, new = source.choice(possible)
    places = [at for at in range(len(lower)) if lower.startswith(old, at)]
    at = source.choice(places)
    changed = lower[:at] + new + lower[at + len(old) :]
    return changed.title() if changed != lower else None


def _in_print(source: random.Random, name: str) -> str | None:
    return _replaced(source, name, LOOKALIKES)


def _by_ear(source: random.Random, name: str) -> str | None:
    return _replaced(source, name, RESPELLINGS)


def _any_slip(source: random.Random, name: str) -> str | None:
    return source.choice((on_the_keyboard, on_the_keyboard, _in_print, _by_ear))(source, name)


def _in_name(field: str, how: Callable[[random.Random, str], str | None]) -> Slip:
    def slip(source: random.Random, person: Invented) -> Asked | None:
        changed = how(source, getattr(person, field))
        return replace(_as_held(person), **{field: changed}) if changed else None

    return slip


def _day_and_month_swapped(source: random.Random, person: Invented) -> Asked | None:
    born = person.born_on
    if not born or born.day > 12 or born.day == born.month:
        return None
    return replace(_as_held(person), born_on=born.replace(day=born.month, month=born.day))


def _digit(source: random.Random, born: date | None) -> date | None:
    """One digit of DDMMYYYY wrong, still a possible birth date."""
    if not born:
        return None
    digits = list(f"{born:%d%m%Y}")
    at = source.choice((0, 1, 2, 3, 6, 7))
    digits[at] = source.choice([digit for digit in "0123456789" if digit != digits[at]])
    return _date("".join(digits))


def _digits_exchanged(source: random.Random, born: date | None) -> date | None:
    if not born:
        return None
    digits = list(f"{born:%d%m%Y}")
    at = source.choice((0, 2, 6))
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    changed = _date("".join(digits))
    return changed if changed != born else None


def _date(digits: str) -> date | None:
    try:
        found = date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
    return found if 1910 < found.year < 2020 else None


def _year(by: int) -> Callable[[random.Random, date | None], date | None]:
    def off(source: random.Random, born: date | None) -> date | None:
        if not born or (born.month, born.day) == (2, 29):
            return None
        return born.replace(year=born.year + source.choice((-by, by)))

    return off


def _in_date(how: Callable[[random.Random, date | None], date | None]) -> Slip:
    def slip(source: random.Random, person: Invented) -> Asked | None:
        changed = how(source, person.born_on)
        return replace(_as_held(person), born_on=changed) if changed else None

    return slip


def _names_swapped(source: random.Random, person: Invented) -> Asked | None:
    return replace(_as_held(person), given=person.family, family=person.given)


def _accents_and_marks_lost(source: random.Random, person: Invented) -> Asked | None:
    def bare(name: str) -> str:
        folded = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("ı", "i"))
        return "".join(c for c in folded if not unicodedata.combining(c)).replace("-", " ").replace("'", "")

    asked = replace(_as_held(person), given=bare(person.given), family=bare(person.family))
    return asked if asked != _as_held(person) else None


def _half_a_name(source: random.Random, person: Invented) -> Asked | None:
    if "-" in person.family:
        return replace(_as_held(person), family=source.choice(person.family.split("-")))
    if " " in person.given:
        return replace(_as_held(person), given=source.choice(person.given.split()))
    return None


def _short_form(source: random.Random, person: Invented) -> Asked | None:
    short = EVERYDAY_SHORT_FORMS.get(person.given.split()[0])
    return replace(_as_held(person), given=short) if short else None


def _unlisted(source: random.Random, person: Invented) -> Asked:
    """Known by another name altogether: a coined pet form, or any name."""
    coined = person.given[:1] + source.choice(("ozza", "az", "ibbs", "umpy", "ezzo")) if source.random() < 0.4 else ""
    other = source.choice(
        (
            "Thaddeus",
            "Clover",
            "Zebedee",
            "Ottoline",
            "Bonnie",
            "Spike",
            "Ziggy",
            "Storm",
            "Kenji",
            "Tiger",
            "Bear",
            "Duke",
            "Pixie",
            "Skye",
            "Nanook",
            "Ace",
            "Blaze",
            "Fox",
            "Rio",
            "Jazzy",
        )
    )
    return replace(_as_held(person), given=coined or other)


def _then(first: Slip, field: str, how: Callable[[random.Random, object], object]) -> Slip:
    """A slip upon a slip; `field` is of the query."""

    def slip(source: random.Random, person: Invented) -> Asked | None:
        asked = first(source, person)
        changed = how(source, getattr(asked, field)) if asked else None
        return replace(asked, **{field: changed}) if asked and changed else None

    return slip


def _without_birth_date(first: Slip, *, postcode: bool = False) -> Slip:
    def slip(source: random.Random, person: Invented) -> Asked | None:
        asked = first(source, person)
        return replace(asked, born_on=None, postcode=person.postcode if postcode else "") if asked else None

    return slip


def _another_day(source: random.Random, born: date | None) -> date | None:
    return born + timedelta(days=source.choice((-1, 1)) * source.randrange(40, 4000)) if born else None


GIVEN, FAMILY = _in_name("given", _any_slip), _in_name("family", _any_slip)

SINGLE: dict[str, Slip] = {
    "given name mistyped": _in_name("given", on_the_keyboard),
    "family name mistyped": _in_name("family", on_the_keyboard),
    "given name misread": _in_name("given", _in_print),
    "family name misread": _in_name("family", _in_print),
    "given name misheard": _in_name("given", _by_ear),
    "family name misheard": _in_name("family", _by_ear),
    "names swapped": _names_swapped,
    "everyday short form": _short_form,
    "accents, hyphens, apostrophes lost": _accents_and_marks_lost,
    "half of a double name": _half_a_name,
    "day and month swapped": _day_and_month_swapped,
    "one digit of the birth date": _in_date(_digit),
    "birth date digits exchanged": _in_date(_digits_exchanged),
    "birth year one out": _in_date(_year(1)),
    "birth year ten out": _in_date(_year(10)),
}

HARD: dict[str, Slip] = {
    "both names": _then(GIVEN, "family", _any_slip),
    "family name twice": _then(FAMILY, "family", _any_slip),
    "given name twice": _then(GIVEN, "given", _any_slip),
    "given name and birth year": _then(GIVEN, "born_on", _year(1)),
    "given name and a birth date digit": _then(GIVEN, "born_on", _digit),
    "family name and a birth date digit": _then(FAMILY, "born_on", _digit),
    "family name, day and month swapped": _then(_day_and_month_swapped, "family", _any_slip),
    "swapped and one mistyped": _then(_names_swapped, "family", _any_slip),
    "family name and another birth date": _then(FAMILY, "born_on", _another_day),
    "birth date wrong twice": _then(_in_date(_digit), "born_on", _digit),
    "unlisted given name": _unlisted,
    "unlisted given name, family mistyped": _then(_unlisted, "family", _any_slip),
    "unlisted given name and a birth date digit": _then(_unlisted, "born_on", _digit),
    "no birth date": _without_birth_date(lambda source, person: _as_held(person)),
    "no birth date, given name": _without_birth_date(GIVEN),
    "no birth date, family name": _without_birth_date(FAMILY),
    "no birth date, unlisted given name, postcode": _without_birth_date(_unlisted, postcode=True),
}
