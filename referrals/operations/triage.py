"""The SSU finds out whether adult social care knows the person, and sends the referral one of its ways (A5 to A8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Team, User
from prevent_cases.casework import access, outbox
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, hand_over, keep, lock
from prevent_cases.casework.kinds import ConsentPosition, Delivery, DocumentKind
from prevent_cases.casework.models import Disclosure, Document, Note
from prevent_cases.casework.rendering.content import DocumentContent
from prevent_cases.casework.rendering.pdf import render_pdf
from prevent_cases.casework.rendering.word import render_docx
from prevent_cases.casework.sharing import Recipient, disclose
from prevent_cases.casework.store import ReceivedFile, keep_file, keep_rendered
from prevent_cases.casework.workflow import Refused, Transition
from referrals import clocks
from referrals.documents import NIL_RETURN_TITLE, Letter, Search, Subject, nil_return
from referrals.models import Person, Referral, RegisterSearch
from referrals.operations.arriving import keep_arrival, must_be_child
from referrals.operations.nil_returns import must_have_searched, must_hold_nothing
from referrals.operations.people import keep_person
from referrals.policy import an_ssu_officer
from referrals.queries.ages import age_group, age_group_on
from referrals.queries.arrivals import NOTHING_SAID, SaidOfAChild
from referrals.queries.naming import must_name_nobody, names_of
from referrals.queries.readers import readers_of
from referrals.queries.triage import register_of
from referrals.states import AgeGroup, Known
from referrals.states import ReferralState as S
from referrals.workflow import REFERRAL

DETAILS = {"given_name", "family_name", "other_names", "born_on", "address", "postcode", "nhs_number", "phone"}
CAN_BE_SENT_ON = (S.WITH_AREA, S.AREA_RECORDED, S.WITH_LOCALITY, S.PREPARING)
TOO_LATE_TO_RECALL = (
    "This cannot be recalled any more: it is in the team's restricted area, which your unit does not open. "
    "Send it to another locality team instead."
)
QUESTION = "Question to CT policing"
NIL_RETURN_ITEMS = ("That no record is held", "Which systems were searched, and when")
NIL_RETURN_NECESSITY = "Policing asked whether adult social care holds a record. Nothing else is shared."
NIL_RETURN_PROPORTIONALITY = "That no record is held is the least that answers the question."
NIL_RETURN_UNASKED = "Nothing about the person is shared, and telling them could prejudice what policing is doing."
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def open_checks(*, referral: Referral, compared: int, by: Actor, at: datetime, version: int) -> None:
    """Record that who this is has been settled, so that the register can be asked about them (A5)."""
    advance(
        subject=referral, transition=REFERRAL["referral.open_checks"], by=by, at=at, version=version,
        facts={"decided": "yes", "compared": compared},
    )  # fmt: skip


@transaction.atomic
def query_back(*, referral: Referral, reason: str, question: str = "", by: Actor, at: datetime, version: int) -> None:
    """Ask policing a question before going on. Our clocks stand still; theirs runs.

    The reason is for the record; the words of the ``question`` are kept as a note, behind the wall, which the policing
    team that they are addressed to reads too.
    """
    case = lock(referral.case_id)
    must_name_nobody(referral, reason)
    with access.writing(by, case.pk):
        advance(
            subject=referral, transition=REFERRAL["referral.query_back"], by=by, at=at, version=version,
            facts={"reason": reason}, to={"reply address": to_policing(referral, referral.reply_address)},
            team_id=referral.policing_team_id, chase={clocks.QUERY.key: referral.reply_address},
        )  # fmt: skip
        _keep_note(referral, QUESTION, question, to=referral.policing_team, by=by, at=at)


@transaction.atomic
def answer_query(
    *, referral: Referral, corrected: dict[str, Any], reply: str = "", files: Sequence[ReceivedFile] = (),
    by: Actor, at: datetime, version: int,
) -> None:  # fmt: skip
    """Policing replied; triage goes on where it stood.

    ``corrected`` holds the person's details that changed: they are searched by from now on, and the age group
    follows the birth date. The ``reply`` is kept as a note, its ``files`` among the documents.
    """
    case = lock(referral.case_id)
    received = Person.objects.select_for_update(no_key=True).get(pk=referral.person_as_received_id)
    if unknown := corrected.keys() - DETAILS:
        raise ValueError(f"Not among a person's details: {', '.join(sorted(unknown))}")
    for name, value in corrected.items():
        setattr(referral, name, value)
        setattr(received, name, value)
    if "born_on" in corrected:
        referral.age_group = age_group(referral.born_on, civil_date(at))
    with access.writing(by, case.pk):
        advance(
            subject=referral, transition=REFERRAL["referral.query_answered"], by=by, at=at, version=version, facts={}
        )
        if corrected:
            keep_person(received, by=by, at=at)
        _keep_note(referral, "Reply from CT policing", reply, by=by, at=at)
        for file in files:
            keep_file(case=referral.case, file=file, by=by, at=at, subject=referral.record_key)


@transaction.atomic
def send_nil_return(
    *, referral: Referral, systems: list[str], using: str, extract_at: datetime | None, found: list[dict[str, Any]],
    words: str = "", not_searched: str = "", adult: bool = False, delivery: str = Delivery.IN_SERVICE, council: str,
    by: Actor, at: datetime, version: int | None = None,
) -> Disclosure:  # fmt: skip
    """No record is held: render the nil return, keep it, address it to the reply address (A6, K0.6).

    ``adult`` is what the officer found where no birth date is known; ``not_searched`` is why the register could not
    be searched. The case waits to be finished: closing it is an act of its own, which asks about other needs.

    :raises Refused: for a person who is or may be under 18, where the register was not searched and nobody says why,
        where our own record says that a record is held and no ``words`` say why not, or where nobody could read it
    """
    case = lock(referral.case_id)
    on = civil_date(at)
    _must_be_adult(referral, on, adult=adult)
    told = told_at(referral, referral.reply_address, delivery, on)
    referral.known = Known.NEVER
    with access.writing(by, case.pk):
        advance(
            subject=referral, transition=REFERRAL["referral.send_nil_return"], by=by, at=at, version=version,
            facts={"systems": systems, "searched_on": on.isoformat()},
            to={"reply address": told}, team_id=case.owner_team_id,
        )  # fmt: skip
        must_hold_nothing(referral, words)
        must_have_searched(referral, systems, not_searched)
        why = f"{register_of(referral.case.procedure)} was not searched: {not_searched}\n" if not_searched else ""
        _keep_search(referral, systems, extract_at, found, Known.NEVER, f"{why}{words}", by=by, at=at)
        content = nil_return_content(
            referral, systems=systems, using=using, extract_at=extract_at, council=council, by=by, on=on,
            not_searched=not_searched,
        )  # fmt: skip
        return disclose(
            case=referral.case, title=NIL_RETURN_TITLE, purpose="To tell policing that no record is held",
            to=Recipient(team=referral.policing_team, name=referral.sender_name, address=referral.reply_address),
            consent=ConsentPosition.NOT_SOUGHT, why_not_sought=NIL_RETURN_UNASKED, necessity=NIL_RETURN_NECESSITY,
            proportionality=NIL_RETURN_PROPORTIONALITY, items=NIL_RETURN_ITEMS, delivery=delivery,
            documents=keep_document(referral, DocumentKind.NIL_RETURN, "Nil return", content, by=by, at=at),
            by=by, at=at,
        )  # fmt: skip


def told_at(referral: Referral, address: str, delivery: str, on: date) -> outbox.Recipient | None:
    """Who is told that something is here to be read; nobody where it goes by secure email.

    :raises Refused: where nobody of the policing team could read it here
    """
    if delivery != Delivery.IN_SERVICE:
        return None
    team = referral.policing_team
    if not readers_of(team, address, on).count:
        raise Refused(f"Nobody in {team.name} has an account, so nobody could read it here. Send it by secure email.")
    return to_policing(referral, address)


def to_policing(referral: Referral, address: str) -> outbox.ToAddress:
    """An address of policing's, with their own reference: ours alone tells them nothing.

    A reference that was typed with a name in it is left out: a message names nobody.
    """
    theirs = referral.policing_reference
    is_plain = any(sign.isdigit() for sign in theirs) and not any(
        name.casefold() in theirs.casefold() for name in names_of(referral)
    )
    return outbox.ToAddress(address, theirs if is_plain else "")


def nil_return_content(
    referral: Referral, *, systems: Sequence[str], using: str, extract_at: datetime | None, council: str, by: Actor,
    on: date, not_searched: str = "",
) -> DocumentContent:  # fmt: skip
    """The nil return as it will be sent. The first system is the one whose extract was searched, if it was one.

    ``not_searched`` says why the register could not be searched.
    """
    procedure = referral.case.procedure
    searches = [
        Search(
            system=system, on=on, by=by.name, using=using,
            extract_on=civil_date(extract_at) if extract_at and place == 0 else None,
        )
        for place, system in enumerate(systems)
    ]  # fmt: skip
    return nil_return(
        letter_to_policing(referral, council=council, by=by, on=on),
        subject_of(referral),
        searches,
        purpose=procedure.texts["purpose"],
        words=procedure.texts["nil_return"],
        not_searched=(register_of(procedure), not_searched) if not_searched else None,
    )


@transaction.atomic
def send_to_area(
    *, referral: Referral, team: Team, systems: list[str], extract_at: datetime | None, found: list[dict[str, Any]],
    words: str = "", adult: bool = False, by: Actor, at: datetime, version: int | None = None,
) -> None:  # fmt: skip
    """Known before, not open: to the Area Referral Service of the right area (A7, K0.7)."""
    _must_be_adult(referral, civil_date(at), adult=adult)
    _dispatch(
        referral, REFERRAL["referral.send_to_area"], team, known=Known.KNOWN, by=by, at=at, version=version,
        facts={"systems": systems},
    )  # fmt: skip
    _keep_search(referral, systems, extract_at, found, Known.KNOWN, words, by=by, at=at)


@transaction.atomic
def send_to_locality(
    *, referral: Referral, team: Team, known: str, systems: list[str], extract_at: datetime | None,
    found: list[dict[str, Any]], named_worker: User | None, named_worker_name: str, words: str = "",
    adult: bool = False, by: Actor, at: datetime, version: int | None = None,
) -> None:  # fmt: skip
    """Open now: to the locality team, with the named worker highlighted where there is one (A8, K0.10)."""
    _must_be_adult(referral, civil_date(at), adult=adult)
    referral.named_worker, referral.named_worker_name = named_worker, named_worker_name
    _dispatch(
        referral, REFERRAL["referral.send_to_locality"], team, known=known, by=by, at=at, version=version,
        facts={"systems": systems, "named_worker": named_worker_name},
    )  # fmt: skip
    _keep_search(referral, systems, extract_at, found, known, words, by=by, at=at)


@transaction.atomic
def send_to_children(
    *, referral: Referral, team: Team, said: SaidOfAChild = NOTHING_SAID, by: Actor, at: datetime,
    version: int | None = None,
) -> None:  # fmt: skip
    """Under 18 today: to children's duty, whose working day begins now. :raises Refused: for an adult."""
    must_be_child(referral, civil_date(at))
    referral.age_group = AgeGroup.CHILD
    _dispatch(referral, REFERRAL["referral.send_to_children"], team, known="", by=by, at=at, version=version, facts={})
    keep_arrival(referral, team, said, at, by=by, at=at)


