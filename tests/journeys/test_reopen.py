"""A closed case is opened again by the SSU's lead alone, for a reason (A16)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.kinds import Basis, Look
from prevent_cases.casework.models import AccessLog, ClockRun, Document, Event
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_nil_return, a_referral, county, sign_in
from tests.journeys.answering import at
from tests.journeys.pages import errors, page, press, words
from tests.journeys.triaging import decide, kinds, now_at, other_people, triage_of

KEY = "referral.reopen"


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.CLOSED)


@pytest.fixture
def lead(place: County, client: Client) -> Client:
    return sign_in(client, place.ssu_lead)


def test_it_is_with_the_ssu_again_to_be_checked(place: County, referral: Referral, lead: Client) -> None:
    done = press(lead, lead.get(at("reopen", referral)), "Reopen the case", reason="new_information")
    assert done.redirect_chain[-1][0] == f"/cases/{referral.case_id}/"
    after = now_at(referral)
    assert (after.state, after.case.is_open, after.case.holder_team) == (S.CHECKING, True, place.ssu)
    assert (after.outcome, after.known, after.case.restricted_at) == ("", "", referral.case.restricted_at)
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts == {"reason": "New information has come"}
    running = set(ClockRun.objects.unfinished().filter(case=referral.case_id).values_list("clock", flat=True))
    assert running == {"referral.triage", "referral.reply"}


def test_what_was_recorded_stays_with_who_recorded_it(place: County, referral: Referral, lead: Client) -> None:
    """The SSU gets the case back, and not the locality's notes, answers and documents (K0.11)."""
    press(lead, lead.get(at("reopen", referral)), "Reopen the case", reason="new_information")
    case = now_at(referral).case
    for actor in (place.officer, place.ssu_lead, place.locality_manager, place.colleague):
        assert not access.may_enter(actor, case)
    said = f"{place.locality_team.name}"
    opened = words(lead.get(triage_of(referral)))
    assert f"is in the Prevent restricted area of {said}, which your unit does not open" in opened
    assert "He speaks of people met online" not in opened
    assert lead.get(reverse("case-restricted", args=[case.pk])).status_code == 404
    assert f"What was recorded stays with {said}." in words(lead.get(reverse("case-people", args=[case.pk])))
    with access.material(place.locality_worker, case.pk):
        document = Document.objects.filter(case=case).first()
    assert lead.get(reverse("document", args=[case.pk, document.pk])).status_code == 404
    kept = sign_in(Client(), place.locality_worker)
    assert "He speaks of people met online" in words(kept.get(reverse("case-restricted", args=[case.pk])))
    looked = AccessLog.objects.filter(case=case, user=place.locality_worker.user).last()
    assert (looked.what, looked.basis) == (Look.MATERIAL, Basis.KEPT)


def test_a_reopened_case_can_go_all_the_way_again(place: County, referral: Referral, lead: Client) -> None:
    press(lead, lead.get(at("reopen", referral)), "Reopen the case", reason="new_information")
    done = decide(lead, referral, "OPEN", systems=["register"], open_team=str(place.other_locality_team.pk))
    press(lead, done, "Send to the locality team")
    after = now_at(referral)
    assert (after.state, after.case.holder_team) == (S.WITH_LOCALITY, place.other_locality_team)
    assert access.may_enter(place.other_locality_worker, after.case)
    assert not access.may_enter(place.locality_worker, after.case)
    worker = sign_in(Client(), place.other_locality_worker)
    for part in ("note", "document"):
        worker.post(at("record", referral), {"part": part})
    assert now_at(referral).state == S.PREPARING


def test_a_reopened_case_can_be_asked_about_and_has_no_nil_return(
    place: County, referral: Referral, lead: Client
) -> None:
    """What a team recorded is a record held: "no record held" would be false (A6, K0.5)."""
    press(lead, lead.get(at("reopen", referral)), "Reopen the case", reason="new_information")
    press(lead, lead.get(at("query-back", referral)), "Record the question", reason="identity", question="Who?")
    assert now_at(referral).state == S.QUERIED
    press(lead, lead.get(at("query-answered", referral)), "Record the reply", reply="The same person.")
    assert now_at(referral).state == S.RECEIVED
    opened = press(lead, lead.get(triage_of(referral)), "Continue", systems=["register"], change="")
    assert "Check and send to the locality team" in words(opened)
    shown = lead.get(triage_of(referral))
    assert not page(shown).xpath("//input[@name='decision'][@value='NEVER']")
    assert "On this case, before it was reopened" in words(shown)
    assert "signed off the answer and sent it to CT policing" in words(shown)
    after = now_at(referral)
    fields = {"decision": "NEVER", "systems": ["register"], "version": after.case.version, "words": "Nothing held"}
    (refused,) = errors(lead.post(reverse("referrals:send-nil-return", args=[referral.case_id]), fields))
    assert refused.startswith(f"{place.locality_team.name} recorded this referral in its restricted area")
    after = now_at(referral)
    assert after.state == S.CHECKING
    assert access.may_enter(place.locality_worker, after.case)
    assert not access.may_enter(place.officer, after.case)


def test_a_nil_return_can_be_opened_again_too(place: County, lead: Client) -> None:
    referral = a_nil_return(place)
    press(lead, lead.get(at("reopen", referral)), "Reopen the case", reason="closed_in_error")
    assert now_at(referral).state == S.CHECKING


def test_a_reason_is_needed_in_words_where_the_list_says_so(referral: Referral, lead: Client) -> None:
    opened = lead.get(at("reopen", referral))
    assert errors(press(lead, opened, "Reopen the case")) == ["Select a reason"]
    assert errors(press(lead, opened, "Reopen the case", reason="other")) == ["Say the reason in a few words"]
    press(lead, opened, "Reopen the case", reason="other", words="Asked for by audit")
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts == {"reason": "Asked for by audit"}


def test_an_officer_who_does_not_lead_cannot(place: County, referral: Referral, client: Client) -> None:
    sign_in(client, place.officer)
    assert client.get(at("reopen", referral)).status_code == 302
    fields = {"version": referral.case.version, "reason": "closed_in_error"}
    assert errors(client.post(at("reopen", referral), fields)) == [
        "This may only be done by the lead of the Strategic Safeguarding Unit."
    ]
    assert now_at(referral).state == S.CLOSED


def test_the_wrong_people_find_nothing(place: County, referral: Referral, client: Client) -> None:
    for actor in other_people(place):
        sign_in(client, actor)
        assert client.get(at("reopen", referral)).status_code == client.post(at("reopen", referral)).status_code == 404


def test_an_open_case_is_not_reopened(place: County, lead: Client) -> None:
    referral = a_referral(place, S.RESPONDED)
    assert "That cannot be done now" in words(lead.get(at("reopen", referral), follow=True))
    fields = {"version": referral.case.version, "reason": "closed_in_error"}
    assert errors(lead.post(at("reopen", referral), fields))[0].startswith("This cannot be done now")


def test_reopened_twice_it_is_reopened_once(referral: Referral, lead: Client) -> None:
    opened = lead.get(at("reopen", referral))
    press(lead, opened, "Reopen the case", reason="closed_in_error")
    again = press(lead, opened, "Reopen the case", reason="closed_in_error")
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert kinds(referral).count(KEY) == 1
