"""The register extract is read line by line; each fault is named by line, column and a reason in words."""

import csv
import hashlib
import io
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.register.columns import COLUMNS, NAMES, RegisterRow
from referrals.register.reading import MOST_REJECTS, Reading, read
from referrals.states import RegisterStatus

TODAY = date(2026, 11, 22)
SOUND = dict.fromkeys(NAMES, "") | {
    "mosaic_id": "700001",
    "given_name": "Marigold",
    "family_name": "Penwick",
    "date_of_birth": "1984-03-12",
    "status": "open",
}
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "register-csv.md"


def a_file(*rows: dict[str, str], names: tuple[str, ...] = NAMES) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(names)
    for number, row in enumerate(rows):
        cells = SOUND | {"mosaic_id": str(700001 + number)} | row
        writer.writerow([cells[name] for name in names])
    return written.getvalue().encode()


def reading(content: bytes) -> Reading:
    return read(io.BytesIO(content), TODAY)


def the_row(**cells: str) -> RegisterRow:
    found = reading(a_file(cells))
    assert found.rejects == ()
    return found.rows[0]


def faults(content: bytes) -> list[str]:
    return [str(reject) for reject in reading(content).rejects]


def test_a_sound_row_is_read_whole() -> None:
    row = the_row(
        other_names=" Goldie Penwick;Marigold Draywell ; ", postcode="zz11aa", address="Flat 2,\r\n14 Example Street\n",
        nhs_number="943 476 5919", status="Known", team="Northshire", worker_name="Sam Example",
        worker_email="sam@council.example", last_closed_on="30/06/2019",
    )  # fmt: skip
    assert row == RegisterRow(
        line=2, mosaic_id="700001", given_name="Marigold", family_name="Penwick",
        other_names="Goldie Penwick; Marigold Draywell", born_on=date(1984, 3, 12), postcode="ZZ1 1AA",
        address="Flat 2, 14 Example Street", nhs_number="9434765919", status=RegisterStatus.KNOWN, team="Northshire",
        worker_name="Sam Example", worker_email="sam@council.example", last_closed_on=date(2019, 6, 30),
    )  # fmt: skip
    assert row.facts.identifiers == {"nhs": "9434765919", "mosaic": "700001"}
    assert row.facts.other_names == ("Goldie Penwick", "Marigold Draywell")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("1984-02-29", date(1984, 2, 29)), ("29/02/1984", date(1984, 2, 29)), ("1/2/1900", date(1900, 2, 1)),
     ("2026-11-22", TODAY), ("", None)],
)  # fmt: skip
def test_birth_dates_are_read_in_both_ways_of_writing(cell: str, expected: date | None) -> None:
    assert the_row(date_of_birth=cell).born_on == expected


@pytest.mark.parametrize(
    ("name", "cell", "reason"),
    [
        ("date_of_birth", "29/02/1985", "“29/02/1985” does not exist: 1985 had no 29 February."),
        ("date_of_birth", "1984-04-31", "“1984-04-31” is not a day of the calendar."),
        ("date_of_birth", "2026-11-23", "“2026-11-23” is in the future."),
        ("date_of_birth", "31/12/1899", "“31/12/1899” is before 1900."),
        ("date_of_birth", "12/3/84", "“12/3/84” has a year of two digits; write four."),
        ("date_of_birth", "12 March", "“12 March” is not a day written as 1984-03-12 or 12/03/1984."),
        ("date_of_birth", "١٩٨٤-٠٣-١٢", "“١٩٨٤-٠٣-١٢” is not a day written as 1984-03-12 or 12/03/1984."),
        ("last_closed_on", "2026-11-23", "“2026-11-23” is in the future."),
        ("last_closed_on", "1984-03-11", "It is before the date of birth."),
        ("family_name", "=HYPERLINK(1)", "It begins with “=”, which a spreadsheet would run as a formula."),
        ("given_name", "+44", "It begins with “+”, which a spreadsheet would run as a formula."),
        ("team", "-1", "It begins with “-”, which a spreadsheet would run as a formula."),
        ("worker_name", "@SUM", "It begins with “@”, which a spreadsheet would run as a formula."),
        ("address", "\t=1", "It begins with a tab, which a spreadsheet would run as a formula."),
        ("address", "  =1", "It begins with “=”, which a spreadsheet would run as a formula."),
        ("family_name", "＝1", "It begins with “＝”, which a spreadsheet would run as a formula."),
        ("family_name", "x" * 300, "It is 300 characters long; 200 is the most."),
        ("family_name", "Pen\0wick", "It holds a NUL character."),
        ("family_name", "Pen\nwick", "It holds a line break, a tab or another control character."),
        ("family_name", "Pen\u202ewick", "It holds a hidden mark that changes the direction of text."),
        ("status", "closed", "“closed” is neither “open” nor “known”."),
        ("status", "", "It is empty."),
        ("mosaic_id", " ", "It is empty."),
        ("nhs_number", "12345", "An NHS number has ten digits."),
        ("worker_email", "sam at council", "“sam at council” is not an email address."),
    ],
)
def test_a_faulty_cell_is_named(name: str, cell: str, reason: str) -> None:
    found = reading(a_file({}, {name: cell}))
    assert [str(reject) for reject in found.rejects] == [f"Line 3, {name}: {reason}"]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    "name", ["محمد", "נועה", "e\u0301lodie", "李小龍", "O’Brien-Łoś", "\u200fعلي", "Ñandú", "👵 Rose"]
)
def test_names_of_every_script_are_welcome(name: str) -> None:
    assert the_row(given_name=name).given_name.strip("\u200f") in (name.strip("\u200f"), "élodie")


