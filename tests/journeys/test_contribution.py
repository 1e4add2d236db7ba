"""One question of a form goes to a colleague, who sees it and nothing else; the answer drops back in (A13, K0.14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import AccessLog, ClockRun, Event, Notice
from prevent_cases.casework.now import now
from referrals.models import Answer, Contribution, InformationForm
from referrals.states import ContributionState
from tests.factories import County, a_conflict, a_contribution, a_form, county, items_of, sign_in
from tests.journeys.answering import at
from tests.journeys.pages import errors, page, press, words
from tests.journeys.triaging import kinds

GIVEN, TAKEN_BACK = "contribution.give", "contribution.take_back"
QUESTION = "What support does the person have now?"


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def form(place: County) -> InformationForm:
    return a_form(place)


@pytest.fixture
def asker(place: County) -> Client:
    return sign_in(Client(), place.locality_worker)


def own(part: Contribution) -> str:
    return reverse("referrals:contribution", args=[part.pk])


def ask(client: Client, place: County, form: InformationForm, heading: str = "1", **typed: object) -> HttpResponse:
    """Send one question to the county's colleague, through the page."""
    item = _item(place, form, heading)
    day = civil_date(now()) + timedelta(days=3)
    fields = {"colleague": str(place.colleague.user_id), "due_on-day": day.day, "due_on-month": day.month,
              "due_on-year": day.year} | typed  # fmt: skip
    return press(client, client.get(at("form-ask", form, form.pk, item)), "Send the question", **fields)


def _item(place: County, form: InformationForm, heading: str) -> object:
    items = items_of(place.locality_worker, Answer.objects.get(form=form))
    return next(item.pk for item in items if item.heading == heading)


def said(place: County, form: InformationForm) -> dict[str, tuple[bool | None, str, str]]:
    items = items_of(place.locality_worker, Answer.objects.get(form=form))
    return {item.heading: (item.known, item.fact, item.opinion) for item in items}


def test_the_colleague_is_told_what_it_is_for_and_not_whom_it_is_about(place: County, form: InformationForm) -> None:
    part = a_contribution(place, form=form)
    colleague = sign_in(Client(), place.colleague)
    work = words(colleague.get(reverse("my-work")))
    assert f"Answer {part.asked_by.name}’s question for an information gathering form" in work
    assert form.case.reference in work
    shown = words(colleague.get(own(part)))
    for said in (
        QUESTION, "Question 1 of a Prevent information gathering form", "Sergeant A. Lumb, Northfold Police",
        "Whole form due", "and needs your part by", form.worker.name,
    ):  # fmt: skip
        assert said in shown
    assert form.referral.family_name not in shown


def test_it_is_asked_answered_and_drops_back_in(place: County, form: InformationForm, asker: Client) -> None:
    opened = asker.get(at("form", form, form.pk))
    assert len(page(opened).xpath("//a[starts-with(., 'Ask a colleague this question')]")) == 2
    done = ask(asker, place, form)
    assert "With Cole Rudd, needed by" in words(done)
    assert not page(done).xpath("//*[@name='known_1']")
    part = Contribution.objects.get(form=form)
    assert Notice.objects.get(case=form.case_id, kind="contribution.asked").user == place.colleague.user
    assert ClockRun.objects.unfinished().filter(case=form.case_id, clock="contribution.reply").exists()
    colleague = sign_in(Client(), place.colleague)
    given = press(
        colleague, colleague.get(own(part)), "Give your part", known_1="yes", fact_1="Seen weekly.", opinion_1="Well."
    )
    assert given.redirect_chain[-1][0] == reverse("my-work")
    part.refresh_from_db()
    assert part.state == ContributionState.GIVEN
    assert said(place, form)["1"] == (True, "Seen weekly.", "Well.")
    assert Event.objects.get(case=form.case_id, kind=GIVEN).by == place.colleague.user
    assert Notice.objects.get(case=form.case_id, kind=GIVEN).user == place.locality_worker.user
    assert not ClockRun.objects.unfinished().filter(case=form.case_id, clock="contribution.reply").exists()
    assert "Cole Rudd gave this part." in words(asker.get(at("form", form, form.pk)))