@transaction.atomic
def recall(*, referral: Referral, reason: str, by: Actor, at: datetime, version: int | None = None) -> None:
    """Take back a wrong dispatch: the SSU holds it again, and the team it went to no longer does.

    From children's duty, which has no other way back, it comes without what they wrote: the grants stay as they are.

    :raises Refused: once something is in the restricted area of an area or locality team
    """
    case = lock(referral.case_id)
    referral.case = case
    can_be_sent_on = Referral.objects.filter(pk=referral.pk, state__in=CAN_BE_SENT_ON)
    if case.restricted_at is not None and an_ssu_officer.allows(by, referral) and can_be_sent_on.exists():
        raise Refused(TOO_LATE_TO_RECALL)
    must_name_nobody(referral, reason)
    losing = case.holder_team
    referral.known, referral.named_worker, referral.named_worker_name = "", None, ""
    referral.age_group = age_group(referral.born_on, civil_date(at))
    advance(
        subject=referral, transition=REFERRAL["referral.recall"], by=by, at=at, version=version,
        facts={"team": losing.name, "reason": reason}, to={"losing team": losing}, team_id=case.owner_team_id,
    )  # fmt: skip
    give_to(referral, case.owner_team, by=by, at=at)


@transaction.atomic
def reroute(
    *, referral: Referral, team: Team, reason: str, named_worker_name: str, named_worker: User | None = None,
    by: Actor, at: datetime, version: int | None = None,
) -> None:  # fmt: skip
    """Send it to another locality team: the person became open, or moved (K0.10)."""
    case = lock(referral.case_id)
    losing = case.holder_team
    if losing.pk == team.pk:
        raise Refused(f"{team.name} already holds this case.")
    must_name_nobody(referral, reason)
    referral.known = Known.OPEN
    referral.named_worker, referral.named_worker_name = named_worker, named_worker_name
    advance(
        subject=referral, transition=REFERRAL["referral.reroute"], by=by, at=at, version=version, team_id=team.pk,
        facts={"team": team.name, "reason": reason, "named_worker": named_worker_name},
        to={"receiving team": team, "losing team": losing},
    )  # fmt: skip
    give_to(referral, team, by=by, at=at)


