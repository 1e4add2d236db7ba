"""How one question of a form is drawn: sizes, widths, hints for choices, what a choice uncovers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Look:
    """The options of one question; see ``form_layout.Question``.

    ``width`` is a number of characters (2, 3, 4, 5, 10, 20 or 30) or a class; ``hints`` explain single choices;
    ``revealed`` holds markup shown under a choice; ``threshold`` is the share of a limit, in per cent, after which the
    characters left are shown.
    """

    size: str = "s"
    width: int | str = ""
    inline: bool = False
    small: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)
    divider_before: str | None = None
    divider: str = "or"
    prefix: str = ""
    suffix: str = ""
    rows: int | None = None
    threshold: int | None = None
    classes: str = ""
    label_hidden: bool = False
    show_optional: bool = True
    revealed: Mapping[str, SafeString] = field(default_factory=dict)

    def revealing(self, revealed: Mapping[str, SafeString]) -> Look:
        return replace(self, revealed=revealed) if revealed else self

    def title(self, text: str, kind: str) -> dict[str, Any]:
        """Parameters of the label or legend (``kind`` is the class stem)."""
        size = "l" if self.size == "page" else self.size
        classes = [f"{kind}--{size}" if size else "", "govuk-visually-hidden" if self.label_hidden else ""]
        return {"text": text, "classes": " ".join(filter(None, classes)), "isPageHeading": self.size == "page"}


PLAIN = Look()
