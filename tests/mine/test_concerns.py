"""The organisation's own step: handed to the lead or the deputy, decided with a reason, seen by nobody else (E4.12)."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Membership
from prevent_cases.casework.access import oneself
from prevent_cases.casework.models import Case, Notice
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals.models import Concern, ConcernStep
from referrals.operations import concern_steps, concerns
from referrals.states import ConcernStage as S
from referrals.states import ConcernStepKind as K
from tests.factories import County, a_concern, a_person, a_team, acting, county, seen, sign_in
from tests.journeys.pages import errors, press, words

REASON = "Two of us have seen it, and it is new."


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def writer(place: County) -> Client:
    return sign_in(Client(), place.practitioner)


@pytest.fixture
def lead(place: County) -> Client:
    return sign_in(Client(), place.school_lead)


def at(name: str, concern: Concern) -> str:
    return reverse(f"mine:{name}", args=[concern.pk])


def hand(client: Client, concern: Concern, to: object, said: str = "Please look at this today.") -> HttpResponse:
    return press(client, client.get(at("hand", concern)), "Hand it over", to=str(to), words=said)


def decide(client: Client, concern: Concern, decision: str, why: str = REASON) -> HttpResponse:
    return press(client, client.get(at("decide", concern)), "Save the decision", decision=decision, words=why)


def steps(place: County, concern: Concern) -> list[tuple[str, str]]:
    with oneself(place.practitioner):
        return list(ConcernStep.objects.filter(concern=concern).order_by("id").values_list("kind", "words"))


def test_it_is_handed_to_the_lead_who_is_told_and_reads_it(place: County, writer: Client, lead: Client) -> None:
    concern = a_concern(place)
    offered = words(writer.get(at("hand", concern)))
    assert "Sable Quince, safeguarding lead" in offered
    assert "Stellan Marr, deputy safeguarding lead" in offered
    assert "Perrin Voss" not in offered
    done = hand(writer, concern, place.school_lead.user_id)
    assert "With the safeguarding lead" in words(done)
    now_is = seen(concern, place.practitioner)
    assert (now_is.stage, now_is.lead_id) == (S.WITH_LEAD, place.school_lead.user_id)
    assert now_is.forget_on >= today() + timedelta(days=365)
    notice = Notice.objects.get(kind="concern.handed")
    assert (notice.user, notice.case) == (place.school_lead.user, None)
    assert "Handed to you to decide" in words(lead.get(reverse("mine:list")))
    read = words(lead.get(at("concern", concern)))
    for told in ("Wilfred Ackerley", "He speaks of people met online.", "Please look at this today."):
        assert told in read
    assert steps(place, concern) == [(K.HANDED, "Please look at this today.")]


def test_it_is_handed_to_the_deputy_in_the_leads_absence(place: County, writer: Client, lead: Client) -> None:
    concern = a_concern(place, S.WITH_LEAD)
    hand(writer, concern, place.school_deputy.user_id, "Sable is away")
    assert seen(concern, place.practitioner).lead_id == place.school_deputy.user_id
    assert lead.get(at("concern", concern)).status_code == 404, "the lead sees what is handed to them and no other"
    deputy = sign_in(Client(), place.school_deputy)
    decide(deputy, concern, K.WATCH)
    assert seen(concern, place.practitioner).stage == S.WATCHING


def test_only_leads_and_deputies_of_the_own_team_who_sit_there_today_are_taken(place: County) -> None:
    elsewhere = a_team(place.council, "PRACTITIONER", "Another school")
    strangers = [
        acting(a_person("Other Lead", elsewhere, role=SeatRole.MANAGER)),
        place.other_practitioner, place.officer, place.practitioner, place.locality_manager,
    ]  # fmt: skip
    concern = a_concern(place)
    for stranger in strangers:
        with pytest.raises(Refused, match="not a safeguarding lead or deputy"):
            _hand(concern, place, stranger.user_id)
    seat = Membership.objects.get(user=place.school_lead.user_id)
    seat.ends_on = today() - timedelta(days=1)
    seat.save()
    with pytest.raises(Refused, match="not a safeguarding lead or deputy"):
        _hand(concern, place, place.school_lead.user_id)
    assert steps(place, concern) == []


@pytest.mark.parametrize(
    ("decision", "stage", "told"),
    [
        (K.WATCH, S.WATCHING, "Being watched"),
        (K.EXPLAIN, S.EXPLAINED, "Explained"),
        (K.HANDED_BACK, S.WRITING, "Being written"),
        (K.REFER, S.WITH_LEAD, "You decided to refer"),
    ],
)
def test_the_lead_decides_with_a_reason_and_its_writer_is_told(
    place: County, writer: Client, lead: Client, decision: str, stage: str, told: str
) -> None:
    concern = a_concern(place, S.WITH_LEAD)
    assert errors(decide(lead, concern, decision, "")) == ["Enter the reason"]
    done = decide(lead, concern, decision)
    assert told in words(done)
    assert seen(concern, place.practitioner).stage == stage
    assert Notice.objects.get(kind="concern.decided").user == place.practitioner.user
    assert steps(place, concern)[-1] == (decision, REASON)
    assert REASON in words(writer.get(at("concern", concern)))


def test_who_decided_to_refer_sends_it_and_it_is_their_referral(place: County, writer: Client, lead: Client) -> None:
    concern = a_concern(place, S.WITH_LEAD)
    decide(lead, concern, K.REFER)
    assert lead.get(reverse("refer:check", args=[concern.pk])).status_code == 200
    now_is = seen(concern, place.school_lead)
    sent = concerns.send(
        concern_id=concern.pk, key=uuid.uuid4(), version=now_is.version, by=place.school_lead, at=now()
    )
    page = words(lead.get(reverse("mine:referral", args=[sent.pk])))
    assert "Pia Loxley handed it to the safeguarding lead, Sable Quince" in page
    assert REASON in page
    assert "Sent" in words(writer.get(at("concern", concern)))
    assert writer.get(reverse("mine:referral", args=[sent.pk])).status_code == 404
    assert not errors(lead.get(reverse("mine:list")))


def test_handed_back_its_writer_completes_it_and_hands_it_on_again(place: County, writer: Client, lead: Client) -> None:
    concern = a_concern(place, S.WITH_LEAD)
    decide(lead, concern, K.HANDED_BACK, "Say where it happened.")
    assert writer.get(reverse("refer:tasks", args=[concern.pk])).status_code == 200
    with pytest.raises(Refused, match="This cannot be done now"):
        _decide(concern, place.school_lead, K.WATCH)
    hand(writer, concern, place.school_lead.user_id, "Done.")
    assert [kind for kind, _ in steps(place, concern)] == [K.HANDED, K.HANDED_BACK, K.HANDED]


@pytest.mark.parametrize("stage", [S.WATCHING, S.EXPLAINED])
@pytest.mark.parametrize("who", ["school_lead", "practitioner"])
def test_either_takes_it_up_again_with_a_reason(place: County, stage: str, who: str) -> None:
    concern = a_concern(place, stage)
    client = sign_in(Client(), place.roles[who])
    opened = client.get(at("again", concern))
    assert errors(press(client, opened, "Take it up again")) == ["Enter the reason"]
    press(client, opened, "Take it up again", words="It happened again.")
    assert seen(concern, place.practitioner).stage == S.WITH_LEAD
    other = place.practitioner if who == "school_lead" else place.school_lead
    assert Notice.objects.filter(kind="concern.handed", user=other.user).exists()
    assert "cannot be taken up again" in words(press(client, opened, "Take it up again", words="Twice"))
    assert [kind for kind, _ in steps(place, concern)].count(K.TAKEN_UP_AGAIN) == 1


def test_nobody_else_finds_a_concern(place: County, client: Client) -> None:
    concern = a_concern(place, S.WITH_LEAD)
    for name, actor in place.roles.items():
        if name in ("practitioner", "school_lead", "visitor"):
            continue
        sign_in(client, actor)
        for page in ("concern", "hand", "decide", "again", "advice", "urgent"):
            assert client.get(at(page, concern)).status_code == 404, (name, page)
        for act in (_decide, _again):
            with pytest.raises(NotAllowed):
                act(concern, actor)
    assert sign_in(client, place.practitioner).get(at("decide", concern)).status_code == 404
    with pytest.raises(NotAllowed):
        _decide(concern, place.practitioner)
    assert sign_in(client, place.school_lead).get(at("hand", concern)).status_code == 404


def test_decided_twice_it_is_decided_once_and_a_page_opened_before_is_refused(place: County, lead: Client) -> None:
    concern = a_concern(place, S.WITH_LEAD)
    opened = lead.get(at("decide", concern))
    press(lead, opened, "Save the decision", decision=K.WATCH, words=REASON)
    again = press(lead, opened, "Save the decision", decision=K.EXPLAIN, words=REASON)
    assert "nothing to decide now" in words(again)
    assert seen(concern, place.practitioner).stage == S.WATCHING
    other = a_concern(place, S.WITH_LEAD)
    with pytest.raises(StaleRecord):
        concern_steps.decide(
            concern_id=other.pk, decision=K.WATCH, words="x", version=0, by=place.school_lead, at=now()
        )


def test_no_case_is_made_and_the_council_sees_nothing(place: County, client: Client) -> None:
    for stage in (S.WITH_LEAD, S.WATCHING, S.EXPLAINED):
        a_concern(place, stage)
    assert not Case.objects.exists()
    sign_in(client, place.officer)
    assert "Wilfred" not in client.get(reverse("referrals:practitioners")).content.decode()


def test_a_team_without_a_lead_says_so_and_it_can_be_sent_without(place: County) -> None:
    alone = a_team(place.council, "PRACTITIONER", "A small charity")
    worker = acting(a_person("Wanda Small", alone))
    client = sign_in(Client(), worker)
    concern = concerns.begin(
        form_version="national-2023", procedure_key="kent-2023-12", team=alone, organisation=None, on_behalf=False,
        by=worker, at=now(),
    )  # fmt: skip
    assert "No safeguarding lead or deputy of A small charity" in words(client.get(at("hand", concern)))


def _hand(concern: Concern, place: County, to: uuid.UUID) -> None:
    version = seen(concern, place.practitioner).version
    concern_steps.hand_over(concern_id=concern.pk, to=to, words="", version=version, by=place.practitioner, at=now())


def _decide(concern: Concern, by: object, decision: str = K.WATCH) -> None:
    concern_steps.decide(
        concern_id=concern.pk, decision=decision, words="x", version=_version(concern), by=by, at=now()
    )


def _again(concern: Concern, by: object) -> None:
    concern_steps.take_up_again(concern_id=concern.pk, words="x", version=_version(concern), by=by, at=now())


def _version(concern: Concern) -> int:
    with oneself(acting(concern.writer)):
        return Concern.objects.get(pk=concern.pk).version