def test_combining_marks_are_composed() -> None:
    assert the_row(given_name="e\u0301lodie").given_name == "\u00e9lodie"


def test_every_fault_of_every_row_is_named() -> None:
    content = a_file({"status": "x", "date_of_birth": "y"}, {}, {"given_name": "", "family_name": " "})
    assert faults(content) == [
        "Line 2, date_of_birth: “y” is not a day written as 1984-03-12 or 12/03/1984.",
        "Line 2, status: “x” is neither “open” nor “known”.",
        "Line 4, family_name: There is neither a given name nor a family name.",
    ]


def test_a_number_used_twice_names_the_first_line() -> None:
    content = a_file({}, {}, {"mosaic_id": "700001"})
    assert faults(content) == ["Line 4, mosaic_id: “700001” is already on line 2."]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    content = a_file({"address": "1 Example Street\nNorthbridge"}, {"status": "x"})
    assert faults(content)[0].startswith("Line 4, status")


def test_blank_lines_are_passed_over() -> None:
    content = a_file({}) + b"\r\n,,,,,,,,,,,,\r\n" + a_file({}, {}).splitlines()[2] + b"\r\n\r\n"
    found = reading(content)
    assert (len(found.rows), found.rejects) == (2, ())
    assert found.rows[1].line == 5


def test_columns_stand_in_any_order_and_case() -> None:
    content = a_file({}, names=tuple(reversed(NAMES)))
    header, rest = content.split(b"\r\n", 1)
    assert reading(header.upper() + b"\r\n" + rest).rows == reading(a_file({})).rows


def test_a_byte_order_mark_makes_no_difference() -> None:
    assert reading(b"\xef\xbb\xbf" + a_file({})).rows == reading(a_file({})).rows


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_last_line_needs_no_end(end: bytes) -> None:
    content = a_file({}).replace(b"\r\n", end).removesuffix(end)
    assert len(reading(content).rows) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_in_words(encoding: str) -> None:
    content = a_file({}).decode().encode(encoding)
    assert faults(content) == ["Line 1: The file is UTF-16. Save it as “CSV UTF-8” and try again."]


def test_windows_1252_is_refused_at_its_first_bad_line() -> None:
    content = a_file({}, {"given_name": "Zoë"}, {"given_name": "Zoë"}).decode().encode("windows-1252")
    (found,) = faults(content)
    assert found.startswith("Line 3: Byte 10 of the line is not UTF-8; the file seems to be in Windows-1252")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "Line 1: The file is empty: its first line must name the columns."),
        (b"\r\n", "Line 1: The file is empty: its first line must name the columns."),
        (b";".join(name.encode() for name in NAMES), "Line 1: The columns are not parted by commas. Save the file as"),
        (a_file({}, names=NAMES[:-1]), "Line 1: Missing from the header: last_closed_on."),
        (b"ethnicity," + a_file({}), "Line 1: Not a column of the extract, so leave it out: ethnicity."),
        (b"team," + a_file({}), "Line 1: In the header twice: team."),
        (a_file({}) + b"700002,Ann", "Line 3: The row has 2 cells; the header has 13."),
        (a_file({}) + b'700002,"Ann', "Line 3: The quotation marks of the row do not match"),
        (a_file({}) + b'700002,"Ann"x,', "Line 3: The quotation marks of the row do not match"),
        (a_file({}) + b'700002,"' + b"x" * 140_000 + b'"', "Line 3: A cell of the row is over 131,072 characters"),
        (a_file({}).replace(b"\r\n", b"\r"), "Line 1: The lines end in an old way"),
        (b"x" * 3_000_000, "Line 1: The line is over a megabyte long"),
    ],
)
def test_a_file_that_is_no_extract_is_refused_in_words(content: bytes, fault: str) -> None:
    (found,) = faults(content)
    assert found.startswith(fault)


def test_a_file_full_of_faults_is_not_read_to_its_end() -> None:
    found = reading(a_file(*[{"status": "x"}] * (MOST_REJECTS + 200)))
    assert len(found.rejects) == MOST_REJECTS + 1
    assert found.rejects[-1].reason == f"The rest was not read, after {MOST_REJECTS} faults."


def test_the_digest_is_of_the_bytes() -> None:
    content = a_file({}, {})
    assert reading(content).sha256 == hashlib.sha256(content).hexdigest()


def test_twenty_thousand_rows_take_well_under_three_seconds() -> None:
    content = a_file(*[{"given_name": f"Name{number}", "address": "1, Example Street"} for number in range(20_000)])
    began = time.perf_counter()
    assert len(reading(content).rows) == 20_000
    assert time.perf_counter() - began < 3


def test_the_document_names_every_column_with_its_length() -> None:
    words = DOCUMENT.read_text(encoding="utf-8")
    for column in COLUMNS:
        (line,) = [line for line in words.splitlines() if line.startswith(f"| `{column.name}` |")]
        assert line.endswith(f"| {column.longest} |")
        assert not column.is_required or "| yes |" in line


def test_the_document_s_example_is_sound() -> None:
    words = DOCUMENT.read_text(encoding="utf-8")
    found = reading(words.split("```csv\n")[1].split("```")[0].encode())
    assert (len(found.rows), found.rejects) == (2, ())


@given(st.binary(max_size=2_000))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    found = reading(content)
    assert found.rows == () or not found.rejects


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=80)), max_size=6))
def test_no_cell_breaks_the_reader(cells: list[tuple[str, str]]) -> None:
    found = reading(a_file(dict(cells)))
    assert len(found.rows) + bool(found.rejects) >= 1
    for row in found.rows:
        texts = [value for value in row.values if isinstance(value, str)]
        assert all("\0" not in text and text[:1] not in set("=+-@\t") for text in texts)
