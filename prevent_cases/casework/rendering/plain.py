"""A document as plain text, for a reader's clipboard and for comparing what was sent."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from prevent_cases.casework.rendering.content import DocumentContent, Section, Statement, in_words, prepared
from prevent_cases.casework.rendering.writing import Writing

WIDTH = 78


def render_text(content: DocumentContent) -> str:
    """The document as text, marked above and below, lines at most 78 characters; the same for the same content."""
    document = prepared(content)
    lines = [document.marking, "", document.sender, document.title, "=" * min(WIDTH, len(document.title)), ""]
    lines += _row("To", Writing("\n".join(document.addressed_to))) if document.addressed_to else []
    lines += [*_row("Date", Writing(in_words(document.dated))), *_row("Our reference", Writing(document.reference))]
    for row in document.details:
        lines += _row(row.label, Writing(row.value))
    if document.handling:
        lines += ["", *_wrapped(Writing(f"{document.marking}. {document.handling}"))]
    if document.purpose:
        lines += ["", "Purpose", *_wrapped(Writing(document.purpose))]
    for section in document.sections:
        lines += ["", *_section(section)]
    if document.signed_by:
        lines += ["", *document.signed_by]
    if document.footer:
        lines += ["", *_wrapped(Writing(document.footer))]
    return "\n".join([*lines, "", document.marking, ""])


def _section(section: Section) -> Iterator[str]:
    yield section.heading
    yield "-" * min(WIDTH, len(section.heading))
    for paragraph in section.paragraphs:
        yield from _wrapped(Writing(paragraph))
    for row in section.rows:
        yield from _row(row.label, Writing(row.value))
    yield from _statements("Fact", section.facts)
    yield from _statements("Opinion", section.opinions)
    for question in section.to_answer:
        yield from [question, "", "_" * 40, ""]


def _statements(word: str, statements: tuple[Statement, ...]) -> Iterator[str]:
    if statements:
        yield f"{word}:"
    for statement in statements:
        lines = list(_wrapped(Writing(statement.text), width=WIDTH - 4)) or [""]
        yield f"  {'-' if len(statements) > 1 else ' '} {lines[0]}"
        yield from (f"    {line}" for line in lines[1:])
        if statement.source:
            yield from (f"    {line}" for line in _wrapped(Writing(f"({statement.source})"), width=WIDTH - 4))


def _row(label: str, value: Writing) -> list[str]:
    lines = list(_wrapped(value, width=WIDTH - 2))
    if len(lines) == 1 and len(label) + len(lines[0]) + 2 <= WIDTH:
        return [f"{label}: {lines[0]}"]
    return [f"{label}:", *(f"  {line}" for line in lines)]


def _wrapped(text: Writing, width: int = WIDTH) -> Iterator[str]:
    for block in text.blocks:
        for line in block.lines:
            yield from textwrap.wrap(line, width, break_on_hyphens=False) or [""]
