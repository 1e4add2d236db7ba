"""What the triage page shows beside the decision: what came, what may be searched, and which case is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.casework.kinds import DocumentKind, Queue, ScanState
from prevent_cases.casework.models import Case, Document, Event, Narrative
from prevent_cases.casework.procedure import Procedure
from referrals.models import Referral
from referrals.queries.headings import labels_of

Choices = list[tuple[str, str]]
IN_VIEW = 1_200


@dataclass(frozen=True)
class Words:
    """What stands under one heading; long ones are folded away."""

    label: str
    text: str

    @property
    def is_long(self) -> bool:
        return len(self.text) > IN_VIEW


@dataclass(frozen=True)
class Came:
    """What came with a referral: its words under their headings, and its files."""

    words: list[Words]
    files: list[dict[str, Any]]


def what_came(referral: Referral) -> Came:
    """The referral's words and files, inside opened material. Two statements."""
    told = {row.heading: row.text for row in Narrative.objects.filter(case=referral.case_id)}
    rows = Document.objects.filter(case=referral.case_id).select_related("added_by").order_by("added_at", "title")
    documents = sorted(rows, key=lambda document: document.kind != DocumentKind.REFERRAL)
    labels = labels_of(referral.form_version)
    keys = [key for key in labels if key in told] + sorted(key for key in told if key not in labels)
    words = [Words(labels.get(key, key.replace("_", " ").capitalize()), told[key]) for key in keys]
    return Came(words, [_file(document) for document in documents])


def systems_of(procedure: Procedure) -> Choices:
    """The systems an officer may say were searched: the register first, then those the procedure names."""
    others = [(reason.key, reason.label) for reason in procedure.reasons.get("search.systems", ())]
    register = procedure.label("register", "case system")
    return [("register", register[:1].upper() + register[1:]), *others]


def searched_with(referral: Referral) -> str:
    """What of the person the systems were searched with, as the nil return says it: ``name and date of birth``."""
    given = {
        "name": referral.given_name or referral.family_name,
        "other names": referral.other_names,
        "date of birth": referral.born_on,
        "address": referral.address or referral.postcode,
        "NHS number": referral.nhs_number,
        "telephone number": referral.phone,
    }
    *first, last = [words for words, value in given.items() if value]
    return f"{', '.join(first)} and {last}" if first else last


def last_question(case: Case) -> Event | None:
    """When policing was last asked something, by whom and why."""
    return case.events.filter(kind="referral.query_back").select_related("by").order_by("-at", "-id").first()


def next_to_triage(actor: Actor, after: UUID, on: date) -> UUID | None:
    """The case with the oldest deadline that waits to be triaged, other than the one just dealt with."""
    waiting = Case.objects.visible_to(actor, on).open().filter(
        owner_team__in=actor.team_ids(TeamKind.SSU), queue=Queue.TRIAGE, pk__in=Referral.objects.values("case")
    )  # fmt: skip
    return waiting.exclude(pk=after).order_by("next_due_at", "pk").values_list("pk", flat=True).first()


def _file(document: Document) -> dict[str, Any]:
    standing = {ScanState.WAITING.value: "checking", ScanState.INFECTED.value: "held"}.get(document.scan, "ready")
    return {
        "id": document.pk,
        "title": document.title,
        "kind": document.file_name.rpartition(".")[2].upper(),
        "size": document.size,
        "added_at": document.added_at,
        "added_by": document.added_by.name if document.added_by else "",
        "standing": standing,
    }
