"""The same practitioner does the same things in a county that knows the person and in one that has never heard of them.

What comes back is written down whole: status, headers, bytes, statements, and every mail to the practitioner.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from prevent_cases.casework.now import held_at
from prevent_cases.casework.sending.carriers import FileOutbox
from prevent_cases.casework.sending.sender import send_notices
from referrals.models import PractitionerReferral, ReferrerQuestion
from referrals.operations import intake, referrers
from referrals.states import RegisterStatus
from tests.factories import (
    County,
    a_concern,
    a_conflict,
    a_practitioner_referral,
    a_referral,
    a_register_entry,
    sign_in,
)
from tests.journeys.pages import press
from tests.refer.filling import FILLED, filled

WHO: dict[str, Any] = {
    "given_name": "Tobin", "family_name": "Marrowby", "born_on": date(1991, 3, 14), "postcode": "ES1 4AB",
    "address": "4 Mill Lane, Alderfen",
}  # fmt: skip
"""The person of ``FILLED``, as the county knows them."""
OWN_AFFAIR = ("Expires", "Last-Modified", "Set-Cookie")
SECRETS = (
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+'), r"\1TOKEN"),
    (re.compile(r'(name="sitting"[^>]*value=")[^"]+'), r"\1SITTING"),
)
HEX = "[0-9a-f]"
NAMED = re.compile(
    rf"{HEX}{{8}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{12}}"
    r"|PC-[0-9A-Z]{3,4}-[0-9A-Z]{3,4}-[0-9A-Z]{2,4}"
    rf"|\b{HEX}{{32}}\b"
)
"""Ids and references: each becomes the place in which it first came, so that the same one stays the same."""

VALUES = re.compile(r"'(?:[^']|'')*'(?:::\w+)?|\bNULL\b|\"s\d+_x\d+\"|\b\d+\b")
"""What a statement was given, and the names of savepoints: the same statement may be asked for another value."""


@dataclass
class Told:
    """Everything a practitioner was told, in order."""

    pages: list[tuple[str, int, dict[str, str], bytes]] = field(default_factory=list)
    statements: list[tuple[str, list[str]]] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    met: dict[str, str] = field(default_factory=dict)

    def hears(self, name: str, answer: HttpResponse, statements: CaptureQueriesContext) -> HttpResponse:
        headers = {key: self.plain(value) for key, value in answer.items() if key not in OWN_AFFAIR}
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.get("Content-Type") == "application/pdf":
            headers.pop("Content-Length", None)
            body = "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages).encode()
        self.pages.append((name, answer.status_code, headers, self.plain(body.decode()).encode()))
        self.statements.append((name, [VALUES.sub("?", q["sql"]) for q in statements.captured_queries]))
        return answer

    def plain(self, text: str) -> str:
        for secret, instead in SECRETS:
            text = secret.sub(instead, text)
        return NAMED.sub(lambda found: self.met.setdefault(found[0], f"<{len(self.met)}>"), text)


class Practitioner(Client):
    """A client that writes down what it is told, each step of the way."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told

    def request(self, **asked: Any) -> HttpResponse:
        with CaptureQueriesContext(connection) as statements:
            answer = super().request(**asked)
        name = f"{asked.get('REQUEST_METHOD', 'GET')} {self.told.plain(asked['PATH_INFO'])}"
        return self.told.hears(name, answer, statements)


def known_in(place: County) -> None:
    """The county knows the person in every way there is: open in the register, cases over, open, restricted and kept
    from people, another practitioner's referral, and a concern at the same school."""
    a_register_entry(status=RegisterStatus.OPEN, **WHO)
    a_register_entry(status=RegisterStatus.KNOWN, **WHO | {"given_name": "Toby"})
    a_referral(place, "CLOSED", **WHO)
    held = a_referral(place, "PREPARING", **WHO)
    for kept_from in (place.practitioner, place.second_officer, place.school_lead):
        a_conflict(held, kept_from)
    a_referral(place, "RECEIVED", **WHO)
    place_of_another = place.__class__(**vars(place) | {"practitioner": place.other_practitioner})
    a_practitioner_referral(place_of_another, "FINISHED", **WHO)
    a_practitioner_referral(place_of_another, "LINKED", **WHO)
    typed = {"individual.given_name": "Tobin", "individual.family_name": "Marrowby"}
    a_concern(place, "WATCHING", by=place.other_practitioner, **typed)


