"""The national form in a Word document: every answer under its own key, whatever the layout, and never by guess."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from referrals.reading.boxes import answered
from referrals.reading.form_headings import EDITIONS
from referrals.reading.form_reader import plain
from referrals.reading.read import read_referral
from tests.referrals import form_builders as build


def read(data: bytes):
    return read_referral(data, "referral.docx")


def test_the_national_form_is_read_field_by_field():
    proposal = read(build.national_form())
    assert proposal.form_edition == "national-2023"
    assert dict(proposal.fields) == {
        "policing.reply_to": "desk@ctpse.example",
        "policing.reference": "CTPSE/2026/00123",
        "individual.given_name": "Tamsin",
        "individual.family_name": "Wetherlark-Nguyễn",
        "individual.born_on": "04/06/1987",
        "individual.gender": "Female",
        "individual.address": "4 Larkspur Rise, Nettleford, EX4 9ZZ (current)\n17 Old Quay, Saltmere",
        "individual.nationality": "British",
        "individual.first_language": "English",
        "individual.phone": "01632 960123",
        "individual.email": "tamsin@home.example",
        "individual.family": "Lives with a sister",
        "concerns.described": build.CONCERN,
        "complex_needs.described": "Debt and a poor night’s sleep.",
        "other.described": "Her housing officer visits on Mondays.",
        "first_identifier.anonymous": "Yes",
        "first_identifier.given_name": "Ada",
        "first_identifier.family_name": "Brackenmoor",
        "first_identifier.role": "Key worker, Nettleford Homes",
        "first_identifier.relationship": "Key worker",
        "first_identifier.phone": "01632 960999",
        "first_identifier.email": "ada@homes.example",
        "referrer.given_name": "Colm",
        "referrer.family_name": "Fennimore",
        "referrer.email": "colm@homes.example",
        "dates.arose": "3 October 2026",
        "dates.referred": "5th October 2026",
        "safeguarding.diagnosed": "Yes",
        "safeguarding.diagnosed_detail": "Mild learning disability, diagnosed 2003",
        "safeguarding.lead_consulted": "Yes",
        "safeguarding.lead_result": "Agreed to refer",
        "safeguarding.informed": "No",
        "safeguarding.agencies_consulted": "Yes",
        "safeguarding.agencies_result": "Housing will call back",
        "occupation.work_now": "Packer, Saltmere Foods",
    }


def test_the_person_is_proposed_in_the_columns_people_are_matched_by():
    person = read(build.national_form()).person
    assert (person.given_name, person.family_name) == ("Tamsin", "Wetherlark-Nguyễn")
    assert (person.born_on, person.postcode, person.phone) == (date(1987, 6, 4), "EX4 9ZZ", "01632 960123")


def test_reference_and_reply_address_come_from_the_form():
    proposal = read(build.national_form())
    assert proposal.references[0] == "CTPSE/2026/00123"
    assert proposal.reply_to == "desk@ctpse.example"


def test_case_of_headings_does_not_matter():
    assert read(build.national_form(upper=False)).fields == read(build.national_form()).fields


def test_missing_parts_and_unread_words_are_told():
    notes = " ".join(read(build.national_form()).notes)
    assert "not found: The referrer's Prevent contact." in notes
    rows = [*build.INDIVIDUAL, ("Favourite colour:", "Teal")]
    assert "“Favourite colour:”" in " ".join(read(build.national_form(individual=rows)).notes)


def test_an_ordinary_letter_is_not_taken_for_a_form():
    document = Document()
    for line in ("Dear colleague,", "Name: somebody", "I write about a concern. Date of birth: 4 June 1987."):
        document.add_paragraph(line)
    proposal = read(build.saved(document))
    assert not proposal.fields and not proposal.form_edition
    assert "not those of a referral form" in proposal.notes[0]


@pytest.mark.parametrize("written", ["4/6/87", "31/02/1990", "about 40", "29 February 2001"])
def test_a_birth_date_that_is_none_is_told_and_never_guessed(written):
    rows = [(label, written if "Birth" in label else value) for label, value in build.INDIVIDUAL]
    proposal = read(build.national_form(individual=rows))
    assert proposal.person.born_on is None and proposal.person.born_as_written == written
    assert any(written in note and "cannot be read as a date" in note for note in proposal.notes)


def test_a_leap_day_is_a_date():
    rows = [(label, "29th February 2000" if "Birth" in label else value) for label, value in build.INDIVIDUAL]
    assert read(build.national_form(individual=rows)).person.born_on == date(2000, 2, 29)


def test_a_hard_name_is_taken_as_it_is():
    hard = "N" * 300
    rows = [("Forename(s):", hard), ("Surname:", "مرجان"), *build.INDIVIDUAL[2:]]
    person = read(build.national_form(individual=rows)).person
    assert (person.given_name, person.family_name) == (hard, "مرجان")


def opening(document):
    document.add_paragraph("INDIVIDUAL")


def test_labels_above_their_answers():
    document = Document()
    opening(document)
    build.table(
        document, [("Forename", "Surname", "Date of birth", "Gender"), ("Tamsin", "Wetherlark", "4/6/1987", "F")], 4
    )
    build.banner(document, "Relevant dates")
    fields = read(build.saved(document)).fields
    assert fields["individual.family_name"] == "Wetherlark" and fields["individual.born_on"] == "4/6/1987"


def test_label_and_answer_in_one_paragraph_or_one_cell():
    document = Document()
    opening(document)
    document.add_paragraph("Forename(s): Tamsin")
    document.add_paragraph("Surname – Wetherlark")
    document.add_paragraph("D.O.B.:\t4 June 1987")
    build.table(document, [("Gender: F", "Nationality: British"), ("Phone: 01632 960123\nEmail: t@home.example", "")])
    fields = read(build.saved(document)).fields
    assert fields["individual.given_name"] == "Tamsin" and fields["individual.family_name"] == "Wetherlark"
    assert fields["individual.born_on"] == "4 June 1987" and fields["individual.nationality"] == "British"
    assert fields["individual.gender"] == "F" and fields["individual.email"] == "t@home.example"


def test_label_in_one_paragraph_answer_in_the_next():
    document = Document()
    opening(document)
    for line in (
        "3.1 Forename(s):",
        "Tamsin",
        "3.2 Surname",
        "Wetherlark",
        "b) Aliases / other names",
        "Tam",
        "Age:",
        "39",
    ):
        document.add_paragraph(line)
    proposal = read(build.saved(document))
    assert (
        proposal.fields["individual.given_name"] == "Tamsin" and proposal.fields["individual.approximate_age"] == "39"
    )
    assert proposal.person.other_names == ("Tam",)


def test_a_label_with_a_hint_below_it():
    document = Document()
    opening(document)
    build.table(
        document, [("Date of birth\nas DD/MM/YYYY", "4/6/1987"), *build.INDIVIDUAL[:2], ("Forename", "Surname")]
    )
    assert read(build.saved(document)).fields["individual.born_on"] == "4/6/1987"


def test_heading_beside_its_words():
    document = Document()
    opening(document)
    build.table(document, [("Name", "Tamsin Wetherlark"), ("DOB", "4/6/1987"), ("Address", "4 Larkspur Rise")])
    build.table(document, [("DESCRIBE CONCERNS", "She speaks of war."), ("Complex needs", "None known")])
    proposal = read(build.saved(document))
    assert proposal.fields["concerns.described"] == "She speaks of war."
    assert proposal.fields["complex_needs.described"] == "None known"
    assert (proposal.person.given_name, proposal.person.family_name) == ("Tamsin", "Wetherlark")


def test_a_sentence_that_begins_like_a_heading_is_no_heading():
    document = Document()
    opening(document)
    build.table(document, build.INDIVIDUAL)
    document.add_paragraph("Describe concerns")
    document.add_paragraph("Complex needs are not the whole of it. Safeguarding: see above.")
    assert read(build.saved(document)).fields["concerns.described"].startswith("Complex needs are not")


def test_questions_each_with_an_answer_are_kept_apart():
    document = Document()
    opening(document)
    build.table(document, build.INDIVIDUAL)
    document.add_paragraph("DESCRIBE CONCERNS")
    document.add_paragraph("How / why did the Individual come to your organisation’s notice in this instance?")
    document.add_paragraph("A neighbour rang.")
    document.add_paragraph("What indicators have been seen?")
    document.add_paragraph("Leaflets.")
    fields = read(build.saved(document)).fields
    assert (fields["concerns.noticed"], fields["concerns.indicators"]) == ("A neighbour rang.", "Leaflets.")


def test_word_controls_boxes_deletions_and_hints():
    document = Document()
    opening(document)
    made = build.table(document, [("Forename(s)", ""), ("Surname", ""), ("Gender", ""), ("Nationality", "")])
    hint = build.control(build.run("Click here"), "<w:showingPlcHdr/>")
    build.append(made.cell(0, 1).paragraphs[0], build.control(build.run("Tamsin")))
    build.append(
        made.cell(1, 1).paragraphs[0],
        f"<w:del {nsdecls('w')}><w:r><w:delText>Old</w:delText></w:r></w:del>",
        build.run("New"),
    )
    build.append(made.cell(2, 1).paragraphs[0], hint)
    build.append(
        made.cell(3, 1).paragraphs[0], build.tick(False), build.run(" French "), build.tick(True), build.run(" British")
    )
    fields = read(build.saved(document)).fields
    assert dict(fields) == {
        "individual.given_name": "Tamsin",
        "individual.family_name": "New",
        "individual.nationality": "British",
    }


def test_whole_rows_and_cells_inside_controls_are_seen():
    document = Document()
    opening(document)
    made = build.table(document, build.INDIVIDUAL)
    row = made.rows[0]._tr
    wrapped = parse_xml(build.control(""))
    row.addprevious(wrapped)
    wrapped[1].append(row)
    assert read(build.saved(document)).fields["individual.given_name"] == "Tamsin"


def test_boxes_of_old_word_forms():
    document = Document()
    opening(document)
    made = build.table(document, [*build.INDIVIDUAL, ("Age", "")])
    state = "<w:checkBox><w:default w:val='0'/>{}</w:checkBox>"
    for checked, word in (("<w:checked/>", "Over 18 "), ("", "Under 18")):
        field = f"<w:fldChar w:fldCharType='begin'><w:ffData>{state.format(checked)}</w:ffData></w:fldChar>"
        build.append(made.cell(12, 1).paragraphs[0], f"<w:r {nsdecls('w')}>{field}</w:r>", build.run(f" {word}"))
    assert read(build.saved(document)).fields["individual.approximate_age"] == "Over 18"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("☒ Yes ☐ No", "Yes"),
        ("Yes ☐ No ☑", "No"),
        ("[x] Yes  [ ] No", "Yes"),
        ("☐ Yes ☐ No", ""),
        ("Yes ☒ No ☐ Autism, 2003", "Yes\nAutism, 2003"),
        ("☒ White   ☒ Asian   ☐ Other", "White, Asian"),
        ("☒", "Yes"),
        ("No boxes at all", "No boxes at all"),
        ("☐ Yes\n☒ No\nAsked twice", "No\nAsked twice"),
    ],
)
def test_ticked_boxes_are_said_in_words(written, said):
    assert answered(written) == said


@pytest.mark.parametrize(
    "heading",
    [
        "Forename(s):",
        "FORENAMES",
        "3. Forename (s)",
        "a) Forename:",
        "Q2. Forename’s",
        "Section 4: Forenames (if known)",
    ],
)
def test_headings_compare_whatever_their_dress(heading):
    assert plain(heading) == "forename"


def test_every_key_is_unique_and_documented():
    for edition in EDITIONS.values():
        keys = [f.key for s in edition.sections for f in s.fields] + [
            s.free_text for s in edition.sections if s.free_text
        ]
        assert len(keys) == len(set(keys))
        assert all(key.split(".")[0] == s.key for s in edition.sections for key in [f.key for f in s.fields])
        words = (Path(__file__).parents[2] / "docs/files.md").read_text(encoding="utf-8")
        assert [key for key in keys if f"`{key}`" not in words] == []
