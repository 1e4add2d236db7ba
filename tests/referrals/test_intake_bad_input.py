"""What the page for entering a referral makes of input nobody should send."""

from __future__ import annotations

import struct
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.kinds import OrganisationKind, TeamKind
from prevent_cases.accounts.models import Organisation
from prevent_cases.casework.now import today
from referrals.models import Referral
from tests.casework.file_builders import zipped
from tests.factories import a_person, a_team, acting, sign_in
from tests.journeys.pages import errors, page, press, words

BUTTON = "Receive the referral"
SOUND = {
    "reply_address": "desk@ctp.example", "received_on-day": "1", "received_on-month": "6", "received_on-year": "2026",
    "received_time": "10:12", "given_name": "Tamsin", "family_name": "Wetherlark",
}  # fmt: skip


@pytest.fixture
def officer(db: None, client: Client) -> Client:
    council = Organisation.objects.create(name="Exampleshire County Council", kind=OrganisationKind.COUNCIL)
    police = Organisation.objects.create(name="Exampleshire Police", kind=OrganisationKind.POLICE)
    a_team(police, TeamKind.POLICING, "Counter terrorism policing liaison")
    ssu = a_team(council, TeamKind.SSU, "Strategic Safeguarding Unit")
    return sign_in(client, acting(a_person("Olive Tarn", ssu)))


def enter(client: Client, **filled: object) -> HttpResponse:
    return press(client, client.get(reverse("referrals:enter"), follow=True), BUTTON, **SOUND | filled)


def born(day: str, month: str, year: str) -> dict[str, str]:
    return {"born_on-day": day, "born_on-month": month, "born_on-year": year}


def upload(client: Client, name: str, data: bytes) -> HttpResponse:
    file = BytesIO(data)
    file.name = name
    return press(client, client.get(reverse("referrals:upload")), "Read the file", attachments=file)


def test_a_birth_date_in_the_future(officer: Client) -> None:
    tomorrow = today() + timedelta(days=1)
    shown = enter(officer, **born(str(tomorrow.day), str(tomorrow.month), str(tomorrow.year)))
    assert errors(shown) == ["Date of birth must be in the past"]
    assert Referral.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (("31", "12", "1899"), "Date of birth must be the same as or after 1 January 1900"),
        (("29", "2", "1985"), "Date of birth must be a real date"),
        (("29", "2", "85"), "Date of birth must have a year of 4 numbers, like 2004"),
        (("4", "", "1985"), "Date of birth must include a month"),
    ],
)
def test_a_birth_date_that_cannot_be(officer: Client, typed: tuple[str, str, str], error: str) -> None:
    assert errors(enter(officer, **born(*typed))) == [error]


def test_29_february_of_a_leap_year_is_a_day(officer: Client) -> None:
    enter(officer, **born("29", "2", "1984"))
    assert f"{Referral.objects.get().born_on}" == "1984-02-29"


@pytest.mark.parametrize("name", ["x" * 300, "محمد", "שרה‎", "Z̸̢̛a̴l̷g̶o̴", "O’Neill-Ðoe", "李小龙"])
def test_a_name_of_any_script_and_of_300_characters_is_kept_as_typed(officer: Client, name: str) -> None:
    done = enter(officer, given_name=name)
    assert "Received as" in words(done)
    assert Referral.objects.get().given_name == name


def test_a_name_of_301_characters_is_refused(officer: Client) -> None:
    assert errors(enter(officer, given_name="x" * 301)) == ["Given names must be 300 characters or fewer"]


@pytest.mark.parametrize("field", ["given_name", "policing_reference", "words-message", "reply_address"])
def test_a_nul_byte_is_refused_and_what_was_typed_is_still_there(officer: Client, field: str) -> None:
    shown = enter(officer, **{field: "Ta\x00msin"})
    assert "hidden character" in errors(shown)[0] or "correct format" in errors(shown)[0]
    assert page(officer.get(shown.request["PATH_INFO"])).xpath("//input[@name='family_name']/@value") == ["Wetherlark"]


def test_markup_is_shown_as_it_was_typed(officer: Client) -> None:
    done = enter(officer, given_name="<script>alert(1)</script>", **{"words-message": "<b>bold</b>"})
    assert b"<script>alert" not in done.content
    assert "<script>alert(1)</script>" in page(done).text_content()
    assert "<b>bold</b>" in words(done)


