"""Give a person the list of what was shared about them: itself something that goes outside, through the gate."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import lock, must_be_as_seen, settle
from prevent_cases.casework.holding import must_be_free_to_share
from prevent_cases.casework.kinds import ConsentPosition, Delivery, DocumentKind
from prevent_cases.casework.rendering.pdf import render_pdf
from prevent_cases.casework.sharing import Recipient, disclose
from prevent_cases.casework.store import keep_rendered
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import Referral
from referrals.policy import the_ssu_lead
from safeguarding.own_list import AGENCY, TITLE, own_list
from safeguarding.queries.own_list import shared_about

PURPOSE = "To answer the person, who asked what was shared about them"
POWER = "UK GDPR Article 15, the right of access"
BASIS = "UK GDPR Article 6(1)(c) legal obligation and Article 9(2)(g) substantial public interest"
NECESSITY = "They asked, and the law gives them the right to know."
PROPORTIONALITY = "It says with which body, when, what kind of thing and why, and nothing of what was shared."


@transaction.atomic
def give_own_list(
    *, referral: Referral, told: Collection[Any], why_withheld: str, consulted: str, council: str, by: Actor,
    at: datetime, version: int | None = None,
) -> bytes:  # fmt: skip
    """Give a person the list of what was shared about them, on paper; answers the PDF, which is kept as it was given.

    ``told`` are the ids of those they are told of. ``consulted`` is who in CT policing was asked what may be told.

    :raises NotAllowed: unless the unit's lead gives it
    :raises OnHold: while CT policing checks this case, or another of theirs that is on the list
    :raises StaleRecord: if the case changed since ``version``, as it does when the list was given a moment ago
    :raises Refused: for nothing shared, no word of who was consulted, or no reason for what is left out
    """
    case = lock(referral.case_id)
    referral.case = case
    if not the_ssu_lead.allows(by, referral):
        raise NotAllowed(f"This may only be done by {the_ssu_lead.says}.")
    must_be_as_seen(case, version, by)
    must_be_free_to_share(case, at=at)
    on = civil_date(at)
    every = shared_about(by, referral, on)
    chosen = [row for row in every if row.pk in set(told)]
    for row in chosen:
        must_be_free_to_share(row.case, at=at)
    if not every:
        raise Refused("Nothing was shared about this person, so there is nothing to list.")
    if not consulted.strip():
        raise Refused("Say who in CT policing was asked what may be told.", field="consulted")
    if len(chosen) < len(every) and not why_withheld.strip():
        raise Refused("Say why something is left out.", field="why_withheld")
    content = own_list(case.reference, referral.full_name, chosen, council=council, signed_by=by.name, on=on)
    data = render_pdf(content)
    withheld = f"{len(every) - len(chosen)} of {len(every)} left out: {why_withheld.strip()}. " if why_withheld else ""
    with access.writing(by, case.pk):
        kept = keep_rendered(
            case=case, kind=DocumentKind.OTHER, title=TITLE, name=content.file_name("pdf"),
            media_type="application/pdf", data=data, sha256=sha256(data).hexdigest(), by=by, at=at,
        )  # fmt: skip
        disclose(
            case=case, title=TITLE, to=Recipient(name=referral.full_name, agency=AGENCY),
            purpose=PURPOSE, power=POWER, lawful_basis=BASIS, consent=ConsentPosition.GIVEN, necessity=NECESSITY,
            proportionality=PROPORTIONALITY, items=[f"{len(chosen)} of {len(every)} things that were shared"],
            left_out=f"{withheld}Asked in CT policing: {consulted.strip()}", documents=[kept],
            delivery=Delivery.ON_PAPER, by=by, at=at,
        )  # fmt: skip
    settle(case, by=by, at=at)
    return data
