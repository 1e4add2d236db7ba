"""Two people write one answer: nothing is overwritten, and what somebody typed is never lost (ux.md, check 10)."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Team
from prevent_cases.casework.models import Event
from prevent_cases.casework.now import now
from referrals.models import Answer, AnswerItem, Referral
from referrals.operations import recording, triage
from referrals.operations.people import decide_match
from referrals.states import ReferralState as S
from tests.factories import County, a_person, a_referral, acting, county, nominate, seated_in, sign_in
from tests.journeys.answering import at, stored, write
from tests.journeys.pages import errors, form_in, page, press, words
from tests.journeys.triaging import now_at


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.PREPARING)


@pytest.fixture
def first(place: County) -> Client:
    return sign_in(Client(), place.locality_worker)


@pytest.fixture
def second(place: County) -> Client:
    other = a_person("Noor Vale", place.locality_team, nominated=True)
    return sign_in(Client(), acting(other))


def boxes(response: HttpResponse) -> dict[str, str]:
    """What stands in each box of the page's form."""
    return {box.get("name"): (box.text or "").strip() for box in page(response).iter("textarea")}


def autosave(client: Client, referral: Referral, opened: HttpResponse, **typed: str) -> HttpResponse:
    _, fields = form_in(opened, "Save and preview")
    return client.post(at("autosave-answer", referral), fields | typed, headers={"X-Autosave": "1"})


def test_the_second_to_save_the_same_heading_sees_both_texts(
    place: County, referral: Referral, first: Client, second: Client
) -> None:
    write(first, referral, known_children="yes", fact_children="One child.")
    opened = second.get(at("answer", referral))
    write(first, referral, fact_children="Two children.", known_other="no")
    both = press(second, opened, "Save and preview", fact_children="Three children.", known_package="no")
    assert errors(both) == ["Somebody else saved this answer after you opened it. Both texts are shown below."]
    row = next(row for row in page(both).iter("tr") if "Children: fact" in row.text_content())
    assert [cell.text_content().strip() for cell in row.iter("td")][:2] == ["Two children.", "Three children."]
    assert "Lowri Dell’s text" in words(both)
    assert boxes(both)["fact_children"] == "Three children."
    assert stored(place, referral)["children"] == (True, "Two children.", "")
    settled = press(second, both, "Save and preview", fact_children="Two or three children.")
    assert settled.redirect_chain
    after = stored(place, referral)
    assert after["children"] == (True, "Two or three children.", "")
    assert after["other"] == (False, "", "")
    assert after["package"] == (False, "", "")


def test_different_headings_are_both_kept_without_a_word(
    place: County, referral: Referral, first: Client, second: Client
) -> None:
    opened = second.get(at("answer", referral))
    write(first, referral, known_children="yes", fact_children="Two children.")
    saved = press(second, opened, "Save and preview", known_package="yes", fact_package="Four calls a day.")
    assert saved.redirect_chain[-1][0] == at("answer-preview", referral)
    after = stored(place, referral)
    assert (after["children"][1], after["package"][1]) == ("Two children.", "Four calls a day.")


def test_nothing_known_against_a_text_shows_both(
    place: County, referral: Referral, first: Client, second: Client
) -> None:
    opened = second.get(at("answer", referral))
    write(first, referral, known_children="yes", fact_children="Two children.", opinion_children="Well.")
    both = press(second, opened, "Save and preview", known_children="no")
    row = next(row for row in page(both).iter("tr") if row.xpath("./th") and "Children" in row.xpath("./th")[0].text)
    assert [cell.text_content().strip() for cell in row.iter("td")][:2] == ["Two children. Well.", "Nothing known"]
    assert stored(place, referral)["children"] == (True, "Two children.", "Well.")


def test_a_check_of_the_minimum_falls_when_somebody_else_wrote_more(
    place: County, referral: Referral, first: Client, second: Client
) -> None:
    opened = second.get(at("answer", referral))
    write(first, referral, known_children="yes", fact_children="Two children.")
    preview = press(second, opened, "Save and preview", known_package="no", minimum_checked="on")
    assert "Confirm that it says no more than is necessary" in words(preview)
    assert not Answer.objects.get(referral=referral).minimum_checked


def test_what_was_left_out_is_compared_too(referral: Referral, first: Client, second: Client) -> None:
    write(first, referral, left_out="His sister's health.")
    opened = second.get(at("answer", referral))
    write(first, referral, left_out="His sister's health, and hers alone.")
    both = press(second, opened, "Save and preview", left_out="Nothing.")
    row = next(row for row in page(both).iter("tr") if "What was left out" in row.text_content())
    assert "His sister's health, and hers alone." in row.text_content()
    assert boxes(both)["left_out"] == "Nothing."


def test_it_is_saved_while_it_is_typed(place: County, referral: Referral, first: Client) -> None:
    opened = first.get(at("answer", referral))
    form = next(form for form in page(opened).iter("form") if form.get("data-autosave-url"))
    assert form.get("data-autosave-url") == at("autosave-answer", referral)
    before = Event.objects.filter(case=referral.case_id).count()
    saved = autosave(first, referral, opened, known_children="yes", fact_children="Half a sen")
    assert saved.status_code == 200
    assert saved.json()["saved_at"].endswith(("am", "pm", "midday", "midnight"))
    assert stored(place, referral)["children"] == (True, "Half a sen", "")
    assert Event.objects.filter(case=referral.case_id).count() == before
    again = first.get(at("answer", referral))
    assert boxes(again)["fact_children"] == "Half a sen"
    assert "Saved at" in words(again)


