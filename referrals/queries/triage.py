"""What the triage page shows beside the decision: what came, what may be searched, and which case is next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.casework.kinds import Queue, ScanState
from prevent_cases.casework.models import Case, Event
from prevent_cases.casework.procedure import Procedure
from referrals.models import Referral
from referrals.queries.headings import in_form_order

Choices = list[tuple[str, str]]
IN_VIEW = 1_200
THE_REGISTER = "register"
"""Stands for the case system among what was searched, whatever a procedure calls it."""


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


CAME = """
SELECT (SELECT jsonb_object_agg(heading, text ORDER BY id) FROM casework_narrative WHERE case_id = %(case)s),
       (SELECT jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title, 'file_name', d.file_name, 'size', d.size,
                                            'scan', d.scan, 'added_at', d.added_at, 'added_by', coalesce(u.name, ''))
                         ORDER BY d.kind <> 'REFERRAL', d.added_at, d.title)
          FROM casework_document d LEFT JOIN accounts_user u ON u.id = d.added_by_id WHERE d.case_id = %(case)s)
"""


def what_came(referral: Referral) -> Came:
    """The referral's words and files, inside opened material. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(CAME, {"case": referral.case_id})
        told, files = (json.loads(found) if found else () for found in cursor.fetchone())
    words = [Words(label, text) for label, text in in_form_order(referral.form_version, dict(told))]
    return Came(words, [_file(file) for file in files])


def systems_of(procedure: Procedure) -> Choices:
    """The systems an officer may say were searched: the register first, then those the procedure names."""
    others = [(reason.key, reason.label) for reason in procedure.reasons.get("search.systems", ())]
    return [(THE_REGISTER, register_of(procedure)), *others]


def register_of(procedure: Procedure) -> str:
    """What the register is called where it stands among the systems that were searched."""
    register = procedure.label("register", "case system")
    return register[:1].upper() + register[1:]


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


def _file(file: dict[str, Any]) -> dict[str, Any]:
    standing = {ScanState.WAITING.value: "checking", ScanState.INFECTED.value: "held"}.get(file["scan"], "ready")
    return {
        "id": file["id"],
        "title": file["title"],
        "kind": file["file_name"].rpartition(".")[2].upper(),
        "size": file["size"],
        "added_at": datetime.fromisoformat(file["added_at"]),
        "added_by": file["added_by"],
        "standing": standing,
    }
