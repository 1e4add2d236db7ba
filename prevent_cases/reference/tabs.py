"""The tabs over the screens of reference data."""

from __future__ import annotations

from django.urls import reverse

TABS = (
    ("Directory", "reference:directory"),
    ("Preview", "reference:preview"),
    ("Escalation posts", "reference:posts"),
    ("Texts and deadlines", "reference:procedures"),
    ("Secure email", "reference:domains"),
    ("Training courses", "reference:courses"),
    ("Agreements", "reference:agreements"),
)


def tabs(current: str) -> list[dict[str, object]]:
    """Each place of the reference data; ``current`` is the name of the one that is open."""
    return [{"text": text, "url": reverse(name), "current": name == current} for text, name in TABS]