def test_the_colleague_sees_that_one_question_and_nothing_else(place: County, client: Client) -> None:
    part = a_contribution(place, colleague=place.children)
    sign_in(client, place.children)
    seen = client.get(own(part)).content.decode()
    assert QUESTION in seen
    assert part.case.reference in seen
    for hidden in ("Ackerley", "Who else lives", "CTP/2026", "desk@ctp", str(part.case_id), str(part.form_id), "1991"):
        assert hidden not in seen
    assert client.get(f"/cases/{part.case_id}/").status_code == 404
    assert client.get(at("form", part, part.form_id)).status_code == 404
    look = AccessLog.objects.get(user=place.children.user_id)
    assert (look.what, look.basis) == ("MATERIAL", "asked")


def test_what_the_worker_wrote_is_not_shown_to_the_colleague(
    place: County, form: InformationForm, asker: Client
) -> None:
    press(asker, asker.get(at("form", form, form.pk)), "Save and preview", known_1="yes", fact_1="Ours.")
    refused = ask(asker, place, form)
    assert errors(refused) == ["This question has an answer. Clear it first, then ask a colleague."]
    assert not Contribution.objects.filter(form=form).exists()


def test_once_given_it_is_closed_to_the_colleague(place: County, client: Client) -> None:
    part = a_contribution(place)
    sign_in(client, place.colleague)
    opened = client.get(own(part))
    press(client, opened, "Give your part", known_1="yes", fact_1="Seen weekly.")
    after = client.get(own(part))
    assert "Your part was given" in words(after)
    assert QUESTION not in after.content.decode()
    assert "Seen weekly." not in after.content.decode()
    again = press(client, opened, "Give your part", known_1="no")
    assert "Your part was given" in words(again)
    assert kinds(part.form.referral).count(GIVEN) == 1
    assert said(place, part.form)["1"][1] == "Seen weekly."
    saved = client.post(reverse("referrals:autosave-contribution", args=[part.pk]), {"version": 0, "fact_1": "x"})
    assert saved.status_code == 409


def test_something_has_to_be_said(place: County, client: Client) -> None:
    part = a_contribution(place)
    sign_in(client, place.colleague)
    opened = client.get(own(part))
    assert errors(press(client, opened, "Give your part")) == ["Select whether you know anything"]
    assert errors(press(client, opened, "Give your part", known_1="yes")) == [
        f"Enter a fact or an opinion under “{QUESTION}”, or choose “Nothing known”"
    ]
    assert errors(press(client, opened, "Give your part", known_1="yes", fact_1="x" * 10_001)) == [
        f"The fact under “{QUESTION}” must be 10000 characters or fewer"
    ]
    press(client, opened, "Give your part", known_1="no")
    assert said(place, part.form)["1"] == (False, "", "")


def test_it_is_kept_while_it_is_typed_and_comes_back(place: County, client: Client) -> None:
    part = a_contribution(place)
    sign_in(client, place.colleague)
    saved = client.post(
        reverse("referrals:autosave-contribution", args=[part.pk]), {"version": 0, "known_1": "yes", "fact_1": "Half"}
    )
    assert "saved_at" in saved.json()
    opened = client.get(own(part))
    assert page(opened).get_element_by_id("id_fact_1").text.strip() == "Half"
    later = press(client, opened, "Save and come back later", fact_1="Half a sentence")
    assert later.redirect_chain[-1][0] == reverse("my-work")
    assert said(place, part.form)["1"] == (None, "Half a sentence", "")
    part.refresh_from_db()
    assert part.state == ContributionState.ASKED


def test_nobody_else_finds_it(place: County, client: Client) -> None:
    part = a_contribution(place)
    for role in ("locality_worker", "second_officer", "children", "area_worker", "locality_manager", "ssu_lead"):
        sign_in(client, getattr(place, role))
        assert client.get(own(part)).status_code == client.post(own(part)).status_code == 404
    for role in ("liaison", "auditor", "outsider", "practitioner"):
        sign_in(client, getattr(place, role))
        assert client.get(own(part)).status_code == 404


def test_a_conflict_declared_since_closes_it(place: County, client: Client) -> None:
    part = a_contribution(place)
    sign_in(client, place.colleague)
    opened = client.get(own(part))
    a_conflict(part.form.referral, place.colleague)
    assert client.get(own(part)).status_code == 404
    action = {"version": 0, "known_1": "no"}
    assert client.post(own(part), action).status_code == 404
    assert opened.status_code == 200


