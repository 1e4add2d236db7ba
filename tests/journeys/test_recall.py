"""A wrong dispatch is taken back: the SSU holds it again, and the other team no longer opens it (A7, A8)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework import operations as casework
from prevent_cases.casework.models import ClockRun, Event, Notice
from prevent_cases.casework.now import now
from referrals.operations import recording, triage
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, county, received_file, sign_in
from tests.journeys.pages import errors, form_in, press, words
from tests.journeys.triaging import kinds, now_at, other_people, triage_of

KEY = "referral.recall"
SOURCES = [S.WITH_AREA, S.WITH_LOCALITY, S.WITH_CHILDREN]
TOO_LATE = "This cannot be recalled any more"


@pytest.fixture
def place(db: None) -> County:
    return county()


def url(referral: object) -> str:
    return reverse("referrals:recall", args=[referral.case_id])


@pytest.mark.parametrize("state", SOURCES)
def test_it_comes_back_to_be_decided_again(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    losing = now_at(referral).case.holder_team
    sign_in(client, place.officer)
    done = press(client, client.get(url(referral)), "Recall it", reason="wrong_team")
    assert done.redirect_chain[-1][0] == triage_of(referral)
    after = now_at(referral)
    assert (after.state, after.case.holder_team, after.known) == (S.CHECKING, place.ssu, "")
    assert (after.named_worker, after.named_worker_name) == (None, "")
    event = Event.objects.get(case=referral.case_id, kind=KEY)
    assert event.facts == {"team": losing.name, "reason": "It went to the wrong team"}
    assert Notice.objects.filter(case=referral.case_id, kind=KEY, team=losing).count() == 1
    assert set(ClockRun.objects.unfinished().filter(case=referral.case_id).values_list("clock", flat=True)) == {
        "referral.triage", "referral.reply"
    }  # fmt: skip
    assert access.may_enter(place.officer, after.case)
    for worker in (place.area_worker, place.locality_worker, place.children):
        assert not access.may_enter(worker, after.case)


@pytest.mark.parametrize("state", [S.AREA_RECORDED, S.PREPARING])
def test_once_it_is_in_the_restricted_area_it_is_rerouted_and_not_recalled(
    place: County, client: Client, state: str
) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    assert "That cannot be done now" in words(client.get(url(referral), follow=True))
    sent = client.post(url(referral), {"reason": "wrong_team", "version": referral.case.version})
    assert errors(sent)[0].startswith(TOO_LATE)
    assert (now_at(referral).state, access.may_enter(place.officer, referral.case)) == (state, False)
    offered = words(client.get(f"/cases/{referral.case_id}/"))
    assert "Recall it" not in offered
    assert "Send to another locality team" in offered


@pytest.mark.parametrize(("state", "who"), [(S.WITH_AREA, "area_worker"), (S.WITH_LOCALITY, "locality_worker")])
@pytest.mark.parametrize("what", ["the referral placed", "a note", "a document"])
def test_the_first_thing_a_team_puts_there_ends_the_recall(
    place: County, client: Client, state: str, who: str, what: str
) -> None:
    referral, worker = a_referral(place, state), place.roles[who]
    opened = sign_in(client, place.officer).get(url(referral))
    if what == "the referral placed":
        recording.place_document(referral=referral, by=worker, at=now())
    elif what == "a note":
        casework.write_note(case=referral.case, text="Seen at home.", by=worker, at=now())
    else:
        casework.add_document(case=referral.case, file=received_file(), by=worker, at=now())
    assert errors(press(client, opened, "Recall it", reason="wrong_team"))[0].startswith(TOO_LATE)
    assert not access.may_enter(place.officer, now_at(referral).case)
    assert access.may_enter(worker, now_at(referral).case)


def test_after_a_reroute_it_cannot_be_recalled_either(place: County, client: Client) -> None:
    """Else the SSU would send a case round and open what the first team wrote."""
    referral = a_referral(place, S.PREPARING)
    triage.reroute(
        referral=referral, team=place.other_locality_team, reason="Moved", named_worker_name="", by=place.officer,
        at=now(),
    )  # fmt: skip
    after = now_at(referral)
    assert access.may_enter(place.other_locality_worker, after.case)
    sign_in(client, place.officer)
    sent = client.post(url(referral), {"reason": "wrong_team", "version": after.case.version})
    assert errors(sent)[0].startswith(TOO_LATE)


def test_what_childrens_duty_wrote_stays_with_them(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_CHILDREN)
    casework.write_note(case=referral.case, text="Known to the duty team.", by=place.children, at=now())
    sign_in(client, place.officer)
    done = press(client, client.get(url(referral)), "Recall it", reason="wrong_team")
    assert now_at(referral).state == S.CHECKING
    assert f"is in the Prevent restricted area of {place.children_team.name}" in words(done)
    assert client.get(f"/cases/{referral.case_id}/restricted/").status_code == 404
    assert not access.may_enter(place.officer, now_at(referral).case)


def test_a_reason_is_needed_in_words_where_the_list_says_so(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    sign_in(client, place.officer)
    opened = client.get(url(referral))
    assert errors(press(client, opened, "Recall it")) == ["Select a reason"]
    assert errors(press(client, opened, "Recall it", reason="other")) == ["Say the reason in a few words"]
    press(client, opened, "Recall it", reason="other", words="The manager asked for it back")
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts["reason"] == "The manager asked for it back"


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    for actor in other_people(place):
        sign_in(client, actor)
        assert client.get(url(referral)).status_code == client.post(url(referral)).status_code == 404
    assert now_at(referral).state == S.WITH_LOCALITY


@pytest.mark.parametrize("state", [S.RECEIVED, S.CHECKING, S.SIGN_OFF, S.CLOSED])
def test_in_another_state_it_is_refused_in_words(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    assert "That cannot be done now" in words(client.get(url(referral), follow=True))
    sent = client.post(url(referral), {"reason": "wrong_team", "version": referral.case.version})
    assert errors(sent) == [f"This cannot be done now: the case is at “{S(state).label}”."]


def test_sent_twice_it_is_recalled_once(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    sign_in(client, place.officer)
    _, fields = form_in(client.get(url(referral)), "Recall it")
    client.post(url(referral), fields | {"reason": "wrong_team"})
    again = client.post(url(referral), fields | {"reason": "wrong_team"})
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert kinds(referral).count(KEY) == 1
