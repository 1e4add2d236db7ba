"""References people can say over the telephone: random, with a check letter, telling nothing of order or number."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"

WEIGHTS = (9, 11, 13, 15, 17, 19, 25, 27, 1)
"""None shares a factor with the number of letters, so that no single wrong letter passes the check; neighbours differ
by twice an odd number, so that two letters swapped pass it only where they stand half the alphabet apart."""

_source: ContextVar[Random | None] = ContextVar("source", default=None)


def new_reference() -> str:
    """Ten random letters and digits in groups, the last a check: ``PC-7KQ4-M2X-DR9``."""
    source = _source.get() or secrets.SystemRandom()
    body = "".join(source.choice(LETTERS) for _ in range(9))
    whole = body + check_letter(body)
    return f"PC-{whole[:4]}-{whole[4:7]}-{whole[7:]}"


@contextmanager
def drawn_from(source: Random) -> Iterator[None]:
    """Draw references from a source that repeats, for the length of a block (the demo county, which is always the
    same; tests). A reference keeps nothing secret, but outside it nobody should be able to count cases by them."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def check_letter(body: str) -> str:
    """The last letter of a reference, made from the nine before it."""
    total = sum(weight * LETTERS.index(letter) for weight, letter in zip(WEIGHTS, body, strict=True))
    return LETTERS[total % len(LETTERS)]


def tidy(typed: str) -> str | None:
    """A reference as typed, put into its usual form; None if it is not one (a letter misheard fails the check)."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    letters = letters.removeprefix("PC")
    if len(letters) != 10 or any(letter not in LETTERS for letter in letters):
        return None
    if check_letter(letters[:9]) != letters[9]:
        return None
    return f"PC-{letters[:4]}-{letters[4:7]}-{letters[7:]}"
