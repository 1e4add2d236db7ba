"""What was shared outside: with a policing team, for its members; and from a case, for those who may see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.casework import access
from prevent_cases.casework.kinds import Basis, ClockState, Look
from prevent_cases.casework.models import Case, ClockRun, Disclosure, Document, Event, Exclusion, Note
from prevent_cases.casework.wording import due_words
from referrals import clocks
from referrals.models import Referral

PAGE = 25
OWED_MOST = 50
OWED = (clocks.QUERY.key, clocks.OUTCOME.key)


@dataclass(frozen=True)
class Shared:
    """One thing that was shared: what, under which references, when, and whether it was acknowledged."""

    id: UUID
    title: str
    reference: str
    theirs: str
    shared_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class Owed:
    """A reply we wait for: what in words, on which reference, by when, and to whom it goes. ``question`` is what was
    asked, word for word, where something was."""

    words: str
    reference: str
    theirs: str
    due: str
    is_late: bool
    reply_to: str
    question: str = ""


@dataclass(frozen=True)
class SharedItem:
    """One thing that was shared, with its files, as its recipients see it. Nothing else of the case is in it."""

    disclosure: Disclosure
    reference: str
    theirs: str
    files: tuple[Document, ...]


def shared_with(actor: Actor, after: str) -> tuple[list[Shared], str]:
    """A page of what was shared with this person's teams, newest first, and the cursor of the page after it.

    One statement. A cursor that nobody gave out asks for the first page.
    """
    rows = _of_teams(actor).annotate(theirs=_theirs("case"), reference=_reference("case"))
    if place := _place(after):
        moment, last = place
        rows = rows.filter(Q(decided_at__lt=moment) | Q(decided_at=moment, id__lt=last))
    found = list(rows.order_by("-decided_at", "-id")[: PAGE + 1])
    shown = [
        Shared(row.pk, row.title, row.reference, row.theirs or "", row.decided_at, row.acknowledged_at)
        for row in found[:PAGE]
    ]
    if len(found) <= PAGE:
        return shown, ""
    end = found[PAGE - 1]
    return shown, f"{round(end.decided_at.timestamp() * 1_000_000)}.{end.pk.hex}"


def owed_by(actor: Actor, today: date, at: datetime, *, source: str | None) -> list[Owed]:
    """Replies that this person's teams owe, the soonest first; what was asked is in the access log. Four statements."""
    asked = Event.objects.filter(case=OuterRef("case"), kind="referral.query_back").order_by("-at", "-id")
    runs = (
        ClockRun.objects.filter(team__in=_teams(actor), state=ClockState.RUNNING, clock__in=OWED)
        .exclude(case__in=_kept_from(actor))
        .annotate(
            theirs=_theirs("case"), reason=Subquery(asked.values("facts__reason")[:1]),
        )
        .select_related("case__owner_team")
        .order_by("due_at", "id")[:OWED_MOST]
    )  # fmt: skip
    owed = list(runs)
    questions = _questions(actor, [run.case_id for run in owed if run.clock == clocks.QUERY.key], at, source)
    return [_owed(run, today, at, questions.get(run.case_id, "")) for run in owed]


def _questions(actor: Actor, case_ids: list[UUID], at: datetime, source: str | None) -> dict[UUID, str]:
    """The last question to this person's teams on each of these cases. Row security shows them no other note."""
    if not case_ids:
        return {}
    with access.oneself(actor):
        notes = Note.objects.filter(case__in=case_ids, addressed_to__in=_teams(actor)).order_by("at", "pk")
        found = {note.case_id: note.text.partition("\n")[2] for note in notes}
        access.log_looks(
            actor, found, Look.SHARED, at=at, source=source, record="question", basis=Basis.SHARED
        )  # fmt: skip
    return found


@contextmanager
def shared_item(actor: Actor, disclosure_id: UUID, *, at: datetime, source: str | None) -> Iterator[SharedItem]:
    """One thing that was shared with a team of this person; the look is logged with it. Four statements.

    Row security lets a member of the recipient team read the files that were shared, and no other row of the case.

    :raises Http404: for what was shared with another team, the same as for nothing
    """
    with transaction.atomic():
        row = (
            _of_teams(actor)
            .filter(pk=disclosure_id)
            .annotate(theirs=_theirs("case"), reference=_reference("case"))
            .select_related("acknowledged_by", "recipient_team")
            .first()
        )
        if row is None:
            raise Http404
        access.log_look(
            actor, row.case_id, Look.SHARED, at=at, source=source, record=f"disclosure {row.pk}", basis=Basis.SHARED
        )
        with access.oneself(actor):
            files = tuple(row.documents.order_by("file_name"))
            yield SharedItem(row, row.reference, row.theirs or "", files)


def disclosures(case: Case) -> list[Disclosure]:
    """Everything shared from a case, newest first. One statement."""
    rows = Disclosure.objects.filter(case=case).select_related(
        "recipient_team", "decided_by", "acknowledged_by", "emailed_by"
    )
    return list(rows.order_by("-decided_at", "-id"))


def disclosure_of(case: Case, disclosure_id: UUID) -> Disclosure:
    """One disclosure with its files, where the material is open. Two statements.

    :raises Http404: for a disclosure of another case, the same as for none
    """
    row = (
        Disclosure.objects.filter(case=case, pk=disclosure_id)
        .select_related("recipient_team", "decided_by", "acknowledged_by", "emailed_by")
        .prefetch_related("documents")
        .first()
    )
    if row is None:
        raise Http404
    return row


def _teams(actor: Actor) -> list[UUID]:
    return actor.team_ids(TeamKind.POLICING)


def _kept_from(actor: Actor) -> QuerySet[Any]:
    return Exclusion.objects.standing().filter(user=actor.user_id).values("case")


def _of_teams(actor: Actor) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(recipient_team__in=_teams(actor)).exclude(case__in=_kept_from(actor))


def _theirs(case: str) -> Subquery:
    return Subquery(Referral.objects.filter(case=OuterRef(case)).values("policing_reference")[:1])


def _reference(case: str) -> Subquery:
    return Subquery(Case.objects.filter(pk=OuterRef(case)).values("reference")[:1])


def _owed(run: Any, today: date, at: datetime, question: str) -> Owed:
    if run.clock == clocks.QUERY.key:
        words = f"A reply to our question: {run.reason}" if run.reason else "A reply to our question"
    else:
        words = "What became of the referral"
    owner = run.case.owner_team
    return Owed(
        words, run.case.reference, run.theirs or "", due_words(run.due_at, today), run.due_at < at,
        owner.email or owner.name, question if run.clock == clocks.QUERY.key else "",
    )  # fmt: skip


def _place(cursor: str) -> tuple[datetime, UUID] | None:
    moment, _, last = cursor.partition(".")
    if not (moment.isdecimal() and len(moment) <= 16):
        return None
    try:
        return datetime.fromtimestamp(int(moment) / 1_000_000, UTC), UUID(last)
    except ValueError:
        return None
