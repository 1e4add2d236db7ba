"""The minutes of a strategy discussion as a document."""

from __future__ import annotations

from datetime import datetime

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Case
from prevent_cases.casework.rendering.content import DocumentContent, Row, Section
from prevent_cases.casework.wording import date_and_time, day
from safeguarding.models import AgreedAction
from safeguarding.queries.protection import Discussion
from safeguarding.states import ActionState, LegalAdvice

HANDLING = (
    "These minutes were made to protect somebody. Keep them with you, show them to nobody who has no part in that, and "
    "destroy this copy when it is no longer needed."
)


def minutes_of(case: Case, discussion: Discussion, *, council: str, reader: str, at: datetime) -> DocumentContent:
    """Everything the discussion's page shows, for whom the restricted area is open."""
    row = discussion.row
    advice = row.legal_words if row.legal_advice == LegalAdvice.SOUGHT else "Not needed."
    absent = (Row("Invited, and did not come", discussion.absent),) if discussion.absent else ()
    why = (Row("Why somebody was not there", row.why_absent),) if row.why_absent else ()
    return DocumentContent(
        name="strategy-discussion",
        title="Strategy discussion",
        reference=case.reference,
        dated=civil_date(row.held_at),
        sender=council,
        addressed_to=(),
        details=(
            Row("Held", date_and_time(row.held_at)),
            Row("About", row.protection.get_kind_display()),
            Row("Written down", f"{date_and_time(row.at)}, by {row.by.name}"),
        ),
        purpose=f"Printed by {reader}, {date_and_time(at)}. The printing is written down in who looked at the case.",
        sections=(
            Section(heading="Who came", paragraphs=discussion.came, rows=(*absent, *why)),
            Section(heading="What was decided", paragraphs=(row.get_outcome_display(),)),
            Section(heading="Legal advice", paragraphs=(advice,)),
            Section(heading="What the family or the person was told", paragraphs=(row.told_words,)),
            Section(
                heading="Agreed actions",
                rows=tuple(Row(action.what, became_of(action)) for action in discussion.actions),
                paragraphs=() if discussion.actions else ("None.",),
            ),
            Section(heading="Minutes", paragraphs=tuple(row.minutes.split("\n\n"))),
        ),
        handling=HANDLING,
    )  # fmt: skip


def became_of(action: AgreedAction) -> str:
    """Who does it by when, and what became of it."""
    agreed = f"{action.who}, by {day(action.due_on)}."
    if action.standing == ActionState.DONE:
        return f"{agreed} Done by {action.done_by} on {day(action.done_on)}."
    return f"{agreed} Not done: {action.done_words}" if action.standing == ActionState.NOT_DONE else f"{agreed} To do."