def story(place: County, moment: datetime, outbox: Path, *, knows: bool) -> Told:
    """A referral from its first page to its end, as its practitioner hears of it; all of it is taken back."""
    told = Told()
    with transaction.atomic():
        with held_at(moment - timedelta(days=90)):
            if knows:
                known_in(place)
        with held_at(moment):
            send_notices(at=moment, carrier=FileOutbox(outbox))
            _swept(outbox)
            _told_in(place, told, moment, outbox, knows=knows)
        transaction.set_rollback(True)
    return told


def _told_in(place: County, told: Told, moment: datetime, outbox: Path, *, knows: bool) -> None:
    pia = sign_in(Practitioner(told), place.practitioner)
    concern = filled(pia)
    check = pia.get(f"/refer/{concern.pk}/check/")
    press(pia, check, "Send")
    sent = PractitionerReferral.objects.get(referrer=place.practitioner.user_id)
    with _heard(place, told, moment, outbox):
        _looks_round(pia, sent, moment + timedelta(minutes=1))
    referrers.take_up(practitioner_referral=sent, by=place.officer, at=moment)
    with _heard(place, told, moment, outbox):
        _looks_round(pia, sent, moment + timedelta(minutes=2))
    if knows:
        police = a_referral(place, "CHECKING", at=moment, **WHO)
        own = _fresh(sent)
        intake.link_practitioner_referral(practitioner_referral=own, referral=police, by=place.officer, at=moment)
    asked = referrers.ask_referrer(practitioner_referral=sent, question="When was it?", by=place.officer, at=moment)
    with _heard(place, told, moment, outbox):
        _looks_round(pia, sent, moment + timedelta(minutes=3))
        _answers(pia, asked)
        amending = pia.get(f"/my-referrals/{sent.pk}/amend/")
        press(pia, amending, "Save the changes", given_name="Tob", reason="His name")
        recording = pia.get(f"/my-referrals/{sent.pk}/sent-to-police/")
        press(pia, recording, "Save", transport="WEBSITE")
    referrers.finish(practitioner_referral=sent, words="Thank you.", by=place.officer, at=moment)
    with _heard(place, told, moment, outbox):
        _looks_round(pia, sent, moment + timedelta(minutes=4))


def _looks_round(pia: Client, sent: PractitionerReferral, moment: datetime) -> None:
    """Every page a practitioner has, and every one they might try; then another draft, begun at this moment."""
    for path in (
        "/", "/my-referrals/", f"/my-referrals/{sent.pk}/", f"/my-referrals/{sent.pk}/amend/",
        f"/my-referrals/{sent.pk}/withdraw/", f"/my-referrals/{sent.pk}/sent-to-police/", f"/refer/sent/{sent.pk}/",
        f"/refer/sent/{sent.pk}/copy/", "/refer/", "/account/", "/help/", f"/cases/{sent.case_id}/",
        f"/referrals/{sent.case_id}/matches/", "/referrals/", f"/my-referrals/{uuid.UUID(int=7)}/",
    ):  # fmt: skip
        pia.get(path)
    with held_at(moment):
        again = filled(pia)
        pia.get(f"/refer/{again.pk}/check/")
        pia.get("/my-referrals/")


def _answers(pia: Client, asked: ReferrerQuestion) -> None:
    opened = pia.get(f"/my-referrals/questions/{asked.pk}/")
    press(pia, opened, "Send the answer", answer="On Monday.")


@contextmanager
def _heard(place: County, told: Told, moment: datetime, outbox: Path) -> Iterator[None]:
    """What is mailed before and after the block, to the practitioner alone."""
    send_notices(at=moment, carrier=FileOutbox(outbox))
    yield
    send_notices(at=moment, carrier=FileOutbox(outbox))
    mails = [path.read_text() for path in sorted(outbox.glob("*.eml"))]
    told.mails += sorted(told.plain(mail) for mail in mails if place.practitioner.user.email in mail.splitlines()[0])
    _swept(outbox)


def _swept(outbox: Path) -> None:
    for path in outbox.glob("*"):
        path.unlink()


def _fresh(sent: PractitionerReferral) -> PractitionerReferral:
    return PractitionerReferral.objects.select_related("case").get(pk=sent.pk)


assert FILLED["person"]["individual.family_name"] == WHO["family_name"]
