"""The restricted area as a document to print, for whom it is open: its words and notes, and a list of its files."""

from __future__ import annotations

from datetime import datetime

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Case
from prevent_cases.casework.rendering.content import DocumentContent, Row, Section
from prevent_cases.casework.wording import date_and_time
from safeguarding.queries.area import RestrictedArea

INSTRUCTIONS = "Holding instructions, as they were sent"
HANDLING = (
    "This copy holds what the restricted area protects. Keep it with you, show it to nobody who is not let in to the "
    "case, and destroy it when it is no longer needed."
)


def restricted_copy(case: Case, inside: RestrictedArea, *, council: str, reader: str, at: datetime) -> DocumentContent:
    """Everything that was read as ``inside``."""
    cut = ("Older notes are in the service.",) if inside.older_notes else ()
    notes = tuple(Row(f"{date_and_time(note.at)}, {note.by}", note.text) for note in inside.notes)
    files = tuple(
        Row(file["title"], f"{file['kind']}, added {date_and_time(file['added_at'])}") for file in inside.files
    )
    words = tuple(Section(heading=heading, paragraphs=tuple(text.split("\n\n"))) for heading, text in inside.words)
    return DocumentContent(
        name="restricted-area",
        title="Restricted area",
        reference=case.reference,
        dated=civil_date(at),
        sender=council,
        addressed_to=(),
        purpose=f"Printed by {reader}, {date_and_time(at)}. The printing is written down in who looked at the case.",
        sections=(
            *(
                [Section(heading=INSTRUCTIONS, paragraphs=tuple(inside.instructions.split("\n\n")))]
                if inside.instructions
                else []
            ),
            *(
                Section(heading=title, rows=tuple(Row(*row) for row in rows if row[1]))
                for title, rows in inside.decisions
            ),
            *words,
            Section(heading="Case notes", rows=notes, paragraphs=cut if notes else ("No note has been written.",)),
            Section(heading="Documents", rows=files, paragraphs=() if files else ("No document has been added.",)),
        ),
        handling=HANDLING,
    )
