"""The record of a case as a document to print: reference and "Page n of m" on every page. No material is in it."""

from __future__ import annotations

from datetime import datetime

from prevent_cases.casepages.summary import facts_of
from prevent_cases.casework import queries
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.queries import Happening
from prevent_cases.casework.rendering.content import DocumentContent, Row, Section
from prevent_cases.casework.wording import date_and_time, day
from referrals.queries.frame import Frame

MOST = 500
HANDLING = "Do not leave a printed copy unattended. Destroy it when it is no longer needed."


def record_of(head: Frame, *, council: str, reader: str, at: datetime) -> DocumentContent:
    """The case's key details, deadlines and newest events. Two statements."""
    case, referral = head.case, head.referral
    happened = queries.timeline(case, may_open=False, limit=MOST)
    running = queries.deadlines(case, at)
    events = tuple(_printed(row) for row in happened.rows)
    cut = (f"The newest {MOST} events are printed. Older ones are in the service.",) if happened.older else ()
    return DocumentContent(
        name="record",
        title="Case record",
        reference=case.reference,
        dated=civil_date(at),
        sender=council,
        addressed_to=(),
        purpose=f"Printed by {reader}, {date_and_time(at)}. The restricted area of the case is not part of it.",
        details=tuple(
            Row(label, value)
            for label, value in (
                ("About", referral.full_name),
                ("Date of birth", day(referral.born_on)),
                ("Stage", referral.get_state_display()),
                ("With", case.holder_team.name),
                ("Assigned to", case.assignee.name if case.assignee else "Nobody yet"),
            )
            if value
        ),
        sections=(
            Section(heading="The referral", rows=tuple(Row(fact["key"], fact["value"]) for fact in facts_of(referral))),
            Section(
                heading="Deadlines",
                rows=tuple(Row(row.label, f"{row.words}\n{row.duty}") for row in running),
                paragraphs=() if running else ("No deadline is running.",),
            ),
            Section(heading="History, newest first", rows=events, paragraphs=cut),
        ),
        handling=HANDLING,
    )


def _printed(row: Happening) -> Row:
    changes = (f"{change.label}: was {change.before}, now {change.after}" for change in row.changes)
    return Row(date_and_time(row.at), "\n".join((f"{row.title}, by {row.by}", *row.lines, *changes)))
