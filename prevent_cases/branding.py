"""The council's colour. One custom property recolours the whole compiled stylesheet, with no rebuild."""

from __future__ import annotations

import re

LEAST_CONTRAST = 4.5
_LINEAR_BELOW = 0.04045


def brand_css(colour: str) -> str:
    """The small stylesheet that sets the council's colour.

    :param colour: six-digit hex, such as ``#00525c``; white text lies on it in the page header.
    :raises ValueError: when it is not a colour, or white text on it could not be read (under 4.5 to 1).
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"BRAND_COLOUR must be six hex digits after a #, such as #00525c, not {colour!r}")
    if contrast_with_white(colour) < LEAST_CONTRAST:
        raise ValueError(f"BRAND_COLOUR {colour} is too light for the white text of the page header")
    return f":root{{--govuk-brand-colour:{colour}}}\n"


def contrast_with_white(colour: str) -> float:
    """The WCAG contrast ratio of white text on a six-digit hex colour: 1 to 21."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4
