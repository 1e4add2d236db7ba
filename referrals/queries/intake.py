"""What the page for entering a referral starts from: the desks, what a file seems to say, and what came before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date, civil_time
from prevent_cases.casework.drafts import bytes_of
from prevent_cases.casework.files.sniff import Inspected, inspect, open_mail
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.models import Draft, Narrative, Submission
from prevent_cases.casework.store import ReceivedFile
from referrals.models import Referral
from referrals.queries.headings import words_read
from referrals.reading.proposal import ProposedReferral
from referrals.reading.read import read_referral

MOST_WORDS = 20_000
AS_RECEIVED = "Referral as received"
WANTED = {
    "policing_reference": "CT policing's reference",
    "reply_address": "the reply address",
    "received_on": "when it was sent",
    "family_name": "the person's name",
    "born_on": "the date of birth",
}


@dataclass(frozen=True)
class Desks:
    """Who sends and who receives: policing teams with their secure domains, and this officer's own units."""

    policing: list[tuple[str, str]]
    units: list[tuple[str, str]]
    domains: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """A referral with the same reference from policing."""

    case_id: UUID
    reference: str
    received_at: datetime
    name: str


def desks(actor: Actor) -> Desks:
    rows = Team.objects.filter(kind=TeamKind.POLICING, closed_on=None).select_related("organisation").order_by("name")
    teams = list(rows)
    return Desks(
        [(str(team.pk), team.name) for team in teams],
        [(str(seat.team_id), seat.team_name) for seat in actor.seats if seat.kind == TeamKind.SSU],
        {team.organisation.secure_domain.lower(): str(team.pk) for team in teams if team.organisation.secure_domain},
    )


def sent_before(actor: Actor, key: UUID, on: date) -> Referral | None:
    """The referral that was received under a key, for whoever may see it."""
    case_id = Submission.objects.filter(key=key).values_list("case_id", flat=True).first()
    return (
        Referral.objects.visible_to(actor, on).select_related("case").filter(case=case_id).first() if case_id else None
    )


def says_the_same(actor: Actor, sent: Referral, typed: dict[str, Any]) -> bool:
    """Whether what was typed is what a referral holds, files apart. Taken to be so where its words are not open.

    ``typed`` are the fields of a received referral by name, its words as ``narrative``.
    """
    with access.material(actor, sent.case_id) as allowed:
        words = dict(Narrative.objects.filter(case=sent.case_id).values_list("heading", "text"))
    if not allowed:
        return True
    plain = {name: value for name, value in typed.items() if name != "narrative"}
    return words == typed["narrative"] and all(getattr(sent, name) == value for name, value in plain.items())


def tidy_reference(typed: str) -> str:
    """Policing's reference as it is kept: capitals, single spaces, nothing a database cannot hold."""
    return " ".join(typed.replace("\x00", "").upper().split())


def same_reference(actor: Actor, reference: str, on: date) -> list[Earlier]:
    """Referrals with this reference of policing's, newest first, that this officer may see."""
    if not reference:
        return []
    rows = Referral.objects.visible_to(actor, on).select_related("case").filter(policing_reference=reference)
    return [
        Earlier(row.case_id, row.case.reference, row.received_at, row.full_name)
        for row in rows.order_by("-received_at")[:5]
    ]


def best_reading(files: list[tuple[str, bytes]]) -> tuple[int, ProposedReferral]:
    """Which of the files says most, and what it says: a recognised form first, then an email, then the first.

    :raises UnsafeFile: for a file that cannot be read
    """
    found = [read_referral(data, name) for name, data in files]
    place = max(range(len(found)), key=lambda n: (bool(found[n].form_edition), found[n].kind == "eml", -n))
    return place, found[place]


def read_into(found: ProposedReferral, form_version: str, places: Desks) -> dict[str, Any]:
    """What a file seems to say, as a draft keeps it: values by box, which boxes were filled, and notes in words."""
    person = found.person
    values: dict[str, Any] = {
        "sender_name": found.sender_name[:150],
        "reply_address": found.reply_to,
        "policing_reference": found.references[0] if found.references else "",
        "given_name": person.given_name[:300],
        "family_name": person.family_name[:300],
        "other_names": "; ".join(person.other_names)[:600],
        "address": person.address[:500],
        "postcode": person.postcode,
        "nhs_number": person.nhs_number,
        "phone": person.phone.split("\n")[0][:40],
    }
    words = words_read(form_version, found.fields, found.body)
    values |= {f"words-{key}": text[:MOST_WORDS] for key, text in words.items()}
    if found.sent_at:
        values |= _parts("received_on", civil_date(found.sent_at))
        values["received_time"] = civil_time(found.sent_at).strftime("%H:%M")
    if person.born_on:
        values |= _parts("born_on", person.born_on)
    domain = found.sender_address.rpartition("@")[2].lower()
    values["policing"] = places.domains.get(domain, "")
    filled = {name: value for name, value in values.items() if value}
    read = sorted({name.rsplit("-", 1)[0] if name.startswith(("born_on", "received_on")) else name for name in filled})
    return {
        "fields": {name: [value] for name, value in filled.items()},
        "read": read,
        "replies": [list(one) for one in found.replies] if len(found.replies) > 1 else [],
        "notes": _notes(found, read, words),
    }


def files_to_keep(
    draft: Draft | None, left_out: Iterable[str], uploads: Iterable[tuple[Any, Inspected]]
) -> list[ReceivedFile]:
    """The draft's files and those just uploaded, the first as the referral itself, with what came inside emails."""
    wanted = [file for file in draft.files if file["store_key"] not in left_out] if draft else []
    given = [(bytes_of(file), file["file_name"]) for file in wanted]
    given += [(upload.read(), inspected.name) for upload, inspected in uploads]
    kept: list[ReceivedFile] = []
    for data, name in given:
        inspected = inspect(BytesIO(data), name)
        is_first = not kept
        title, kind = (AS_RECEIVED, DocumentKind.REFERRAL) if is_first else (inspected.name, DocumentKind.ATTACHMENT)
        kept.append(ReceivedFile(data, inspected, title, kind))
        if inspected.kind == "eml":
            _, inside = open_mail(BytesIO(data), name)
            kept += [
                ReceivedFile(part.data, part.inspected, part.inspected.name, DocumentKind.ATTACHMENT)
                for part in inside
                if not part.is_inline
            ]
    return kept


def _notes(found: ProposedReferral, read: list[str], words: dict[str, str]) -> list[str]:
    there = {*read, "reply_address"} if found.replies else {*read}
    missing = [words for name, words in WANTED.items() if name not in there]
    notes = [f"Not found in the file: {', '.join(missing)}."] if missing else []
    if len(found.references) > 1:
        notes.append(f"Other references in the file: {', '.join(found.references[1:])}.")
    if any(len(text) > MOST_WORDS for text in words.values()):
        notes.append("The text is long and was cut here. The file is kept whole.")
    return [*notes, *found.notes]


def _parts(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
