"""Reads about any case: its timeline, its deadlines, who looked at it. One statement each, whatever the case holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from prevent_cases.casework import sentences
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Basis, ClockState, Look
from prevent_cases.casework.models import AccessLog, Case, ClockRun, Event
from prevent_cases.casework.sentences import Subject
from prevent_cases.casework.wording import clock_time, due_words, weekday

PAGE = 20
SERVICE = "the service"
ON_MATERIAL = (Look.MATERIAL, Look.DOCUMENT)
PAGES = {
    "history": "read the history",
    "people": "looked at the people",
    "tasks": "looked at the tasks",
    "looks": "looked at who looked",
    "deadline": "looked at why a deadline is when it is",
    "adding": "began to add a note or a document",
    "forward": "looked at where to forward it",
    "who may look": "looked at who may look",
    "record task": "looked at the record task",
    "answer": "looked at the answer",
    "answer draft": "downloaded a draft of the answer",
    "forms": "looked at the forms",
    "form": "looked at a form",
    "disclosures": "looked at what was shared",
    "register": "looked at what was shared, in the register",
    "consents": "looked at what they were told and agreed to",
    "own list": "began the person's own list of what was shared",
    "outcome": "began to record the outcome",
    "needs": "looked at the other needs",
    "closing": "looked at what closing needs",
    "reopening": "began to reopen the case",
    "returning": "began to return the answer",
    "duty list": "saw the duty list",
    "deciding": "looked at what duty decides",
    "handing over": "looked at handing over to the adult pathway",
    "feedback": "looked at the feedback that is owed",
    "birth date": "began to correct the date of birth",
    "to children": "began to send it to children's duty",
    "registering": "began to register a form",
    "recalling": "began to recall it",
    "rerouting": "began to send it to another team",
    "asking": "began to ask CT policing a question",
    "replying": "began to record CT policing's reply",
    "matches": "looked at who this may be",
    "unmatching": "began to take back who this is",
    "joining": "began to join a practitioner's referral",
    "police checks": "looked at the police checks",
    "asking for a check": "began to ask for a police check",
    "answering a check": "began to record the answer to a police check",
    "hold": "looked at the hold",
    "safety": "looked at how to act for safety",
    "protection": "looked at what is done to protect somebody",
    "minutes": "looked at a strategy discussion",
    "partners": "looked at whom of other agencies was asked",
    "asking partners": "began to ask a partner",
    "partner": "looked at a question to a partner",
    "restricted area": "was told who the restricted area opens to",
}
"""What was looked at on the pages of a case, by what the access log calls them."""


@dataclass(frozen=True)
class Change:
    """One value before and after. ``is_name`` marks what a shared screen hides."""

    label: str
    before: str
    after: str
    is_name: bool = False


@dataclass(frozen=True)
class Happening:
    """One event as components/timeline.html takes it. ``is_new`` is true of what somebody else did since the reader
    last looked; ``changes`` begin with the state, and whoever may see every app can add to them."""

    kind: str
    title: str
    at: datetime
    by: str
    lines: tuple[str, ...] = ()
    is_new: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Page:
    """Some rows, newest first, and the cursor of the page after them (empty at the end)."""

    rows: tuple[Any, ...]
    older: str = ""


@dataclass(frozen=True)
class Deadline:
    """A clock in words. ``duty`` says whose promise it is; ``subject`` is the record it runs on; ``clock`` its key."""

    run_id: UUID
    clock: str
    label: str
    due: datetime
    words: str
    standing: str
    duty: str
    subject: str


@dataclass(frozen=True)
class LookedAt:
    """One line of the access log as the timeline shows it."""

    title: str
    lines: tuple[str, ...]
    at: datetime


def timeline(
    case: Case, *, may_open: bool, looked: datetime | None = None, viewer: UUID | None = None, about: str = "",
    after: str = "", limit: int = PAGE,
) -> Page:  # fmt: skip
    """Events newest first.

    :param may_open: whether the material is open to the reader; without it, events about material are left out
    :param looked: when the reader last looked
    :param viewer: the reader's own id: their own acts are not news to them
    :param about: a value of sentences.Subject, to see only those
    :param after: the cursor of the page before
    """
    rows = Event.objects.filter(case=case).select_related("by")
    if about in Subject.values:
        rows = rows.filter(kind__in=sentences.kinds_about(about))
    if not may_open:
        rows = rows.exclude(kind__in=sentences.material_kinds())
    found, older = keyset(rows, after, limit)
    return Page(tuple(_happening(event, case, looked, viewer) for event in found), older)


def keyset(rows: QuerySet[Any], after: str, limit: int) -> tuple[list[Any], str]:
    """A page of rows with ``at`` and ``id``, newest first, after a cursor; and the cursor of the page after it.

    A cursor that nobody gave out asks for the first page.
    """
    if place := _place(after):
        moment, last = place
        rows = rows.filter(Q(at__lt=moment) | Q(at=moment, id__lt=last))
    found = list(rows.order_by("-at", "-id")[: limit + 1])
    if len(found) <= limit:
        return found, ""
    end = found[limit - 1]
    return found[:limit], f"{round(end.at.timestamp() * 1_000_000)}.{end.pk}"


def deadlines(case: Case, at: datetime, limit: int = 20) -> list[Deadline]:
    """What runs or stands still on a case, the soonest first."""
    runs = ClockRun.objects.filter(case=case).unfinished().order_by("due_at")[:limit]
    return [deadline(run, at) for run in runs]


def deadline(run: ClockRun, at: datetime) -> Deadline:
    """One clock in words, at a moment."""
    clock = run.declared
    if run.state == ClockState.STOPPED:
        late = run.stopped_at is not None and run.stopped_at > run.due_at
        standing = "met_late" if late else "met"
        words = f"Stopped on {weekday(run.stopped_at)}. Was due {weekday(run.due_at)}"
    elif run.state == ClockState.PAUSED:
        standing, words = "paused", f"Standing still. Was due {weekday(run.due_at)}"
    else:
        standing = "overdue" if at > run.due_at else "due_soon" if at >= run.warn_at else "on_time"
        words = due_words(run.due_at, civil_date(at))
        if at > run.due_at and civil_date(at) == civil_date(run.due_at):
            words = f"Was due today at {clock_time(run.due_at)}"
    duty = f"Our duty. {clock.owner}." if clock.is_ours else f"Owed to us by {clock.owner}. We chase it."
    return Deadline(run.pk, clock.key, clock.label, run.due_at, words, standing, duty, run.subject)


def looks(case: Case, *, may_open: bool, after: str = "", limit: int = PAGE) -> Page:
    """Who looked, newest first. Looks at the material are listed for those it is open to."""
    rows = AccessLog.objects.filter(case=case).select_related("user")
    if not may_open:
        rows = rows.exclude(what__in=ON_MATERIAL)
    found, older = keyset(rows, after, limit)
    return Page(tuple(_looked_at(row) for row in found), older)


def words_for(record: str) -> str:
    """What was looked at, in words; empty for the case itself. A page about one record is called by it and its id."""
    return PAGES.get(record) or PAGES.get(record.partition(" ")[0], "")


def _happening(event: Event, case: Case, looked: datetime | None, viewer: UUID | None) -> Happening:
    said = sentences.sentence(event.kind, event.facts, case.procedure, old=event.old, new=event.new)
    moved = (Change("Stage", *said.moved),) if said.moved else ()
    is_new = looked is not None and event.at > looked and event.by_id != viewer
    by = event.by.name if event.by else SERVICE
    return Happening(event.kind, said.text, event.at, by, said.lines, is_new, moved)


def _looked_at(row: AccessLog) -> LookedAt:
    what = words_for(row.record) if row.what == Look.CASE else ""
    right = Basis(row.basis).label if row.basis in Basis.values else ""
    lines = (f"{right[:1].upper()}{right[1:]}",) if right else ()
    return LookedAt(f"{row.user.name} {what or Look(row.what).label}", lines, row.at)


def _place(cursor: str) -> tuple[datetime, int] | None:
    moment, _, last = cursor.partition(".")
    if not (moment.isdecimal() and last.isdecimal() and len(moment) <= 16 and len(last) <= 18):
        return None
    return datetime.fromtimestamp(int(moment) / 1_000_000, UTC), int(last)
