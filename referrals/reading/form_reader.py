"""Puts the words of a form under the right keys, by its headings. Pure: rows and paragraphs in, fields out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from referrals.reading.boxes import answered, has_boxes
from referrals.reading.form_headings import FormEdition, FormField, FormSection

_BRACKETED = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_NUMBERED = re.compile(
    r"^\s*(?:(?:section|part|question|q)\s*)?(?:\d{1,2}(?:\.\d{1,2})*[a-z]?|[a-z]|[ivx]{1,4})\s*[.):\-]+\s+|"
    r"^\s*(?:(?:section|part|question)\s+)?(?:\d{1,2}(?:\.\d{1,2})*)\s+",
    re.IGNORECASE,
)
_AFTER_LABEL = re.compile(r"\s*[:\t]\s*|\s+[-–—]\s+")
_LONG, _CLOSE_ENOUGH = 20, 90
_MOST_CHARACTERS = 20_000
_LONGEST_LABEL = 300
_MOST_LINES = 10_000
_MOST_UNKNOWN = 8
_OPENING = ("policing", "individual")
"""Sections whose fields may stand at the head of a form, before any heading."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A heading as it is compared: lower case, no numbering, brackets, punctuation or plural."""
    bare = _NUMBERED.sub("", _BRACKETED.sub(" ", unicodedata.normalize("NFKC", text))).lower()
    bare = re.sub(r"[’'`]", "", bare).replace("&", " and ")
    return " ".join(_singular(word) for word in re.findall(r"[^\W_]+", bare))


