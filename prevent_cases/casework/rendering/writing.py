"""Text as people typed it, made fit to print: what no document may hold goes, and the reading direction is known."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_ACCENT = "[\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_TOO_MANY_ACCENTS = re.compile(f"({_ACCENT}{{4}}){_ACCENT}+")


def printable(text: str) -> Writing:
    """The text without control characters and forced reading directions; line breaks stay, as a plain newline.

    A letter keeps at most four combining accents: names need two at most, and towers of them print over the
    lines above. The text is composed (NFC), so that a letter and its accent find one shape in the font.
    """
    lines = re.sub(r"\r\n?|\u2028|\u2029|\x85", "\n", text).expandtabs(4)
    composed = unicodedata.normalize("NFC", _UNPRINTABLE.sub("", lines))
    return Writing(_TOO_MANY_ACCENTS.sub(r"\1", composed).strip())


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction of its own reads from right to left, as Arabic and Hebrew do."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


@dataclass(frozen=True)
class Block:
    """One paragraph of somebody's text, as its lines."""

    lines: tuple[str, ...]

    @property
    def is_right_to_left(self) -> bool:
        """By the first letter of the paragraph that has a direction."""
        return is_right_to_left(" ".join(self.lines))


class Writing(str):
    """A text that has been made printable. Templates and renderers ask it for its paragraphs."""

    __slots__ = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """An empty line parts paragraphs, a single break parts lines."""
        return tuple(
            Block(tuple(line.strip() for line in block.split("\n")))
            for block in re.split(r"\n\s*\n", self)
            if block.strip()
        )

    @property
    def is_right_to_left(self) -> bool:
        """By its first letter that has a direction."""
        return is_right_to_left(self)
