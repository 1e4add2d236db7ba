"""What each standing and tone is called and coloured. Colour never speaks alone: every tag carries its words."""

from __future__ import annotations

STANDINGS = {
    "on_time": ("On time", "green"),
    "due_soon": ("Due soon", "yellow"),
    "overdue": ("Overdue", "red"),
    "paused": ("Paused", "grey"),
    "met": ("Done on time", "green"),
    "met_late": ("Done late", "orange"),
    "stopped": ("Stopped", "grey"),
}
TONES = {
    "new": "blue",
    "progress": "teal",
    "waiting": "yellow",
    "done": "green",
    "attention": "orange",
    "late": "red",
    "closed": "grey",
    "neutral": "grey",
}
COMPARISONS = {
    "same": ("Same", "green"),
    "similar": ("Similar", "yellow"),
    "different": ("Different", "orange"),
    "missing": ("Not held on one side", "grey"),
}
FILES = {
    "ready": ("", ""),
    "checking": ("Being checked for viruses", "yellow"),
    "held": ("Held, cannot be opened", "orange"),
    "refused": ("Refused", "red"),
}
_NAMED = {"standing": STANDINGS, "comparison": COMPARISONS, "file": FILES}


def tag_text(key: str, kind: str) -> str:
    """The words of a standing, comparison or file tag. :raises KeyError: for a key nobody declared."""
    return _NAMED[kind][key][0]


def tag_colour(key: str, kind: str = "tone") -> str:
    """The colour name of a GOV.UK tag. :raises KeyError: for a key nobody declared."""
    return TONES[key] if kind == "tone" else _NAMED[kind][key][1]
