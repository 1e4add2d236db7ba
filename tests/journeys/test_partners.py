"""A partner of another agency is asked one question, and answers by a link that opens once or in an account of theirs
(D2.11, D2.12, N3.31 to N3.37)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access, answer_links, holding
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Delivery
from prevent_cases.casework.models import AccessLog, ClockRun, Disclosure, Document, Event, Notice
from prevent_cases.casework.now import held_at, now
from prevent_cases.casework.scanning import scan_documents
from prevent_cases.casework.sending.carriers import FileOutbox
from prevent_cases.casework.sending.sender import send_notices
from prevent_cases.casework.sweep import sweep_clocks
from referrals.models import Referral
from safeguarding.models import PartnerAnswer, PartnerQuestion, PartnerRequest
from safeguarding.states import AnswerKind, PartnerState
from tests.casework.fake_clamd import listening, saying
from tests.factories import County, a_conflict, a_partner_request, a_pdf, a_referral, county, sign_in
from tests.journeys.pages import errors, page, press, words

ASK, ANSWER, IN_PART, REFUSE = "partner.asked", "partner.answer", "partner.answer_in_part", "partner.refuse"
AGAIN, WITHDRAW, CLOCK = "partner.ask_again", "partner.withdraw", "partner.reply"
QUESTION, FACT = "Whom does he meet after school?", "He was seen twice with the same two older men."


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


def test_the_message_names_nobody_and_the_outbox_keeps_no_secret(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    secret = link_in(outbox).split("/")[2]
    mail = next(mail for mail in mailed(outbox) if secret in mail)
    assert referral.case.reference in mail
    for hidden in ("Ackerley", "Prevent", QUESTION):
        assert hidden not in mail
    link = answer_links.last_link(PartnerRequest.objects.get().record_key)
    assert link is not None and secret not in f"{vars(link)}"


def test_following_the_link_names_nobody_until_a_button_is_pressed(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    """Mail scanners follow links. None of them opens a question or uses a link up."""
    ask(worker, place, referral)
    link, client = link_in(outbox), Client()
    for _ in range(3):
        assert "Ackerley" not in client.get(link, follow=True).content.decode()
    assert client.get(reverse("partner-answer"), follow=True).redirect_chain[-1][0] == reverse("partner-cover")
    assert "partner.opened" not in kinds(referral.case_id)
    assert QUESTION in words(open_link(link, client)[1])


def test_every_link_that_does_not_open_says_one_sentence(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    request, link = PartnerRequest.objects.get(), link_in(outbox)
    said = set()

    def asked(path: str) -> None:
        answer = Client().get(path, follow=True)
        assert answer.status_code == 410
        said.add(words(answer))

    asked(f"/answer/{'0' * 64}/")
    with held_at(now() + timedelta(days=13)):
        asked(link)
    partner, shown = open_link(link)
    send(partner, shown)
    asked(link)
    worker.post(at("partner-again", request, request.pk), {
        "version": request.case.version, "reason": "A clearer answer",
    })  # fmt: skip
    withdrawn = a_partner_request(place, PartnerState.WITHDRAWN, referral=referral)
    spent = answer_links.last_link(withdrawn.record_key)
    assert spent is not None
    asked(f"/answer/{answer_links.secret_of(spent)}/")
    held = a_partner_request(place, referral=referral)
    waiting = answer_links.last_link(held.record_key)
    assert waiting is not None
    hold(place, held)
    asked(f"/answer/{answer_links.secret_of(waiting)}/")
    assert said == {f"This link cannot be used {answer_links.OVER}"}


def test_sent_twice_it_is_answered_once(place: County, referral: Referral, worker: Client, outbox: Path) -> None:
    ask(worker, place, referral)
    partner, shown = open_link(link_in(outbox))
    send(partner, shown)
    again = send(partner, shown, fact="Something else.")
    assert again.status_code == 410
    assert [answer.fact for answer in stored(place, PartnerRequest.objects.get())] == [FACT]
    assert kinds(referral.case_id).count(ANSWER) == 1


def test_two_who_opened_the_same_link_answer_once(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    link = link_in(outbox)
    one, another = open_link(link), open_link(link)
    send(*one)
    assert send(*another).status_code == 410
    assert kinds(referral.case_id).count(ANSWER) == 1


def test_an_address_that_is_not_secure_needs_a_code_told_by_telephone(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral, address="lead@larkrise.example")
    request = PartnerRequest.objects.get()
    shown = words(worker.get(at("partner-request", request, request.pk)))
    code = "".join(re.search(r"telephone (\d{3}) (\d{3})\.", shown).groups())  # type: ignore[union-attr]
    link = link_in(outbox, "lead@larkrise.example")
    assert code not in "".join(mailed(outbox))
    wrong = "000000" if code != "000000" else "111111"
    client, refused = open_link(link, code=wrong)
    assert errors(refused) == ["That is not the code. Ask whoever gave it to you to read it out again"]
    assert errors(press(client, refused, "Open the question", code="")) == [
        "Enter the code you were given by telephone"
    ]
    assert client.get(reverse("partner-answer"), follow=True).redirect_chain[-1][0] == reverse("partner-cover")
    opened = press(client, refused, "Open the question", code=f"{code[:3]} {code[3:]}")
    assert QUESTION in words(opened)


def test_five_wrong_codes_shut_the_link_and_it_can_be_sent_again(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral, address="lead@larkrise.example")
    request = PartnerRequest.objects.get()
    link = link_in(outbox, "lead@larkrise.example")
    spent = answer_links.last_link(request.record_key)
    assert spent is not None
    wrong = "000000" if answer_links.code_of(spent) != "000000" else "111111"
    client, shown = open_link(link, code=wrong)
    for _ in range(3):
        shown = press(client, shown, "Open the question", code=wrong)
    assert press(client, shown, "Open the question", code=wrong).status_code == 410
    assert "the code was wrong too often" in words(worker.get(at("partner-request", request, request.pk)))
    ask_again(worker, request)
    client, shown = open_link(
        link_in(outbox, "lead@larkrise.example"), code=answer_links.code_of(answer_links.last_link(request.record_key))
    )
    assert QUESTION in words(shown)


def ask_again(client: Client, request: PartnerRequest, **typed: object) -> HttpResponse:
    opened = client.get(at("partner-again", request, request.pk))
    usual = {"reason": "Their answer was not clear", **in_boxes("due_on", civil_date(now()) + timedelta(days=9))}
    return press(client, opened, "Ask again", **usual | typed)


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


def test_while_a_hold_stands_nobody_is_asked_and_an_answer_is_still_taken(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    request = PartnerRequest.objects.get()
    partner, shown = open_link(link_in(outbox))
    hold(place, request)
    assert Client().get(reverse("partner-answer")).status_code == 410
    assert partner.get(reverse("partner-answer")).status_code == 410
    wrong = send(partner, shown, fact="")
    assert errors(wrong) == ["Enter a fact or an opinion"]
    assert "Ackerley" not in wrong.content.decode() and QUESTION not in wrong.content.decode()
    assert "Your answer has arrived" in words(send(partner, shown))
    assert [answer.fact for answer in stored(place, request)] == [FACT]
    refused = [ask(worker, place, referral), ask_again(worker, request)]
    for answer in refused:
        assert "hold" in " ".join(errors(answer)).lower()
    assert PartnerRequest.objects.count() == 1
    assert Disclosure.objects.filter(case=referral.case).count() == 1


def test_no_message_with_a_link_goes_out_while_a_hold_stands(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    request = PartnerRequest.objects.get()
    hold(place, request)
    assert not [mail for mail in mailed(outbox) if "To: lead@ctp.example" in mail]
    with held_at(now() + timedelta(days=8)):
        sweep_clocks(at=now())
        assert not [mail for mail in mailed(outbox) if "To: lead@ctp.example" in mail]
        assert [mail for mail in mailed(outbox) if f"To: {place.locality_team.email}" in mail]


def test_who_does_not_answer_is_reminded_and_chased_with_the_link_and_never_as_our_breach(
    place: County, referral: Referral, worker: Client, outbox: Path
) -> None:
    ask(worker, place, referral)
    with held_at(now() + timedelta(days=6)):
        sweep_clocks(at=now())
        chasing = [mail for mail in mailed(outbox) if "To: lead@ctp.example" in mail and "was due" in mail]
        assert len(chasing) == 1
        assert QUESTION in words(open_link(re.findall(r"(/answer/[0-9a-f]{64}/)", chasing[0])[0])[1])
    assert "clock.late" not in kinds(referral.case_id)
    assert "clock.chased" in kinds(referral.case_id)


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


def test_a_conflict_of_interest_hides_it(place: County, referral: Referral, worker: Client) -> None:
    request = a_partner_request(place, referral=referral)
    a_conflict(referral, place.locality_worker)
    assert worker.get(at("partner-request", request, request.pk)).status_code == 404


def test_the_wall_shows_a_question_to_its_open_link_alone(place: County, referral: Referral) -> None:
    one = a_partner_request(place, referral=referral)
    other = a_partner_request(place, referral=referral)
    a_partner_request(place, PartnerState.ANSWERED, referral=referral)
    link = answer_links.last_link(one.record_key)
    assert link is not None
    with access.material(place.officer, other.case_id):
        assert PartnerQuestion.objects.count() == 0
    with access.linked(link):
        assert [row.request_id for row in PartnerQuestion.objects.all()] == [one.pk]
        assert PartnerAnswer.objects.count() == 0
        assert Document.objects.count() == 0
    with access.material(place.locality_worker, other.case_id):
        assert PartnerQuestion.objects.count() == 3
