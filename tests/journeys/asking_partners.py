"""What the journeys of questions to partners share: asking, following the link, answering, and what is on file."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access, holding
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Event
from prevent_cases.casework.now import now
from prevent_cases.casework.sending.carriers import FileOutbox
from prevent_cases.casework.sending.sender import send_notices
from referrals.models import Referral
from safeguarding.models import PartnerAnswer, PartnerRequest
from safeguarding.states import AnswerKind
from tests.factories import County
from tests.journeys.pages import press

QUESTION, FACT = "Whom does he meet after school?", "He was seen twice with the same two older men."
CLOCK = "partner.reply"


def at(name: str, row: Referral | PartnerRequest, *more: object) -> str:
    return reverse(name, args=[row.case_id, *more])


def in_boxes(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def ask(client: Client, place: County, referral: Referral, **typed: object) -> HttpResponse:
    """Put a question to the school's lead, through the page."""
    fields = {
        "organisation": f"{place.school.organisation_id}", "name": "Sable Quince, designated lead",
        "address": "lead@ctp.example", "question": QUESTION, "told": ["BORN_ON"], "necessity": "BEARING",
        "consent": "NOT_SOUGHT", **in_boxes("due_on", civil_date(now()) + timedelta(days=5)),
    } | typed  # fmt: skip
    return press(client, client.get(at("ask-partner", referral)), "Ask them", **fields)


def mailed(outbox: Path) -> list[str]:
    """What goes out now, in the order in which it was written."""
    send_notices(at=now(), carrier=FileOutbox(outbox))
    return [mail.read_text() for mail in sorted(outbox.glob("*.eml"), key=lambda mail: mail.stat().st_mtime_ns)]


def link_in(outbox: Path, address: str = "lead@ctp.example") -> str:
    """The path of the last link that was mailed to an address."""
    mails = [mail for mail in mailed(outbox) if f"To: {address}" in mail]
    return re.findall(r"http://[^/]+(/answer/[0-9a-f]{64}/)", mails[-1])[-1]


def open_link(link: str, client: Client | None = None, **typed: object) -> tuple[Client, HttpResponse]:
    client = client or Client()
    return client, press(client, client.get(link, follow=True), "Open the question", **typed)


def send(client: Client, shown: HttpResponse, **typed: object) -> HttpResponse:
    usual = {"kind": AnswerKind.ALL, "fact": FACT, "given_by": "Sable Quince", "post": "Designated lead"}
    return press(client, shown, "Send the answer", **usual | typed)


def stored(place: County, request: PartnerRequest) -> list[PartnerAnswer]:
    with access.material(place.locality_worker, request.case_id):
        return list(PartnerAnswer.objects.filter(request=request).order_by("recorded_at"))


def kinds(case_id: object) -> list[str]:
    return list(Event.objects.filter(case=case_id).order_by("id").values_list("kind", flat=True))


def hold(place: County, request: PartnerRequest | Referral) -> None:
    holding.place(case=request.case, received_at=now(), reason="Police check", by=place.locality_worker, at=now())


def ask_again(client: Client, request: PartnerRequest, **typed: object) -> HttpResponse:
    opened = client.get(at("partner-again", request, request.pk))
    usual = {"reason": "Their answer was not clear", **in_boxes("due_on", civil_date(now()) + timedelta(days=9))}
    return press(client, opened, "Ask again", **usual | typed)
