"""The acts of a tale up to the locality team: each calls the product's own operation, with the tale's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from prevent_cases.casework import operations as casework
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.store import ReceivedFile
from prevent_cases.demo import letters, words
from prevent_cases.demo.places import POLICING, SSU
from prevent_cases.demo.register import birth_date, nhs_of, postcode_of
from prevent_cases.demo.walk import Walk
from referrals.models import MatchDecision, RegisterEntry
from referrals.operations import assigning, finishing, intake, people, recording, triage
from referrals.queries.finishing import NONE_FOUND
from referrals.queries.identity import identity
from referrals.states import Known

Act = Callable[..., None]
SYSTEMS = ["Mosaic"]


def receive(walk: Walk, at: datetime) -> None:
    sender, address = walk.pick(words.SENDERS)
    received_at = at - timedelta(minutes=20)
    who, office = walk.tale.who, walk.world.office
    given = who.given or "The person"
    number = int.from_bytes(walk.source.randbytes(4), "big")
    received = intake.ReceivedReferral(
        received_at=received_at, reply_address=address, sender_name=sender, source=walk.tale.source,
        policing_reference=f"CTP/{received_at:%y}/{number % 90_000 + 10_000}", given_name=who.given,
        family_name=who.family, other_names=who.other, born_on=birth_date(who.born, office.day_zero),
        address=f"{who.address}, {who.locality}".removeprefix(", "), postcode=postcode_of(who.address, who.locality),
        nhs_number=nhs_of(walk.tale) if walk.tale.file == "docx" else "",
        narrative={
            "concerns.described": walk.pick(words.CONCERNS).format(given=given),
            "complex_needs.described": walk.pick(words.NEEDS),
            "other.described": walk.pick(words.OTHER),
        },
    )  # fmt: skip
    ssu = walk.county.teams[SSU]
    letter = letters.Letter(received, ssu.email, received_at)
    referral = intake.receive_referral(
        key=UUID(bytes=walk.source.randbytes(16), version=4), received=received,
        files=letters.files_of(letter, walk.tale.file), ssu=ssu, policing=walk.county.teams[POLICING],
        procedure_key=walk.world.procedure, by=walk.officer(at), at=at,
    )  # fmt: skip
    walk.world.referrals[walk.tale.key] = referral.pk


def look(walk: Walk, at: datetime, who: str) -> None:
    walk.at_their_desk(who, at)


def assign(walk: Walk, at: datetime, who: str) -> None:
    by = walk.at_their_desk(who, at)
    assigning.assign(case=walk.case, to=walk.county.people[who], by=by, at=at)


def match(walk: Walk, at: datetime, answer: str, other: str) -> None:
    people.decide_match(
        referral=walk.referral, other=walk.world.referral(other).person, answer=answer,
        reasons=["Born on the same day", "The same address"], by=walk.officer(at), at=at,
    )  # fmt: skip


def unmatch(walk: Walk, at: datetime, other: str) -> None:
    theirs = walk.world.referral(other).person_as_received_id
    mine = walk.referral.person_as_received_id
    decision = MatchDecision.objects.get(person_id=mine, other_id=theirs, undone_at=None)
    people.take_back_match(
        referral=walk.referral, decision=decision, reason=words.UNMATCH_REASON, by=walk.officer(at), at=at
    )


def checks(walk: Walk, at: datetime) -> None:
    by = walk.officer(at)
    compared = len(identity(by, walk.referral, civil_date(at)).candidates)
    triage.open_checks(referral=walk.referral, compared=compared, by=by, at=at, version=walk.case.version)


def query(walk: Walk, at: datetime, number: str) -> None:
    by, reason = walk.officer(at), walk.case.procedure.reasons_for("referral.query_back")[0]
    triage.query_back(
        referral=walk.referral, reason=reason.label, question=walk.pick(words.QUERIES, number), by=by, at=at,
        version=walk.case.version,
    )  # fmt: skip


def answered(walk: Walk, at: datetime) -> None:
    by = walk.officer(at)
    triage.answer_query(
        referral=walk.referral, corrected={}, reply="The details were checked with the referrer and are right.",
        by=by, at=at, version=walk.case.version,
    )  # fmt: skip


def nil(walk: Walk, at: datetime) -> None:
    triage.send_nil_return(
        referral=walk.referral, systems=SYSTEMS, using="name, date of birth and address",
        extract_at=walk.world.extract_at, found=[], council=walk.world.council, by=walk.officer(at), at=at,
    )  # fmt: skip
    finishing.close_case(referral=walk.referral, other_needs=NONE_FOUND, by=walk.officer(at), at=at)


def area(walk: Walk, at: datetime, *place: str) -> None:
    triage.send_to_area(
        referral=walk.referral, team=walk.county.service_of(" ".join(place)), systems=SYSTEMS,
        extract_at=walk.world.extract_at, found=_found(walk), by=walk.officer(at), at=at,
    )  # fmt: skip


def locality(walk: Walk, at: datetime, *place: str) -> None:
    worker = next((held.worker for held in walk.tale.held if held.worker), "")
    named = walk.county.people.get(worker)
    triage.send_to_locality(
        referral=walk.referral, team=walk.county.team_of(" ".join(place)), known=Known.OPEN, systems=SYSTEMS,
        extract_at=walk.world.extract_at, found=_found(walk), named_worker=named,
        named_worker_name=named.name if named else "", by=walk.officer(at), at=at,
    )  # fmt: skip


def children(walk: Walk, at: datetime) -> None:
    team = walk.county.teams["Children's duty"]
    triage.send_to_children(referral=walk.referral, team=team, by=walk.officer(at), at=at)


def recall(walk: Walk, at: datetime, number: str) -> None:
    triage.recall(referral=walk.referral, reason=_reason(walk, "referral.recall", number), by=walk.officer(at), at=at)


def reroute(walk: Walk, at: datetime, place: str, number: str) -> None:
    triage.reroute(
        referral=walk.referral, team=walk.county.team_of(place), named_worker_name="",
        reason=_reason(walk, "referral.reroute", number), by=walk.officer(at), at=at,
    )  # fmt: skip


def note(walk: Walk, at: datetime) -> None:
    recording.note_added(referral=walk.referral, by=walk.worker(at), at=at)


def record(walk: Walk, at: datetime) -> None:
    by = walk.worker(at)
    recording.note_added(referral=walk.referral, by=by, at=at)
    recording.place_document(referral=walk.referral, by=by, at=at)


def forward(walk: Walk, at: datetime, *place: str) -> None:
    recording.forward(referral=walk.referral, team=walk.county.team_of(" ".join(place)), by=walk.worker(at), at=at)


def write(walk: Walk, at: datetime, number: str) -> None:
    casework.write_note(case=walk.case, text=walk.pick(words.NOTES, number), by=walk.worker(at), at=at)


def add(walk: Walk, at: datetime) -> None:
    by = walk.worker(at)
    sent = letters.Letter(_as_received(walk), walk.case.holder_team.email, at)
    file = letters.files_of(sent, "pdf")[0]
    kept = ReceivedFile(file.data, file.inspected, "Letter from the provider", DocumentKind.ATTACHMENT)
    casework.add_document(
        case=walk.case, file=kept,
        by=by, at=at,
    )  # fmt: skip


def conflict(walk: Walk, at: datetime, who: str) -> None:
    casework.declare_conflict(case=walk.case, who=walk.county.people[who], by=walk.county.actor(who, at), at=at)


def name(walk: Walk, at: datetime, who: str, reason: str, days: str) -> None:
    casework.name_worker(
        case=walk.case, worker=walk.county.people[who], reason=reason, words="Visits the person weekly",
        until=at.date() + timedelta(days=int(days)), by=walk.worker(at), at=at,
    )  # fmt: skip


def _as_received(walk: Walk) -> intake.ReceivedReferral:
    row = walk.referral
    return intake.ReceivedReferral(
        received_at=row.received_at, reply_address="records@homecare.example", sender_name="Home care provider",
        policing_reference=row.policing_reference, given_name=row.given_name, family_name=row.family_name,
    )  # fmt: skip


def _reason(walk: Walk, act: str, number: str) -> str:
    return walk.pick(walk.case.procedure.reasons_for(act), number).label


def _found(walk: Walk) -> list[dict[str, str]]:
    """What the search of the register brought up, as evidence."""
    row = walk.referral
    entries = RegisterEntry.objects.filter(family_name__in=[row.family_name, row.given_name], address=row.address)
    return [
        {"mosaic_id": entry.mosaic_id, "name": entry.full_name, "status": entry.status, "team": entry.team}
        for entry in entries
    ]