def test_only_those_with_a_seat_and_no_conflict_are_offered(
    place: County, form: InformationForm, asker: Client
) -> None:
    a_conflict(form.referral, place.officer)
    opened = asker.get(at("form-ask", form, form.pk, _item(place, form, "1")))
    offered = words(opened)
    assert "Cole Rudd, Alderfen locality team" in offered
    for hidden in ("Olive Tarn", "Lowri Dell,", "Lorcan Pryde", "Ossian Ware", "Audra Penn"):
        assert hidden not in offered
    refused = ask(asker, place, form, colleague=str(place.officer.user_id))
    assert errors(refused) == ["Select a colleague again. What you chose is not on the list"]


def test_the_day_it_is_needed_by_is_still_to_come(place: County, form: InformationForm, asker: Client) -> None:
    assert errors(ask(asker, place, form, **{"due_on-year": 2020})) == [
        "The day it is needed by must be today or in the future"
    ]
    assert errors(ask(asker, place, form, **{"due_on-day": "", "colleague": ""})) == [
        "Select a colleague", "The day it is needed by must include a day"
    ]  # fmt: skip


def test_asked_twice_it_is_asked_once(place: County, form: InformationForm, asker: Client) -> None:
    opened = asker.get(at("form-ask", form, form.pk, _item(place, form, "1")))
    day = civil_date(now())
    fields = {"colleague": str(place.colleague.user_id), "due_on-day": day.day, "due_on-month": day.month,
              "due_on-year": day.year}  # fmt: skip
    press(asker, opened, "Send the question", **fields)
    again = press(asker, opened, "Send the question", **fields)
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert errors(ask(asker, place, form)) == ["This question is already with a colleague."]
    assert Contribution.objects.filter(form=form).count() == 1


def test_who_may_not_answer_the_form_cannot_ask(place: County, form: InformationForm, client: Client) -> None:
    item = _item(place, form, "1")
    for role in ("colleague", "officer", "other_locality_worker", "liaison"):
        sign_in(client, getattr(place, role))
        assert client.get(at("form-ask", form, form.pk, item)).status_code == 404


def test_the_worker_keeps_writing_while_a_colleague_gives_their_part(
    place: County, form: InformationForm, asker: Client
) -> None:
    ask(asker, place, form)
    opened = asker.get(at("form", form, form.pk))
    colleague = sign_in(Client(), place.colleague)
    part = Contribution.objects.get(form=form)
    press(colleague, colleague.get(own(part)), "Give your part", known_1="yes", fact_1="Seen weekly.")
    saved = press(asker, opened, "Save and preview", known_2="yes", fact_2="His mother.")
    assert saved.redirect_chain
    assert said(place, form) == {"1": (True, "Seen weekly.", ""), "2": (True, "His mother.", "")}


def test_it_is_taken_back_and_the_colleague_no_longer_sees_it(place: County, client: Client) -> None:
    part = a_contribution(place)
    colleague = sign_in(Client(), place.colleague)
    address = reverse("referrals:autosave-contribution", args=[part.pk])
    colleague.post(address, {"version": 0, "known_1": "yes", "fact_1": "Half"})
    sign_in(client, place.locality_worker)
    opened = client.get(at("contribution-take-back", part, part.form_id, part.pk))
    assert QUESTION in words(opened)
    done = press(client, opened, "Take the question back")
    assert done.redirect_chain[-1][0] == at("form", part, part.form_id)
    part.refresh_from_db()
    assert part.state == ContributionState.TAKEN_BACK
    assert said(place, part.form)["1"] == (None, "", "")
    assert colleague.get(own(part)).status_code == 404
    assert Event.objects.get(case=part.case_id, kind=TAKEN_BACK).facts == {"who": "Cole Rudd"}
    assert not ClockRun.objects.unfinished().filter(case=part.case_id, clock="contribution.reply").exists()
    again = press(client, opened, "Take the question back")
    assert errors(again)
    assert kinds(part.form.referral).count(TAKEN_BACK) == 1
    ask(client, place, part.form)
    assert Contribution.objects.filter(form=part.form, state=ContributionState.ASKED).count() == 1


def test_what_was_given_is_not_taken_back(place: County, client: Client) -> None:
    part = a_contribution(place, "GIVEN")
    sign_in(client, place.locality_worker)
    refused = press(client, client.get(at("contribution-take-back", part, part.form_id, part.pk)), "Take the")
    assert errors(refused) == ["This cannot be done now: the case is at “Given”."]
    sign_in(client, place.officer)
    assert client.get(at("contribution-take-back", part, part.form_id, part.pk)).status_code == 404
