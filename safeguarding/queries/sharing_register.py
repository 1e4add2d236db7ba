"""The register of what was shared: filters, a page of rows, gaps, and all of it as rows for a file. No content.

Neither what was shared nor the words that gave its reasons are read here: an auditor sees that each is there, to which
agency it went, by what power and on what basis (N3.31 to N3.38).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.casework.days import moment
from prevent_cases.casework.kinds import SENT_BY_HAND, ConsentPosition, Delivery
from prevent_cases.casework.models import Case, Disclosure
from prevent_cases.casework.wording import day, iso

PAGE = 25
MOST_IN_A_FILE = 20_000
STANDINGS = (
    ("unsent", "Not sent yet"),
    ("unacknowledged", "Not acknowledged"),
    ("older", "From before this was asked"),
)
WAYS: dict[str, str] = {
    Delivery.IN_SERVICE: "In this service", Delivery.SECURE_EMAIL: "Secure email",
    Delivery.PASSWORD: "File with a password", Delivery.LINK: "Link that opens once",
    Delivery.SPOKEN: "By word of mouth", Delivery.ON_PAPER: "On paper",
}  # fmt: skip
POSITIONS: dict[str, str] = {
    ConsentPosition.GIVEN: "Agreed", ConsentPosition.OVERRIDDEN: "Not agreed",
    ConsentPosition.NOT_SOUGHT: "Not asked", ConsentPosition.NOT_ASKED: "Not recorded",
}  # fmt: skip
"""How it went and what they had said, in the few words that a list has room for."""
COLUMNS = ("What", "To", "Decided", "Consent", "How it went", "Standing")
IN_A_FILE = (
    "Case", "What", "Parts shared", "Agency", "Team", "Decided at", "Decided by", "Purpose", "Power", "Lawful basis",
    "Consent", "Why without consent", "Necessity", "Proportionality", "Not discriminatory", "Left out", "Address",
    "How it went", "Sent at", "Password given", "Acknowledged at", "Every reason was asked",
)  # fmt: skip
_IMPERFECT = (
    Q(purpose="") | Q(power="") | Q(lawful_basis="") | Q(necessity="") | Q(proportionality="") | Q(fairness="")
    | Q(consent=ConsentPosition.NOT_ASKED)
)  # fmt: skip
_READ = ("title", "recipient_agency", "decided_at", "consent", "delivery", "emailed_at", "acknowledged_at",
         "before_the_gate")  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What to show; empty for everything. ``begins`` and ``ends`` are days, both included."""

    begins: date | None = None
    ends: date | None = None
    agency: str = ""
    delivery: str = ""
    consent: str = ""
    standing: str = ""


@dataclass(frozen=True)
class Gaps:
    """How many lack a reason, which the database allows of none, and how many are from before it was asked."""

    lacking: int
    older: int


def visible(actor: Actor) -> QuerySet[Disclosure]:
    """What an auditor or the unit's lead sees of: every case, or those their team coordinates, without a conflict."""
    if actor.sits_in(TeamKind.AUDIT):
        return Disclosure.objects.filter(case__in=Case.objects.all().not_excluding(actor))
    led = [seat.team_id for seat in actor.seats if seat.kind == TeamKind.SSU and seat.role == "MANAGER"]
    return Disclosure.objects.filter(case__in=Case.objects.filter(owner_team__in=led).not_excluding(actor))


def wanted_of(actor: Actor, wanted: Wanted) -> QuerySet[Disclosure]:
    rows = visible(actor)
    if wanted.begins:
        rows = rows.filter(decided_at__gte=moment(wanted.begins, time.min))
    if wanted.ends:
        rows = rows.filter(decided_at__lt=moment(wanted.ends + timedelta(days=1), time.min))
    if wanted.agency:
        rows = rows.filter(recipient_agency__icontains=wanted.agency)
    if wanted.delivery in Delivery.values:
        rows = rows.filter(delivery=wanted.delivery)
    if wanted.consent in ConsentPosition.values:
        rows = rows.filter(consent=wanted.consent)
    match wanted.standing:
        case "unsent":
            rows = rows.filter(delivery__in=SENT_BY_HAND, emailed_at=None)
        case "unacknowledged":
            rows = rows.filter(recipient_team__isnull=False, acknowledged_at=None)
        case "older":
            rows = rows.filter(before_the_gate=True)
    return rows


def page_of(actor: Actor, wanted: Wanted, after: str) -> tuple[list[Disclosure], str]:
    """A page, newest first, and the cursor of the page after it. One statement."""
    rows = wanted_of(actor, wanted).select_related("case", "recipient_team").only(
        *_READ, "case__reference", "recipient_team__name"
    )  # fmt: skip
    if place := _place(after):
        at, last = place
        rows = rows.filter(Q(decided_at__lt=at) | Q(decided_at=at, id__lt=last))
    found = list(rows.order_by("-decided_at", "-id")[: PAGE + 1])
    if len(found) <= PAGE:
        return found, ""
    end = found[PAGE - 1]
    return found[:PAGE], f"{round(end.decided_at.timestamp() * 1_000_000)}.{end.pk.hex}"


def gaps(actor: Actor) -> Gaps:
    """One statement."""
    counted = visible(actor).aggregate(
        lacking=Count("pk", filter=_IMPERFECT & Q(before_the_gate=False)),
        older=Count("pk", filter=Q(before_the_gate=True)),
    )
    return Gaps(counted["lacking"], counted["older"])


def standing_in_words(row: Disclosure) -> tuple[str, str]:
    """Where one thing is, and the tone of the tag that says so."""
    if row.delivery in SENT_BY_HAND and row.emailed_at is None:
        return "Not sent yet", "attention"
    if row.acknowledged_at:
        return f"Acknowledged {day(row.acknowledged_at)}", "done"
    if row.recipient_team_id is None:
        return "Shared", "done"
    return "Not acknowledged", "waiting"


def for_a_file(actor: Actor, wanted: Wanted) -> tuple[list[UUID], list[list[str]]]:
    """The cases in it, and the rows of a file, oldest first. One statement."""
    rows = wanted_of(actor, wanted).select_related("case", "recipient_team", "decided_by").order_by("decided_at", "id")
    found = list(rows[:MOST_IN_A_FILE])
    return list({row.case_id for row in found}), [list(_cells(row)) for row in found]


def _cells(row: Disclosure) -> Iterator[str]:
    values: tuple[Any, ...] = (
        row.case.reference, row.title, len(row.items), row.recipient_agency,
        row.recipient_team.name if row.recipient_team else "", iso(row.decided_at), row.decided_by.name, row.purpose,
        row.power, row.lawful_basis, row.get_consent_display(), _there(row.consent_why), _there(row.necessity),
        _there(row.proportionality), _there(row.fairness), _there(row.left_out), row.get_address_standing_display(),
        row.get_delivery_display(), iso(row.emailed_at), row.get_password_channel_display(), iso(row.acknowledged_at),
        "No: shared before it was" if row.before_the_gate else "Yes",
    )  # fmt: skip
    for value in values:
        text = str(value)
        yield f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _there(words: str) -> str:
    return "Recorded" if words.strip() else "Nothing recorded"


def _place(cursor: str) -> tuple[datetime, UUID] | None:
    at, _, last = cursor.partition(".")
    if not (at.isdecimal() and len(at) <= 16):
        return None
    try:
        return datetime.fromtimestamp(int(at) / 1_000_000, UTC), UUID(last)
    except ValueError:
        return None
