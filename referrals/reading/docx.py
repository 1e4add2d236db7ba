"""The words of a Word document, in order: paragraphs and table rows, with boxes, without hints and deletions."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from referrals.reading.boxes import EMPTY, TICKED
from referrals.reading.form_headings import EDITIONS
from referrals.reading.form_reader import FormReader

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), qn("w:pPr"), qn("w:rPr"), _FALLBACK}
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_SYMBOLS = {"F0FE": TICKED, "F0FD": TICKED, "F052": TICKED, "F0A8": EMPTY, "F06F": EMPTY, "F0A3": EMPTY}
_FEWEST_HEADINGS = 4
_MOST_BLOCKS = 20_000


@dataclass(frozen=True)
class ReadForm:
    """``edition`` is empty when the headings are not a form's; then ``fields`` is too. ``text`` is all the words."""

    edition: str
    fields: dict[str, str]
    text: str
    notes: tuple[str, ...] = ()


def read_docx(data: bytes) -> ReadForm:
    """A Word document that ``files.sniff.inspect`` has passed, read against each edition; the best one wins."""
    blocks = list(_blocks(Document(io.BytesIO(data)).element.body))[:_MOST_BLOCKS]
    text = "\n".join(" ".join(cell for cell in block if cell) for block in blocks)
    best: FormReader | None = None
    for edition in EDITIONS.values():
        reader = FormReader(edition)
        for block in blocks:
            if len(block) == 1:
                reader.paragraph(block[0])
            else:
                reader.row(block)
        if best is None or reader.labels_seen > best.labels_seen:
            best = reader
    if best is None or not best.sections_seen or best.labels_seen + len(best.sections_seen) < _FEWEST_HEADINGS:
        return ReadForm("", {}, text, ("The headings are not those of a referral form known here. Read the document.",))
    return ReadForm(best.edition.key, best.fields, text, tuple(_notes(best)))


def _notes(reader: FormReader) -> Iterator[str]:
    filled = set(reader.fields)
    missing = [s.label for s in reader.edition.sections if s.key != "policing" and s.key not in reader.sections_seen]
    if missing:
        yield f"These parts of the form were not found: {', '.join(missing)}."
    empty = [
        section.label
        for section in reader.edition.sections
        if section.key in reader.sections_seen and not any(key.startswith(f"{section.key}.") for key in filled)
    ]
    if empty:
        yield f"Nothing was read under: {', '.join(empty)}."
    if reader.unknown:
        quoted = "; ".join(f"“{words}”" for words in reader.unknown)
        yield f"These words stand under no heading known here: {quoted}."


def _blocks(parent: Any) -> Iterator[tuple[str, ...]]:
    """A paragraph as one text; a table row as its cells, a row of one cell as one text too."""
    for child in parent:
        if child.tag == qn("w:p"):
            if text := _text(child).strip():
                yield (text,)
        elif child.tag == qn("w:tbl"):
            yield from _rows(child)
        elif child.tag == qn("w:sdt"):
            if not _is_hint(child):
                yield from _blocks(_inside(child))
        elif child.tag in (qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            yield from _blocks(child)


def _rows(parent: Any) -> Iterator[tuple[str, ...]]:
    for row in _through(parent, qn("w:tr")):
        cells = tuple(_cell(cell) for cell in _through(row, qn("w:tc")))
        if any(cells):
            yield cells


def _through(parent: Any, wanted: str) -> Iterator[Any]:
    """Children of one kind, seen through the controls that Word may wrap them in."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag == qn("w:sdt"):
            yield from _through(_inside(child), wanted)


def _cell(cell: Any) -> str:
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merged is not None and merged.get(qn("w:val")) != "restart":
        return ""
    return "\n".join("\n".join(part for part in block if part) for block in _blocks(cell)).strip()


def _text(element: Any) -> str:
    pieces = []
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag in _BREAKS:
            pieces.append(_BREAKS[child.tag])
        elif child.tag == qn("w:sdt"):
            pieces.append(_control(child))
        elif child.tag == qn("w:checkBox"):
            pieces.append(_old_box(child))
        elif child.tag == qn("w:sym"):
            pieces.append(_SYMBOLS.get(child.get(qn("w:char"), "").upper(), ""))
        else:
            pieces.append(_text(child))
    return "".join(pieces)


def _control(control: Any) -> str:
    box = control.find(f"{qn('w:sdtPr')}/{_W14}checkbox")
    if box is not None:
        checked = box.find(f"{_W14}checked")
        return TICKED if checked is not None and checked.get(f"{_W14}val") in ("1", "true") else EMPTY
    return "" if _is_hint(control) else _text(_inside(control))


def _old_box(box: Any) -> str:
    """A box of Word's old forms: its own state if it was ever touched, else its starting state."""
    state = box.find(qn("w:checked"))
    if state is None:
        state = box.find(qn("w:default"))
    return TICKED if state is not None and state.get(qn("w:val"), "1") in ("1", "true", "on") else EMPTY


def _is_hint(control: Any) -> bool:
    shown = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    return shown is not None and shown.get(qn("w:val"), "1") not in ("0", "false")


def _inside(control: Any) -> Any:
    content = control.find(qn("w:sdtContent"))
    return content if content is not None else ()
