"""The record task: two parts by a nominated worker, which only count together (A9; K0.8, K0.11)."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as Docx

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.models import Case, Document, Event
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, county, sign_in


@pytest.fixture
def place(db: None) -> County:
    return county()


def task(client: Client, actor: Actor, referral: Referral, part: str = "") -> tuple[int, str]:
    """Open the task, or record a part of it and follow to the page that says so."""
    url = reverse("referrals:record", args=[referral.case_id])
    sign_in(client, actor)
    answer = client.post(url, {"part": part}, follow=True) if part else client.get(url)
    return answer.status_code, answer.content.decode()


def now_at(referral: Referral) -> Referral:
    return Referral.objects.select_related("case").get(pk=referral.pk)


def kinds(referral: Referral) -> list[str]:
    return list(Event.objects.filter(case=referral.case).order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("state", "after", "key"),
    [
        (S.WITH_AREA, S.AREA_RECORDED, "referral.record_in_area"),
        (S.WITH_LOCALITY, S.PREPARING, "referral.record_in_locality"),
    ],
)
@pytest.mark.parametrize("order", [("note", "document"), ("document", "note")])
def test_both_parts_in_either_order_move_the_case_on_once(
    place: County, client: Client, state: str, after: str, key: str, order: tuple[str, str]
) -> None:
    referral = a_referral(place, state)
    worker = place.area_worker if state == S.WITH_AREA else place.locality_worker
    status, shown = task(client, worker, referral, order[0])
    assert status == 200
    assert now_at(referral).state == state
    assert f"{worker.name}, " in shown
    assert "Nothing moves on until both parts are done." in shown
    _, shown = task(client, worker, referral, order[1])
    assert now_at(referral).state == after
    assert "Both parts are done" in shown
    assert kinds(referral).count(key) == 1
    assert (now_at(referral).note_added_by, now_at(referral).document_placed_by) == (worker.user, worker.user)


def test_the_note_is_the_procedures_own_and_says_nothing_of_what_came(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    _, shown = task(client, place.area_worker, referral)
    note = shown.partition('id="note">')[2].partition("</div>")[0]
    assert note.startswith("Prevent referral received on ")
    assert referral.case.reference in note
    assert place.area_team.name in note
    assert "Copy for Mosaic" in shown
    for told in ("Ackerley", "Wilfred", "online", "Lives alone"):
        assert told not in note


def test_placing_the_document_closes_the_area_to_everybody_not_nominated(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    task(client, place.area_worker, referral, "document")
    case = Case.objects.get(pk=referral.case_id)
    assert case.restricted_at is not None
    assert access.may_enter(place.area_worker, case)
    assert not access.may_enter(place.officer, case)
    assert not access.may_enter(place.ssu_lead, case)


@pytest.mark.parametrize("part", ["note", "document"])
@pytest.mark.parametrize("who", ["officer", "ssu_lead"])
def test_somebody_who_sees_the_case_but_is_not_nominated_is_told_who_may(
    place: County, client: Client, who: str, part: str
) -> None:
    referral = a_referral(place, S.WITH_AREA)
    status, shown = task(client, place.roles[who], referral)
    assert status == 200
    assert "This may only be done by a nominated Prevent virtual worker" in shown
    assert 'name="part"' not in shown
    _, shown = task(client, place.roles[who], referral, part)
    assert "Error: " in shown.partition("<title>")[2][:20]
    assert now_at(referral).note_added_at is now_at(referral).document_placed_at is None
    assert now_at(referral).case.restricted_at is None


@pytest.mark.parametrize("who", ["other_area_worker", "locality_worker", "liaison", "outsider"])
def test_somebody_who_may_not_know_of_it_finds_nothing(place: County, client: Client, who: str) -> None:
    referral = a_referral(place, S.WITH_AREA)
    for part in ("", "note", "document"):
        assert task(client, place.roles[who], referral, part)[0] == 404


@pytest.mark.parametrize("state", [S.PREPARING, S.AREA_RECORDED])
def test_after_it_is_recorded_nothing_is_left_to_record(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    worker = place.area_worker if state == S.AREA_RECORDED else place.locality_worker
    before = kinds(referral)
    _, shown = task(client, worker, referral, "note")
    assert "This cannot be done now" in shown
    assert kinds(referral) == before


@pytest.mark.parametrize("part", ["note", "document"])
def test_the_same_part_twice_is_recorded_once(place: County, client: Client, part: str) -> None:
    referral = a_referral(place, S.WITH_AREA)
    task(client, place.area_worker, referral, part)
    first = now_at(referral)
    _, shown = task(client, place.area_worker, referral, part)
    assert "This was already recorded." in shown
    assert now_at(referral).note_added_at == first.note_added_at
    assert now_at(referral).document_placed_at == first.document_placed_at


def test_of_a_referral_typed_in_without_a_file_its_words_are_the_document(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA, files=[])
    task(client, place.area_worker, referral, "document")
    assert now_at(referral).case.restricted_at is not None
    with access.material(place.area_worker, referral.case_id):
        kept = list(Document.objects.filter(case=referral.case_id).order_by("file_name"))
    assert [(file.kind, file.file_name.rpartition("-referral.")[2]) for file in kept] == [
        (DocumentKind.REFERRAL, "docx"), (DocumentKind.REFERRAL, "pdf"),
    ]  # fmt: skip
    file = client.get(reverse("document", args=[referral.case_id, kept[0].pk]))
    said = "\n".join(one.text for one in Docx(BytesIO(b"".join(file.streaming_content))).paragraphs)
    assert "He speaks of people met online." in said
    task(client, place.area_worker, referral, "note")
    assert now_at(referral).state == S.AREA_RECORDED


def test_a_part_nobody_knows_changes_nothing(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    status, _ = task(client, place.area_worker, referral, "everything")
    assert status == 200
    assert now_at(referral).state == S.WITH_AREA
