"""Ask a partner whether they hold information that bears on a person; take in what they answer; ask again; withdraw.

Asking tells somebody outside about the person: it is a disclosure, with its reasons, and waits while a hold stands.
Taking in an answer is recording: that is always possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.backends import actor_for, seated
from prevent_cases.accounts.models import Organisation, User
from prevent_cases.casework import access, holding, outbox, timing
from prevent_cases.casework.days import CLOSE_OF_DAY, civil_date, moment
from prevent_cases.casework.engine import advance, keep, lock, must_be_as_seen, record, running, settle
from prevent_cases.casework.kinds import AT_A_SECURE_DOMAIN, Delivery
from prevent_cases.casework.models import AnswerLink, Case, Disclosure
from prevent_cases.casework.sharing import Recipient, disclose
from prevent_cases.casework.store import ReceivedFile, keep_file
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import Referral
from referrals.queries.naming import must_name_nobody
from safeguarding.clocks import PARTNER_ANSWER
from safeguarding.models import Agreement, PartnerAnswer, PartnerQuestion, PartnerRequest
from safeguarding.operations.partner_links import end_link, send_link, use_link
from safeguarding.policy import answers_for_themselves
from safeguarding.queries.partners import locked_because
from safeguarding.states import WITH_WORDS, WITHHOLDING, AnswerKind, CameBy, Identifier
from safeguarding.workflow import PARTNER_REQUEST

NOT_OPEN = "The material of this case is not open to you."
COLLEAGUE = "That is the address of a colleague in the council’s own teams. Ask them in this service, not as a partner."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom, what, and by when. ``told`` are of states.Identifier: what they learn of the person by it."""

    agency: str
    name: str
    address: str
    question: str
    told: Sequence[str]
    due_on: date
    organisation: Organisation | None = None
    agreement: Agreement | None = None


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why it may be told, as the disclosure keeps it (casework.sharing)."""

    purpose: str
    power: str
    lawful_basis: str
    consent: str
    why_not_sought: str = ""
    necessity: str
    proportionality: str
    left_out: str = ""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a partner answers: see models.PartnerAnswer. ``given_at`` only where somebody here was told it before."""

    kind: str
    fact: str = ""
    opinion: str = ""
    limits: str = ""
    person_knows: str = ""
    withheld: str = ""
    withheld_why: str = ""
    rest_by: date | None = None
    given_by: str
    post: str = ""
    telephone: str = ""
    given_at: datetime | None = None
    files: Sequence[ReceivedFile] = field(default=())


@transaction.atomic
def ask_partner(
    *, referral: Referral, asked: Asked, reasons: Reasons, by: Actor, at: datetime, version: int | None = None
) -> PartnerRequest:
    """Put a question to somebody of another agency, with a day by which they answer.

    :raises NotAllowed: unless the material of the case is open to this person
    :raises Refused: at a stage at which nobody is asked, under a hold, for a day that cannot be, or to a colleague
    """
    case = lock(referral.case_id)
    referral = Referral.objects.get(pk=referral.pk)
    referral.case = case
    _must_be_let_in(by, case)
    must_be_as_seen(case, version, by)
    if locked := locked_because(referral):
        raise Refused(locked)
    holding.must_be_free_to_share(case, at=at)
    _must_be_to_come(asked.due_on, case, at)
    told = told_of(referral, asked.told)
    request = PartnerRequest(
        pk=uuid4(), case=case, agency=asked.agency, organisation=asked.organisation, name=asked.name,
        address=asked.address, partner=_account_of(asked.address, at), agreement=asked.agreement, asked_by=by.user,
        asked_at=at, due_on=asked.due_on,
    )  # fmt: skip
    items = [*(label for label, _ in told), "The question"]
    request.disclosure = _tell(request, items, reasons, by=by, at=at)
    keep(request, by=by, at=at)
    words = PartnerQuestion(request=request, case=case, question=asked.question.strip(), told=told)
    keep(words, by=by, at=at)
    record(
        case=case, kind="partner.asked", by=by, at=at, subject=request.record_key,
        facts={"agency": asked.agency, "due_on": asked.due_on.isoformat()},
    )  # fmt: skip
    timing.start(
        case=case, subject=request.record_key, clock=PARTNER_ANSWER, by=by, at=at, team_id=case.holder_team_id,
        due_on=asked.due_on, chase_address=asked.address,
    )  # fmt: skip
    _send(request, asked.due_on, "partner.asked", by=by, at=at)
    settle(case, by=by, at=at)
    return request


