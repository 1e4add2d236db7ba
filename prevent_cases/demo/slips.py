"""Slips of the pen, by which one person comes to stand in a register twice. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from prevent_cases.demo.names import Invented

Slip = Callable[[Random, Invented], Invented]


def letter_dropped(source: Random, person: Invented) -> Invented:
    place = source.randrange(1, len(person.family))
    return replace(person, family=person.family[:place] + person.family[place + 1 :])


def letter_doubled(source: Random, person: Invented) -> Invented:
    place = source.randrange(1, len(person.given))
    return replace(person, given=person.given[:place] + person.given[place - 1] + person.given[place:])


def letters_exchanged(source: Random, person: Invented) -> Invented:
    place = source.randrange(1, len(person.family) - 1)
    name = person.family
    return replace(person, family=name[:place] + name[place + 1] + name[place] + name[place + 2 :])


def names_swapped(_: Random, person: Invented) -> Invented:
    return replace(person, given=person.family, family=person.given)


def day_and_month_swapped(_: Random, person: Invented) -> Invented:
    born_on = person.born_on
    if born_on is None or born_on.day > 12:
        return replace(person, born_on=None)
    return replace(person, born_on=born_on.replace(month=born_on.day, day=born_on.month))


def moved(source: Random, person: Invented) -> Invented:
    return replace(person, address=f"{source.randrange(1, 140)}a {person.address.partition(' ')[2]}", phone="")


SLIPS: tuple[Slip, ...] = (
    letter_dropped,
    letter_doubled,
    letters_exchanged,
    names_swapped,
    day_and_month_swapped,
    moved,
)


def slipped(source: Random, person: Invented) -> Invented:
    """The same person with one slip, and without the numbers that would give them away."""
    return replace(source.choice(SLIPS)(source, person), nhs_number="")
