"""The writer's own copy of what they sent, as a document. Plain values in, a description of the document out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.rendering.content import DocumentContent, Row, Section
from prevent_cases.casework.wording import date_and_time, day
from referrals.national_form.editions import edition
from referrals.national_form.shape import Ask, Page

NOT_PROVIDED = "Not provided"
HANDLING = (
    "This is your own copy. Keep it where your organisation keeps safeguarding records, and share it only with those "
    "who need it to keep somebody safe."
)


def own_copy(
    *, reference: str, sent_at: datetime, form_version: str, columns: Any, words: Mapping[str, str], council: str,
    told: bool = False,
) -> DocumentContent:  # fmt: skip
    """The copy, page by page of its edition; what is not of the form, such as advice taken, comes last.

    :param columns: whatever holds the person's columns as attributes
    :param words: by the key they are kept under
    """
    form = edition(form_version)
    sections = [_section(page, columns, words, told=told) for page in form.pages if page.asks]
    asked = {ask.key for ask in form.asks()}
    others = [Row(_title(key), text) for key, text in sorted(words.items()) if key not in asked and text]
    if others:
        sections.append(Section(heading="Beside the form", rows=tuple(others)))
    return DocumentContent(
        name="your-copy", title="Your copy of a Prevent referral", reference=reference, dated=civil_date(sent_at),
        sender=council, addressed_to=(), details=(Row("Sent", date_and_time(sent_at)), Row("Form", form.title)),
        sections=tuple(sections), purpose="", handling=HANDLING,
    )  # fmt: skip


def _section(page: Page, columns: Any, words: Mapping[str, str], *, told: bool) -> Section:
    heading = page.told_title if told and page.told_title else page.title
    rows = tuple(Row(ask.title, _text(ask, columns, words)) for ask in page.every_ask() if _is_shown(ask, page, words))
    return Section(heading=heading, rows=rows)


def _is_shown(ask: Ask, page: Page, words: Mapping[str, str]) -> bool:
    """Every main question, answered or not; what an answer uncovers, what is folded, a tick: only where it was used."""
    return bool((ask in page.asks and ask.kind != "tick") or ask.column or words.get(ask.key))


def _text(ask: Ask, columns: Any, words: Mapping[str, str]) -> str:
    value = getattr(columns, ask.column) if ask.column else words.get(ask.key, "")
    if not isinstance(value, str):
        value = day(value)
    return value or NOT_PROVIDED


def _title(key: str) -> str:
    return {"advice.taken": "Advice taken", "concern.steps": "At your organisation", "added": "Added later"}.get(
        key, key.rpartition(".")[2].replace("_", " ").capitalize()
    )
