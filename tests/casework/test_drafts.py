"""What is being typed: kept for its writer alone, a day, with its files, and no longer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, jobs
from prevent_cases.casework.drafts import bytes_of, forget_draft, forget_old_drafts, open_draft, save_draft
from prevent_cases.casework.files.limits import MAX_FILES
from prevent_cases.casework.models import Draft
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import Refused
from tests.factories import a_person, a_referral, acting, county

KEY = UUID("6f1c1f2e-0000-4000-8000-000000000001")


@pytest.fixture
def writer(db: None) -> Actor:
    return acting(a_person("Olive Tarn"))


@pytest.fixture
def stranger(db: None) -> Actor:
    return acting(a_person("Otto Wray"))


def save(by: Actor, key: UUID = KEY, **more: object) -> Draft | None:
    return save_draft(key=key, kind="police_referral", typed={"fields": {"name": ["Ada"]}}, by=by, at=now(), **more)


def test_it_is_opened_as_it_was_saved_with_its_files(writer: Actor) -> None:
    save(writer, add=[("a.txt", b"words")])
    draft = open_draft(key=KEY, by=writer)
    assert draft is not None
    assert draft.typed == {"fields": {"name": ["Ada"]}}
    assert bytes_of(draft.files[0]) == b"words"
    assert "a.txt" not in draft.files[0]["store_key"]


def test_saved_again_it_gains_and_loses_files(writer: Actor) -> None:
    first = save(writer, add=[("a.txt", b"a"), ("b.txt", b"b")])
    assert first is not None
    dropped = first.files[0]["store_key"]
    second = save(writer, add=[("c.txt", b"c")], drop=[dropped])
    assert second is not None
    assert [file["file_name"] for file in second.files] == ["b.txt", "c.txt"]
    assert not default_storage.exists(dropped)


def test_nobody_else_opens_changes_or_forgets_it(writer: Actor, stranger: Actor) -> None:
    save(writer)
    assert open_draft(key=KEY, by=stranger) is None
    with pytest.raises(Refused, match="cannot be used any more"):
        save(stranger)
    forget_draft(key=KEY, by=stranger)
    assert open_draft(key=KEY, by=writer) is not None


def test_a_statement_that_names_nobody_finds_no_draft(writer: Actor) -> None:
    save(writer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('prevent.user_id', '', true)")
        cursor.execute("SELECT count(*) FROM casework_draft")
        assert cursor.fetchone() == (0,)


def test_more_files_than_a_referral_may_have_are_refused_and_not_kept(writer: Actor) -> None:
    before = _stored()
    with pytest.raises(Refused, match=f"up to {MAX_FILES} files"):
        save(writer, add=[(f"{number}.txt", b"x") for number in range(MAX_FILES + 1)])
    assert _stored() == before


def test_files_too_large_together_are_refused_and_not_kept(writer: Actor) -> None:
    twenty = b"x" * 20 * 1024 * 1024
    save(writer, add=[("a.txt", twenty), ("b.txt", twenty)])
    before = _stored()
    with pytest.raises(Refused, match="together are over 50 MB"):
        save(writer, add=[("c.txt", twenty)])
    assert _stored() == before


def test_once_sent_nothing_is_kept_under_its_key(db: None) -> None:
    place = county()
    sent = a_referral(place)
    key = sent.case.submissions.get().key
    assert save(place.officer, key) is None
    assert open_draft(key=key, by=place.officer) is None


def test_a_day_after_it_was_last_saved_it_is_forgotten_with_its_files(
    writer: Actor, stranger: Actor, django_capture_on_commit_callbacks: object
) -> None:
    old, young = save(writer, add=[("a.txt", b"a")]), save(stranger, uuid4())
    assert old is not None
    assert young is not None
    young.saved_at = now() + timedelta(hours=2)
    with access.oneself(stranger):
        young.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_drafts(at=now() + timedelta(hours=25)) == 1
    assert open_draft(key=KEY, by=writer) is None
    assert open_draft(key=young.pk, by=stranger) is not None
    assert not default_storage.exists(old.files[0]["store_key"])
    assert forget_old_drafts(at=now() + timedelta(hours=25)) == 0


def test_it_is_one_of_the_jobs_that_run_by_themselves(writer: Actor) -> None:
    save(writer)
    assert jobs.run("forget_drafts", now() + timedelta(days=2)) == {"forgotten": 1}


def _stored() -> int:
    folders, _ = default_storage.listdir("")
    return sum(len(default_storage.listdir(folder)[1]) for folder in folders)
