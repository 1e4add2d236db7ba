"""The inbox: the same cases as the one rule, in pages by deadline, in a constant number of statements."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prevent_cases.casework.kinds import Sensitivity
from prevent_cases.casework.models import Case, Disclosure, Notice
from prevent_cases.casework.now import now, today
from referrals.models import Referral, RegisterSearch
from referrals.operations import people
from referrals.queries import inbox
from referrals.queries.inbox import Filters, inbox_page
from referrals.queries.search import search
from tests.factories import (
    ROLES,
    STATES,
    a_conflict,
    a_named_worker,
    a_referral,
    a_register_entry,
    a_reopened_referral,
    county,
    sign_in,
)

pytestmark = pytest.mark.django_db
EVERYTHING = Filters()


def ids_in(actor, tab: str, filters: Filters = EVERYTHING) -> set:
    found, after = set(), ""
    while True:
        page = inbox_page(actor, tab, filters, after, now())
        found |= {row.case_id for row in page.rows}
        if not page.older:
            return found
        after = page.older


def statements(client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len([q for q in caught if not re.match(r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)", q["sql"])])


def test_every_role_lists_exactly_the_open_cases_they_may_see():
    place = county()
    made = [a_referral(place, state) for state in STATES if state != "RESPONDED"]
    a_conflict(made[0], place.officer)
    hidden = made[1].case
    hidden.sensitivity = Sensitivity.LIMITED
    hidden.save()
    checked = 0
    for role in ROLES:
        actor = place.roles[role]
        seen = set(Case.objects.visible_to(actor, today()).open().values_list("pk", flat=True))
        assigned = set(Case.objects.open().filter(assignee=actor.user_id).values_list("pk", flat=True))
        assert ids_in(actor, "open") == seen - (assigned - ids_in(actor, "open")), role
        checked += len(seen)
    assert checked > 20


def test_a_conflicted_officer_loses_the_case_from_list_count_and_search():
    place = county()
    referral = a_referral(place, "CHECKING", given_name="Corvina", family_name="Thistlewick")
    assert referral.case_id in ids_in(place.officer, "triage")
    a_conflict(referral, place.officer)
    page = inbox_page(place.officer, "triage", Filters(), "", now())
    assert page.rows == [] and page.counts["triage"] == 0
    assert search(place.officer, "Corvina Thistlewick", today()) == []


def test_pages_go_on_by_deadline_without_losing_or_repeating_a_case(monkeypatch):
    monkeypatch.setattr(inbox, "PAGE", 2)
    place = county()
    made = {a_referral(place, "RECEIVED", at=now() - timedelta(hours=n % 2)).case_id for n in range(5)}
    first = inbox_page(place.officer, "triage", Filters(), "", now())
    assert len(first.rows) == 2 and first.older
    assert ids_in(place.officer, "triage") == made
    dues = [row.due_at for row in first.rows]
    assert dues == sorted(dues)


def test_a_cursor_that_was_not_made_here_shows_the_first_page():
    place = county()
    referral = a_referral(place, "RECEIVED")
    page = inbox_page(place.officer, "triage", Filters(), "drop table_x", now())
    assert [row.case_id for row in page.rows] == [referral.case_id]


@pytest.mark.parametrize(("filters", "expected"), [
    (Filters(stage="RECEIVED"), 1), (Filters(stage="WITH_AREA"), 1), (Filters(age_group="CHILD"), 0),
    (Filters(assigned="nobody"), 2), (Filters(team=uuid4()), 0), (Filters(source="POLICE"), 0),
])  # fmt: skip
def test_filters_narrow(filters, expected):
    place = county()
    a_referral(place, "RECEIVED")
    a_referral(place, "WITH_AREA")
    assert len(ids_in(place.officer, "open", filters)) == expected


def test_the_page_takes_the_same_statements_at_one_row_and_at_thirty(client):
    place = county()
    sign_in(client, place.officer)
    a_referral(place, "RECEIVED")
    client.get(reverse("referrals:inbox"))
    one = statements(client, reverse("referrals:inbox"))
    for _ in range(29):
        a_referral(place, "RECEIVED")
    assert statements(client, reverse("referrals:inbox")) == one <= 6


def test_a_locality_worker_finds_the_inbox_open_on_their_teams_cases(client):
    place = county()
    referral = a_referral(place, "WITH_LOCALITY", via="locality")
    page = sign_in(client, place.locality_worker).get(reverse("referrals:inbox"))
    assert referral.case.reference in page.content.decode()
    other = sign_in(client, place.other_locality_worker).get(reverse("referrals:inbox"))
    assert referral.case.reference not in other.content.decode()


@pytest.mark.parametrize("typed", [
    "Wilhelmina Ackerley", "Wilhelmena Akerly", "ackerley", "Mina Ackerley", "04/05/1991", "4.5.1991 Ackerley",
])  # fmt: skip
def test_search_finds_a_name_however_it_is_spelt(typed):
    place = county()

    referral = a_referral(place, "CHECKING", given_name="Wilhelmina", family_name="Ackerley", born_on=date(1991, 5, 4))
    a_referral(place, "CHECKING", given_name="Tobias", family_name="Quennell", born_on=date(1970, 1, 2))
    assert search(place.officer, typed, today())[0].case_id == referral.case_id


def test_search_finds_a_reference_as_it_is_said_and_a_worker_by_name():
    place = county()
    referral = a_referral(place, "CHECKING")
    said = referral.case.reference.lower().replace("-", " ")
    assert [f.case_id for f in search(place.officer, said, today())] == [referral.case_id]
    assert search(place.locality_worker, said, today()) == []


def test_search_is_posted_and_never_repeats_what_was_typed_in_an_address(client):
    place = county()
    sign_in(client, place.officer)
    unasked = client.get(reverse("referrals:search"), {"q": "Ackerley"}).content.decode()
    assert 'value="Ackerley"' not in unasked and "Type a name" in unasked
    page = client.post(reverse("referrals:search"), {"q": "nobody\x00 of that name\u202e"})
    assert "Nothing was found" in page.content.decode()


def test_several_are_claimed_at_once_and_hidden_ones_are_passed_over(client):
    place = county()
    mine, hidden = a_referral(place, "RECEIVED"), a_referral(place, "RECEIVED")
    a_conflict(hidden, place.officer)
    sign_in(client, place.officer)
    done = client.post(
        reverse("referrals:act"), {"ids": [str(mine.case_id), str(hidden.case_id), "junk"], "do": "claim"}, follow=True
    )
    assert "1 referral assigned to you" in done.content.decode()
    history = client.get(reverse("case-history", args=[mine.case_id])).content.decode()
    assert "Took it on" in history and "Gave the case to" not in history
    assert Case.objects.get(pk=mine.case_id).assignee_id == place.officer.user_id
    assert Case.objects.get(pk=hidden.case_id).assignee_id is None


def test_nothing_ticked_says_so(client):
    place = county()
    a_referral(place, "RECEIVED")
    page = sign_in(client, place.officer).post(reverse("referrals:act"), {"do": "nil", "tab": "triage"}, follow=True)
    shown = page.content.decode()
    assert '<a href="#c1">Select at least one referral</a>' in shown and 'id="c1"' in shown
    assert "<title>Error: " in shown


def test_a_colleague_outside_the_team_cannot_be_given_a_case(client):
    place = county()
    referral = a_referral(place, "RECEIVED")
    sign_in(client, place.officer)
    page = client.post(
        reverse("referrals:assign"), {"ids": [str(referral.case_id)], "to": str(place.locality_worker.user_id)}
    )
    assert "There is a problem" in page.content.decode()
    client.post(reverse("referrals:assign"), {"ids": [str(referral.case_id)], "to": str(place.second_officer.user_id)})
    assert Case.objects.get(pk=referral.case_id).assignee_id == place.second_officer.user_id


def test_bulk_nil_returns_confirm_list_everyone_and_leave_possible_matches_to_a_person(client):
    place = county()
    clear = a_referral(place, "RECEIVED", given_name="Ottoline", family_name="Vexley")

    known = a_referral(
        place, "RECEIVED", given_name="Barnaby", family_name="Crake", born_on=date(1980, 2, 3), postcode="ZE1 1AA"
    )
    a_register_entry("Barnaby", "Crake", "known", born_on=date(1980, 2, 3))
    sign_in(client, place.officer)
    ids = [str(clear.case_id), str(known.case_id)]
    confirm = client.post(reverse("referrals:act"), {"ids": ids, "do": "nil", "tab": "triage"}).content.decode()
    assert clear.case.reference in confirm and known.case.reference in confirm
    assert [f'name="ids" value="{pk}"' in confirm for pk in ids] == [True, True]
    missing = client.post(reverse("referrals:nil-returns"), {"ids": ids}).content.decode()
    assert "Select the systems that were searched" in missing and clear.case.reference in missing
    assert "Select how they go to CT policing" in missing
    chosen = {"ids": ids, "systems": ["register"], "checked": "on", "delivery": "IN_SERVICE"}
    done = client.post(reverse("referrals:nil-returns"), chosen, follow=True).content.decode()
    assert "1 referral sent a nil return" in done and "possible match" in done
    assert Referral.objects.get(pk=clear.pk).state == "NIL_RETURNED"
    assert RegisterSearch.objects.get(referral=clear).systems == ["Mosaic"]
    assert Referral.objects.get(pk=known.pk).state == "RECEIVED"
    assert Disclosure.objects.filter(case=clear.case).count() == 1
    assert Notice.objects.filter(case=clear.case, kind="referral.send_nil_return").count() == 1


def test_bulk_nil_returns_by_secure_email_wait_to_be_sent_and_nobody_is_told_that_they_are_here(client):
    place = county()
    referral = a_referral(place, "RECEIVED", given_name="Ottoline", family_name="Vexley")
    sign_in(client, place.officer)
    chosen = {"systems": ["register"], "checked": "on", "delivery": "SECURE_EMAIL"}
    done = client.post(reverse("referrals:nil-returns"), {"ids": [str(referral.case_id)], **chosen}, follow=True)
    assert "1 referral given a nil return, to be sent by secure email" in done.content.decode()
    assert Referral.objects.get(pk=referral.pk).state == "NIL_RETURNED"
    assert not Notice.objects.filter(case=referral.case, kind="referral.send_nil_return").exists()
    waiting = client.get(reverse("referrals:inbox"), {"tab": "finishing"}).content.decode()
    assert referral.case.reference in waiting


def test_in_bulk_the_register_must_be_among_what_was_searched(client):
    place = county()
    referral = a_referral(place, "RECEIVED", given_name="Ottoline", family_name="Vexley")
    sign_in(client, place.officer)
    chosen = {"systems": ["Safeguarding enquiries log"], "checked": "on", "delivery": "IN_SERVICE"}
    told = client.post(reverse("referrals:nil-returns"), {"ids": [str(referral.case_id)], **chosen}, follow=True)
    assert "a nil return needs a search of it" in told.content.decode()
    assert Referral.objects.get(pk=referral.pk).state == "RECEIVED"


def test_in_bulk_nobody_is_told_that_no_record_is_held_of_somebody_a_team_has_answered_for(client):
    place = county()
    reopened = a_reopened_referral(place, given_name="Ottoline", family_name="Vexley")
    open_with_a_team = a_referral(place, "PREPARING", given_name="Edmund", family_name="Quillfeather")
    joined = a_referral(place, "CHECKING", given_name="Edmund", family_name="Quillfeather")
    people.decide_match(
        referral=joined,
        other=open_with_a_team.person_as_received,
        answer="SAME",
        reasons=[],
        by=place.officer,
        at=now(),
    )
    sign_in(client, place.officer)
    ids = [str(reopened.case_id), str(joined.case_id)]
    chosen = {"ids": ids, "systems": ["register"], "checked": "on", "delivery": "IN_SERVICE"}
    told = client.post(reverse("referrals:nil-returns"), chosen, follow=True).content.decode()
    assert "sent a nil return" not in told
    assert f"{reopened.case.reference}: {place.locality_team.name} recorded this referral" in told
    assert f"{joined.case.reference}: Another referral of this person, which is still open, was sent on" in told
    assert set(Referral.objects.filter(case__in=ids).values_list("state", flat=True)) == {"CHECKING"}


def test_where_nobody_of_policing_has_an_account_a_bulk_nil_return_here_is_left_and_says_why(client):
    place = county()
    referral = a_referral(place, "RECEIVED", given_name="Ottoline", family_name="Vexley")
    place.liaison.user.is_active = False
    place.liaison.user.save()
    sign_in(client, place.officer)
    chosen = {"systems": ["register"], "checked": "on", "delivery": "IN_SERVICE"}
    done = client.post(reverse("referrals:nil-returns"), {"ids": [str(referral.case_id)], **chosen}, follow=True)
    assert f"Nobody in {place.policing.name} has an account" in done.content.decode()
    assert Referral.objects.get(pk=referral.pk).state == "RECEIVED"


def test_a_named_worker_sees_the_case_until_the_date_and_not_after():
    place = county()
    referral = a_referral(place, "PREPARING")
    a_named_worker(place, referral, place.other_locality_worker, days=14)
    actor = place.other_locality_worker
    assert Case.objects.visible_to(actor, today() + timedelta(days=14)).filter(pk=referral.case_id).exists()
    assert not Case.objects.visible_to(actor, today() + timedelta(days=15)).filter(pk=referral.case_id).exists()