def test_saving_after_its_own_autosave_is_not_a_clash(place: County, referral: Referral, first: Client) -> None:
    opened = first.get(at("answer", referral))
    fields = autosave(first, referral, opened, known_children="yes", fact_children="Half").json()["fields"]
    saved = press(first, opened, "Save and preview", known_children="yes", fact_children="Half a sentence.", **fields)
    assert saved.redirect_chain[-1][0] == at("answer-preview", referral)
    assert stored(place, referral)["children"][1] == "Half a sentence."


def test_an_autosave_whose_answer_got_lost_does_not_lose_the_check(referral: Referral, first: Client) -> None:
    opened = first.get(at("answer", referral))
    typed = {"known_children": "yes", "fact_children": "Whole.", "minimum_checked": "on"}
    autosave(first, referral, opened, **typed)
    press(first, opened, "Save and preview", **typed)
    assert Answer.objects.get(referral=referral).minimum_checked


def test_saving_the_same_again_writes_nothing(referral: Referral, first: Client) -> None:
    opened = first.get(at("answer", referral))
    autosave(first, referral, opened, known_children="no")
    rows = AnswerItem.history.model._default_manager.count()
    version = Answer.objects.get(referral=referral).version
    autosave(first, referral, first.get(at("answer", referral)), known_children="no")
    assert Answer.objects.get(referral=referral).version == version
    assert AnswerItem.history.model._default_manager.count() == rows


def test_an_autosave_over_somebody_elses_text_is_not_saved_and_says_so(
    place: County, referral: Referral, first: Client, second: Client
) -> None:
    opened = second.get(at("answer", referral))
    write(first, referral, known_children="yes", fact_children="Two children.")
    refused = autosave(second, referral, opened, known_children="yes", fact_children="Three.")
    assert refused.status_code == 409
    assert refused.json()["words"].startswith("Not saved. Somebody else saved this")
    assert stored(place, referral)["children"][1] == "Two children."


def test_a_forged_mark_overwrites_nothing(place: County, referral: Referral, first: Client, second: Client) -> None:
    opened = second.get(at("answer", referral))
    write(first, referral, known_children="yes", fact_children="Two children.")
    both = press(second, opened, "Save and preview", known_children="yes", fact_children="Three.", opened="x:y,,:")
    assert errors(both)[0].startswith("Somebody else saved this answer")
    assert stored(place, referral)["children"][1] == "Two children."


def test_the_words_of_an_earlier_answer_are_offered_and_marked(place: County, first: Client) -> None:
    referral = of_the_same_person(place, a_referral(place, S.CLOSED), place.locality_team, place.locality_worker)
    opened = first.get(at("answer", referral))
    assert "An answer about this person was sent on" in words(opened)
    assert boxes(opened)["fact_care_needs"] == ""
    begun = first.get(at("answer", referral) + "?start=earlier")
    assert boxes(begun)["fact_care_needs"] == "Support twice a week since 2024."
    assert words(begun).count("Check that it still holds.") == 1
    chosen = [box.get("name") for box in page(begun).xpath("//input[@type='radio'][@checked]")]
    assert chosen == ["known_care_needs"]
    assert not Answer.objects.filter(referral=referral).exists()


def test_an_earlier_answer_is_found_however_many_merges_lie_between(place: County, first: Client) -> None:
    answered, between = a_referral(place, S.CLOSED), a_referral(place)
    decide_match(
        referral=now_at(between), other=answered.person, answer="SAME", reasons=["same"], by=place.officer, at=now()
    )
    referral = of_the_same_person(place, between, place.locality_team, place.locality_worker)
    assert "An answer about this person was sent on" in words(first.get(at("answer", referral)))


def test_an_earlier_answer_that_is_not_open_to_this_officer_is_not_offered(place: County, client: Client) -> None:
    reader = a_person("Noor Vale", place.locality_team)
    seated_in(reader, place.other_locality_team)
    nominate(reader, place.other_locality_team)
    earlier = a_referral(place, S.CLOSED)
    referral = of_the_same_person(place, earlier, place.other_locality_team, place.other_locality_worker)
    sign_in(client, acting(reader))
    assert client.get(f"/cases/{earlier.case_id}/").status_code == 200
    assert "An answer about this person" not in words(client.get(at("answer", referral)))
    assert "Check that it still" not in words(client.get(at("answer", referral) + "?start=earlier"))


def of_the_same_person(place: County, earlier: Referral, team: Team, worker: Actor) -> Referral:
    """A new referral of somebody referred before, settled to be them, being prepared by this team."""
    referral = a_referral(place)
    triage.open_checks(referral=referral, compared=1, by=place.officer, at=now(), version=referral.case.version)
    decide_match(
        referral=now_at(referral), other=earlier.person, answer="SAME", reasons=["same"], by=place.officer, at=now()
    )
    triage.send_to_locality(
        referral=now_at(referral), team=team, known="OPEN", named_worker=None, named_worker_name="",
        systems=["Mosaic"], extract_at=None, found=[], by=place.officer, at=now(),
    )  # fmt: skip
    recording.note_added(referral=now_at(referral), by=worker, at=now())
    recording.place_document(referral=now_at(referral), by=worker, at=now())
    return now_at(referral)
