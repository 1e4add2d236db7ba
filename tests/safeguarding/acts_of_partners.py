"""What is done about questions to partners, as calls with usual words. For the matrix of the hold."""

from __future__ import annotations

from datetime import datetime, timedelta

from prevent_cases.accounts.actors import the_service
from prevent_cases.casework import answer_links
from prevent_cases.casework.days import civil_date
from referrals.models import Referral
from referrals.states import ReferralState as S
from safeguarding.models import PartnerRequest
from safeguarding.operations import partner_links, partners
from safeguarding.states import CameBy
from tests.factories import County, a_partner_request
from tests.factories.partners import SECURE, answered, reasons
from tests.safeguarding.acts import Act, holder, one_of

WITH_QUESTIONS = (S.CHECKING, S.PREPARING, S.SIGN_OFF, S.RESPONDED, S.CHILD_DECIDED)
"""Stages at which a partner is asked."""


def a_question(place: County, referral: Referral, at: datetime) -> None:
    """A partner was asked while the case was free."""
    a_partner_request(place, referral=referral, by=holder(place, referral.case), at=at)


def ask_partner(place: County, referral: Referral, at: datetime) -> object:
    asked = partners.Asked(
        agency="Alderfen Academy", name="Mx Vale", address=SECURE, question="What do you hold?", told=(),
        due_on=civil_date(at) + timedelta(days=3),
    )  # fmt: skip
    by = holder(place, referral.case)
    return partners.ask_partner(referral=referral, asked=asked, reasons=reasons(referral), by=by, at=at)


def ask_partner_again(place: County, referral: Referral, at: datetime) -> object:
    return partners.ask_again(
        request_id=_asked(referral).pk, due_on=civil_date(at) + timedelta(days=3), reason="No answer came",
        by=holder(place, referral.case), at=at,
    )  # fmt: skip


def partner_opens_the_question(place: County, referral: Referral, at: datetime) -> object:
    link = answer_links.last_link(_asked(referral).record_key)
    assert link is not None
    return partner_links.open_question(link_id=link.pk, code="", by=the_service("test"), at=at)


def take_a_partners_answer(place: County, referral: Referral, at: datetime) -> object:
    request = _asked(referral)
    link = answer_links.last_link(request.record_key)
    return partners.take_answer(
        request_id=request.pk, answered=answered(), came_by=CameBy.LINK, link=link, by=the_service("test"), at=at
    )


def write_down_a_partners_answer(place: County, referral: Referral, at: datetime) -> object:
    return partners.take_answer(
        request_id=_asked(referral).pk, answered=answered(), came_by=CameBy.TOLD, by=holder(place, referral.case),
        at=at,
    )  # fmt: skip


def withdraw_the_question(place: County, referral: Referral, at: datetime) -> object:
    return partners.withdraw_question(
        request_id=_asked(referral).pk, reason="No longer needed", by=holder(place, referral.case), at=at
    )


def _asked(referral: Referral) -> PartnerRequest:
    found: PartnerRequest = one_of(PartnerRequest.objects.filter(case=referral.case_id))
    return found


PARTNER_ACTS: dict[str, Act] = {
    each.__name__: each
    for each in (
        ask_partner, ask_partner_again, partner_opens_the_question, take_a_partners_answer,
        write_down_a_partners_answer, withdraw_the_question,
    )
}  # fmt: skip