def letter_to_policing(referral: Referral, *, council: str, by: Actor, on: date) -> Letter:
    addressed = (referral.sender_name, referral.policing_team.name, referral.reply_address)
    return Letter(
        reference=referral.case.reference,
        theirs=referral.policing_reference,
        dated=on,
        council=council,
        addressed_to=tuple(line for line in addressed if line),
        signed_by=(by.name,),
    )


def subject_of(referral: Referral) -> Subject:
    return Subject(name=referral.full_name, born=referral.born_on, address=referral.address)


def keep_document(
    referral: Referral, kind: str, title: str, content: DocumentContent, *, by: Actor, at: datetime
) -> list[Document]:
    """Render a document as PDF and Word and keep both exactly as they are sent."""
    kept = []
    for ending, media_type, data in (
        ("pdf", "application/pdf", render_pdf(content)),
        ("docx", WORD, render_docx(content)),
    ):
        kept.append(
            keep_rendered(
                case=referral.case, kind=kind, title=title, name=content.file_name(ending), media_type=media_type,
                data=data, sha256=sha256(data).hexdigest(), by=by, at=at,
            )
        )  # fmt: skip
    return kept


def _dispatch(
    referral: Referral, transition: Transition, team: Team, *, known: str, facts: dict[str, Any],
    by: Actor, at: datetime, version: int | None,
) -> None:  # fmt: skip
    referral.known = known
    advance(
        subject=referral, transition=transition, by=by, at=at, version=version, team_id=team.pk,
        facts={"team": team.name, **facts}, to={"receiving team": team},
    )  # fmt: skip
    give_to(referral, team, by=by, at=at)


