"""An adult at risk: the three-part test, the person's wishes, and a child they care for (A14; D2.7, D2.8)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from prevent_cases.casework.models import ClockRun
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import Refused
from safeguarding.models import Screening
from safeguarding.operations import discussions, endings, screening
from safeguarding.operations.safety import act_for_safety
from tests.factories import County, a_protection, a_referral, county, discussed, fresh_protection, screened, sign_in
from tests.journeys.pages import errors, press, words
from tests.journeys.protecting import kinds, page_of

KEYS = ("protection.open_enquiry", "protection.make_no_enquiry")
MET = {
    "has_needs": "yes", "needs_words": "He needs help to wash.", "is_at_risk": "yes",
    "risk_words": "A lodger takes his money.", "cannot_protect": "yes", "protect_words": "He depends on the lodger.",
    "decision": "ENQUIRY", "decision_words": "We visit him.", "wishes": "He wants the lodger to go.",
    "advocacy": "ADVOCATE", "advocate": "Alder Advocacy", "capacity": "HAS",
    "capacity_decision": "Whether to ask the lodger to leave", "capacity_support": "Plain words, his sister there.",
    "child": "no", "needs_police": "no",
}  # fmt: skip


@pytest.fixture
def place(db: None) -> County:
    return county()


def test_three_parts_with_their_reasons_open_an_enquiry(place: County, client: Client) -> None:
    referral = a_referral(place, "PREPARING")
    begun = a_protection("SECTION_42", referral=referral, by=place.locality_worker)
    sign_in(client, place.locality_worker)
    page = client.get(page_of(begun, "protection-screen"))
    done = press(client, page, "Record the screening", **MET)
    shown = words(done)
    for said in ("A lodger takes his money.", "He wants the lodger to go.", "Alder Advocacy", "Plain words"):
        assert said in shown
    assert fresh_protection(begun).state == "ENQUIRING"
    assert not ClockRun.objects.unfinished().filter(subject=begun.record_key).exists()
    assert kinds(referral.case_id)[-1] == KEYS[0]
    assert fresh_protection(begun).case.stage == "PREPARING", "the Prevent steps go on beside it"
    assert "That cannot be done now" in words(client.get(page_of(begun, "protection-screen"), follow=True))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"decision": "NONE"}, "All three parts are met, so enquiries must be made under section 42"),
        ({"has_needs": "no"}, "Not all three parts are met. Make other enquiries, or none, and say why"),
        ({"risk_words": ""}, "Enter the reason for part 2"),
        ({"wishes": ""}, "Enter what they want, or why they were not asked"),
        ({"capacity_support": ""}, "Say what support they were given to decide"),
        ({"advocate": ""}, "Say who"),
    ],
)
def test_what_does_not_follow_is_refused(place: County, client: Client, changed: dict[str, Any], said: str) -> None:
    referral = a_referral(place, "PREPARING")
    begun = a_protection("SECTION_42", referral=referral, by=place.locality_worker)
    sign_in(client, place.locality_worker)
    page = client.get(page_of(begun, "protection-screen"))
    assert said in errors(press(client, page, "Record the screening", **(MET | changed)))
    assert fresh_protection(begun).state == "OPEN"


def test_no_enquiry_finishes_it_with_its_reason(place: County, client: Client) -> None:
    referral = a_referral(place, "PREPARING")
    begun = a_protection("SECTION_42", referral=referral, by=place.locality_worker)
    sign_in(client, place.locality_worker)
    page = client.get(page_of(begun, "protection-screen"))
    none = MET | {"has_needs": "no", "decision": "NONE", "decision_words": "A Prevent referral alone is not enough."}
    done = press(client, page, "Record the screening", **none)
    assert "A Prevent referral alone is not enough." in words(done)
    assert fresh_protection(begun).state == "FINISHED"
    assert kinds(referral.case_id)[-1] == KEYS[1]


def test_the_database_keeps_no_screening_that_does_not_follow(place: County) -> None:
    referral = a_referral(place, "PREPARING")
    begun = a_protection("SECTION_42", referral=referral, by=place.locality_worker)
    parts = {name: getattr(screened(), name) for name in screened().__dataclass_fields__}
    with pytest.raises(IntegrityError), transaction.atomic():
        Screening.objects.create(
            case_id=begun.case_id, protection=begun, by=place.officer.user, at=now(), **(parts | {"decision": "NONE"})
        )


def test_a_child_they_care_for_is_raised_before_it_ends(place: County, client: Client) -> None:
    referral = a_referral(place, "PREPARING")
    begun = a_protection("SECTION_42", referral=referral, by=place.locality_worker)
    screening.screen(
        protection=begun, said=screened(child=True), needs_police=False, by=place.locality_worker, at=now()
    )
    sign_in(client, place.locality_worker)
    shown = client.get(page_of(begun))
    assert "Tell children’s social care of the child" in words(shown)
    with pytest.raises(Refused, match="Tell children's social care of the child first"):
        endings.finish_protection(protection=begun, ending="SAFE", words="Safe.", by=place.locality_worker, at=now())
    done = press(
        client, client.get(page_of(begun, "protection-child")), "Record that they were told",
        told_to="Cass Ibbot, children's duty", words="There is a girl of six.",
    )  # fmt: skip
    assert "It was recorded that children’s social care was told." in words(done)
    assert "told of the child: Cass Ibbot, children's duty" in words(done)
    assert kinds(referral.case_id)[-1] == "protection.child_raised"
    assert "That cannot be done now" in words(client.get(page_of(begun, "protection-child"), follow=True))
    endings.finish_protection(protection=begun, ending="SAFE", words="Safe.", by=place.locality_worker, at=now())


def test_a_child_is_raised_where_no_enquiry_is_made_too(place: County) -> None:
    referral = a_referral(place, "CLOSED")
    begun = act_for_safety(
        case_id=referral.case_id, kind="SECTION_42", reason="His lodger.", by=place.officer, at=now()
    )
    said = screened(has_needs=False, decision="NONE", child=True)
    screening.screen(protection=begun, said=said, needs_police=False, by=place.officer, at=now())
    assert fresh_protection(begun).child_route == "TO_RAISE"
    screening.raise_child(
        protection=begun, told_to="Children's duty", told_at=now(), words="", by=place.officer, at=now()
    )
    assert fresh_protection(begun).child_route == "RAISED"
    with pytest.raises(Refused):
        screening.raise_child(
            protection=begun, told_to="Children's duty", told_at=now(), words="", by=place.officer, at=now()
        )


def test_a_discussion_with_police_prevent_where_the_screening_asks_for_it(place: County) -> None:
    referral = a_referral(place, "PREPARING")
    begun = a_protection("SECTION_42", "ENQUIRING", referral=referral, by=place.locality_worker)
    without = discussed("SECTION_42", now(), attendees=[("ADULTS", "Ada Pell")], outcome="SECTION_42")
    with pytest.raises(Refused, match="Police Prevent team"):
        discussions.record_discussion(protection=begun, said=without, by=place.locality_worker, at=now())
    discussions.record_discussion(
        protection=begun, said=discussed("SECTION_42", now(), outcome="SECTION_42"), by=place.locality_worker, at=now()
    )
    assert fresh_protection(begun).state == "ENQUIRING"
    assert kinds(referral.case_id)[-1] == "protection.discussed_again"


def test_the_wrong_people_find_nothing_and_another_section_is_not_screened(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_42", referral=referral, by=place.officer)
    for actor in (place.locality_worker, place.liaison, place.auditor, place.outsider):
        sign_in(client, actor)
        for name in ("protection-screen", "protection-child"):
            assert client.get(page_of(begun, name)).status_code == 404
    harm = a_protection("SECTION_47", referral=referral, by=place.children)
    with pytest.raises(Refused):
        screening.screen(protection=harm, said=screened(), needs_police=False, by=place.children, at=now())