@transaction.atomic
def take_answer(
    *, request_id: UUID, answered: Answered, came_by: str, link: AnswerLink | None = None, by: Actor, at: datetime
) -> PartnerAnswer:
    """Keep what a partner answers: by a link that is used with it, in their account, or told to somebody here.

    A part, with the rest to come, sends them another link. No hold stands in the way: recording is always possible.

    :raises Refused: for a link that is over, an answer without its words or reasons, or a question that is not open
    """
    request = PartnerRequest.objects.select_related("asked_by", "partner").get(pk=request_id)
    request.case = case = lock(request.case_id)
    if came_by == CameBy.TOLD:
        _must_be_let_in(by, case)
    elif link is None or link.subject != request.record_key:
        raise NotAllowed("This may only be answered by the partner who was asked.")
    else:
        use_link(link=link, by=by, at=at)
    _must_be_whole(answered, at)
    said = {name: value for name, value in vars(answered).items() if name not in ("files", "given_at")}
    answer = PartnerAnswer(
        case=case, request=request, came_by=came_by, given_at=answered.given_at or at, recorded_by=by.user,
        recorded_at=at, **said,
    )  # fmt: skip
    keep(answer, by=by, at=at)
    for file in answered.files:
        keep_file(case=case, file=file, by=by, at=at, subject=request.record_key)
    _move(request, answered, CameBy(came_by).label.lower(), by=by, at=at)
    return answer


@transaction.atomic
def ask_again(
    *, request_id: UUID, due_on: date, reason: str, by: Actor, at: datetime, version: int | None = None
) -> PartnerRequest:
    """Send the same question to the same person once more, with another day: a new link, and a disclosure of its own.

    :raises Refused: under a hold, or for a day that cannot be
    """
    request = PartnerRequest.objects.select_related("disclosure", "partner", "asked_by").get(pk=request_id)
    request.case = case = lock(request.case_id)
    _must_be_let_in(by, case)
    must_be_as_seen(case, version, by)
    holding.must_be_free_to_share(case, at=at)
    _must_be_to_come(due_on, case, at)
    must_name_nobody(Referral.objects.get(case=case), reason, "reason")
    before = request.disclosure
    request.due_on = due_on
    request.disclosure = _tell(request, before.items, _reasons_of(before), by=by, at=at)
    advance(
        subject=request, transition=PARTNER_REQUEST["partner.ask_again"], by=by, at=at,
        facts={"agency": request.agency, "due_on": due_on.isoformat(), "reason": reason},
        due_on={PARTNER_ANSWER.key: due_on}, chase={PARTNER_ANSWER.key: request.address},
    )  # fmt: skip
    _send(request, due_on, "partner.ask_again", by=by, at=at)
    return request


@transaction.atomic
def withdraw_question(
    *, request_id: UUID, reason: str, by: Actor, at: datetime, version: int | None = None
) -> PartnerRequest:
    """The answer is no longer needed; the link opens nothing any more. What came in so far stays."""
    request = PartnerRequest.objects.get(pk=request_id)
    request.case = case = lock(request.case_id)
    _must_be_let_in(by, case)
    must_name_nobody(Referral.objects.get(case=case), reason, "reason")
    end_link(subject=request.record_key, by=by, at=at)
    advance(
        subject=request, transition=PARTNER_REQUEST["partner.withdraw"], by=by, at=at, version=version,
        facts={"agency": request.agency, "reason": reason},
    )  # fmt: skip
    return request


def told_of(referral: Referral, told: Sequence[str]) -> list[list[str]]:
    """Pairs of a label and what is told under it, of what is known; the name always, or nobody would know whom."""
    values = {
        Identifier.NAME: referral.full_name, Identifier.OTHER_NAMES: referral.other_names,
        Identifier.BORN_ON: day(referral.born_on),
        Identifier.ADDRESS: ", ".join(part for part in (referral.address, referral.postcode) if part),
        Identifier.NHS_NUMBER: referral.nhs_number,
    }  # fmt: skip
    return [
        [str(item.label), values[item]]
        for item in Identifier
        if (item in told or item == Identifier.NAME) and values[item]
    ]  # fmt: skip


def _tell(request: PartnerRequest, items: list[str], why: Reasons, *, by: Actor, at: datetime) -> Disclosure:
    """The record of what they learn by being asked."""
    return disclose(
        case=request.case, title="Question to a partner",
        to=Recipient(name=request.name, agency=request.agency, address=request.address), purpose=why.purpose,
        power=why.power, lawful_basis=why.lawful_basis, consent=why.consent, why_not_sought=why.why_not_sought,
        necessity=why.necessity, proportionality=why.proportionality, left_out=why.left_out, items=items,
        delivery=Delivery.IN_SERVICE if request.partner_id else Delivery.LINK, by=by, at=at,
    )  # fmt: skip


