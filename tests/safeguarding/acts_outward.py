"""Acts that put something of a case before somebody outside: a partner's question, and a person's own list."""

from __future__ import annotations

from datetime import datetime, timedelta

from prevent_cases.casework.days import civil_date
from referrals.models import Referral
from safeguarding.models import PartnerRequest
from safeguarding.operations import own_list, partners
from tests.factories import County
from tests.factories.partners import a_partner_request
from tests.safeguarding.acts import COUNCIL, act, holder, one_of


@act
def ask_partner(place: County, referral: Referral, at: datetime) -> object:
    return a_partner_request(place, referral=referral, by=holder(place, referral.case), at=at)


@act
def ask_partner_again(place: County, referral: Referral, at: datetime) -> object:
    asked = one_of(PartnerRequest.objects.filter(case=referral.case_id))
    return partners.ask_again(
        request_id=asked.pk, due_on=civil_date(at) + timedelta(days=9), reason="No reply", by=place.locality_worker,
        at=at,
    )  # fmt: skip


@act
def give_own_list(place: County, referral: Referral, at: datetime) -> object:
    return own_list.give_own_list(
        referral=referral, told=[], why_withheld="Nothing may be told", consulted="A. Lumb", council=COUNCIL,
        by=place.ssu_lead, at=at,
    )  # fmt: skip
