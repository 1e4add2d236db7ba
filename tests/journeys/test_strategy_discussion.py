"""Decide in an emergency and discuss at once: one page, minutes, actions, what follows (C3, C4; C1.16 to C1.20)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access, holding
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Delivery
from prevent_cases.casework.models import Case, ClockRun, Disclosure
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import NotAllowed, Refused
from safeguarding.models import AgreedAction, EmergencyDecision, StrategyDiscussion
from safeguarding.operations import discussions, endings
from tests.factories import County, a_protection, a_referral, an_agreed, county, discussed, fresh_protection, sign_in
from tests.journeys.pages import errors, form_in, press, words
from tests.journeys.pages import page as shown_as
from tests.journeys.protecting import a_discussion, kinds, page_of, the_only

KEYS = ("protection.discuss", "protection.finish")
DAY = timedelta(days=1)


def links(response: HttpResponse) -> list[str]:
    return [f"{href}" for href in shown_as(response).xpath("//a/@href")]


@pytest.fixture
def place(db: None) -> County:
    return county()


def test_an_emergency_decision_names_who_decided_and_who_was_consulted(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("IMMEDIATE", referral=referral, by=place.children)
    sign_in(client, place.children)
    page = client.get(page_of(begun, "protection-emergency"))
    bare = press(client, page, "Record the decision", consulted="")
    assert "Say who in CT policing was consulted, or why nobody was" in errors(bare)
    done = press(
        client, page, "Record the decision", agency="POLICE", decided_by="Inspector B. Roe",
        decision="POLICE_PROTECTION", words="He could not stay there.", consulted="Sergeant Lumb, 4pm",
    )  # fmt: skip
    assert "The emergency decision was recorded." in words(done)
    assert "Police: Inspector B. Roe" in words(done)
    assert "Sergeant Lumb, 4pm" in words(done)
    assert kinds(referral.case_id)[-1] == "protection.decided"
    with access.material(place.officer, referral.case_id) as allowed:
        assert (allowed, EmergencyDecision.objects.count()) == (False, 0), "what it says is behind the wall"


def test_a_discussion_is_one_page_and_starts_what_it_decides(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("IMMEDIATE", referral=referral, by=place.children)
    sign_in(client, place.children)
    page = client.get(page_of(begun, "protection-discuss"))
    due = today() + DAY
    done = press(
        client, page, "Record the discussion", **a_discussion(
            what_1="Visit him at his aunt’s", who_1="Cass Ibbot", **{
                "due_1_on-day": due.day, "due_1_on-month": due.month, "due_1_on-year": due.year,
            },
        ),
    )  # fmt: skip
    assert "The strategy discussion was recorded." in words(done)
    shown = words(done)
    for said in ("Children's social care: Cass Ibbot, social worker", "Visit him at his aunt’s", "His mother knows."):
        assert said in shown
    assert fresh_protection(begun).state == "DISCUSSED"
    shared = Disclosure.objects.filter(case=referral.case_id, delivery=Delivery.SPOKEN)
    assert set(shared.values_list("recipient_agency", flat=True)) == {
        "Police", "Police Prevent team (CT policing)", "Health"
    }  # fmt: skip
    enquiries = the_only(referral, "SECTION_47")
    assert (enquiries.state, enquiries.follows_id) == ("DISCUSSED", begun.pk)
    run = ClockRun.objects.unfinished().get(subject=enquiries.record_key)
    assert run.clock == "protection.conference"
    assert civil_date(run.started_at) == today()
    assert not ClockRun.objects.unfinished().filter(clock="protection.discussion").exists()


def test_who_must_be_there_and_was_not_is_explained(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_47", referral=referral, by=place.children)
    sign_in(client, place.children)
    page = client.get(page_of(begun, "protection-discuss"))
    assert "Police Prevent team" in words(page)
    few = a_discussion(came=["CHILDREN", "POLICE", "HEALTH"])
    assert errors(press(client, page, "Record the discussion", **few)) == [
        "Say why nobody came from: Police Prevent team (CT policing)."
    ]
    done = press(client, page, "Record the discussion", **(few | {"why_absent": "They could not be reached."}))
    assert "They could not be reached." in words(done)


def test_what_is_left_out_is_asked_for(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_47", referral=referral, by=place.children)
    sign_in(client, place.children)
    page = client.get(page_of(begun, "protection-discuss"))
    said = a_discussion(legal_advice="SOUGHT", name_POLICE="", what_1="Visit", minutes="")
    assert set(errors(press(client, page, "Record the discussion", **said))) == {
        "Say who came from: Police", "Say what the advice was", "Say who does it, or empty the row of action 1",
        "Say by when, or empty the row of action 1", "Enter the minutes",
    }  # fmt: skip
    assert not StrategyDiscussion.objects.exists()


def test_a_discussion_is_of_the_past_and_not_of_years_ago(place: County) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_47", referral=referral, by=place.children)
    for when in (now() + DAY, now() - 60 * DAY):
        with pytest.raises(Refused):
            discussions.record_discussion(
                protection=begun, said=discussed("SECTION_47", when), by=place.children, at=now()
            )


def test_what_was_held_at_night_is_written_down_with_its_real_time(place: County) -> None:
    referral = a_referral(place, "WITH_CHILDREN", at=now() - 3 * DAY)
    begun = a_protection("SECTION_47", referral=referral, by=place.children)
    held = now() - 2 * DAY
    discussions.record_discussion(
        protection=begun, said=discussed("SECTION_47", held, outcome="SECTION_47"), by=place.children, at=now()
    )
    run = ClockRun.objects.unfinished().get(subject=begun.record_key)
    assert run.started_at == held


def test_actions_are_added_and_each_is_done_by_somebody(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_47", "DISCUSSED", referral=referral, by=place.children)
    sign_in(client, place.children)
    shown = client.get(page_of(begun))
    link = next(href for href in links(shown) if href.endswith("/agree/"))
    added = press(
        client, client.get(link), "Add the action", what="Tell the school", who="Cass Ibbot",
        **{"due_on-day": 1, "due_on-month": 6, "due_on-year": today().year + 1},
    )  # fmt: skip
    ending = press(
        client, client.get(page_of(begun, "protection-finish")), "Finish it", ending="SAFE", words="He is safe."
    )
    assert errors(ending) == ["Say first what became of each agreed action."]
    link = next(href for href in links(added) if "/actions/" in href)
    asked = press(client, client.get(link), "Record it", standing="DONE")
    assert errors(asked) == ["Say who did it", "Say on which day"]
    on = today()
    done = press(
        client, asked, "Record it", standing="DONE", done_by="Cass Ibbot",
        **{"done_on-day": on.day, "done_on-month": on.month, "done_on-year": on.year},
    )  # fmt: skip
    assert "Done by Cass Ibbot" in words(done)
    assert client.get(link, follow=True).status_code == 200
    finished = press(
        client, client.get(page_of(begun, "protection-finish")), "Finish it", ending="SAFE", words="He is safe."
    )
    assert "It is finished." in words(finished)
    assert fresh_protection(begun).state == "FINISHED"


def test_the_minutes_are_a_pdf_for_whom_the_area_is_open(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_47", "DISCUSSED", referral=referral, by=place.children)
    sign_in(client, place.children)
    link = next(href for href in links(client.get(page_of(begun))) if href.endswith("/minutes/"))
    pdf = client.get(link)
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    sign_in(client, place.officer)
    assert client.get(link).status_code == 404
    case = Case.objects.get(pk=referral.case_id)
    holding.place(case=case, received_at=now() - DAY, reason="Checks again", by=place.children, at=now())
    sign_in(client, place.children)
    held = client.get(link)
    assert held.status_code == 409
    assert "On hold" in words(held)


def test_the_wrong_people_find_nothing_and_what_is_finished_stays_so(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("IMMEDIATE", referral=referral, by=place.children)
    for actor in (place.locality_worker, place.area_worker, place.liaison, place.auditor, place.outsider):
        sign_in(client, actor)
        for name in ("protection", "protection-discuss", "protection-emergency", "protection-finish"):
            assert client.get(page_of(begun, name)).status_code == 404
    said = discussed("IMMEDIATE", now())
    with pytest.raises(NotAllowed):
        discussions.record_discussion(protection=begun, said=said, by=place.liaison, at=now())
    endings.finish_protection(protection=begun, ending="SAFE", words="Safe.", by=place.children, at=now())
    with pytest.raises(Refused):
        discussions.record_discussion(protection=begun, said=said, by=place.children, at=now())
    sign_in(client, place.children)
    assert "That cannot be done now" in words(client.get(page_of(begun, "protection-discuss"), follow=True))


def test_the_same_page_sent_twice_is_one_discussion(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_47", referral=referral, by=place.children)
    sign_in(client, place.children)
    page = client.get(page_of(begun, "protection-discuss"))
    action, fields = form_in(page, "Record the discussion")
    typed = fields | a_discussion()
    assert client.post(action or page_of(begun, "protection-discuss"), typed).status_code == 302
    again = client.post(action or page_of(begun, "protection-discuss"), typed)
    assert "perhaps by sending it twice" in errors(again)[0]
    assert kinds(referral.case_id).count(KEYS[0]) == 1


def test_somebody_the_area_is_not_open_to_does_not_finish_it(place: County) -> None:
    referral = a_referral(place, "PREPARING")
    begun = a_protection("SECTION_42", referral=referral, by=place.colleague)
    with pytest.raises(NotAllowed):
        endings.finish_protection(protection=begun, ending="SAFE", words="Safe.", by=place.colleague, at=now())
    endings.finish_protection(protection=begun, ending="SAFE", words="Safe.", by=place.locality_worker, at=now())
    assert kinds(referral.case_id)[-1] == KEYS[1]


def test_an_action_agreed_is_behind_the_wall(place: County) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_47", referral=referral, by=place.children)
    said = discussed("SECTION_47", now(), actions=[an_agreed(today())])
    discussions.record_discussion(protection=begun, said=said, by=place.children, at=now())
    with access.material(place.officer, referral.case_id) as allowed:
        assert (allowed, AgreedAction.objects.count(), StrategyDiscussion.objects.count()) == (False, 0, 0)


def test_the_page_names_the_case_by_its_reference(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("IMMEDIATE", referral=referral, by=place.children)
    sign_in(client, place.children)
    listed = client.get(reverse("case-protection", args=[referral.case_id]))
    assert "Immediate protection" in words(listed)
    assert referral.case.reference in client.get(page_of(begun, "protection-discuss")).content.decode()