def _reasons_of(before: Disclosure) -> Reasons:
    return Reasons(
        purpose=before.purpose, power=before.power, lawful_basis=before.lawful_basis,
        consent=before.consent, why_not_sought=before.consent_why, necessity=before.necessity,
        proportionality=before.proportionality, left_out=before.left_out,
    )  # fmt: skip


def _send(request: PartnerRequest, due_on: date, kind: str, *, by: Actor, at: datetime) -> None:
    needs_code = request.disclosure.address_standing not in AT_A_SECURE_DOMAIN
    send_link(request=request, until=due_on, needs_code=needs_code, kind=kind, by=by, at=at)


def _move(request: PartnerRequest, answered: Answered, way: str, *, by: Actor, at: datetime) -> None:
    facts = {"agency": request.agency, "came_by": way}
    asker: dict[str, outbox.Recipient | None] = {"asker": request.asked_by}
    if answered.rest_by is not None:
        advance(
            subject=request, transition=PARTNER_REQUEST["partner.answer_in_part"], by=by, at=at, facts=facts, to=asker
        )
        _expect_the_rest(request, answered.rest_by, by=by, at=at)
    elif answered.kind == AnswerKind.REFUSED:
        end_link(subject=request.record_key, by=by, at=at)
        advance(subject=request, transition=PARTNER_REQUEST["partner.refuse"], by=by, at=at, facts=facts, to=asker)
    else:
        end_link(subject=request.record_key, by=by, at=at)
        facts["answer"] = IN_SHORT[answered.kind]
        advance(subject=request, transition=PARTNER_REQUEST["partner.answer"], by=by, at=at, facts=facts, to=asker)


IN_SHORT: dict[str, str] = {
    AnswerKind.ALL: "all that bears on it", AnswerKind.PART: "what they can share of it",
    AnswerKind.NOTHING: "they hold nothing that bears on it",
}  # fmt: skip


def _expect_the_rest(request: PartnerRequest, rest_by: date, *, by: Actor, at: datetime) -> None:
    """They said until when: nobody chases them before, and they get another link."""
    run = running(request, PARTNER_ANSWER)
    if run is not None and moment(rest_by, CLOSE_OF_DAY) > run.due_at:
        timing.extend(run=run, due_on=rest_by, by=by, at=at, reason="They said when the rest comes")
        request.due_on = rest_by
        keep(request, by=by, at=at)
        settle(request.case, by=by, at=at)
    last = AnswerLink.objects.filter(subject=request.record_key).order_by("-sent_at", "-id").first()
    needs_code = last is not None and last.needs_code
    send_link(request=request, until=request.due_on, needs_code=needs_code, kind="partner.rest", by=by, at=at)


def _must_be_let_in(by: Actor, case: Case) -> None:
    if not access.may_enter(by, case):
        raise NotAllowed(NOT_OPEN)


def _must_be_to_come(due_on: date, case: Case, at: datetime) -> None:
    if due_on < civil_date(at):
        raise Refused("The day the answer is needed by cannot be in the past.", field="due_on")
    timing.must_be_countable(due_on, case.procedure, "The day the answer is needed by", civil_date(at))


def _must_be_whole(answered: Answered, at: datetime) -> None:
    """An answer that tells has words, one that keeps something back says why, and none comes from the future."""
    has_words = bool(answered.fact or answered.opinion)
    if (answered.kind in WITH_WORDS) != has_words:
        raise Refused("Say what you know, or choose that you hold nothing or will not answer.", field="kind")
    if (answered.kind in WITHHOLDING) != bool(answered.withheld):
        raise Refused("Say why something is kept back, where it is.", field="kind")
    if (answered.kind == AnswerKind.MORE_TO_COME) != (answered.rest_by is not None):
        raise Refused("Say by when the rest comes, where it does.", field="rest_by")
    if answered.rest_by is not None and answered.rest_by < civil_date(at):
        raise Refused("The day the rest comes cannot be in the past.", field="rest_by")
    if answered.given_at is not None and answered.given_at > at:
        raise Refused("They cannot have told you in the future.", field="given_on")


def _account_of(address: str, at: datetime) -> User | None:
    """The account of somebody outside the council's case teams who is asked; none for whoever has no account.

    :raises Refused: for a colleague of the council's own teams
    """
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    if user is None:
        return None
    person = actor_for(seated(civil_date(at)).get(pk=user.pk))
    if not person.seats:
        return None
    if not answers_for_themselves.allows(person, None) or any(
        not answers_for_themselves.allows(Actor(person.user, (seat,)), None) for seat in person.seats
    ):
        raise Refused(COLLEAGUE, field="address")
    return user
