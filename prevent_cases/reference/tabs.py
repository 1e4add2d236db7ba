"""The tabs over the screens of reference data, and the moment at which a preview begins."""

from __future__ import annotations

from django.urls import reverse

TABS = (
    ("Directory", "reference:directory"),
    ("Preview", "reference:preview"),
    ("Escalation posts", "reference:posts"),
)


def tabs(current: str) -> list[dict[str, object]]:
    """Each place of the reference data; ``current`` is the name of the one that is open."""
    return [{"text": text, "url": reverse(name), "current": name == current} for text, name in TABS]
