"""The second wall around what practitioners write: what row security shows to whom, whatever the code forgets."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.casework.access import oneself
from prevent_cases.casework.now import now, today
from referrals.models import AdviceTaken, Concern, ConcernStep, PractitionerReferral
from referrals.operations import concern_steps, intake, referrers
from referrals.states import ConcernStage
from referrals.states import PractitionerState as P
from tests.factories import (
    KENT,
    County,
    a_concern,
    a_pdf,
    a_practitioner_referral,
    a_question,
    a_referral,
    county,
    letter,
    received_file,
)

WORDS = ("casework_narrative", "casework_historicalnarrative", "casework_document", "casework_note")
CONCERNS = ("referrals_concern", "referrals_concernstep", "referrals_advicetaken")
SETTINGS = [f"prevent.{name}" for name in ("user_id", "case_id", "today", "service")]


@pytest.fixture
def place(db: None) -> County:
    return county()


def asked(question: str, *given: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchall()


def changed(statement: str, *given: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.rowcount


@contextmanager
def as_oneself(actor: Actor) -> Iterator[None]:
    """As a practitioner's pages read: nobody is named but the person, and all is taken back at the end."""
    with transaction.atomic():
        asked("SELECT set_config(name, '', true) FROM unnest(%s) AS name", SETTINGS)
        with oneself(actor):
            yield
        transaction.set_rollback(True)


def subjects(actor: Actor, *tables: str) -> set[str]:
    with as_oneself(actor):
        return {subject for table in tables for (subject,) in asked(f"SELECT subject FROM {table}")}


