"""A partner of another agency is asked one question and answers: all of it, a part, nothing, or that they will not
(D2.11, D2.12, N3.31 to N3.37)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Delivery
from prevent_cases.casework.models import AccessLog, ClockRun, Disclosure, Document, Event, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.scanning import scan_documents
from referrals.models import Referral
from safeguarding.models import PartnerRequest
from safeguarding.states import AnswerKind, PartnerState
from tests.casework.fake_clamd import listening, saying
from tests.factories import County, a_conflict, a_partner_request, a_pdf, a_protection, a_referral, county, sign_in
from tests.journeys.asking_partners import (
    CLOCK,
    FACT,
    QUESTION,
    ask,
    ask_again,
    at,
    in_boxes,
    kinds,
    link_in,
    mailed,
    open_link,
    send,
    stored,
)
from tests.journeys.pages import errors, page, press, words

ASK, ANSWER, IN_PART, REFUSE = "partner.asked", "partner.answer", "partner.answer_in_part", "partner.refuse"
AGAIN, WITHDRAW = "partner.ask_again", "partner.withdraw"


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, "PREPARING")


@pytest.fixture
def worker(place: County) -> Client:
    return sign_in(Client(), place.locality_worker)


def test_it_is_asked_by_a_link_answered_once_and_filed(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    done = ask(worker, place, referral)
    assert done.redirect_chain[-1][0] == at("partners", referral)
    request = PartnerRequest.objects.get()
    assert "Larkrise Academy" in words(done)
    assert ClockRun.objects.unfinished().get(clock=CLOCK).chase_address == "lead@ctp.example"
    partner, shown = open_link(link_in(outbox))
    for said in (QUESTION, "Wilfred Ackerley", "14 March 1991", "Lowri Dell"):
        assert said in words(shown)
    for hidden in ("Mill Lane", "people met online", "Prevent", "CTP/2026"):
        assert hidden not in words(shown)
    given = send(partner, shown)
    assert "Your answer has arrived" in words(given)
    assert FACT not in given.content.decode()
    request.refresh_from_db()
    assert request.state == PartnerState.ANSWERED
    assert [answer.fact for answer in stored(place, request)] == [FACT]
    assert kinds(request.case_id)[-3:] == [ASK, "partner.opened", ANSWER]
    assert Notice.objects.get(kind=ANSWER).user == place.locality_worker.user
    assert not ClockRun.objects.unfinished().filter(clock=CLOCK).exists()
    read = words(worker.get(at("partner-request", request, request.pk)))
    assert FACT in read and "Sable Quince, Designated lead" in read


def test_asking_is_a_disclosure_with_its_reasons(place: County, referral: Referral, worker: Client) -> None:
    ask(worker, place, referral, told=["BORN_ON", "ADDRESS"], left_out="The opinion of his mother.")
    told = Disclosure.objects.get(case=referral.case)
    assert told.items == ["Name", "Date of birth", "Address", "The question"]
    assert (told.recipient_agency, told.recipient_address) == ("Larkrise Academy", "lead@ctp.example")
    assert (told.delivery, told.consent) == (Delivery.LINK, "NOT_SOUGHT")
    assert all([told.purpose, told.power, told.lawful_basis, told.necessity, told.proportionality, told.fairness])
    assert told.left_out == "The opinion of his mother."


def test_sent_twice_it_is_answered_once(place: County, referral: Referral, worker: Client, outbox: Path) -> None:
    ask(worker, place, referral)
    partner, shown = open_link(link_in(outbox))
    send(partner, shown)
    again = send(partner, shown, fact="Something else.")
    assert again.status_code == 410
    assert [answer.fact for answer in stored(place, PartnerRequest.objects.get())] == [FACT]
    assert kinds(referral.case_id).count(ANSWER) == 1


def test_part_of_an_answer_comes_and_a_new_link_takes_the_rest(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    partner, shown = open_link(link_in(outbox))
    rest_by = civil_date(now()) + timedelta(days=12)
    send(partner, shown, kind=AnswerKind.MORE_TO_COME, **in_boxes("rest_by", rest_by))
    request = PartnerRequest.objects.get()
    assert (request.state, request.due_on) == (PartnerState.PARTLY, rest_by)
    assert kinds(request.case_id)[-2:] == [IN_PART, "clock.extended"] or IN_PART in kinds(request.case_id)
    partner, shown = open_link(link_in(outbox))
    send(partner, shown, fact="And once with a third.")
    request.refresh_from_db()
    assert request.state == PartnerState.ANSWERED
    assert [answer.kind for answer in stored(place, request)] == [AnswerKind.MORE_TO_COME, AnswerKind.ALL]


def test_a_partner_refuses_with_a_reason_that_the_history_does_not_hold(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    partner, shown = open_link(link_in(outbox))
    nothing = {"kind": AnswerKind.REFUSED, "fact": ""}
    assert errors(send(partner, shown, **nothing)) == ["Choose why"]
    assert errors(send(partner, shown, **nothing, refused_why="OTHER")) == ["Say the reason in a few words"]
    send(partner, shown, **nothing, refused_why="OTHER", refused_words="Our governors decide on Monday")
    request = PartnerRequest.objects.get()
    assert request.state == PartnerState.REFUSED
    assert stored(place, request)[0].withheld_why == "Our governors decide on Monday"
    event = Event.objects.get(kind=REFUSE)
    assert "governors" not in f"{event.facts}"
    assert "Our governors decide" in words(worker.get(at("partner-request", request, request.pk)))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": ""}, "Choose whether you hold information that bears on this"),
        ({"fact": ""}, "Enter a fact or an opinion"),
        ({"kind": "NOTHING"}, "You wrote something or added a file. Take it out, or choose an answer that shares it"),
        ({"kind": "PART"}, "Choose why"),
        ({"kind": "MORE_TO_COME"}, "Enter the day by which the rest comes"),
        ({"given_by": ""}, "Enter your name"),
    ],
)
def test_an_answer_is_whole(
    place: County, referral: Referral, worker: Client, outbox: Path, typed: dict[str, str], said: str
) -> None:
    ask(worker, place, referral)
    partner, shown = open_link(link_in(outbox))
    assert errors(send(partner, shown, **typed)) == [said]
    assert stored(place, PartnerRequest.objects.get()) == []


def test_files_are_inspected_kept_shut_and_a_failing_scan_is_said(
    place: County, referral: Referral, worker: Client, outbox: Path, settings: Any
) -> None:
    settings.CLAMD_ADDRESS = "scanner"
    ask(worker, place, referral)
    partner, shown = open_link(link_in(outbox))
    unsafe = SimpleUploadedFile("notes.pdf", b"MZ\x90\x00 not a PDF")
    assert "notes.pdf" in errors(send(partner, shown, attachments=unsafe))[0]
    send(partner, shown, attachments=SimpleUploadedFile("notes.pdf", a_pdf()))
    request = PartnerRequest.objects.get()
    asked = at("partner-request", request, request.pk)
    assert "opens when the check for viruses is done" in words(worker.get(asked))
    with listening(saying(b"stream: Win.Test FOUND\0")) as scanner:
        scan_documents(address=scanner, at=now())
    read = words(worker.get(asked))
    assert "A file of theirs stays shut" in read and "Harmful content was found" in read
    with access.material(place.locality_worker, request.case_id):
        document = Document.objects.get(subject=request.record_key)
    assert worker.get(reverse("document", args=[request.case_id, document.pk])).status_code == 409
    told = [mail for mail in mailed(outbox) if "harmful content" in mail]
    assert [mail.splitlines()[0] for mail in told if "lead@ctp.example" in mail] == ["To: lead@ctp.example"]
    ask_again(worker, request, reason="A clean copy of a file")
    assert PartnerRequest.objects.get().state == PartnerState.ASKED


def test_it_is_asked_again_by_a_new_link_and_that_is_a_disclosure_too(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    first, request = link_in(outbox), PartnerRequest.objects.get()
    ask_again(worker, request)
    assert Client().get(first, follow=True).status_code == 410
    assert QUESTION in words(open_link(link_in(outbox))[1])
    assert Disclosure.objects.filter(case=referral.case).count() == 2
    assert Event.objects.get(kind=AGAIN).facts["reason"] == "Their answer was not clear"
    assert ClockRun.objects.unfinished().filter(clock=CLOCK).count() == 1
    stale = {"version": 1, "reason": "Again", **in_boxes("due_on", civil_date(now()) + timedelta(days=9))}
    refused = worker.post(at("partner-again", request, request.pk), stale)
    assert "changed this case after you opened it" in refused.content.decode()
    assert kinds(request.case_id).count(AGAIN) == 1


def test_it_is_withdrawn_and_the_link_opens_nothing(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    link, request = link_in(outbox), PartnerRequest.objects.get()
    opened = worker.get(at("partner-withdraw", request, request.pk))
    press(worker, opened, "Withdraw the question", reason="Answered elsewhere")
    request.refresh_from_db()
    assert request.state == PartnerState.WITHDRAWN
    assert Event.objects.get(kind=WITHDRAW).facts["reason"] == "Answered elsewhere"
    assert Client().get(link, follow=True).status_code == 410
    again = press(worker, opened, "Withdraw the question", reason="Twice")
    assert "That cannot be done now" in again.content.decode()
    assert kinds(request.case_id).count(WITHDRAW) == 1


def test_what_they_said_by_telephone_is_written_down(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    request, link = PartnerRequest.objects.get(), link_in(outbox)
    opened = worker.get(at("partner-record", request, request.pk))
    typed = {"kind": AnswerKind.NOTHING, "given_by": "Sable Quince", "post": "Lead"}
    assert errors(press(worker, opened, "Write it down", **typed, **in_boxes("given_on", date(2099, 1, 1)))) == [
        "The day they told you must be today or in the past"
    ]
    press(worker, opened, "Write it down", **typed, **in_boxes("given_on", civil_date(now())))
    answer = stored(place, request)[0]
    assert (answer.kind, answer.came_by, answer.recorded_by) == ("NOTHING", "TOLD", place.locality_worker.user)
    assert Client().get(link, follow=True).status_code == 410


def test_whoever_has_an_account_answers_there(place: County, referral: Referral, worker: Client, outbox: Path) -> None:
    ask(worker, place, referral, address=place.school_lead.user.email)
    request = PartnerRequest.objects.get()
    assert request.partner == place.school_lead.user
    mail = next(mail for mail in mailed(outbox) if place.school_lead.user.email in mail)
    assert "/questions/" in mail and "/answer/" not in mail
    lead = sign_in(Client(), place.school_lead)
    listed = lead.get(reverse("asked-questions"))
    assert "To answer" in words(listed)
    own = reverse("asked-question", args=[request.pk])
    assert page(listed).xpath(f"//a[@href='{own}']")
    shown = lead.get(own)
    assert QUESTION in words(shown)
    look = AccessLog.objects.get(user=place.school_lead.user_id)
    assert (look.what, look.basis) == ("MATERIAL", "partner")
    done = send(lead, shown)
    assert done.redirect_chain[-1][0] == reverse("asked-questions")
    assert stored(place, request)[0].came_by == "ACCOUNT"
    assert Event.objects.get(kind=ANSWER).by == place.school_lead.user
    assert lead.get(own).status_code == 404
    assert "Closed" in words(lead.get(reverse("asked-questions")))


def test_nobody_else_finds_what_somebody_was_asked(place: County, referral: Referral) -> None:
    request = a_partner_request(place, referral=referral, address=place.school_lead.user.email)
    own = reverse("asked-question", args=[request.pk])
    for role in ("practitioner", "school_deputy", "liaison", "chair", "officer", "locality_worker", "outsider"):
        client = sign_in(Client(), getattr(place, role))
        assert client.get(own).status_code == client.post(own).status_code == 404
    assert Client().get(own).status_code == 302


def test_a_colleague_of_the_council_is_not_asked_as_a_partner(
    place: County, referral: Referral, worker: Client
) -> None:
    refused = ask(worker, place, referral, address=place.colleague.user.email)
    assert "That is the address of a colleague" in refused.content.decode()
    assert not PartnerRequest.objects.exists()


@pytest.mark.parametrize("state", ["RECEIVED", "QUERIED", "WITH_LOCALITY", "WITH_CHILDREN", "CLOSED"])
def test_nobody_is_asked_before_the_stage_allows_it(place: County, state: str) -> None:
    held = a_referral(place, state)
    who = {"WITH_LOCALITY": place.locality_worker, "WITH_CHILDREN": place.children,
           "CLOSED": place.locality_worker}.get(state, place.officer)  # fmt: skip
    client = sign_in(Client(), who)
    shown = client.get(at("partners", held))
    assert "Nobody can be asked now." in words(shown)
    assert client.get(at("ask-partner", held)).status_code == 302
    client.post(at("ask-partner", held), {"version": held.case.version})
    assert not PartnerRequest.objects.exists()


def test_who_may_not_open_the_material_neither_asks_nor_reads(
    place: County, referral: Referral, client: Client
) -> None:
    request = a_partner_request(place, PartnerState.ANSWERED, referral=referral)
    addresses = [at(name, request, request.pk) for name in
                 ("partner-request", "partner-again", "partner-withdraw", "partner-record")]  # fmt: skip
    for role in ("officer", "colleague"):
        sign_in(client, getattr(place, role))
        listed = words(client.get(at("partners", request)))
        assert "Larkrise Academy" in listed and "Ask a partner" not in listed
        for address in (at("ask-partner", request), *addresses):
            assert client.get(address).status_code == 404
            assert client.post(address).status_code in (404, 405)
    for role in ("other_locality_worker", "practitioner", "liaison", "auditor", "outsider"):
        sign_in(client, getattr(place, role))
        assert client.get(at("partners", request)).status_code == 404


def test_whoever_is_being_protected_is_asked_about_at_any_stage(place: County) -> None:
    child = a_referral(place, "WITH_CHILDREN")
    client = sign_in(Client(), place.children)
    assert "Nobody can be asked now." in words(client.get(at("partners", child)))
    a_protection("SECTION_47", referral=child, by=place.children)
    ask(client, place, Referral.objects.select_related("case").get(pk=child.pk))
    assert PartnerRequest.objects.get().case_id == child.case_id


def test_a_conflict_of_interest_hides_it(place: County, referral: Referral, worker: Client) -> None:
    request = a_partner_request(place, referral=referral)
    a_conflict(referral, place.locality_worker)
    assert worker.get(at("partner-request", request, request.pk)).status_code == 404
