"""The locality writes its answer, sees it as it would be sent, and asks for sign-off (A11, K0.12, K0.13)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import AccessLog, CaseUserObjectPermission, ClockRun, Event, Notice
from prevent_cases.casework.now import now
from referrals.models import Answer, Referral
from referrals.operations import drafting
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_named_worker, a_referral, county, sign_in
from tests.journeys.answering import a_whole_answer, at, headings_of, stored, write
from tests.journeys.pages import errors, page, press, words
from tests.journeys.triaging import kinds, now_at

KEY = "referral.submit_answer"
HIDDEN_ROLES = ("other_locality_worker", "area_worker", "children", "liaison", "auditor", "practitioner", "outsider")


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.PREPARING)


@pytest.fixture
def worker(place: County, client: Client) -> Client:
    return sign_in(client, place.locality_worker)


def test_a_draft_says_what_is_not_answered_yet(place: County, referral: Referral, worker: Client) -> None:
    opened = worker.get(at("answer", referral))
    preview = press(worker, opened, "Save and preview", known_care_needs="no")
    assert words(preview).count("Not answered yet.") == len(headings_of(referral)) - 1
    assert words(preview).count("Nothing known.") == 1
    whole = press(worker, worker.get(at("answer", referral)), "Save and preview", **a_whole_answer(referral))
    assert "Not answered yet." not in words(whole)


def test_it_is_written_previewed_and_sent_for_sign_off(place: County, referral: Referral, worker: Client) -> None:
    opened = worker.get(at("answer", referral))
    assert "Who reads this" in words(opened)
    assert words(opened).count("CT policing reads this") == 2 * len(headings_of(referral))
    preview = press(worker, opened, "Save and preview", **a_whole_answer(referral))
    assert preview.redirect_chain[-1][0] == at("answer-preview", referral)
    for said in ("Support twice a week.", "He is settled.", "Nothing known.", "OFFICIAL-SENSITIVE", "desk@ctp.example"):
        assert said in words(preview)
    assert "Mabel Stroud will be told, and let in to read it" in words(preview)
    done = press(worker, preview, "Ask for sign-off")
    assert done.redirect_chain[-1][0] == f"/cases/{referral.case_id}/"
    after = now_at(referral)
    assert (after.state, after.answer_author_id) == (S.SIGN_OFF, place.locality_worker.user_id)
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts == {"headings": 10, "minimum_checked": "yes"}
    assert ClockRun.objects.unfinished().filter(case=referral.case_id, clock="referral.sign_off").exists()
    assert Notice.objects.get(case=referral.case_id, kind=KEY).team == place.locality_team


def test_the_managers_are_let_in_to_read_it_and_nobody_else(place: County, referral: Referral, worker: Client) -> None:
    assert not access.may_enter(place.locality_manager, referral.case)
    press(worker, write(worker, referral, **a_whole_answer(referral)), "Ask for sign-off")
    grant = CaseUserObjectPermission.objects.get(content_object=referral.case_id)
    assert (grant.user, grant.reason, grant.until) == (
        place.locality_manager.user, "TASK", civil_date(now()) + timedelta(days=14)
    )  # fmt: skip
    assert access.may_enter(place.locality_manager, now_at(referral).case)
    assert "access.worker_named" in kinds(referral)


def test_without_another_manager_it_is_refused_in_words(place: County, referral: Referral, worker: Client) -> None:
    preview = write(worker, referral, **a_whole_answer(referral))
    a_conflict(referral, place.locality_manager)
    again = worker.get(at("answer-preview", referral))
    assert "Mabel" not in words(again)
    refused = press(worker, again, "Ask for sign-off")
    assert errors(refused) == [
        "Nobody can sign this off: your team has no other manager. Ask for one to be added to the team."
    ]
    assert preview.status_code == 200
    assert now_at(referral).state == S.PREPARING


def test_what_is_still_to_do_is_said_with_the_way_to_it(referral: Referral, worker: Client) -> None:
    typed = a_whole_answer(referral) | {"known_children": "", "minimum_checked": ""}
    del typed["known_children"], typed["minimum_checked"]
    preview = write(worker, referral, **typed)
    links = {link.text_content(): link.get("href") for link in page(preview).iter("a")}
    assert links["Say what is known under “Children”"] == f"{at('answer', referral)}#id_known_children"
    assert links["Confirm that it says no more than is necessary"].endswith("#id_minimum_checked")
    assert "Ask for sign-off" not in words(preview).split("Before you can ask for sign-off")[1]
    refused = worker.post(
        at("submit-answer", referral), {"version": now_at(referral).case.version, "answer_version": 1}
    )
    assert errors(refused) == ["Answer every heading, or say nothing is known: Children."]


def test_something_to_tell_has_to_be_told(referral: Referral, worker: Client) -> None:
    told = write(worker, referral, known_children="yes")
    assert errors(told) == ["Enter a fact or an opinion under “Children”, or choose “Nothing known”"]
    assert page(told).get_element_by_id("id_fact_children") is not None
    later = press(worker, worker.get(at("answer", referral)), "Save and come back later", known_children="yes")
    assert later.redirect_chain[-1][0] == f"/cases/{referral.case_id}/"


def test_nothing_known_drops_the_words_that_stood_there(place: County, referral: Referral, worker: Client) -> None:
    write(worker, referral, known_children="yes", fact_children="Two.")
    write(worker, referral, known_children="no")
    assert stored(place, referral)["children"] == (False, "", "")


@pytest.mark.parametrize("role", HIDDEN_ROLES)
def test_the_wrong_people_find_nothing(place: County, referral: Referral, client: Client, role: str) -> None:
    sign_in(client, place.locality_worker)
    write(client, referral, **a_whole_answer(referral))
    sign_in(client, getattr(place, role))
    for name in ("answer", "answer-preview", "answer-draft"):
        assert client.get(at(name, referral)).status_code == 404
    for name in ("answer", "autosave-answer", "submit-answer"):
        assert client.post(at(name, referral), {"version": 0}).status_code == 404
    assert now_at(referral).state == S.PREPARING


def test_who_sees_the_case_but_was_not_let_in_reads_nothing(place: County, referral: Referral, client: Client) -> None:
    for actor in (place.officer, place.ssu_lead, place.colleague, place.locality_manager):
        sign_in(client, actor)
        for name in ("answer", "answer-preview", "answer-draft"):
            assert client.get(at(name, referral)).status_code == 404
        refused = client.post(at("autosave-answer", referral), {"version": 0, "known_children": "no"})
        assert refused.status_code == 409
    assert not Answer.objects.filter(referral=referral).exists()


def test_a_named_worker_reads_it_and_does_not_change_it(place: County, referral: Referral, client: Client) -> None:
    sign_in(client, place.locality_worker)
    write(client, referral, **a_whole_answer(referral))
    a_named_worker(place, referral, place.colleague)
    sign_in(client, place.colleague)
    read = client.get(at("answer", referral), follow=True)
    assert read.redirect_chain[-1][0] == at("answer-preview", referral)
    assert "Support twice a week." in words(read)
    assert "Ask for sign-off" not in words(read)
    refused = client.post(at("answer", referral), {"version": 1, "known_children": "no"})
    assert errors(refused) == [
        "This may only be done by a nominated Prevent virtual worker of the team that holds the case."
    ]
    assert "changed by you" in words(read)
    again = client.post(at("submit-answer", referral), {"version": now_at(referral).case.version, "answer_version": 1})
    assert errors(again)[0].startswith("This may only be done by a nominated Prevent virtual worker")


@pytest.mark.parametrize("state", [S.WITH_LOCALITY, S.SIGN_OFF, S.RESPONDED])
def test_in_another_state_it_is_refused_in_words(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state, via="locality")
    sign_in(client, place.locality_worker)
    assert client.get(at("answer", referral)).status_code == 302
    refused = client.post(at("answer", referral), {"version": 1, "known_children": "yes", "fact_children": "Typed."})
    assert errors(refused) == ["This answer is not being prepared now, so it cannot be changed."]
    assert "Typed." in refused.content.decode()
    version = now_at(referral).case.version
    if state != S.WITH_LOCALITY:
        again = client.post(at("submit-answer", referral), {"version": version, "answer_version": 1})
        assert errors(again)[0].startswith("This cannot be done now: the case is at")
    assert now_at(referral).state == state


def test_asked_twice_it_is_asked_once(referral: Referral, worker: Client) -> None:
    preview = write(worker, referral, **a_whole_answer(referral))
    press(worker, preview, "Ask for sign-off")
    again = press(worker, preview, "Ask for sign-off")
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert kinds(referral).count(KEY) == 1


def test_what_changed_since_it_was_read_must_be_read_first(place: County, referral: Referral, worker: Client) -> None:
    preview = write(worker, referral, **a_whole_answer(referral))
    drafting.write_answer(
        referral=referral, said={"children": drafting.Said(True, "Two.")}, minimum_checked=True, left_out="",
        by=place.locality_worker, at=now(), version=1,
    )  # fmt: skip
    refused = press(worker, preview, "Ask for sign-off")
    assert errors(refused) == ["This answer changed after you opened it. Read it through again."]
    assert now_at(referral).state == S.PREPARING


def test_every_look_at_the_answer_is_logged(place: County, referral: Referral, worker: Client) -> None:
    worker.get(at("answer", referral))
    look = AccessLog.objects.filter(case=referral.case_id, user=place.locality_worker.user_id).latest("id")
    assert (look.what, look.record, look.basis) == ("MATERIAL", "answer", "nominated")
    write(worker, referral, **a_whole_answer(referral))
    worker.get(at("answer-draft", referral))
    look = AccessLog.objects.filter(case=referral.case_id, user=place.locality_worker.user_id).latest("id")
    assert (look.what, look.record) == ("DOCUMENT", "answer draft")


def test_the_draft_is_a_download_that_says_it_is_a_draft(referral: Referral, worker: Client) -> None:
    write(worker, referral, **a_whole_answer(referral))
    draft = worker.get(at("answer-draft", referral))
    assert draft.content.startswith(b"%PDF")
    assert draft["Content-Disposition"].startswith('attachment; filename="PC-')
    assert draft["Content-Disposition"].endswith('answer-draft.pdf"')
    assert "sandbox" in draft["Content-Security-Policy"]
    assert "no-store" in draft["Cache-Control"]
