"""What is known of one person, as typed: the one shape that matching takes in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})
SEPARATOR = "; "


@dataclass(frozen=True)
class PersonFacts:
    """One person as recorded or as asked for; every part may be empty.

    `other_names` holds aliases, former and middle names, each one name or a full name.
    `identifiers` maps a kind ("nhs", "mosaic", "phone") to the number as written.
    """

    given: str = ""
    family: str = ""
    other_names: tuple[str, ...] = ()
    born_on: date | None = None
    postcode: str = ""
    address: str = ""
    identifiers: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def __hash__(self) -> int:
        return hash((self.given, self.family, self.other_names, self.born_on, self.postcode))


def split_other_names(text: str) -> tuple[str, ...]:
    """Split the stored column ("; "-joined) into its names."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def join_other_names(names: tuple[str, ...]) -> str:
    """Join names for the stored column; a semicolon inside a name becomes a comma."""
    return SEPARATOR.join(name.replace(";", ",") for name in names)


def facts_from_words(text: str, born_on: date | None = None) -> PersonFacts:
    """Facts from a search box: the last word is taken as the family name, though matching ignores the order."""
    words = text.split()
    if len(words) < 2:
        return PersonFacts(family=" ".join(words), born_on=born_on)
    return PersonFacts(given=" ".join(words[:-1]), family=words[-1], born_on=born_on)
