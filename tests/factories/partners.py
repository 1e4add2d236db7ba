"""Questions to partners in each of their states, and agreements."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.casework import answer_links
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import ConsentPosition
from prevent_cases.casework.now import held_at, now
from prevent_cases.casework.sharing import usual_reasons
from referrals.models import Referral
from safeguarding.models import Agreement, PartnerRequest
from safeguarding.operations import agreements, partners
from safeguarding.states import AgreementKind, AnswerKind, CameBy, Identifier, PartnerState, Withheld
from tests.factories.places import County
from tests.factories.referrals import a_referral

QUESTION = "Do you know of anybody he sees who worries you?"
SECURE = "lead@ctp.example"
"""An address of a body whose domain is secure in the county; any other is not."""


def reasons(referral: Referral) -> partners.Reasons:
    usual = usual_reasons(referral.case.procedure)
    return partners.Reasons(
        purpose="To find out what they hold", power=usual["power"], lawful_basis=usual["lawful_basis"],
        consent=ConsentPosition.NOT_SOUGHT, necessity="They may hold what nobody else does.",
        proportionality=usual["proportionality"],
    )  # fmt: skip


def a_partner_request(
    place: County, state: str = PartnerState.ASKED, *, referral: Referral | None = None, by: Actor | None = None,
    address: str = SECURE, due_in: int = 5, at: datetime | None = None, **asked: Any,
) -> PartnerRequest:  # fmt: skip
    """A question to a partner, by the locality's worker on a referral being prepared: at any of its states."""
    at, by = at or now(), by or place.locality_worker
    with held_at(at):
        referral = referral or a_referral(place, "PREPARING", at=at)
        said = {
            "agency": "Larkrise Academy", "name": "Sable Quince, designated lead", "question": QUESTION,
            "told": [Identifier.BORN_ON],
        }  # fmt: skip
        request = partners.ask_partner(
            referral=referral, reasons=reasons(referral), by=by, at=at,
            asked=partners.Asked(address=address, due_on=civil_date(at) + timedelta(days=due_in), **said | asked),
        )  # fmt: skip
        if state == PartnerState.WITHDRAWN:
            partners.withdraw_question(request_id=request.pk, reason="No longer needed", by=by, at=at)
        elif state != PartnerState.ASKED:
            answer(request, said_for(state, at), at=at)
    return PartnerRequest.objects.select_related("case").get(pk=request.pk)


def answer(request: PartnerRequest, said: partners.Answered, *, at: datetime | None = None) -> None:
    """The partner answers by the open link."""
    link = answer_links.last_link(request.record_key)
    partners.take_answer(
        request_id=request.pk, answered=said, came_by=CameBy.LINK, link=link, by=the_service("test"), at=at or now()
    )


def answered(**said: Any) -> partners.Answered:
    """An answer that tells all; any field of Answered by name."""
    usual = {"kind": AnswerKind.ALL, "fact": "Seen with older men at the gate.", "given_by": "Sable Quince"}
    return partners.Answered(**usual | said)


def said_for(state: str, at: datetime) -> partners.Answered:
    """What brings a question to this state."""
    if state == PartnerState.PARTLY:
        return answered(kind=AnswerKind.MORE_TO_COME, rest_by=civil_date(at) + timedelta(days=9))
    if state == PartnerState.REFUSED:
        return answered(kind=AnswerKind.REFUSED, fact="", withheld=Withheld.CONSENT)
    return answered()


def an_agreement(place: County, **said: Any) -> Agreement:
    """An agreement in force, to be reviewed in a year; any field of its Written by name."""
    at = now()
    usual = {
        "kind": AgreementKind.SHARING, "title": "Exampleshire safeguarding information sharing", "edition": "2",
        "covers": "What the council and schools share about people at risk.", "keeper": "prevent_lead",
        "starts_on": civil_date(at) - timedelta(days=400), "review_on": civil_date(at) + timedelta(days=365),
    }  # fmt: skip
    return agreements.add_agreement(written=agreements.Written(**usual | said), by=place.lists, at=at)
