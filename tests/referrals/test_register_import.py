"""Importing the register extract: whole or not at all, by screen and by command, and found by the next search."""

from __future__ import annotations

import csv
import io
import time
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prevent_cases.accounts.actors import the_service
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals.matching.keys import keys_for
from referrals.models import RegisterEntry, RegisterImport, RegisterKey
from referrals.operations.register import import_register
from referrals.queries.register import search_register
from referrals.register.columns import NAMES
from referrals.register.reading import Reading, read
from tests.factories import County, a_referral, a_register_entry, county, sign_in
from tests.journeys.pages import errors, page, press, words
from tests.journeys.triaging import other_people

NIGHTLY = the_service("import_register")
MARIGOLD = {"mosaic_id": "1", "given_name": "Marigold", "family_name": "Penwick", "status": "open",
            "date_of_birth": "1984-03-12", "postcode": "ES1 1AA"}  # fmt: skip
AURELIO = {"mosaic_id": "2", "given_name": "Aurelio", "family_name": "Draywell", "status": "known",
           "date_of_birth": "02/11/1951"}  # fmt: skip


@pytest.fixture
def place(db: None) -> County:
    return county()


def extract(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, NAMES, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def reading(*rows: dict[str, str]) -> Reading:
    return read(BytesIO(extract(*rows)), today())


def take_in(*rows: dict[str, str], **more: Any) -> RegisterImport:
    return import_register(reading=reading(*rows), file_name="extract.csv", by=NIGHTLY, at=now(), **more)


def counts(made: RegisterImport) -> tuple[int, int, int, int]:
    return made.rows, made.added, made.changed, made.ended


def held_keys(number: str) -> set[str]:
    return set(RegisterKey.objects.filter(entry__mosaic_id=number).values_list("key", flat=True))


def upload(client: Client, data: bytes, name: str = "extract.csv") -> HttpResponse:
    file = BytesIO(data)
    file.name = name
    return press(client, client.get(reverse("referrals:register")), "Preview the import", extract=file)


def test_the_first_import_adds_everybody_with_the_keys_they_are_found_by(db: None) -> None:
    assert counts(take_in(MARIGOLD, AURELIO)) == (2, 2, 0, 0)
    entry = RegisterEntry.objects.get(mosaic_id="1")
    assert (entry.full_name, entry.status, entry.born_on) == ("Marigold Penwick", "open", date(1984, 3, 12))
    assert held_keys("1") == keys_for(entry.facts)


def test_the_next_changes_ends_and_brings_back(db: None) -> None:
    first = take_in(MARIGOLD, AURELIO)
    married = MARIGOLD | {"family_name": "Thornbury", "status": "known"}
    assert counts(take_in(married)) == (1, 0, 1, 1)
    changed, ended = RegisterEntry.objects.order_by("mosaic_id")
    assert (changed.family_name, changed.status, changed.ended_at) == ("Thornbury", "known", None)
    assert held_keys("1") == keys_for(changed.facts)
    assert ended.ended_at is not None
    assert ended.last_import != first
    assert counts(take_in(married, AURELIO)) == (2, 0, 1, 0)
    assert RegisterEntry.objects.filter(ended_at=None).count() == 2
    assert counts(take_in(married, AURELIO)) == (2, 0, 0, 0), "the same again changes nothing and is on record"


def test_a_change_that_no_key_hangs_on_leaves_the_keys_as_they_are(db: None) -> None:
    take_in(MARIGOLD)
    before = held_keys("1")
    with CaptureQueriesContext(connection) as asked:
        take_in(MARIGOLD | {"team": "Corrow locality team"})
    assert held_keys("1") == before
    assert not [
        sql for query in asked.captured_queries if "DELETE" in (sql := query["sql"]) and "key" in sql and "IN (1" in sql
    ]


def test_whoever_was_ended_is_no_longer_found(place: County) -> None:
    same = {"given_name": "Wilfred", "family_name": "Ackerley", "status": "open", "date_of_birth": "1991-03-14"}
    take_in(MARIGOLD, {"mosaic_id": "7"} | same)
    referral = a_referral(place)
    found = search_register(referral)
    assert [one.number for one in found.candidates] == ["7"]
    take_in(MARIGOLD)
    assert search_register(referral).candidates == ()


def test_one_fault_stops_all_of_it(db: None) -> None:
    take_in(MARIGOLD)
    with pytest.raises(Refused, match=r"Nothing was imported. Line 3, date_of_birth: “2999-01-01” is in the future"):
        take_in(MARIGOLD | {"family_name": "Thornbury"}, AURELIO | {"date_of_birth": "2999-01-01"})
    assert RegisterImport.objects.count() == 1
    assert RegisterEntry.objects.get().family_name == "Penwick"


def test_a_failure_in_the_middle_leaves_nothing_behind(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(MARIGOLD)
    monkeypatch.setattr("referrals.operations.register.keys_for", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_in(MARIGOLD | {"family_name": "Thornbury"}, AURELIO)
    assert RegisterImport.objects.count() == RegisterEntry.objects.count() == 1


def test_a_file_that_leaves_out_suspiciously_many_waits_for_a_person(db: None) -> None:
    many = [MARIGOLD | {"mosaic_id": str(number)} for number in range(100)]
    take_in(*many)
    with pytest.raises(Refused, match="leaves out 60 of the 100 people held now"):
        take_in(*many[:40])
    assert counts(take_in(*many[:40], confirmed=True)) == (40, 0, 0, 60)


def test_a_preview_that_another_import_overtook_is_refused(db: None) -> None:
    seen = take_in(MARIGOLD)
    take_in(MARIGOLD, AURELIO)
    with pytest.raises(StaleRecord):
        take_in(MARIGOLD, seen=seen.pk)


def test_only_the_unit_and_the_nightly_job_import(place: County) -> None:
    for actor in other_people(place):
        with pytest.raises(NotAllowed):
            import_register(reading=reading(MARIGOLD), file_name="x.csv", by=actor, at=now())
    assert (
        import_register(reading=reading(MARIGOLD), file_name="x.csv", by=place.officer, at=now()).by
        == place.officer.user
    )


def test_twenty_thousand_rows_take_seconds_and_few_statements(db: None) -> None:
    rows = [MARIGOLD | {"mosaic_id": str(number), "family_name": f"Penwick{number}"} for number in range(20_000)]
    found = reading(*rows)
    began = time.monotonic()
    with CaptureQueriesContext(connection) as asked:
        import_register(reading=found, file_name="extract.csv", by=NIGHTLY, at=now())
    assert time.monotonic() - began < 30
    assert len(asked) < 60
    assert RegisterEntry.objects.count() == 20_000


def test_by_screen_it_is_previewed_then_imported_then_on_record(place: County, client: Client) -> None:
    a_register_entry("Marigold", "Penwick", "open", mosaic_id="1", born_on=date(1984, 3, 12), postcode="ES1 1AA")
    sign_in(client, place.officer)
    preview = upload(client, extract(MARIGOLD | {"status": "known"}, AURELIO))
    shown = words(preview)
    for said in ("To be added1", "To be changed1", "Unchanged0", "Faults0", "Status: Open now to Known before",
                 "Aurelio Draywell"):  # fmt: skip
        assert said in shown
    assert RegisterEntry.objects.get().status == "open", "a preview changes nothing"
    done = press(client, preview, "Import the register")
    assert "The register was imported: 1 added, 1 changed, 0 ended." in words(done)
    assert "Olive Tarn" in words(done)
    again = client.post(preview.request["PATH_INFO"], {}, follow=True)
    assert "That file is no longer kept here" in words(again)
    assert RegisterImport.objects.filter(file_name="extract.csv").count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (extract(MARIGOLD).decode().replace("Penwick", "Pénwick").encode("cp1252"), "is not UTF-8"),
        (extract(MARIGOLD).decode().encode("utf-16"), "UTF-16"),
        (extract(MARIGOLD | {"given_name": "=HYPERLINK(1)"}), "a spreadsheet would run as a formula"),
        (extract(MARIGOLD | {"address": "@SUM(A1)"}), "a spreadsheet would run as a formula"),
        (extract(MARIGOLD | {"date_of_birth": "1899-12-31"}), "is before 1900"),
        (extract(MARIGOLD | {"date_of_birth": "29/02/1985"}), "1985 had no 29 February"),
        (extract(MARIGOLD | {"given_name": "x" * 301}), "301 characters long"),
        (extract(MARIGOLD, MARIGOLD), "is already on line 2"),
        (b"name,born\r\nMarigold,1984\r\n", "Missing from the header: mosaic_id"),
    ],
)  # fmt: skip
def test_a_bad_file_is_shown_with_line_column_and_reason_and_cannot_be_imported(
    place: County, client: Client, data: bytes, said: str
) -> None:
    sign_in(client, place.officer)
    shown = upload(client, data)
    refused = " ".join(errors(shown)) or words(shown)
    assert said in refused
    assert "Import the register" not in words(shown)
    assert RegisterImport.objects.count() == 0


def test_a_team_that_is_not_ours_is_refused_by_row_before_anything_is_confirmed(place: County, client: Client) -> None:
    take_in(AURELIO)
    ours = place.locality_team.name
    rows = (
        MARIGOLD | {"team": ours.upper()},
        MARIGOLD | {"mosaic_id": "3", "team": "Northshire Community Team"},
        AURELIO | {"team": "A team that closed long ago"},
    )
    sign_in(client, place.officer)
    shown = upload(client, extract(*rows))
    faults = page(shown).xpath("//table[caption='Faults']/tbody/tr")
    assert [[cell.text_content().strip() for cell in fault][:2] for fault in faults] == [["Line 3", "team"]]
    assert "“Northshire Community Team” is not a team of this service" in words(shown)
    assert "Import the register" not in words(shown)
    sound = upload(client, extract(rows[0], rows[2]))
    done = press(client, sound, "Import the register")
    assert "The register was imported: 1 added, 1 changed" in words(done)


def test_the_nightly_command_refuses_a_team_that_is_not_ours(place: County, tmp_path: Path) -> None:
    file = tmp_path / "extract.csv"
    file.write_bytes(extract(MARIGOLD | {"team": "Nobody knows it"}))
    with pytest.raises(CommandError) as failed:
        run(file)
    assert failed.value.returncode == 1


def test_the_page_says_what_each_column_accepts(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    shown = words(client.get(reverse("referrals:register")))
    for said in ("“open” (open now) or “known” (known before)", "1984-03-12 or 12/03/1984", place.locality_team.name):
        assert said in shown


def test_posted_past_the_page_a_bad_file_is_still_refused(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    preview = upload(client, extract(MARIGOLD | {"date_of_birth": "1899-12-31"}))
    answer = client.post(preview.request["PATH_INFO"], {"seen": ""})
    assert errors(answer)[0].startswith("Nothing was imported. Line 2, date_of_birth: ")
    assert RegisterImport.objects.count() == 0


@pytest.mark.parametrize("name", ["extract.pdf", "extract.exe", "extract.xlsx"])
def test_a_file_that_is_no_csv_is_refused(place: County, client: Client, name: str) -> None:
    sign_in(client, place.officer)
    assert len(errors(upload(client, b"%PDF-1.7 or MZ", name))) == 1


def test_a_cut_file_asks_to_be_confirmed(place: County, client: Client) -> None:
    many = [MARIGOLD | {"mosaic_id": str(number)} for number in range(100)]
    take_in(*many)
    sign_in(client, place.officer)
    preview = upload(client, extract(*many[:40]))
    assert "This file may be cut short" in words(preview)
    assert errors(press(client, preview, "Import the register")) == [
        "Confirm that the file is whole, or upload another"
    ]
    press(client, preview, "Import the register", confirmed="on")
    assert RegisterEntry.objects.filter(ended_at=None).count() == 40


def test_the_template_is_the_header_and_can_be_read_back(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    answer = client.get(reverse("referrals:register-template"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    filled = answer.content + extract(MARIGOLD).split(b"\r\n", 1)[1]
    assert read(BytesIO(filled), today()).rejects == ()


def test_nobody_else_opens_the_register_or_anothers_upload(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    mine = upload(client, extract(MARIGOLD)).request["PATH_INFO"]
    sign_in(client, place.second_officer)
    assert "That file is no longer kept here" in words(client.get(mine, follow=True))
    for actor in other_people(place):
        sign_in(client, actor)
        for url in (reverse("referrals:register"), reverse("referrals:register-template"), mine):
            assert client.get(url).status_code == 404


def test_an_expired_session_leads_to_sign_in_and_the_file_is_still_there(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    mine = upload(client, extract(MARIGOLD)).request["PATH_INFO"]
    client.session.flush()
    assert client.post(mine, {}).url == f"{reverse('account_login')}?next={mine}"
    sign_in(client, place.officer)
    assert "To be added1" in words(client.get(mine))


def test_the_list_costs_the_same_for_one_import_and_for_three(place: County, client: Client) -> None:
    def cost() -> int:
        client.get(reverse("referrals:register"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("referrals:register"))
        return len(asked)

    sign_in(client, place.officer)
    take_in(MARIGOLD)
    one = cost()
    import_register(reading=reading(MARIGOLD), file_name="x.csv", by=place.officer, at=now())
    take_in(MARIGOLD)
    assert cost() == one == 4


def run(path: Path, *more: str) -> str:
    out = StringIO()
    call_command("import_register", str(path), *more, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_says_what_it_did(db: None, tmp_path: Path) -> None:
    file = tmp_path / "extract.csv"
    file.write_bytes(extract(MARIGOLD, AURELIO))
    assert run(file) == "2 people in the file: 2 added, 0 changed, 0 ended.\n"
    made = RegisterImport.objects.get()
    assert (made.by, made.file_name) == (None, "extract.csv")
    assert made.at - now() < timedelta(minutes=1)


def test_the_command_ends_with_a_number_for_each_way_it_can_fail(db: None, tmp_path: Path) -> None:
    faulty, cut = tmp_path / "faulty.csv", tmp_path / "cut.csv"
    many = [MARIGOLD | {"mosaic_id": str(number)} for number in range(100)]
    take_in(*many)
    faulty.write_bytes(extract(AURELIO | {"status": "gone"}))
    cut.write_bytes(extract(*many[:10]))
    for file, number, said in (
        (faulty, 1, "faulty.csv has 1 fault"),
        (cut, 2, "leaves out 90 of the 100"),
        (tmp_path / "none.csv", 3, "cannot be opened"),
    ):
        with pytest.raises(CommandError, match=said) as failed:
            run(file)
        assert failed.value.returncode == number
    assert RegisterImport.objects.count() == 1
    assert "90 ended" in run(cut, "--confirm")
