"""Row security on the material of a case: nothing without an identity, nothing to the wrong one, freely added to."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from prevent_cases.accounts.actors import VISITOR, Actor, the_service
from prevent_cases.accounts.models import Membership, Nomination, Team, User
from prevent_cases.casework import access, drafts
from prevent_cases.casework import operations as casework
from prevent_cases.casework.models import Document, Draft, Narrative, Note
from prevent_cases.casework.now import held_at, now, today
from referrals.models import AnswerItem
from referrals.operations import triage
from tests.architecture.source import everything, strings
from tests.factories import a_conflict, a_named_worker, a_referral, a_reopened_referral, county

MATERIAL = (Document, Narrative, Note, AnswerItem)
TABLES = [model._meta.db_table for each in MATERIAL for model in (each, each.history.model)]
LIVE = [each._meta.db_table for each in MATERIAL]
SETTINGS = [f"prevent.{name}" for name in ("user_id", "case_id", "today", "service")]
DAY = timedelta(days=1)
LET_IN = ("locality_worker", "locality_manager")
NO_CASE = uuid.UUID(int=0)


def asked(question: str, *given: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchall()


@contextmanager
def nobody() -> Iterator[None]:
    """A transaction in which nobody has said who they are; taken back at its end."""
    with transaction.atomic():
        asked("SELECT set_config(name, '', true) FROM unnest(%s) AS name", SETTINGS)
        yield
        transaction.set_rollback(True)


def rows_seen() -> dict[str, int]:
    return {table: asked(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


NONE_SEEN = dict.fromkeys(TABLES, 0)


@pytest.fixture
def place(db):
    return county()


@pytest.fixture
def referral(place):
    """In the locality's restricted area, with a document, words, a note and an answer in it."""
    referral = a_referral(place, "SIGN_OFF")
    casework.write_note(case=referral.case, text="Seen at home.", by=place.locality_worker, at=now())
    return referral


def seen_by(actor: Actor, case_id: object) -> dict[str, int]:
    """The rows of each material table inside the block that access opens for a person."""
    with nobody(), access.material(actor, case_id):
        return rows_seen()


def test_row_security_is_forced_wherever_it_is_on_and_on_all_material(db):
    on = dict(asked("SELECT relname, relforcerowsecurity FROM pg_class WHERE relrowsecurity"))
    assert all(on.values()), "row security that the owner passes is none"
    assert {*TABLES, Draft._meta.db_table} <= set(on)


def test_every_table_with_a_walled_parent_is_walled_too(db):
    """The history of a walled table holds the same words: a child without its own policy would leak them all."""
    walled = {name for (name,) in asked("SELECT relname FROM pg_class WHERE relrowsecurity")}
    histories = {m.history.model._meta.db_table: m._meta.db_table for m in apps.get_models() if hasattr(m, "history")}
    assert len(histories) >= 15
    assert [child for child, parent in histories.items() if parent in walled and child not in walled] == []


def test_without_an_identity_no_row_is_there(place, referral):
    with nobody():
        assert rows_seen() == NONE_SEEN
    with nobody():
        asked("SELECT set_config('prevent.case_id', %s, true)", str(referral.case_id))
        assert rows_seen() == NONE_SEEN


def test_whom_the_restricted_area_is_open_to_sees_every_row(place, referral):
    seen = seen_by(place.locality_worker, referral.case_id)
    assert min(seen.values()) >= 1, seen
    assert seen_by(place.locality_manager, referral.case_id) == seen, "who was asked to sign it off"
    assert seen_by(the_service("sweep"), NO_CASE) == seen, "the service reads for its jobs"


def test_to_everybody_else_every_table_is_empty(place, referral):
    strangers = {name: actor for name, actor in place.roles.items() if name not in LET_IN}
    assert len(strangers) >= 17
    for name, actor in strangers.items():
        assert seen_by(actor, referral.case_id) == NONE_SEEN, name
    assert seen_by(VISITOR, referral.case_id) == NONE_SEEN
    assert seen_by(Actor(User(pk=uuid.uuid4())), referral.case_id) == NONE_SEEN


def test_a_case_that_came_back_brings_the_coordinating_unit_none_of_it(place):
    """Reopened, or sent round to another team: the rows stay with those who recorded them, or go on with the case."""
    reopened = a_reopened_referral(place)
    sent_on = a_referral(place, "PREPARING", given_name="Sorrel", family_name="Pike")
    triage.reroute(
        referral=sent_on, team=place.other_locality_team, reason="Moved", named_worker_name="", by=place.officer,
        at=now(),
    )  # fmt: skip
    for case_id, keeper, lost in (
        (reopened.case_id, place.locality_worker, place.locality_manager),
        (sent_on.case_id, place.other_locality_worker, place.locality_worker),
    ):
        assert seen_by(keeper, case_id)[Document._meta.db_table] >= 1
        for actor in (place.officer, place.second_officer, place.ssu_lead, lost):
            assert seen_by(actor, case_id) == NONE_SEEN