def give_to(referral: Referral, team: Team, *, by: Actor, at: datetime) -> None:
    """The team holds the case; nobody in it has it yet; named workers' access ends.

    What is in the restricted area goes with the case from team to team, and never back to the unit that coordinates.
    """
    case = lock(referral.case_id)
    case.holder_team, case.locality, case.assignee = team, team.locality, None
    keep(case, by=by, at=at)
    access.end_named_workers(access.named_workers(case))
    if case.restricted_at is not None and team.pk != case.owner_team_id:
        access.place_under_grants(case, team)
    hand_over(referral, clocks.REPLY, team.pk)
    referral.case = case
    referral.note_added_by = referral.note_added_at = None
    referral.document_placed_by = referral.document_placed_at = None
    keep(referral, by=by, at=at)


def _keep_search(
    referral: Referral, systems: list[str], extract_at: datetime | None, found: list[dict[str, Any]], decided: str,
    words: str, *, by: Actor, at: datetime,
) -> None:  # fmt: skip
    if not systems:
        raise Refused("Say which systems were searched.")
    keep(
        RegisterSearch(
            referral=referral, systems=systems, extract_at=extract_at, found=found, decided=decided,
            words=words.strip(), by=by.user, at=at,
        ),
        by=by,
        at=at,
    )  # fmt: skip


def _keep_note(
    referral: Referral, heading: str, words: str, *, to: Team | None = None, by: Actor, at: datetime
) -> None:  # fmt: skip
    if words.strip():
        text = f"{heading}:\n{words.strip()}"
        keep(Note(case=referral.case, text=text, by=by.user, at=at, addressed_to=to), by=by, at=at)


def _must_be_adult(referral: Referral, on: date, *, adult: bool) -> None:
    """An age is asked, never guessed; and it is the age on the day of the decision."""
    group = age_group_on(referral, on)
    if group == AgeGroup.CHILD:
        raise Refused("This person is under 18. Send the referral to children's duty.")
    if group == AgeGroup.UNKNOWN and not adult:
        raise Refused("It is not known whether this person is under 18. Find out first, or say that they are an adult.")
    referral.age_group = AgeGroup.ADULT
