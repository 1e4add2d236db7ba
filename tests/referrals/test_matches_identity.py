"""Who is who: possible matches with what happened before, what conflicts hide, joining, parting, and no circles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.models import Case
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals.models import MatchDecision, Person, Referral
from referrals.operations import people
from referrals.queries.earlier import other_episodes
from referrals.queries.identity import Identity, identity
from referrals.queries.matching import one_person
from referrals.states import MatchAnswer, Outcome
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_nil_return, a_referral, county

NICKNAMED = {"given_name": "Wilf", "address": "", "postcode": ""}


@pytest.fixture
def place(db: None) -> County:
    return county()


def who(place: County, referral: Referral, actor: Actor | None = None) -> Identity:
    return identity(actor or place.officer, now_at(referral), today())


def now_at(referral: Referral) -> Referral:
    return Referral.objects.select_related("case", "person", "person_as_received").get(pk=referral.pk)


def decide(
    place: County, referral: Referral, other: Referral, answer: str = MatchAnswer.SAME, **more: Any
) -> MatchDecision:
    return people.decide_match(
        referral=referral, other=other.person_as_received, answer=answer, reasons=["Same names"],
        by=more.pop("by", place.officer), at=now(), **more,
    )  # fmt: skip


def take_back(place: County, referral: Referral, decision: MatchDecision, **more: Any) -> None:
    people.take_back_match(
        referral=referral, decision=decision, reason=more.pop("reason", "They are cousins"),
        by=more.pop("by", place.officer), at=now(), **more,
    )  # fmt: skip


def together(*referrals: Referral) -> bool:
    """Whether these are all recorded as one person."""
    ids = [now_at(referral).person_as_received_id for referral in referrals]
    tops = one_person(ids)
    return len({tops[person] for person in ids}) == 1


def test_a_match_comes_with_its_reasons_and_what_happened_before(place: County) -> None:
    a_nil_return(place)
    a_referral(place, S.CLOSED)
    referral = a_referral(place, **NICKNAMED)
    found = who(place, referral)
    assert len(found.candidates) == 2
    assert all(one.is_likely for one in found.candidates)
    assert "Nickname: Wilf for Wilfred" in found.candidates[0].reasons
    ended = {one.earlier[0].ended for one in found.candidates}
    assert ended == {"Closed: nil return sent, no record held", f"Closed: {Outcome.NO_FURTHER_ACTION.label.lower()}"}
    assert not found.is_settled


def test_nobody_alike_is_settled_at_once(place: County) -> None:
    a_nil_return(place)
    found = who(place, a_referral(place, given_name="Zdenka", family_name="Ostrava", born_on=None, postcode=""))
    assert (found.candidates, found.is_settled) == ((), True)


def test_somebody_with_a_conflict_sees_neither_the_match_nor_that_there_was_one(place: County) -> None:
    earlier = a_nil_return(place)
    referral = a_referral(place, **NICKNAMED)
    decide(place, referral, earlier, MatchAnswer.DIFFERENT, by=place.second_officer)
    a_conflict(earlier, place.officer)
    assert len(who(place, referral, place.second_officer).candidates) == 1
    hidden = who(place, referral)
    assert (hidden.candidates, hidden.history, hidden.earlier, hidden.is_settled) == ((), (), (), True)


def test_a_join_one_has_a_conflict_with_shows_nothing_of_it(place: County) -> None:
    earlier = a_nil_return(place)
    referral = a_referral(place, **NICKNAMED)
    decide(place, referral, earlier, by=place.second_officer)
    a_conflict(earlier, place.officer)
    assert who(place, referral) == Identity((), (), (), ())


@pytest.mark.parametrize("answer", [MatchAnswer.DIFFERENT, MatchAnswer.UNSURE])
def test_an_answer_other_than_the_same_joins_nobody_and_settles_it(place: County, answer: str) -> None:
    earlier, referral = a_nil_return(place), a_referral(place, **NICKNAMED)
    decide(place, referral, earlier, answer)
    found = who(place, referral)
    assert found.is_settled
    assert found.candidates[0].decided is not None
    assert found.candidates[0].decided.answer == answer
    assert who(place, earlier).candidates[0].decided is not None, "and it is seen from the other side"
    assert not together(earlier, referral)


def test_the_same_joins_them_and_taking_it_back_parts_them_with_history(place: County) -> None:
    earlier, referral = a_nil_return(place), a_referral(place, **NICKNAMED)
    decision = decide(place, referral, earlier)
    assert now_at(referral).person_id == earlier.person_as_received_id
    found = who(place, referral)
    assert [one.reference for one in found.earlier] == [earlier.case.reference]
    assert found.candidates == ()
    take_back(place, referral, decision)
    assert now_at(referral).person_id == referral.person_as_received_id
    found = who(place, referral)
    assert not found.is_settled
    assert [(one.undone_by, one.undone_because) for one in found.history] == [("Olive Tarn", "They are cousins")]
    person = Person.objects.get(pk=referral.person_as_received_id)
    assert [row.merged_into_id for row in person.history.order_by("history_date")][-2:] == [
        earlier.person_as_received_id, None
    ]  # fmt: skip


def test_three_that_are_one_are_found_as_one_whichever_way_they_were_joined(place: County) -> None:
    first, second, third = (
        a_nil_return(place),
        a_referral(place, given_name="Wilf"),
        a_referral(place, given_name="Will"),
    )
    decide(place, second, first)
    decide(place, third, second)
    assert together(first, second, third)
    for one in (first, second, third):
        assert len(who(place, one).earlier) == len(other_episodes(place.officer, now_at(one), today())) == 2
        assert who(place, one).candidates == ()


def test_two_earlier_people_who_turn_out_to_be_one_are_joined_through_the_third(place: County) -> None:
    first, second, third = (
        a_nil_return(place),
        a_referral(place, given_name="Wilf"),
        a_referral(place, given_name="Will"),
    )
    decide(place, third, first)
    through = decide(place, third, second)
    assert together(first, second, third)
    take_back(place, third, through)
    assert together(first, third)
    assert not together(first, second)
    assert now_at(third).person_id == first.person_as_received_id


def test_taking_back_the_middle_of_a_chain_parts_exactly_there(place: County) -> None:
    first, second, third = (
        a_nil_return(place),
        a_referral(place, given_name="Wilf"),
        a_referral(place, given_name="Will"),
    )
    middle = decide(place, second, first)
    decide(place, third, second)
    take_back(place, second, middle)
    assert together(second, third)
    assert not together(first, second)
    assert now_at(second).person_id == now_at(second).person_as_received_id
    assert {one.reference for one in who(place, third).earlier} == {second.case.reference}


def test_no_two_decisions_make_a_circle(place: County) -> None:
    first, second, third = (a_referral(place, given_name=name) for name in ("Wilfred", "Wilf", "Will"))
    decide(place, first, second)
    decide(place, second, third)
    for one, other in ((third, first), (second, first), (first, third)):
        with pytest.raises(Refused, match="already recorded as the same person"):
            decide(place, one, other)
    assert together(first, second, third)


def test_it_is_refused_to_others_late_and_to_whoever_saw_an_older_page(place: County) -> None:
    earlier, referral = a_nil_return(place), a_referral(place, **NICKNAMED)
    with pytest.raises(NotAllowed):
        decide(place, referral, earlier, by=place.locality_worker)
    with pytest.raises(StaleRecord):
        decide(place, referral, earlier, version=now_at(referral).case.version - 1)
    gone = a_referral(place, S.WITH_LOCALITY, given_name="Wilf")
    with pytest.raises(Refused, match="Recall it to change that"):
        decide(place, gone, earlier)
    assert MatchDecision.objects.count() == 0


def test_taking_back_is_refused_twice_without_a_reason_to_others_and_elsewhere(place: County) -> None:
    earlier, referral = a_nil_return(place), a_referral(place, **NICKNAMED)
    stranger = a_referral(place, given_name="Zdenka", family_name="Ostrava")
    decision = decide(place, referral, earlier)
    with pytest.raises(NotAllowed):
        take_back(place, referral, decision, by=place.locality_worker)
    with pytest.raises(Refused, match="Say why"):
        take_back(place, referral, decision, reason="  ")
    with pytest.raises(Refused, match="about somebody else"):
        take_back(place, stranger, decision)
    take_back(place, referral, decision)
    with pytest.raises(Refused, match="already taken back"):
        take_back(place, referral, decision)


def test_every_decision_raises_the_version_and_is_said_in_the_history(place: County) -> None:
    earlier, referral = a_nil_return(place), a_referral(place, **NICKNAMED)
    before = now_at(referral).case.version
    decision = decide(place, referral, earlier)
    take_back(place, referral, decision)
    case = Case.objects.get(pk=referral.case_id)
    assert case.version == before + 2
    assert list(case.events.order_by("id").values_list("kind", flat=True))[-2:] == ["match.same", "match.taken_back"]


def test_it_costs_the_same_for_one_candidate_and_for_three(place: County) -> None:
    def cost(referral: Referral) -> int:
        with CaptureQueriesContext(connection) as asked:
            identity(place.officer, referral, today())
        return len(asked)

    a_nil_return(place)
    referral = now_at(a_referral(place, **NICKNAMED))
    one = cost(referral)
    for days in (3, 2):
        a_referral(place, at=now() - timedelta(days=days), given_name="Will")
    assert len(who(place, referral).candidates) == 3
    assert cost(referral) == one == 4
