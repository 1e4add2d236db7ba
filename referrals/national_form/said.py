"""What was answered, in words: for the page that checks it, the own copy, the case, and what is still missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from prevent_cases.casework.procedure import Prompt
from prevent_cases.casework.wording import day
from referrals.national_form.shape import Ask, Edition, Kind, Page

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """One answer in words, empty where there is none. ``words`` keeps its lines. ``is_folded``: few can answer it."""

    key: str
    title: str
    words: str
    column: str = ""
    is_narrative: bool = False
    is_folded: bool = False


@dataclass(frozen=True)
class SaidPage:
    """A page with its answers in their order. ``is_done`` once the writer went on from it."""

    slug: str
    group: str
    title: str
    rows: tuple[Said, ...]
    is_done: bool = False

    @property
    def is_begun(self) -> bool:
        return any(row.words for row in self.rows)


@dataclass(frozen=True)
class Missing:
    """Something the form cannot be sent without: on which page, in which box, and the sentence that asks for it."""

    slug: str
    key: str
    words: str


def said(edition: Edition, answers: Answers, prompts: Sequence[Prompt] = (), *, told: bool = False) -> list[SaidPage]:
    """Every page that asks something, with what was answered.

    :param prompts: the procedure's own list
    :param told: whether staff wrote it down for a caller
    """
    done = answers.get("journey", {}).get("done", [])
    return [
        SaidPage(
            page.slug, page.group, page.told_title if told and page.told_title else page.title,
            tuple(_rows(page, answers, prompts)), page.slug in done,
        )
        for page in edition.pages
        if page.asks
    ]  # fmt: skip


def narrative(edition: Edition, answers: Answers, prompts: Sequence[Prompt] = ()) -> dict[str, str]:
    """The words of the form by the key they are kept under; what goes to a column of the person is left out."""
    rows = (row for page in said(edition, answers, prompts) for row in page.rows)
    return {row.key: row.words for row in rows if row.words and not row.column}


def person(edition: Edition, answers: Answers) -> dict[str, Any]:
    """What goes to the columns of the person."""
    found: dict[str, Any] = {ask.column: answers.get(ask.key, "") for ask in edition.asks() if ask.column}
    return found | {"born_on": born_on(answers)}


def born_on(answers: Answers) -> date | None:
    """The date of birth, where a real one was given."""
    return _date(answers.get("individual.born_on", ""))


def caller(answers: Answers) -> str:
    """Whoever told it by telephone, in one line of 300 characters at most."""
    parts = [answers.get(f"referrer.{name}", "") for name in ("full_name", "role", "organisation", "phone")]
    return ", ".join(part for part in parts if part)[:300]


def missing(edition: Edition, answers: Answers) -> list[Missing]:
    """What must be done before it can be sent: say whom, what, and how to reach whoever refers; put right what is
    wrong. Nothing else."""
    wanted = (
        (("individual.given_name", "individual.family_name", "individual.name_unknown"),
         "Enter the person's name, or say that you do not know it"),
        (("concerns.described", "concerns.event"), "Enter what worries you"),
        (("referrer.full_name",), "Enter the name of whoever makes the referral"),
        (("referrer.phone", "referrer.email"), "Enter a telephone number or an email address to reach them on"),
    )  # fmt: skip
    pages = {ask.key: page.slug for page in edition.pages for ask in page.every_ask()}
    found = [
        Missing(pages[keys[0]], keys[0], words)
        for keys, words in wanted
        if keys[0] in pages and not any(answers.get(key) for key in keys)
    ]
    wrong = answers.get("journey", {}).get("wrong", [])
    return found + [
        Missing(page.slug, page.asks[0].key, f"Put right what is marked on “{page.title}”")
        for page in edition.pages
        if page.slug in wrong
    ]


def listed(ask: Ask, prompts: Sequence[Prompt]) -> Sequence[Prompt]:
    """The prompts an ask shows."""
    return prompts if ask.own_list else ask.prompts


def _rows(page: Page, answers: Answers, prompts: Sequence[Prompt]) -> Iterator[Said]:
    for ask in page.asks:
        yield from _with_revealed(ask, answers, prompts)
    for ask in page.more:
        yield from (replace(row, is_folded=True) for row in _with_revealed(ask, answers, prompts))


def _with_revealed(ask: Ask, answers: Answers, prompts: Sequence[Prompt]) -> Iterator[Said]:
    yield from _answered(ask, answers, prompts)
    chosen = answers.get(ask.key, "")
    for uncovered in ask.reveals.get(chosen, ()) if isinstance(chosen, str) else ():
        yield from _answered(uncovered, answers, prompts)


def _answered(ask: Ask, answers: Answers, prompts: Sequence[Prompt]) -> Iterator[Said]:
    value = answers.get(ask.key, "")
    if ask.kind is Kind.TICK:
        if value:
            yield Said(ask.key, ask.title, ask.label)
        return
    if ask.kind is Kind.CHOICE:
        value = dict(ask.choices).get(value, "")
    elif ask.kind is Kind.DATE:
        value = day(_date(value))
    elif ask.kind is Kind.PROMPTS:
        value = _prompted(ask, answers, prompts)
    yield Said(ask.key, ask.title, value, ask.column, ask.is_narrative)


def _prompted(ask: Ask, answers: Answers, prompts: Sequence[Prompt]) -> str:
    """A paragraph for each prompt that was ticked or written beside; one that is no longer listed keeps its words."""
    ticked = set(answers.get(ask.key) or [])
    parts, told = [], set()
    for prompt in listed(ask, prompts):
        key = ask.comment_key(prompt)
        told.add(key)
        words = answers.get(key, "") if prompt.key in ticked else ""
        if prompt.key in ticked:
            parts.append(f"{prompt.label}:\n{words}" if words else prompt.label)
    if ask.own_list:
        below = f"{ask.key}."
        parts += [words for key, words in answers.items() if key.startswith(below) and key not in told and words]
    return "\n\n".join(parts)


def _date(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and text else None
    except ValueError:
        return None