def counts(actor: Actor, tables: tuple[str, ...]) -> dict[str, int]:
    with as_oneself(actor):
        return {table: asked(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def with_a_file(place: County, by: Actor) -> PractitionerReferral:
    return intake.receive_practitioner_referral(
        key=uuid.uuid4(), received=letter(now()), files=[received_file(a_pdf(), "note.pdf")], ssu=place.ssu,
        organisation=None, form_version="national-2023", procedure_key=KENT, by=by, at=now(),
    )  # fmt: skip


def test_a_referrer_reads_their_own_words_questions_and_files_and_no_others(place: County) -> None:
    mine, theirs = with_a_file(place, place.practitioner), with_a_file(place, place.other_practitioner)
    for sent in (mine, theirs):
        referrers.take_up(practitioner_referral=sent, by=place.officer, at=now())
    my_question, their_question = a_question(place, mine), a_question(place, theirs)
    police = a_referral(place, "PREPARING")
    own = {mine.record_key, my_question.record_key}
    assert subjects(place.practitioner, "casework_narrative", "casework_historicalnarrative") == own
    assert subjects(place.practitioner, "casework_document") == {mine.record_key}
    assert subjects(place.other_practitioner, "casework_narrative") == {theirs.record_key, their_question.record_key}
    assert police.record_key not in subjects(place.practitioner, "casework_narrative")


def test_nothing_more_opens_when_it_is_joined_to_a_police_referral(place: County) -> None:
    sent = a_practitioner_referral(place, P.LINKED)
    assert subjects(place.practitioner, "casework_narrative", "casework_document") == {sent.record_key}


def test_everybody_else_reads_nothing_of_it_as_themselves(place: County) -> None:
    sent = with_a_file(place, place.practitioner)
    referrers.take_up(practitioner_referral=sent, by=place.officer, at=now())
    a_question(place, sent)
    for name, actor in place.roles.items():
        if name != "practitioner":
            assert counts(actor, WORDS) == dict.fromkeys(WORDS, 0), name
    with transaction.atomic():
        asked("SELECT set_config(name, '', true) FROM unnest(%s) AS name", SETTINGS)
        assert [asked(f"SELECT count(*) FROM {table}")[0][0] for table in WORDS] == [0] * len(WORDS)


def test_a_referrer_changes_their_own_words_and_not_what_was_written_to_them_or_others(place: County) -> None:
    mine, theirs = a_practitioner_referral(place, P.TAKEN_UP), with_a_file(place, place.other_practitioner)
    question = a_question(place, mine)
    referrers.take_back_question(question=question, by=place.officer, at=now())
    referrers.finish(practitioner_referral=mine, words="Thank you.", by=place.officer, at=now())
    with as_oneself(place.practitioner):
        change = "UPDATE casework_narrative SET text = 'x' WHERE subject = %s AND heading = %s"
        assert changed(change, mine.record_key, "concerns.described") == 1
        assert changed(change, mine.record_key, "finished") == 0
        assert changed(change, question.record_key, "question") == 0
        assert changed(change, theirs.record_key, "concerns.described") == 0
        assert changed("UPDATE casework_document SET title = 'x'") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            changed("UPDATE casework_historicalnarrative SET text = 'x'")


@pytest.fixture
def handed(place: County) -> Concern:
    concern = a_concern(place, ConcernStage.WITH_LEAD)
    concern_steps.note_advice(
        concern_id=concern.pk, rung="LINE_MANAGER", whom="Mo Penn", taken_on=today(), advised="Refer",
        by=place.practitioner, at=now(),
    )  # fmt: skip
    return concern


def test_a_concern_is_its_writers_and_the_leads_it_was_handed_to(place: County, handed: Concern) -> None:
    kept_to_himself = a_concern(place, by=place.other_practitioner)
    for actor in (place.practitioner, place.school_lead):
        assert counts(actor, CONCERNS) == dict.fromkeys(CONCERNS, 1), actor.name
        with as_oneself(actor):
            assert asked("SELECT id FROM referrals_concern") == [(handed.pk,)]
    with as_oneself(place.other_practitioner):
        assert asked("SELECT id FROM referrals_concern") == [(kept_to_himself.pk,)]
    for name, actor in place.roles.items():
        if name not in ("practitioner", "school_lead", "other_practitioner"):
            assert counts(actor, CONCERNS) == dict.fromkeys(CONCERNS, 0), name
    assert counts(the_service("forget_concerns"), CONCERNS)["referrals_concern"] == 2


def test_nobody_is_named_and_nothing_is_there(place: County, handed: Concern) -> None:
    with transaction.atomic():
        asked("SELECT set_config(name, '', true) FROM unnest(%s) AS name", SETTINGS)
        assert [asked(f"SELECT count(*) FROM {table}")[0][0] for table in CONCERNS] == [0, 0, 0]


def test_a_stranger_adds_nothing_to_a_concern_and_takes_nothing_from_it(place: County, handed: Concern) -> None:
    for stranger in (place.other_practitioner, place.school_deputy, place.officer):
        with as_oneself(stranger):
            with pytest.raises(DatabaseError), transaction.atomic():
                ConcernStep.objects.create(concern_id=handed.pk, kind="WATCH", by=stranger.user, at=now())
            with pytest.raises(DatabaseError), transaction.atomic():
                AdviceTaken.objects.create(
                    concern_id=handed.pk, rung="LINE_MANAGER", whom="x", taken_on=today(), advised="x",
                    by=stranger.user, at=now(),
                )  # fmt: skip
            assert changed("UPDATE referrals_concern SET stage = 'EXPLAINED'") == 0
            assert changed("DELETE FROM referrals_concern") == 0
            assert changed("DELETE FROM referrals_concernstep") == 0


def test_steps_are_written_once_and_a_lead_deletes_no_concern(place: County, handed: Concern) -> None:
    for actor in (place.practitioner, place.school_lead):
        with as_oneself(actor), pytest.raises(DatabaseError), transaction.atomic():
            changed("UPDATE referrals_concernstep SET words = 'x'")
    with as_oneself(place.school_lead):
        assert changed("DELETE FROM referrals_concern") == 0


def test_a_lead_cannot_take_a_concern_for_themselves_or_give_it_away(place: County, handed: Concern) -> None:
    with as_oneself(place.school_lead), pytest.raises(DatabaseError), transaction.atomic():
        changed("UPDATE referrals_concern SET lead_id = %s", place.school_deputy.user_id)
    with as_oneself(place.other_practitioner), pytest.raises(DatabaseError), transaction.atomic():
        Concern.objects.create(
            writer=place.practitioner.user, form_version="national-2023", procedure_key=KENT, begun_at=now(),
            saved_at=now(), forget_on=today(),
        )  # fmt: skip