@pytest.mark.parametrize(
    ("filled", "error"),
    [
        ({"given_name": "", "family_name": " "}, "Enter a given name or a family name"),
        ({"reply_address": ""}, "Enter the reply address"),
        ({"received_time": "25:00"}, "Time received must be a time, like 14:30"),
        ({"received_on-year": "2126"}, "Date received must be today or in the past"),
        ({"received_on-year": "2011"}, "Date received must be the same as or after 1 January 2012"),
        ({"received_on-year": "1980"}, "Date received must be the same as or after 1 January 2012"),
        ({"postcode": "NOT ONE"}, "Enter a full postcode, like ZE1 4AB, or leave it out and write it in the address"),
        (
            {"nhs_number": "123 456 7890"},
            "Enter the 10 figures of the NHS number again. These do not make an NHS number",
        ),
        ({"policing": str(uuid4())}, "Select the policing team again. What you chose is not on the list"),
        ({"unit": str(uuid4())}, "Select your unit again. What you chose is not on the list"),
        ({"source": "MARTIANS"}, "Select who first raised it again. What you chose is not on the list"),
    ],
)
def test_each_wrong_answer_is_named_and_nothing_is_received(
    officer: Client, filled: dict[str, str], error: str
) -> None:
    shown = enter(officer, **filled)
    assert errors(shown) == [error]
    assert page(shown).findtext(".//title").startswith("Error: ")
    assert Referral.objects.count() == 0


def test_received_later_today_than_now_is_refused(officer: Client) -> None:
    on = today()
    filled = {"received_on-day": on.day, "received_on-month": on.month, "received_on-year": on.year}
    assert errors(enter(officer, received_time="23:59", **filled)) == ["Time received must be in the past"]


def test_an_upload_of_40_mb(officer: Client) -> None:
    shown = upload(officer, "referral.eml", b"From: a@b.example\n\n" + b"x" * 40 * 1024 * 1024)
    assert errors(shown) == ["referral.eml: The file is over 25 MB. Send a smaller copy, or send it in parts."]


def test_a_program_by_another_name(officer: Client) -> None:
    program = b"MZ" + struct.pack("<58xI", 64) + b"PE\x00\x00" + b"\x00" * 200
    for name in ("referral.pdf", "referral.docx", "referral.exe"):
        shown = upload(officer, name, program)
        assert len(errors(shown)) == 1
        assert errors(shown)[0].startswith(f"{name}: ")
    assert Referral.objects.count() == 0


def test_an_email_without_a_sender_is_read_as_far_as_it_goes(officer: Client) -> None:
    shown = upload(officer, "referral.eml", b"Subject: CTP/2026/0042\nDate: Mon, 1 Jun 2026 10:00:00 +0100\n\nHello.\n")
    assert "the reply address" in words(shown)
    assert page(shown).xpath("//input[@name='policing_reference']/@value") == ["CTP/2026/0042"]
    assert errors(press(officer, shown, BUTTON, given_name="Tamsin")) == ["Enter the reply address"]


def test_a_document_that_unpacks_to_more_than_it_should(officer: Client) -> None:
    bomb = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b" " * 70 * 1024 * 1024))
    shown = upload(officer, "referral.docx", bomb)
    assert len(errors(shown)) == 1
    assert errors(shown)[0].startswith("referral.docx: ")
    assert Referral.objects.count() == 0


def test_files_that_are_too_large_together(officer: Client) -> None:
    files = [BytesIO(b"x" * 20 * 1024 * 1024) for _ in range(3)]
    for number, file in enumerate(files):
        file.name = f"{number}.txt"
    shown = press(officer, officer.get(reverse("referrals:upload")), "Read the file", attachments=files)
    assert errors(shown) == ["The files together are over 50 MB. Send them in parts"]


def test_more_files_than_twenty(officer: Client) -> None:
    files = [BytesIO(b"words") for _ in range(21)]
    for number, file in enumerate(files):
        file.name = f"{number}.txt"
    url = officer.get(reverse("referrals:enter"), follow=True).request["PATH_INFO"]
    assert officer.post(url, SOUND | {"attachments": files}).status_code == 400


@pytest.mark.parametrize("name", ["referrals:enter-form", "referrals:enter-save", "referrals:register-preview"])
def test_an_id_that_is_nobodys_leads_nowhere(officer: Client, name: str) -> None:
    answer = officer.get(reverse(name, args=[uuid4()]))
    assert answer.status_code in (200, 302, 405)
    assert b"Wetherlark" not in answer.content
