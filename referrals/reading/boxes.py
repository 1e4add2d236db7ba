"""Tick boxes in answers: "☒ Yes ☐ No" and "Yes ☒ No ☐" both say "Yes"."""

from __future__ import annotations

import re
from itertools import pairwise

TICKED, EMPTY = "☒", "☐"
_MARKS = str.maketrans({"☑": TICKED, "☒": TICKED, "✓": TICKED, "✔": TICKED, "✗": TICKED, "✘": TICKED,
                        "🗹": TICKED, "🗷": TICKED, "☐": EMPTY, "□": EMPTY, "❏": EMPTY, "❑": EMPTY})  # fmt: skip
_WRITTEN = ((re.compile(r"\[\s*[xX✓✔]\s*\]"), TICKED), (re.compile(r"\[\s*\]"), EMPTY))
_BOX = re.compile(f"[{TICKED}{EMPTY}]")
_PART_ENDS = re.compile(r"[\n\t]|\s{3,}")


def has_boxes(text: str) -> bool:
    """Whether the text holds tick boxes, printed or written as [x]."""
    return bool(_BOX.search(_with_one_sort_of_box(text)))


def answered(text: str) -> str:
    """The text with its boxes read: the words of those that are ticked, then whatever else was written.

    Text without boxes is returned as it is. Nothing ticked and nothing else written is "".
    """
    marked = _with_one_sort_of_box(text)
    boxes = list(_BOX.finditer(marked))
    if not boxes:
        return text
    between = [marked[a.end() : b.start()] for a, b in pairwise(boxes)]
    before, after = marked[: boxes[0].start()], marked[boxes[-1].end() :]
    if before.strip():
        words, extra = [before, *between], [after]
    else:
        pieces = [_PART_ENDS.split(piece.strip(), maxsplit=1) for piece in (*between, after)]
        words, extra = [piece[0] for piece in pieces], [piece[1] for piece in pieces if len(piece) > 1]
    ticked = [word for word, box in zip(words, boxes, strict=True) if box[0] == TICKED]
    if ticked and not any(word.strip() for word in words):
        return "\n".join(["Yes", *(piece.strip() for piece in extra if piece.strip())])
    said = [re.sub(r"\s+", " ", word).strip(" :;,/") for word in ticked]
    written = [" ".join(piece.split()) for piece in extra]
    return "\n".join(part for part in (", ".join(word for word in said if word), *written) if part)


def _with_one_sort_of_box(text: str) -> str:
    marked = text.translate(_MARKS)
    for pattern, mark in _WRITTEN:
        marked = pattern.sub(mark, marked)
    return marked
