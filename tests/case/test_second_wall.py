"""With every check of ours patched open, the database still holds the material back (T09)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, operations
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.models import Case, Document, Narrative, Note
from prevent_cases.casework.now import now
from prevent_cases.casework.querysets import CaseQuerySet
from referrals.models import AnswerItem, Referral
from referrals.querysets import ReferralQuerySet
from referrals.states import ReferralState as S
from tests.factories import ROLES, County, a_conflict, a_named_worker, a_referral, sign_in

HISTORIES = [model.history.model for model in (Document, Narrative, Note, AnswerItem)]
PROTECTED = [Document, Narrative, Note, AnswerItem, *HISTORIES]
LET_IN = ("locality_worker", "locality_manager")
"""Nominated; and named, to sign the answer off."""


@pytest.fixture
def full(place: County) -> Referral:
    """A case with something in every protected table."""
    referral = a_referral(place, S.RESPONDED)
    operations.write_note(case=referral.case, text="A canary note.", by=place.locality_worker, at=now())
    with access.material(place.locality_worker, referral.case_id):
        assert all(model.objects.exists() for model in PROTECTED)
    return referral


@pytest.fixture
def patched_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every check above the database says yes, and each still names the person who asks, as it must."""
    really = access.look

    def look(actor: Actor, case: Case, what: Look, **asked: Any) -> access.Looked:
        return access.Looked(really(actor, case, what, **asked).before, may_open=True)

    monkeypatch.setattr(access, "look", look)
    monkeypatch.setattr(access, "may_enter", lambda *_: True)
    monkeypatch.setattr(CaseQuerySet, "visible_to", lambda rows, *_: rows)
    monkeypatch.setattr(ReferralQuerySet, "visible_to", lambda rows, *_: rows)


@contextmanager
def as_person(actor: Actor, case_id: UUID) -> Iterator[None]:
    with access.material(actor, case_id):
        yield


def test_the_suite_is_the_runtime_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("prevent_app", False, False)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in LET_IN])
def test_no_row_is_visible_without_a_grant(place: County, full: Referral, role: str) -> None:
    with as_person(place.roles[role], full.case_id):
        shared = {"liaison": 2}.get(role, 0)  # the answer as PDF and Word, which policing was sent
        seen = {model.__name__: model.objects.count() for model in PROTECTED}
    assert seen.pop("Document") == shared
    assert set(seen.values()) == {0}


def test_no_row_is_visible_to_nobody_in_particular(full: Referral) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('prevent.user_id', '', true), set_config('prevent.case_id', '', true)")
        assert [model.objects.count() for model in PROTECTED] == [0] * len(PROTECTED)


def test_no_row_is_visible_while_another_case_is_named(place: County, full: Referral) -> None:
    other = a_referral(place, S.RECEIVED)
    with as_person(place.locality_worker, other.case_id):
        assert [model.objects.filter(case=full.case_id).count() for model in PROTECTED] == [0] * len(PROTECTED)


def test_an_exclusion_beats_a_grant_in_the_database_too(place: County, full: Referral) -> None:
    a_named_worker(place, full, place.colleague)
    with as_person(place.colleague, full.case_id):
        assert Note.objects.exists()
    a_conflict(full, place.colleague)
    with as_person(place.colleague, full.case_id):
        assert [model.objects.count() for model in PROTECTED] == [0] * len(PROTECTED)


@pytest.mark.parametrize("role", ["officer", "colleague", "area_worker", "children"])
def test_the_screens_show_nothing_though_they_believe_they_may(
    place: County, client: Client, full: Referral, patched_open: None, role: str
) -> None:
    with access.material(place.locality_worker, full.case_id):
        document = Document.objects.filter(case=full.case).first()
    assert document
    sign_in(client, place.roles[role])
    page = client.get(reverse("case-restricted", args=[full.case_id])).content.decode()
    assert "No document has been added." in page
    assert "No note has been written." in page
    assert "The referral came without a description." in page
    assert "canary" not in page
    assert client.get(reverse("document", args=[full.case_id, document.pk])).status_code == 404