def test_an_identity_opens_the_one_case_it_was_given_for(place, referral):
    other = a_referral(place, "PREPARING", given_name="Sorrel", family_name="Pike")
    with nobody(), access.material(place.locality_worker, referral.case_id):
        for table in TABLES:
            cases = asked(f"SELECT DISTINCT case_id FROM {table}")
            assert cases == [(referral.case_id,)], table
    with nobody(), access.material(place.locality_worker, other.case_id):
        assert not Note.objects.filter(case=referral.case_id).exists()


WITHDRAWN = {
    "a conflict of interest": lambda place, referral: a_conflict(referral, place.locality_worker),
    "a closed account": lambda place, referral: User.objects.filter(pk=place.locality_worker.user_id).update(
        is_active=False
    ),
    "a nomination that ended": lambda place, referral: Nomination.objects.filter(
        user=place.locality_worker.user
    ).update(ends_on=today() - DAY),
    "a seat that ended": lambda place, referral: Membership.objects.filter(user=place.locality_worker.user).update(
        ends_on=today() - DAY
    ),
    "a team that closed": lambda place, referral: Team.objects.filter(pk=place.locality_team.pk).update(
        closed_on=today()
    ),
}


@pytest.mark.parametrize("how", WITHDRAWN)
def test_what_was_open_shuts_at_once_by(place, referral, how):
    """The wall asks the tables, and not the actor that somebody made before."""
    assert seen_by(place.locality_worker, referral.case_id) != NONE_SEEN
    WITHDRAWN[how](place, referral)
    assert seen_by(place.locality_worker, referral.case_id) == NONE_SEEN


def test_a_named_worker_is_let_in_to_the_end_of_their_last_day(place, referral):
    a_named_worker(place, referral, place.colleague, days=3)
    assert seen_by(place.colleague, referral.case_id) != NONE_SEEN
    with held_at(now() + DAY * 3):
        assert seen_by(place.colleague, referral.case_id) != NONE_SEEN
    with held_at(now() + DAY * 4):
        assert seen_by(place.colleague, referral.case_id) == NONE_SEEN


def test_a_conflict_beats_a_grant_whichever_came_first(place, referral):
    a_named_worker(place, referral, place.colleague)
    a_conflict(referral, place.colleague)
    assert seen_by(place.colleague, referral.case_id) == NONE_SEEN
    access.name_worker(
        case=referral.case, user=place.colleague.user, reason="TASK", words="", until=today() + DAY,
        by=place.locality_worker, at=now(),
    )  # fmt: skip
    assert seen_by(place.colleague, referral.case_id) == NONE_SEEN


def test_anybody_may_add_and_only_those_let_in_may_change(place, referral):
    with nobody():
        note = Note.objects.create(case=referral.case, text="Added.", by=place.officer.user, at=now())
        assert not Note.objects.filter(pk=note.pk).exists(), "added, and not seen"
    changed = {table: f"UPDATE {table} SET case_id = case_id" for table in LIVE}
    for actor in (place.officer, place.other_locality_worker, place.outsider):
        for statement in changed.values():
            with nobody(), access.material(actor, referral.case_id), connection.cursor() as cursor:
                cursor.execute(statement)
                assert cursor.rowcount == 0


def test_material_is_removed_by_nobody_but_the_service(place, referral):
    for table in LIVE:
        with nobody(), access.material(place.locality_worker, referral.case_id), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0, table


def test_a_draft_is_its_writers_alone(place):
    key = uuid.uuid4()
    drafts.save_draft(key=key, kind="referral", typed={"given_name": "Wren"}, by=place.officer, at=now())
    assert drafts.open_draft(key=key, by=place.officer).typed == {"given_name": "Wren"}
    for actor in (place.second_officer, place.ssu_lead, place.outsider, VISITOR):
        assert drafts.open_draft(key=key, by=actor) is None
    with nobody():
        assert Draft.objects.count() == 0
    with pytest.raises(DatabaseError), nobody():
        Draft.objects.create(pk=uuid.uuid4(), kind="referral", by=place.officer.user, saved_at=now())


@pytest.mark.django_db(transaction=True)
def test_an_identity_ends_with_its_transaction():
    place = county()
    referral = a_referral(place, "PREPARING")
    with access.material(place.locality_worker, referral.case_id) as allowed:
        assert allowed
        assert Document.objects.count() == 1
    assert rows_seen() == NONE_SEEN
    assert asked("SELECT coalesce(current_setting(name, true), '') FROM unnest(%s) AS name", SETTINGS) == [("",)] * 4


def test_nothing_in_the_code_sets_a_session():
    """Behind a pooler a session is the next person's: every setting is for its transaction."""
    sets = re.compile(r"^\s*(SET\s+(?!LOCAL)\w|RESET\s|LISTEN\s|DISCARD\s)|;\s*SET\s+(?!LOCAL)\w")
    texts = [(m.at(s), s.value) for m in everything() for s in strings(m.tree) if "local" not in m.name.split(".")]
    assert [where for where, text in texts if sets.search(text)] == []
    whole = "\n".join(text for _, text in texts)
    calls = re.findall(r"set_config\(([^()]*(?:\([^()]*\)[^()]*)*)\)", whole)
    assert len(calls) >= 6
    assert [call for call in calls if not call.rstrip().endswith("true")] == []
