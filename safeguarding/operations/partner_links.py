"""Send a question outside so that it can be answered once: make the link, end it, open it, use it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import outbox
from prevent_cases.casework.answer_links import MOST_TRIES, OVER, is_open, is_the_code, new_digest
from prevent_cases.casework.days import CLOSE_OF_DAY, civil_date, moment
from prevent_cases.casework.engine import keep, lock, record
from prevent_cases.casework.models import AnswerLink
from prevent_cases.casework.workflow import OnHold, Refused
from safeguarding.clocks import LINK_OUTLIVES_DUE
from safeguarding.models import PartnerRequest


def send_link(
    *, request: PartnerRequest, until: date, needs_code: bool, kind: str, by: Actor, at: datetime
) -> AnswerLink:
    """Make the one open link of a question and write the message that carries it. The one before is over.

    ``until`` is the day by which an answer is asked for: the link outlives it. Whoever has an account is told to sign
    in. The case is locked.
    """
    end_link(subject=request.record_key, by=by, at=at)
    last_day = max(until, civil_date(at)) + LINK_OUTLIVES_DUE
    link = AnswerLink(
        pk=uuid4(), case=request.case, subject=request.record_key, address=request.address, user=request.partner,
        needs_code=needs_code and request.partner is None, sent_at=at, expires_at=moment(last_day, CLOSE_OF_DAY),
    )  # fmt: skip
    if link.user is None:
        link.secret_digest = new_digest(link.pk, at)
    keep(link, by=by, at=at)
    to = outbox.ToAddress(request.address)
    outbox.write(key=f"link:{link.pk}", kind=kind, case=request.case, to=to, link=link, at=at)
    return link


def end_link(*, subject: str, by: Actor, at: datetime) -> None:
    """The open link of a record, if there is one, opens nothing any more. The case is locked."""
    for link in AnswerLink.objects.filter(subject=subject, used_at=None, ended_at=None):
        link.ended_at = at
        keep(link, by=by, at=at)


def use_link(*, link: AnswerLink, by: Actor, at: datetime) -> None:
    """The one answer of a link. The case is locked. :raises Refused: with one sentence, where it has had it"""
    fresh = AnswerLink.objects.get(pk=link.pk)
    if not is_open(fresh, at):
        raise Refused(OVER)
    fresh.used_at = at
    keep(fresh, by=by, at=at)


@transaction.atomic
def open_question(*, link_id: UUID, code: str, by: Actor, at: datetime) -> bool:
    """Somebody has the link, and reads the question from now on. False for a wrong code, which is counted: after five
    the link is over.

    :raises Refused: with one sentence, whether it is used, out of date, over, or a hold stands
    """
    case = lock(AnswerLink.objects.values_list("case_id", flat=True).get(pk=link_id))
    link = AnswerLink.objects.get(pk=link_id)
    if case.is_held:
        raise OnHold(OVER)
    if not is_open(link, at):
        raise Refused(OVER)
    if link.needs_code and not is_the_code(link, code):
        link.tries += 1
        link.ended_at = at if link.tries >= MOST_TRIES else None
        keep(link, by=by, at=at)
        return False
    if link.opened_at is None:
        link.opened_at = at
        keep(link, by=by, at=at)
        request = PartnerRequest.objects.get(pk=link.subject.rpartition(":")[2])
        facts = {"agency": request.agency}
        record(case=case, kind="partner.opened", by=by, at=at, subject=link.subject, facts=facts)
    return True
