"""My referrals: my own words as sent, my own files, three words of status; nobody else's anything."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.access import oneself
from prevent_cases.casework.models import Document, Event, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals.models import PractitionerReferral
from referrals.operations import intake, referrers
from referrals.states import PractitionerState as P
from tests.factories import (
    KENT,
    County,
    a_concern,
    a_pdf,
    a_practitioner_referral,
    county,
    letter,
    received_file,
    sign_in,
)
from tests.journeys.pages import errors, press, words

STATUS = {
    P.SENT: "Received",
    P.TAKEN_UP: "Being looked at",
    P.LINKED: "Being looked at",
    P.FINISHED: "Finished",
    P.WITHDRAWN: "Withdrawn by you",
}
AMENDED = "practitioner.amended"


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def me(place: County) -> Client:
    return sign_in(Client(), place.practitioner)


def own(sent: PractitionerReferral) -> str:
    return reverse("mine:referral", args=[sent.pk])


def amending(sent: PractitionerReferral) -> str:
    return reverse("mine:amend", args=[sent.pk])


@pytest.mark.parametrize("state", P)
def test_each_state_is_one_of_few_words_on_both_pages(place: County, me: Client, state: str) -> None:
    sent = a_practitioner_referral(place, state)
    assert STATUS[state] in words(me.get(reverse("mine:list")))
    page = words(me.get(own(sent)))
    assert STATUS[state] in page
    assert "He speaks of people met online." in page
    for hidden in ("Joined", "police referral PC", "known to", "CTP/2026"):
        assert hidden not in page


def test_it_is_its_referrers_alone(place: County, client: Client) -> None:
    sent = a_practitioner_referral(place, P.TAKEN_UP)
    for name, actor in place.roles.items():
        if name in ("practitioner", "visitor"):
            continue
        sign_in(client, actor)
        for page in ("referral", "amend", "withdraw", "transport"):
            assert client.get(reverse(f"mine:{page}", args=[sent.pk])).status_code == 404, (name, page)
        assert sent.case.reference not in client.get(reverse("mine:list")).content.decode(), name
    assert client.get(reverse("mine:referral", args=[uuid.uuid4()])).status_code == 404


def test_ones_own_files_come_back_and_a_held_or_other_file_does_not(place: County, me: Client, client: Client) -> None:
    sent = intake.receive_practitioner_referral(
        key=uuid.uuid4(), received=letter(now()), files=[received_file(a_pdf(), "note.pdf", title="A note")],
        ssu=place.ssu, organisation=None, form_version="national-2023", procedure_key=KENT, by=place.practitioner,
        at=now(),
    )  # fmt: skip
    with oneself(place.practitioner):
        document = Document.objects.get(case=sent.case_id)
    file = reverse("mine:file", args=[sent.pk, document.pk])
    assert "A note" in words(me.get(own(sent)))
    got = me.get(file)
    assert got["Content-Disposition"].startswith("attachment")
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    other = a_practitioner_referral(place)
    assert me.get(reverse("mine:file", args=[other.pk, document.pk])).status_code == 404
    for actor in (place.other_practitioner, place.school_lead, place.officer):
        assert sign_in(client, actor).get(file).status_code == 404


def test_what_is_amended_is_kept_before_and_after_and_shown_to_both(place: County, me: Client, client: Client) -> None:
    sent = a_practitioner_referral(place)
    opened = me.get(amending(sent))
    form = opened.context["form"]
    box = f"box_{[each.key for each in form.boxes].index('concerns.described')}"
    added = f"box_{len(form.boxes) - 1}"
    typed = {box: "He speaks of people met at a gym.", "given_name": "Wilf", added: "He was away on Friday.",
             "reason": "I had misheard"}  # fmt: skip
    done = words(press(me, opened, "Save the changes", **typed))
    for seen in (
        done,
        words(sign_in(client, place.officer).get(reverse("referrals:practitioner", args=[sent.case_id]))),
    ):
        assert "was He speaks of people met online., now He speaks of people met at a gym." in seen
        assert "Given names: was Wilfred, now Wilf" in seen
        assert "Added later: was nothing, now He was away on Friday." in seen
        assert "I had misheard" in seen
    event = Event.objects.get(case=sent.case_id, kind=AMENDED)
    assert event.facts["reason"] == "I had misheard"
    assert event.facts["boxes"][0] == "Given names"
    assert "gym" not in f"{event.facts}"
    assert Notice.objects.get(case=sent.case_id, kind=AMENDED).team == place.ssu
    assert PractitionerReferral.objects.get(pk=sent.pk).version == 1
    again = me.get(amending(sent))
    press(me, again, "Save the changes", **{added: "He was away on Friday and Monday.", "reason": "More"})
    assert "was He was away on Friday., now He was away on Friday and Monday." in words(me.get(own(sent)))


def test_nothing_changed_no_reason_and_a_page_opened_before_are_refused(place: County, me: Client) -> None:
    sent = a_practitioner_referral(place)
    opened = me.get(amending(sent))
    assert errors(press(me, opened, "Save the changes", reason="")) == ["Enter the reason"]
    assert errors(press(me, opened, "Save the changes", reason="None")) == [
        "Nothing was changed. Change a box, or go back."
    ]
    press(me, opened, "Save the changes", given_name="Wilf", reason="Short name")
    stale = press(me, opened, "Save the changes", given_name="Will", reason="Other name")
    assert errors(stale) == ["You changed this referral after you opened this page. Check it, then try again."]
    assert PractitionerReferral.objects.get(pk=sent.pk).given_name == "Wilf"
    press(me, stale, "Save the changes")
    assert PractitionerReferral.objects.get(pk=sent.pk).given_name == "Will"


@pytest.mark.parametrize("state", [P.FINISHED, P.WITHDRAWN])
def test_what_is_over_is_not_amended(place: County, me: Client, state: str) -> None:
    sent = a_practitioner_referral(place, state)
    assert "no longer be changed" in words(me.get(amending(sent), follow=True))
    with pytest.raises(Refused, match="no longer be changed"):
        _amend(sent, place.practitioner, 0)


def test_nobody_else_amends_and_nobody_amends_what_they_did_not_see(place: County) -> None:
    sent = a_practitioner_referral(place)
    for actor in (place.officer, place.other_practitioner, place.school_lead):
        with pytest.raises(NotAllowed):
            _amend(sent, actor, 0)
    with pytest.raises(StaleRecord):
        _amend(sent, place.practitioner, 3)
    assert not Event.objects.filter(case=sent.case_id, kind=AMENDED).exists()


def test_a_heading_that_was_not_sent_cannot_be_slipped_in(place: County) -> None:
    sent = a_practitioner_referral(place)
    changes = {"given_name": "Wilf", "finished": "Well done", "advice.taken": "x", "state": "FINISHED"}
    referrers.amend(
        practitioner_referral=sent, changes=changes, reason="Why", by=place.practitioner, at=now(), version=0
    )
    after = PractitionerReferral.objects.get(pk=sent.pk)
    assert (after.given_name, after.state) == ("Wilf", P.SENT)


def test_the_list_says_so_where_there_is_nothing_and_offers_a_draft(place: County, me: Client) -> None:
    assert "You have not sent a referral yet." in words(me.get(reverse("mine:list")))
    concern = a_concern(place)
    listed = me.get(reverse("mine:list"))
    assert "Wilfred Ackerley" in words(listed)
    assert reverse("refer:tasks", args=[concern.pk]) in listed.content.decode()


def _amend(sent: PractitionerReferral, by: object, version: int) -> None:
    referrers.amend(
        practitioner_referral=sent, changes={"given_name": "Wilf"}, reason="Why", by=by, at=now(), version=version
    )