def _singular(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


class FormReader:
    """Reads one form of one edition. Feed it rows and paragraphs in order, then ask for ``fields``."""

    def __init__(self, edition: FormEdition) -> None:
        self.edition = edition
        self.labels_seen = 0
        self.sections_seen: set[str] = set()
        self.unknown: list[str] = []
        self._found: dict[str, list[str]] = {}
        self._section: FormSection | None = None
        self._open: FormField | None = None
        self._columns: list[FormField | None] = []
        self._last_key = ""
        self._prompts_in_a_row = 0
        self._lines = 0
        self._placeholders = {plain(words) for words in edition.placeholders}

    @property
    def fields(self) -> dict[str, str]:
        """What was found, by field key; fields that stayed empty are not in it."""
        joined = {key: answered("\n".join(lines)[:_MOST_CHARACTERS]).strip() for key, lines in self._found.items()}
        return {key: text for key, text in joined.items() if text}

    def paragraph(self, text: str) -> None:
        """One paragraph, or one line of a cell that spans its table."""
        self._columns = []
        for line in self._within_reason(text):
            self._line(line)

    def row(self, cells: Sequence[str]) -> None:
        """One row of a table: label beside answer, several such pairs, labels above answers, or one wide cell."""
        filled = [cell for cell in cells if cell.strip()]
        if self._columns and len(cells) == len(self._columns) and not self._labels(cells):
            for field, cell in zip(self._columns, cells, strict=True):
                self._put(field, cell)
            self._columns = []
            return
        self._columns = []
        if len(filled) == 1 and (len(cells) == 1 or not self._field(cells[0])):
            self.paragraph(filled[0])
            return
        labels = self._labels(cells)
        if len(labels) > 1 and len(labels) == len(cells):
            self._columns = [self._label(cell) for cell in cells]
            return
        self._pairs(cells)

    def _within_reason(self, text: str) -> Iterator[str]:
        """The lines, stripped, until the form has had ten thousand: nobody types more, and each costs time."""
        for line in text.split("\n"):
            self._lines += 1
            if self._lines <= _MOST_LINES:
                yield line.strip()

    def _pairs(self, cells: Sequence[str]) -> None:
        self._open = None
        place = 0
        while place < len(cells):
            cell = cells[place]
            place += 1
            if self._start_section(cell) or not cell.strip():
                continue
            field = self._label(cell) or self._label_above_hint(cell, cells[place:])
            if field is None:
                self._cell_without_label(cell)
                continue
            if place < len(cells) and (len(cells) == 2 or not self._field(cells[place])):
                self._put(field, cells[place])
                place += 1

    def _label_above_hint(self, cell: str, beside: Sequence[str]) -> FormField | None:
        """A label whose cell goes on with a printed hint ("Date of birth", "DD/MM/YYYY") and whose answer is beside."""
        first, _, hint = cell.partition("\n")
        is_hint = hint and any(text.strip() for text in beside[:1]) and not self._split(first)[1]
        return self._label(first) if is_hint else None

    def _line(self, line: str) -> None:
        if not line or self._start_section(line):
            return
        head, _, rest = self._split(line)
        field = self._label(head)
        if field is not None:
            self._prompts_in_a_row += not rest
            self._open = field if self._prompts_in_a_row < 2 or not self._takes_free_text else None
            self._put(field, rest)
        elif self._is_prompt(line):
            self._prompts_in_a_row += 1
            self._open = None
        else:
            self._words(line)

    def _words(self, line: str) -> None:
        """Words under no label of their own: of the open field, else of the section, else of nothing known.

        Hints printed in a row are a list to think of, not questions each with its answer: what follows them is
        the section's own text.
        """
        self._prompts_in_a_row = 0
        if self._open is not None:
            self._put(self._open, line)
        elif self._section is not None and self._section.free_text:
            self._add(self._section.free_text, line)
        elif self._section is not None and len(self.unknown) < _MOST_UNKNOWN:
            self.unknown.append(line[:80])

    def _cell_without_label(self, cell: str) -> None:
        for line in self._within_reason(cell):
            head, mark, rest = self._split(line)
            field = self._label(head) if mark else None
            if field is not None:
                self._put(field, rest)
            elif line and not self._is_prompt(line):
                self._words(line)

    @property
    def _takes_free_text(self) -> bool:
        return self._section is not None and bool(self._section.free_text)

    def _split(self, line: str) -> tuple[str, str, str]:
        mark = _AFTER_LABEL.search(line[:_LONGEST_LABEL])
        if mark is None or not (self._field(line[: mark.start()])):
            return line, "", ""
        return line[: mark.start()], mark[0], line[mark.end() :]

    def _start_section(self, text: str) -> bool:
        """Begins a section when the first line is its heading, alone, before a printed hint, or before its own text."""
        first, _, below = text.strip().partition("\n")
        mark = _AFTER_LABEL.search(first[:_LONGEST_LABEL])
        head, beside = (first[: mark.start()], first[mark.end() :]) if mark else (first, "")
        named = plain(head) if len(head) <= _LONGEST_LABEL else ""
        for section in self.edition.sections:
            if named not in {plain(heading) for heading in section.headings} or not named:
                continue
            if beside and not section.free_text:
                continue
            self._section, self._open, self._last_key, self._prompts_in_a_row = section, None, "", 0
            self.sections_seen.add(section.key)
            for line in self._within_reason(f"{beside}\n{below}"):
                self._line(line)
            return True
        return False

    def _is_prompt(self, line: str) -> bool:
        return self._section is not None and self._is_prompt_of(self._section, line)

    @staticmethod
    def _is_prompt_of(section: FormSection, line: str) -> bool:
        said = plain(line[:_LONGEST_LABEL])
        printed = [*section.prompts, *(h for f in section.fields for h in f.headings if len(h) >= _LONG)]
        return bool(section.prompts) and any(said.startswith(plain(prompt)) for prompt in printed)

    def _labels(self, cells: Iterable[str]) -> list[FormField]:
        return [field for cell in cells if (field := self._field(cell))]

    def _label(self, text: str) -> FormField | None:
        """The field a text is the heading of, counted as seen, and remembered so that a repeated heading goes on."""
        field = self._field(text)
        if field is not None:
            self.labels_seen += 1
            self._last_key = field.key
        return field

    def _field(self, text: str) -> FormField | None:
        said = plain(text) if len(text) <= _LONGEST_LABEL else ""
        if not said:
            return None
        opening = [s for s in self.edition.sections if s.key in _OPENING and s is not self._section]
        here = [self._section] if self._section else []
        for section in here if here and here[0].key not in _OPENING else [*here, *opening]:
            matching = [field for field in section.fields if _is_heading_of(field, said)]
            if matching:
                return self._next_of(section, matching)
        return None

    def _next_of(self, section: FormSection, matching: list[FormField]) -> FormField:
        """Of fields that share a printed heading, the first after the last one seen."""
        keys = [field.key for field in section.fields]
        after = keys.index(self._last_key) if self._last_key in keys else -1
        return next((field for field in matching if keys.index(field.key) > after), matching[0])

    def _put(self, field: FormField | None, value: str) -> None:
        if field is not None:
            self._found.setdefault(field.key, [])
            for line in self._within_reason(value):
                self._add(field.key, line)

    def _add(self, key: str, line: str) -> None:
        said = line.strip()
        if said and (len(said) > _LONGEST_LABEL or has_boxes(said) or plain(said) not in self._placeholders):
            self._found.setdefault(key, []).append(said)


def _is_heading_of(field: FormField, said: str) -> bool:
    for heading in field.headings:
        wanted = plain(heading)
        if said == wanted:
            return True
        if len(heading) >= _LONG and (said.startswith(wanted) or ratio(said, wanted) >= _CLOSE_ENOUGH):
            return True
    return False
