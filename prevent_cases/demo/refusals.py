"""Where the demo may not be loaded, and how that is said."""

from __future__ import annotations

from django.conf import settings


class NotHere(Exception):
    """The demo may not be loaded here; the message says why, and is fit to show."""


def refuse_outside_the_demo() -> None:
    """:raises NotHere: in production"""
    if settings.MODE not in ("demo", "test"):
        raise NotHere("The demo county is loaded only where MODE is demo or test. Nothing was changed.")
