"""A document as Word (.docx): real headings, page fields, British English, and nothing about who made it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from prevent_cases.casework.rendering.content import (
    BRAND_COLOUR,
    DocumentContent,
    Row,
    Section,
    Statement,
    checked_colour,
    in_words,
    prepared,
)
from prevent_cases.casework.rendering.word_parts import (
    box,
    dress,
    head_and_foot,
    in_right_to_left,
    rules_between,
    table_words,
)
from prevent_cases.casework.rendering.word_zip import settled
from prevent_cases.casework.rendering.writing import Block, Writing

_LABEL_WIDTH, _VALUE_WIDTH = Cm(5.4), Cm(11.2)
_QUIET = RGBColor(0x50, 0x5A, 0x5F)


def render_docx(content: DocumentContent, brand_colour: str = BRAND_COLOUR) -> bytes:
    """The document as .docx bytes, the same for the same content.

    Marked at the head and foot of each page, with its reference and "Page n of m"; its properties hold the
    reference and the document's own date, no name. ``brand_colour`` is "#rrggbb"; anything else raises ValueError.
    """
    document = prepared(content)
    word = Document()
    brand = RGBColor.from_string(checked_colour(brand_colour)[1:].upper())
    dress(word, brand)
    head_and_foot(word.sections[0], document.marking, document.reference)
    _opening(word, document)
    for section in document.sections:
        _section(word, section)
    _closing(word, document)
    _properties(word, document)
    out = io.BytesIO()
    word.save(out)
    return settled(out.getvalue())


def _opening(word: WordDocument, document: DocumentContent) -> None:
    word.add_paragraph(document.sender, style="Sender")
    word.add_heading(document.title, level=1)
    rows = [Row("Date", in_words(document.dated)), Row("Our reference", document.reference), *document.details]
    if document.addressed_to:
        rows.insert(0, Row("To", Writing("\n".join(document.addressed_to))))
    _table(word, rows, "Details of this document", ruled=False)
    if document.handling:
        paragraph = word.add_paragraph(style="Handling")
        paragraph.add_run(f"{document.marking}. ").bold = True
        paragraph.add_run(document.handling)
        box(paragraph)
    if document.purpose:
        word.add_heading("Purpose", level=2)
        _text(word, Writing(document.purpose))


def _section(word: WordDocument, section: Section) -> None:
    word.add_heading(section.heading, level=2)
    for paragraph in section.paragraphs:
        _text(word, Writing(paragraph))
    if section.rows:
        _table(word, list(section.rows), section.heading, ruled=True)
    _statements(word, "Fact", section.facts)
    _statements(word, "Opinion", section.opinions)
    for question in section.to_answer:
        word.add_heading(question, level=3)
        _answer_box(word, question)


def _statements(word: WordDocument, label: str, statements: tuple[Statement, ...]) -> None:
    if statements:
        word.add_heading(label, level=3)
    first, then = ("List Bullet", "List Continue") if len(statements) > 1 else ("Normal", "Normal")
    for statement in statements:
        for place, block in enumerate(Writing(statement.text).blocks):
            _lines(word.add_paragraph(style=then if place else first), block)
        if statement.source:
            source = word.add_paragraph(style=then).add_run(statement.source)
            source.font.size, source.font.color.rgb = Pt(10), _QUIET


def _closing(word: WordDocument, document: DocumentContent) -> None:
    for place, line in enumerate(document.signed_by):
        paragraph = word.add_paragraph(style="Signed")
        paragraph.paragraph_format.space_before = Pt(22 if place == 0 else 0)
        paragraph.add_run(line).bold = place == 0
    if document.footer:
        for place, block in enumerate(Writing(document.footer).blocks):
            paragraph = word.add_paragraph(style="Closing note")
            paragraph.paragraph_format.space_before = Pt(18 if place == 0 else 0)
            _lines(paragraph, block)


def _text(word: WordDocument, text: Writing) -> None:
    for block in text.blocks:
        _lines(word.add_paragraph(), block)


def _lines(paragraph: Paragraph, block: Block) -> None:
    for place, line in enumerate(block.lines):
        run = paragraph.add_run()
        if place:
            run.add_break()
        run.add_text(line)
    if block.is_right_to_left:
        in_right_to_left(paragraph)


def _table(word: WordDocument, rows: list[Row], described: str, *, ruled: bool) -> None:
    table = word.add_table(rows=0, cols=2)
    table.autofit = False
    table_words(table, described)
    for row in rows:
        label, value = table.add_row().cells
        label.width, value.width = _LABEL_WIDTH, _VALUE_WIDTH
        _first(label).add_run(row.label).bold = True
        _fill(value, Writing(row.value))
    table.columns[0].width, table.columns[1].width = _LABEL_WIDTH, _VALUE_WIDTH
    if ruled:
        rules_between(table)
    word.add_paragraph(style="Gap")


def _fill(cell: _Cell, text: Writing) -> None:
    for place, block in enumerate(text.blocks):
        _lines(_first(cell) if place == 0 else cell.add_paragraph(style="In table"), block)


def _first(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.style = "In table"
    return paragraph


def _answer_box(word: WordDocument, question: str) -> None:
    table = word.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    table_words(table, f"Space to answer: {question}")
    table.rows[0].height = Cm(3)
    _first(table.cell(0, 0))
    word.add_paragraph(style="Gap")


def _properties(word: WordDocument, document: DocumentContent) -> None:
    """Word fills these in with names and the clock; here they hold the reference and the document's own date."""
    properties = word.core_properties
    moment = datetime(document.dated.year, document.dated.month, document.dated.day, tzinfo=UTC)
    properties.title = document.reference
    properties.author = properties.last_modified_by = properties.comments = properties.subject = ""
    properties.keywords = properties.category = ""
    properties.language = "en-GB"
    properties.created = properties.modified = moment
    properties.revision = 1
