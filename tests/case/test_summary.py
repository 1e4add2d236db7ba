"""The first page of a case: what is new, what may be done, what is due and whose duty it is, and other episodes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.now import held_at, now
from referrals.models import Referral
from referrals.operations import assigning, people, recording
from referrals.states import ReferralState as S
from tests.factories import STATES, County, a_conflict, a_nil_return, a_referral, an_overdue_referral, sign_in


def page(client: Client, actor: Actor, referral: Referral, name: str = "case") -> str:
    answer = sign_in(client, actor).get(reverse(name, args=[referral.case_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_look_says_so_and_how_it_came(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    shown = page(client, place.locality_worker, referral)
    assert "You have not opened this case before" in shown
    assert "Sent it to Alderfen locality team" in shown


def test_opened_again_a_minute_later_it_is_not_the_first_time(place: County, client: Client) -> None:
    referral = a_referral(place, S.RECEIVED)
    for minutes, said in ((0, "You have not opened this case before"), (1, "Since you last looked"), (20, "Since you")):
        with held_at(now() + timedelta(minutes=minutes)):
            assert said in page(client, place.officer, referral)
    with held_at(now() + timedelta(minutes=25)):
        assert "You have not opened" not in page(client, place.officer, referral)


def test_what_others_did_since_the_last_sitting_is_new_and_ones_own_is_not(place: County, client: Client) -> None:
    at = now()
    referral = a_referral(place, S.RECEIVED, at=at - timedelta(days=2))
    with held_at(at - timedelta(days=1)):
        page(client, place.second_officer, referral)
    assigning.assign(case=referral.case, to=place.second_officer.user, by=place.officer, at=at - timedelta(minutes=5))
    with held_at(at):
        shown = page(client, place.second_officer, referral)
        assert "Since you last looked" in shown
        assert "Gave the case to Otto Wray. Olive Tarn, " in shown
        assert "Gave the case to Otto Wray. Olive Tarn, " in page(client, place.second_officer, referral), (
            "looking twice in one sitting does not make news old"
        )
    with held_at(at + timedelta(days=1)):
        page(client, place.officer, referral)
    with held_at(at + timedelta(days=2)):
        assert "Nothing new has happened." in page(client, place.officer, referral)


def test_the_title_holds_the_reference_and_never_the_name(place: County, client: Client) -> None:
    referral = a_referral(place, S.RECEIVED, given_name="Canary", family_name="Person")
    for name in ("case", "case-history", "case-people", "case-restricted", "case-tasks", "case-looks"):
        title = page(client, place.officer, referral, name).partition("<title>")[2].partition("</title>")[0]
        assert referral.case.reference in title
        assert "Canary" not in title


@pytest.mark.parametrize("state", STATES)
def test_every_step_open_to_somebody_is_a_link_to_its_page(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    for actor in (place.officer, place.ssu_lead, place.area_worker, place.locality_worker, place.locality_manager):
        answer = sign_in(client, actor).get(reverse("case", args=[referral.case_id]))
        if answer.status_code == 200:
            for step in [*answer.context["steps"], *answer.context["other_steps"]]:
                url = step["url"] if isinstance(step, dict) else step.url
                assert f'href="{url}"' in answer.content.decode()


def test_what_is_blocked_is_explained(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    recording.note_added(referral=referral, by=place.area_worker, at=now())
    shown = page(client, place.area_worker, referral)
    assert "Forward to the locality team. Blocked until the referral is recorded" in shown
    assert "Still to do: placing the referral in the restricted area." in shown
    assert "May be done by a nominated Prevent virtual worker" in page(client, place.officer, referral)


def test_deadlines_say_whose_duty_they_are(place: County, client: Client) -> None:
    ours = page(client, place.officer, a_referral(place, S.RECEIVED))
    assert "Triage the referral" in ours
    assert "Our duty. Strategic Safeguarding Unit." in ours
    theirs = page(client, place.officer, a_referral(place, S.QUERIED))
    assert "Owed to us by CT policing. We chase it." in theirs
    assert "Standing still. Was due" in theirs


def test_an_overdue_deadline_is_said_in_words(place: County, client: Client) -> None:
    assert "Overdue by " in page(client, place.officer, an_overdue_referral(place))


def test_other_episodes_of_the_person_are_shown_with_how_they_ended(place: County, client: Client) -> None:
    earlier = a_nil_return(place)
    referral = a_referral(place, S.RECEIVED)
    assert "None that you can see." in page(client, place.officer, referral)
    people.decide_match(
        referral=referral, other=earlier.person, answer="SAME", reasons=["same"], by=place.officer, at=now(),
        version=referral.case.version,
    )  # fmt: skip
    shown = page(client, place.officer, referral)
    assert earlier.case.reference in shown
    assert "Closed: nil return sent" in shown
    assert referral.case.reference in page(client, place.officer, earlier)


def test_an_episode_that_the_reader_may_not_know_leaves_no_trace(place: County, client: Client) -> None:
    hidden = a_nil_return(place)
    referral = a_referral(place, S.RECEIVED)
    people.decide_match(
        referral=referral, other=hidden.person, answer="SAME", reasons=["same"], by=place.officer, at=now(),
        version=referral.case.version,
    )  # fmt: skip
    a_conflict(hidden, place.second_officer)
    shown = page(client, place.second_officer, referral)
    assert hidden.case.reference not in shown
    assert str(hidden.case_id) not in shown
    assert "None that you can see." in shown
