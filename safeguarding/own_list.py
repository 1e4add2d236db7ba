"""The list that a person is given of what was shared about them, as a document. Plain values in, a description out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.rendering.content import DocumentContent, Row, Section
from prevent_cases.casework.wording import day

TITLE = "The person’s own list of what was shared"
AGENCY = "The person it is about"
NOTHING = "Nothing that we can tell you of was shared."
RIGHTS = (
    "You have asked what was shared about you. This list says with which body, when, what kind of thing and why. "
    "The law lets us leave out what would put somebody at risk, or prejudice the prevention or detection of crime. You "
    "may ask us to look at this again, and you may complain to the Information Commissioner."
)


def own_list(
    reference: str, name: str, told: Sequence[Disclosure], *, council: str, signed_by: str, on: date
) -> DocumentContent:  # fmt: skip
    """``told`` are those the person is told of, newest first."""
    return DocumentContent(
        name="what-was-shared",
        title="What was shared about you",
        reference=reference,
        dated=on,
        sender=council,
        addressed_to=(name,),
        handling="",
        purpose=RIGHTS,
        sections=tuple(_section(row) for row in told) or (Section(heading="What was shared", paragraphs=(NOTHING,)),),
        signed_by=(signed_by,),
    )


def _section(row: Disclosure) -> Section:
    team = row.recipient_team.name if row.recipient_team else ""
    rows = (
        Row("With", team or row.recipient_agency),
        Row("On", day(row.decided_at)),
        Row("Why", row.purpose),
        Row("Lawful basis", row.lawful_basis),
        Row("Whether you agreed", str(row.get_consent_display())),
    )
    return Section(heading=row.title, rows=rows)
