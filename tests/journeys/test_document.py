"""A document is added to the restricted area: looked into first, kept as it is, opened by whom it is open to."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.files.limits import MAX_BYTES
from prevent_cases.casework.kinds import DocumentKind, ScanState
from prevent_cases.casework.models import Document
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_docx, a_pdf, a_referral, county, sign_in


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.PREPARING)


def add(
    client: Client, actor: Actor, referral: Referral, data: bytes | None, name: str = "letter.pdf", **also: Any
) -> Any:
    sent = {"kind": DocumentKind.ATTACHMENT, "title": "A letter", **also}
    if data is not None:
        sent["file"] = SimpleUploadedFile(name, data)
    return sign_in(client, actor).post(reverse("add-document", args=[referral.case_id]), sent, follow=True)


def kept(place: County, referral: Referral) -> list[Document]:
    with access.material(place.locality_worker, referral.case_id):
        return list(Document.objects.filter(case=referral.case).exclude(kind=DocumentKind.REFERRAL))


@pytest.mark.parametrize(("data", "name"), [(a_pdf(), "x.pdf"), (a_docx(), "x.docx")])
def test_a_document_is_kept_byte_for_byte(
    place: County, client: Client, referral: Referral, data: bytes, name: str
) -> None:
    answer = add(client, place.locality_worker, referral, data, name)
    assert "The document was added." in answer.content.decode()
    (document,) = kept(place, referral)
    fetched = client.get(reverse("document", args=[referral.case_id, document.pk]))
    assert b"".join(fetched.streaming_content) == data
    assert document.added_by == place.locality_worker.user


def test_with_a_scanner_it_waits_to_be_checked(
    place: County, client: Client, referral: Referral, settings: Any
) -> None:
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    shown = add(client, place.locality_worker, referral, a_pdf()).content.decode()
    (document,) = kept(place, referral)
    assert document.scan == ScanState.WAITING
    assert "It opens when the check for viruses is done." in shown
    assert client.get(reverse("document", args=[referral.case_id, document.pk])).status_code == 409


@pytest.mark.parametrize("who", ["colleague", "officer", "ssu_lead", "area_worker", "liaison"])
def test_nobody_whom_it_is_not_open_to_adds_one(place: County, client: Client, referral: Referral, who: str) -> None:
    assert add(client, place.roles[who], referral, a_pdf()).status_code == 404
    assert kept(place, referral) == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90\x00" + b"\x00" * 200, "letter.pdf"),
        (a_docx(), "letter.pdf"),
        (b"", "letter.pdf"),
        (b"%PDF-1.7\n" + b"x" * MAX_BYTES, "letter.pdf"),
        (b"<html><script>alert(1)</script></html>", "letter.html"),
        (None, ""),
    ],
    ids=["a renamed program", "a Word file called PDF", "empty", "too large", "a page", "nothing"],
)
def test_what_may_not_be_kept_is_refused_in_words(
    place: County, client: Client, referral: Referral, data: bytes | None, name: str
) -> None:
    shown = add(client, place.locality_worker, referral, data, name).content.decode()
    assert "<title>Error: " in shown
    assert 'href="#id_file"' in shown
    assert kept(place, referral) == []


def test_every_field_has_its_own_words(place: County, client: Client, referral: Referral) -> None:
    shown = add(client, place.locality_worker, referral, None, kind="", title="").content.decode()
    for words in ("Select a file", "Select what it is", "Enter a title"):
        assert shown.count(words) >= 2
