"""What an edition of the form is made of. Plain frozen values: nothing here knows a database, a page or Django."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from prevent_cases.casework.procedure import Prompt


class Kind(StrEnum):
    """How one thing is asked."""

    TEXT = "text"
    LINES = "lines"
    PROSE = "prose"
    DATE = "date"
    CHOICE = "choice"
    TICK = "tick"
    PROMPTS = "prompts"
    EMAIL = "email"
    POSTCODE = "postcode"
    NHS_NUMBER = "nhs_number"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question of the form, under a key of ``reading/form_headings.py`` where the printed form has it.

    ``label`` is asked of the person; ``said`` stands beside the answer afterwards, in place of the label. ``choices``
    are value and words. ``reveals`` maps a choice to the asks it uncovers. ``column`` names the column of the person
    that it goes to: then it is not kept as words. Each of ``prompts`` has a comment box of its own; ``own_list`` says
    that they are the procedure's list, which admins edit.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    said: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    reveals: dict[str, tuple[Ask, ...]] = field(default_factory=dict)
    prompts: tuple[Prompt, ...] = ()
    own_list: bool = False
    column: str = ""
    longest: int = 300
    rows: int = 5
    width: int | str = ""

    @property
    def title(self) -> str:
        return self.said or self.label

    @property
    def is_narrative(self) -> bool:
        return self.kind in (Kind.PROSE, Kind.PROMPTS)

    def comment_key(self, prompt: Prompt) -> str:
        """Where the words beside a prompt are kept: its own key, or one below this ask's for the procedure's list."""
        return f"{self.key}.{prompt.key}" if self.own_list else prompt.key

    def with_revealed(self) -> Iterator[Ask]:
        """This ask and those it may uncover."""
        yield self
        for asks in self.reveals.values():
            yield from asks


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the journey. ``more`` is folded away under ``more_title``: few can answer it.

    ``told_title`` and ``told_intro`` stand in place of the others where staff write down what a caller says.
    """

    slug: str
    group: str
    title: str
    intro: str = ""
    told_title: str = ""
    told_intro: str = ""
    asks: tuple[Ask, ...] = ()
    more_title: str = ""
    more: tuple[Ask, ...] = ()

    def every_ask(self) -> Iterator[Ask]:
        """Every ask of the page in its order, each followed by those it may uncover."""
        for ask in (*self.asks, *self.more):
            yield from ask.with_revealed()


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition of the form as it is asked. ``readers`` says beside every box of words who will read them."""

    key: str
    title: str
    readers: str
    pages: tuple[Page, ...]

    def page(self, slug: str) -> Page | None:
        return next((page for page in self.pages if page.slug == slug), None)

    def after(self, slug: str) -> Page | None:
        """The page that follows; None after the last."""
        place = [page.slug for page in self.pages].index(slug)
        return self.pages[place + 1] if place + 1 < len(self.pages) else None

    def before(self, slug: str) -> Page | None:
        place = [page.slug for page in self.pages].index(slug)
        return self.pages[place - 1] if place else None

    def asks(self) -> Iterator[Ask]:
        for page in self.pages:
            yield from page.every_ask()
