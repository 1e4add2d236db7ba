"""A manager who did not write it reads the whole answer, and signs it off or returns it (A11, K0.12)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.kinds import Delivery, DocumentKind
from prevent_cases.casework.models import ClockRun, Disclosure, Document, Event, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.operations import end_worker
from referrals.models import Referral
from referrals.operations import answering
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, county, nominate, sign_in
from tests.factories.referrals import REASONS
from tests.journeys.answering import a_whole_answer, at, write
from tests.journeys.pages import errors, press, words
from tests.journeys.triaging import kinds, now_at

KEY = "referral.sign_off_answer"
RETURNED = "referral.return_answer"
READ = {
    "necessity": "They cannot assess the risk without it.", "delivery": Delivery.IN_SERVICE, "checked": "on",
    "fair": "on",
}  # fmt: skip
USUAL = {
    "consent": "NOT_SOUGHT", "why_not_sought": "Not safe", "proportionality": "The least", "lawful_basis": "x",
    "power": "Section 38", "fairness": "As for anybody",
}  # fmt: skip


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.SIGN_OFF)


@pytest.fixture
def manager(place: County, client: Client) -> Client:
    return sign_in(client, place.locality_manager)


def test_it_is_signed_off_sent_and_kept_exactly_as_sent(place: County, referral: Referral, manager: Client) -> None:
    opened = manager.get(at("sign-off-answer", referral))
    for said in ("Support twice a week since 2024.", "He has seemed settled.", "UK GDPR Article 6(1)(e)"):
        assert said in opened.content.decode()
    done = press(manager, opened, "Sign off and send", **READ)
    assert done.redirect_chain[-1][0] == f"/cases/{referral.case_id}/"
    after = now_at(referral)
    assert after.state == S.RESPONDED
    shared = Disclosure.objects.get(case=referral.case_id)
    assert (shared.title, shared.delivery, shared.recipient_address, shared.recipient_team) == (
        "Answer to policing", Delivery.IN_SERVICE, "desk@ctp.example", place.policing
    )  # fmt: skip
    assert shared.necessity == READ["necessity"]
    assert (shared.decided_by, shared.emailed_at) == (place.locality_manager.user, None)
    with access.material(place.locality_worker, referral.case_id):
        kept = list(Document.objects.filter(case=referral.case_id, kind=DocumentKind.ANSWER))
        assert {file.media_type for file in kept} == {file.media_type for file in shared.documents.all()}
    assert len(kept) == 2
    event = Event.objects.get(case=referral.case_id, kind=KEY)
    assert set(event.facts) == {"lawful_basis", "necessity", "delivery"}
    running = set(ClockRun.objects.unfinished().filter(case=referral.case_id).values_list("clock", flat=True))
    assert running == {"referral.outcome"}
    assert set(Notice.objects.filter(case=referral.case_id, kind=KEY).values_list("address", "team__name")) == {
        ("desk@ctp.example", None), ("", "Strategic Safeguarding Unit")
    }  # fmt: skip


def test_by_secure_email_the_kept_file_is_sent_by_hand_and_that_is_recorded(
    place: County, referral: Referral, manager: Client
) -> None:
    opened = manager.get(at("sign-off-answer", referral))
    sending = press(manager, opened, "Sign off and send", **READ | {"delivery": Delivery.SECURE_EMAIL})
    shared = Disclosure.objects.get(case=referral.case_id)
    assert sending.redirect_chain[-1][0] == at("disclosure", referral, shared.pk)
    assert "Not sent yet" in words(sending)
    assert "desk@ctp.example" in words(sending)
    file = shared.documents.through.objects.filter(disclosure=shared).values_list("document_id", flat=True)[0]
    download = manager.get(reverse("document", args=[referral.case_id, file]))
    assert download["Content-Disposition"].startswith("attachment")
    assert b"".join(download)
    recorded = press(manager, sending, "I have sent it by secure email")
    assert "By secure email to desk@ctp.example, sent" in words(recorded)
    shared.refresh_from_db()
    assert shared.emailed_by == place.locality_manager.user
    assert kinds(referral).count("disclosure.emailed") == 1
    again = press(manager, sending, "I have sent it by secure email")
    assert "already recorded as sent" in words(again)
    assert kinds(referral).count("disclosure.emailed") == 1


@pytest.mark.parametrize("act", ["sign-off-answer", "return-answer"])
def test_the_manager_is_let_in_no_longer_than_it_takes(
    place: County, referral: Referral, manager: Client, act: str
) -> None:
    assert access.may_enter(place.locality_manager, referral.case)
    if act == "return-answer":
        press(manager, manager.get(at(act, referral)), "Return it", reason="too_much")
    else:
        press(manager, manager.get(at(act, referral)), "Sign off and send", **READ)
    assert not access.may_enter(place.locality_manager, referral.case)
    assert not access.named_workers(referral.case).exists()
    assert kinds(referral).count("access.worker_ended") == 1
    assert manager.get(reverse("case-restricted", args=[referral.case_id])).status_code == 404


def test_what_was_left_out_is_recorded_and_never_sent(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    sign_in(client, place.locality_worker)
    preview = write(client, referral, **a_whole_answer(referral, left_out="His sister's health."))
    assert "sister" not in words(preview)
    press(client, preview, "Ask for sign-off")
    sign_in(client, place.locality_manager)
    opened = client.get(at("sign-off-answer", referral))
    assert "His sister's health." in words(opened)
    content = answering.answer_content(
        now_at(referral), [], REASONS, council="C", signed_by="M", on=now().date()
    )  # fmt: skip
    assert "sister" not in repr(content)
    press(client, opened, "Sign off and send", **READ)
    assert Disclosure.objects.get(case=referral.case_id).left_out == "His sister's health."


def test_reasons_and_a_whole_reading_are_needed(referral: Referral, manager: Client) -> None:
    opened = manager.get(at("sign-off-answer", referral))
    refused = press(manager, opened, "Sign off and send", lawful_basis="")
    assert sorted(errors(refused)) == [
        "Confirm that no protected characteristic is a reason to share it",
        "Confirm that you have read all of it, and that it says no more than is necessary",
        "Enter the lawful basis",
        "Say why it is necessary to share this",
        "Select how it goes to CT policing",
    ]
    refused = press(manager, opened, "Sign off and send", **READ | {"lawful_basis": "x" * 301, "necessity": "\x00"})
    assert sorted(errors(refused)) == [
        "Lawful basis must be 300 characters or fewer",
        "The reason contains a hidden character. Type it again instead of pasting it",
    ]
    assert now_at(referral).state == S.SIGN_OFF


def test_nobody_signs_off_their_own_answer(place: County, client: Client) -> None:
    referral = a_referral(place, S.SIGN_OFF)
    Referral.objects.filter(pk=referral.pk).update(answer_author=place.locality_manager.user)
    sign_in(client, place.locality_manager)
    opened = client.get(at("sign-off-answer", referral))
    assert "somebody else must sign it off" in words(opened)
    assert "Sign off and send" not in words(opened)
    refused = client.post(at("sign-off-answer", referral), READ | USUAL | {"version": now_at(referral).case.version})
    assert now_at(referral).state == S.SIGN_OFF
    assert refused.status_code == 200
    assert not Disclosure.objects.filter(case=referral.case_id).exists()


@pytest.mark.parametrize("role", ["other_locality_worker", "area_worker", "children", "liaison", "auditor", "outsider"])
def test_the_wrong_people_find_nothing(place: County, referral: Referral, client: Client, role: str) -> None:
    sign_in(client, getattr(place, role))
    for name in ("sign-off-answer", "return-answer"):
        assert client.get(at(name, referral)).status_code == client.post(at(name, referral)).status_code == 404


@pytest.mark.parametrize("role", ["locality_worker", "colleague", "officer", "ssu_lead"])
def test_who_is_no_manager_of_the_team_comes_back_to_the_case(
    place: County, referral: Referral, client: Client, role: str
) -> None:
    sign_in(client, getattr(place, role))
    fields = READ | USUAL | {"version": referral.case.version}
    for answered in (client.get(at("sign-off-answer", referral)), client.post(at("sign-off-answer", referral), fields)):
        assert answered.status_code == 302
        assert answered["Location"] == f"/cases/{referral.case_id}/"
    refused = client.post(at("return-answer", referral), {"version": referral.case.version, "reason": "unclear"})
    assert errors(refused)[0].startswith("This may only be done by a manager of the team that holds the case")
    assert now_at(referral).state == S.SIGN_OFF


def test_a_manager_whose_time_ran_out_is_told_how_to_be_let_in(
    place: County, referral: Referral, manager: Client
) -> None:
    end_worker(case=referral.case, worker=place.locality_manager.user, by=place.locality_worker, at=now())
    told = manager.get(at("sign-off-answer", referral), follow=True)
    assert "Ask a nominated worker of your team to let you in." in words(told)
    assert "Support twice a week" not in told.content.decode()


def test_it_goes_back_to_its_author_with_a_reason(place: County, referral: Referral, manager: Client) -> None:
    opened = manager.get(at("return-answer", referral))
    assert errors(press(manager, opened, "Return it")) == ["Select a reason"]
    done = press(manager, opened, "Return it", reason="too_much")
    assert done.redirect_chain[-1][0] == f"/cases/{referral.case_id}/"
    assert now_at(referral).state == S.PREPARING
    assert Event.objects.get(case=referral.case_id, kind=RETURNED).facts == {
        "reason": "It shares more than is necessary"
    }  # fmt: skip
    assert Notice.objects.get(case=referral.case_id, kind=RETURNED).user == place.locality_worker.user
    again = press(manager, opened, "Return it", reason="too_much")
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert kinds(referral).count(RETURNED) == 1


def test_it_can_be_asked_for_again_once_it_was_returned(place: County, referral: Referral, client: Client) -> None:
    sign_in(client, place.locality_manager)
    press(client, client.get(at("return-answer", referral)), "Return it", reason="unclear")
    sign_in(client, place.locality_worker)
    preview = write(client, referral, fact_care_needs="Support three times a week.")
    press(client, preview, "Ask for sign-off")
    assert now_at(referral).state == S.SIGN_OFF
    sign_in(client, place.locality_manager)
    assert "Support three times a week." in words(client.get(at("sign-off-answer", referral)))


@pytest.mark.parametrize("state", [S.PREPARING, S.RESPONDED, S.CLOSED])
def test_in_another_state_it_is_refused_in_words(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.locality_manager)
    told = client.get(at("return-answer", referral), follow=True)
    assert "That cannot be done now" in words(told)
    refused = client.post(at("return-answer", referral), {"version": referral.case.version, "reason": "unclear"})
    assert errors(refused)[0].startswith("This cannot be done now: the case is at")
    assert client.get(at("sign-off-answer", referral)).status_code == 302
    assert now_at(referral).state == state


def test_signed_off_twice_it_is_sent_once(referral: Referral, manager: Client) -> None:
    opened = manager.get(at("sign-off-answer", referral))
    press(manager, opened, "Sign off and send", **READ)
    again = press(manager, opened, "Sign off and send", **READ)
    assert "That cannot be done now" in words(again)
    assert again.redirect_chain[-1][0] == f"/cases/{referral.case_id}/"
    assert Disclosure.objects.filter(case=referral.case_id).count() == kinds(referral).count(KEY) == 1


def test_sent_again_by_a_nominated_manager_it_shows_what_was_sent_and_no_button(
    place: County, referral: Referral, manager: Client
) -> None:
    nominate(place.locality_manager.user, place.locality_team)
    opened = manager.get(at("sign-off-answer", referral))
    press(manager, opened, "Sign off and send", **READ)
    again = press(manager, opened, "Sign off and send", **READ)
    assert again.redirect_chain[-1][0] == at("answer-preview", referral)
    assert "That cannot be done now: the case is at “Answered”." in words(again)
    assert not errors(again) and "Sign off and send" not in words(again)


def test_what_was_sent_stays_readable_to_the_team(place: County, referral: Referral, client: Client) -> None:
    sign_in(client, place.locality_manager)
    press(client, client.get(at("sign-off-answer", referral)), "Sign off and send", **READ)
    sign_in(client, place.locality_worker)
    sent = client.get(at("answer", referral), follow=True)
    assert sent.redirect_chain[-1][0] == at("answer-preview", referral)
    for said in ("The answer that was sent", "Support twice a week since 2024.", "They cannot assess the risk", "PDF"):
        assert said in words(sent)
