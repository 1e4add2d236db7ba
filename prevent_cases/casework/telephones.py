"""Whether a telephone number can be dialled in the United Kingdom. Pure."""

from __future__ import annotations

import re

EMERGENCY = ("999", "112", "101", "111", "105")
_DIALLED = re.compile(r"(?:0[1-35789]\d{8,9}|\+44[1-35789]\d{8,9}|\+(?!44)[1-9]\d{6,14}|0800\d{6,7})")
_EXTENSION = re.compile(r"\s*(?:ext\.?|extension|x)\s*(\d{1,6})$", re.IGNORECASE)


def tidy(text: str) -> str:
    """A number as it is kept: one space where there were several, and the extension as ``ext 12``."""
    typed = " ".join(text.split())
    found = _EXTENSION.search(typed)
    return f"{typed[: found.start()]} ext {found[1]}" if found else typed


def dialled(text: str) -> str:
    """The number as a ``tel:`` link needs it: digits and a plus, without the extension."""
    return "".join(c for c in text.lower().partition("ext")[0] if c.isdigit() or c == "+")


def is_telephone(text: str) -> bool:
    """Whether this is a number with its area code, with its country's code, or one of the three-digit ones."""
    number = _EXTENSION.sub("", tidy(text))
    if not re.fullmatch(r"[\d\s()+.-]+", number):
        return False
    digits = re.sub(r"[\s().-]", "", number.replace("(0)", ""))
    return digits in EMERGENCY or _DIALLED.fullmatch(digits) is not None
