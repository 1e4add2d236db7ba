"""The link by which a partner answers: it opens once, names nobody before, says one sentence when it is over, and
shows nothing while a hold stands."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access, answer_links
from prevent_cases.casework.models import Disclosure, Document
from prevent_cases.casework.now import held_at, now
from prevent_cases.casework.sweep import sweep_clocks
from referrals.models import Referral
from safeguarding.models import PartnerAnswer, PartnerQuestion, PartnerRequest
from safeguarding.states import PartnerState
from tests.factories import County, a_partner_request, a_referral, county, sign_in
from tests.journeys.asking_partners import (
    FACT,
    QUESTION,
    ask,
    ask_again,
    at,
    hold,
    kinds,
    link_in,
    mailed,
    open_link,
    send,
    stored,
)
from tests.journeys.pages import errors, press, words

ANSWER = "partner.answer"


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
