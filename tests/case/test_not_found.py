"""Whoever may not know of a case is told nothing: the answer is byte for byte that of a case not there (T06)."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.models import AccessLog, ClockRun, Document
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_referral, sign_in

OF_A_CASE = (
    "case", "case-history", "case-people", "case-tasks", "case-looks", "case-print", "case-restricted",
    "print-restricted", "write-note", "add-document", "name-worker", "declare-conflict", "referrals:record",
    "referrals:forward",
)  # fmt: skip
METHODS = ("get", "post", "head", "put", "delete", "options")


def told(answer: HttpResponse) -> tuple[int, dict[str, str], bytes]:
    """Everything an answer says: status, headers and bytes. Two cookies are the session's own affair."""
    headers = {name: value for name, value in answer.items() if name not in ("Expires", "Last-Modified")}
    return answer.status_code, headers | {"cookies": ",".join(answer.cookies)}, answer.content


def urls(referral: Referral, run: UUID, document: UUID, user: UUID) -> list[tuple[str, list[UUID]]]:
    of_a_case = [(name, [referral.case_id]) for name in OF_A_CASE]
    return [
        *of_a_case,
        ("clock-why", [referral.case_id, run]),
        ("clock-extend", [referral.case_id, run]),
        ("document", [referral.case_id, document]),
        ("end-worker", [referral.case_id, user]),
        ("end-conflict", [referral.case_id, user]),
    ]


def document_in(place: County, referral: Referral) -> UUID:
    with access.material(place.locality_worker, referral.case_id):
        return Document.objects.get(case=referral.case).pk


@pytest.mark.parametrize("who", ["excluded", "other locality", "policing", "auditor", "practitioner", "no seat"])
def test_hidden_and_absent_are_the_same_bytes(place: County, client: Client, who: str) -> None:
    referral = a_referral(place, S.PREPARING)
    run = ClockRun.objects.unfinished().filter(case=referral.case).first()
    assert run
    actor = {
        "excluded": place.locality_worker, "other locality": place.other_locality_worker, "policing": place.liaison,
        "auditor": place.auditor, "practitioner": place.practitioner, "no seat": place.outsider,
    }[who]  # fmt: skip
    document = document_in(place, referral)
    if who == "excluded":
        a_conflict(referral, actor)
    sign_in(client, actor).get("/help/")
    looked = AccessLog.objects.count()
    for name, ids in urls(referral, run.pk, document, place.colleague.user.pk):
        for method in METHODS:
            hidden = getattr(client, method)(reverse(name, args=ids))
            absent = getattr(client, method)(reverse(name, args=[uuid4(), *ids[1:]]))
            assert told(hidden) == told(absent), f"{method} {name}"
            assert hidden.status_code in (404, 405)
    assert AccessLog.objects.count() == looked


def test_a_document_of_another_case_is_not_there(place: County, client: Client) -> None:
    one, other = a_referral(place, S.PREPARING), a_referral(place, S.PREPARING)
    sign_in(client, place.locality_worker).get("/help/")
    wrong = client.get(reverse("document", args=[one.case_id, document_in(place, other)]))
    absent = client.get(reverse("document", args=[one.case_id, uuid4()]))
    assert told(wrong) == told(absent)
    assert wrong.status_code == 404


def test_a_deadline_of_another_case_is_not_there(place: County, client: Client) -> None:
    one, other = a_referral(place, S.RECEIVED), a_referral(place, S.RECEIVED)
    run = ClockRun.objects.filter(case=other.case).first()
    assert run
    sign_in(client, place.officer)
    for name in ("clock-why", "clock-extend"):
        assert client.get(reverse(name, args=[one.case_id, run.pk])).status_code == 404


def test_whoever_is_not_let_in_finds_neither_tab_nor_page(place: County, client: Client) -> None:
    """The restricted area answers as one that is not there, full or empty, and so do its files."""
    full, empty = a_referral(place, S.PREPARING), a_referral(place, S.PREPARING, narrative={})
    document = document_in(place, full)
    for actor in (place.colleague, place.officer, place.locality_manager):
        sign_in(client, actor).get("/help/")
        for referral in (full, empty):
            looked = AccessLog.objects.count()
            answers = [client.get(reverse("case-restricted", args=[one])) for one in (referral.case_id, uuid4())]
            assert told(answers[0]) == told(answers[1])
            assert (answers[0].status_code, AccessLog.objects.count()) == (404, looked)
            for name in ("case", "case-history", "case-people", "case-tasks"):
                shown = client.get(reverse(name, args=[referral.case_id])).content.decode()
                assert reverse("case-restricted", args=[referral.case_id]) not in shown
        assert "ask one of them" in client.get(reverse("case-people", args=[full.case_id])).content.decode()
    sign_in(client, place.locality_worker)
    assert reverse("case-restricted", args=[full.case_id]) in client.get(
        reverse("case", args=[full.case_id])).content.decode()  # fmt: skip
    sign_in(client, place.colleague)
    for name, ids in (("document", [document]), ("write-note", []), ("add-document", []), ("name-worker", [])):
        assert client.get(reverse(name, args=[full.case_id, *ids])).status_code == 404, name


def test_a_visitor_is_asked_to_sign_in_whatever_the_case(place: County, client: Client) -> None:
    referral = a_referral(place, S.RECEIVED)
    for case_id in (referral.case_id, uuid4()):
        answer = client.get(reverse("case", args=[case_id]))
        assert answer.status_code == 302
        assert "sign-in" in answer.url
