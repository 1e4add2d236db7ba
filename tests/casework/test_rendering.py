"""Documents: marked on every page, tagged, the same bytes for the same content, and silent about people elsewhere."""

from __future__ import annotations

import dataclasses
import io
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from prevent_cases.casework.files.sniff import inspect
from prevent_cases.casework.rendering.content import DocumentContent, Row, Section, Statement
from prevent_cases.casework.rendering.pdf import render_pdf
from prevent_cases.casework.rendering.plain import render_text
from prevent_cases.casework.rendering.word import render_docx

CANARY = "Zephyrine Quillfeather-Canary"


def letter(**changes) -> DocumentContent:
    content = DocumentContent(
        name="answer",
        title="Information from adult social care",
        reference="PC-4F7K-92MX",
        dated=date(2026, 11, 2),
        sender="Exampleshire County Council",
        addressed_to=("Referrals desk", "desk@policing.example"),
        details=(Row("About", CANARY),),
        purpose="To let policing assess.",
        handling="Share with few.",
        sections=(
            Section(heading="Children", paragraphs=("Nothing known.",)),
            Section(heading="Care", facts=(Statement("Lives alone.", "Record, 3 May 2026"), Statement("Has a car."))),
            Section(heading="Influence", opinions=(Statement("Trusts quickly.\n\nRepeats what is said."),)),
            Section(heading="Reasons", rows=(Row("Lawful basis", "Article 6(1)(e)\nsecond line"),)),
            Section(heading="Questions", to_answer=("Anything else?",)),
        ),
        signed_by=("Maren Oakhollow", "Locality manager"),
        footer="Tell us if it is wrong.",
    )
    return dataclasses.replace(content, **changes)


LONG = (Section(heading="Long", paragraphs=("A sentence of ordinary length that fills the line.\n\n" * 120,)),)


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def words_of_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


@pytest.mark.parametrize("large_print", [False, True])
def test_each_pdf_page_is_marked_at_head_and_foot_with_reference_and_page_of_pages(large_print):
    pages = pages_of(render_pdf(letter(sections=LONG), large_print=large_print))
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert text.count("OFFICIAL-SENSITIVE") >= 2
        assert "PC-4F7K-92MX" in text
        assert f"Page {number} of {len(pages)}" in text


def test_the_pdf_is_tagged_titled_and_in_british_english():
    reader = PdfReader(io.BytesIO(render_pdf(letter())))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


@pytest.mark.skipif(
    not shutil.which("pdfinfo"), reason="poppler's pdfinfo is not on this machine; pypdf checks the same"
)
def test_pdfinfo_says_tagged(tmp_path):
    place = tmp_path / "a.pdf"
    place.write_bytes(render_pdf(letter()))
    said = subprocess.run(["pdfinfo", str(place)], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in said
    structure = subprocess.run(["pdfinfo", "-struct", str(place)], capture_output=True, text=True, check=True).stdout
    for part in ("H1", "H2", "H3", "Table", "TH", "LI"):
        assert part in structure


def test_the_same_content_gives_the_same_bytes():
    assert render_pdf(letter()) == render_pdf(letter())
    assert render_docx(letter()) == render_docx(letter())
    assert render_pdf(letter()) != render_pdf(letter(reference="PC-OTHER"))


def test_the_clock_is_not_read(time_machine):
    time_machine.move_to("2031-05-06T07:08:09Z")
    before = render_pdf(letter()), render_docx(letter())
    time_machine.move_to("2044-01-02T03:04:05Z")
    assert (render_pdf(letter()), render_docx(letter())) == before
    assert b"2031" not in before[0][:2000]


def test_properties_hold_the_reference_and_no_name():
    pdf = PdfReader(io.BytesIO(render_pdf(letter())))
    assert pdf.metadata.title == "PC-4F7K-92MX" and not pdf.metadata.author and not pdf.metadata.subject
    assert CANARY not in str(dict(pdf.metadata)) and CANARY.encode() not in pdf.trailer["/Root"]["/Metadata"].get_data()
    word = Document(io.BytesIO(render_docx(letter()))).core_properties
    assert (word.title, word.author, word.last_modified_by, word.comments) == ("PC-4F7K-92MX", "", "", "")
    assert word.created.date() == word.modified.date() == date(2026, 11, 2)


def test_word_files_say_nothing_of_their_making():
    with zipfile.ZipFile(io.BytesIO(render_docx(letter()))) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name or "customXml" in name]
        assert b"python-docx" not in b"".join(package.read(name) for name in package.namelist())
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_word_has_real_headings_page_fields_and_british_english():
    data = render_docx(letter())
    word = Document(io.BytesIO(data))
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", "Information from adult social care")
    assert (
        ("Heading 2", "Children") in headings
        and ("Heading 3", "Fact") in headings
        and ("Heading 3", "Opinion") in headings
    )
    page = word.sections[0]
    assert page.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    foot = page.footer.paragraphs[0]
    assert foot.text == "PC-4F7K-92MX\tOFFICIAL-SENSITIVE\tPage 1 of 1"
    assert " PAGE " in foot._p.xml and " NUMPAGES " in foot._p.xml
    assert 'w:lang w:val="en-GB"' in words_of_docx(data)
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)


def test_what_we_write_we_would_take_in():
    assert inspect(io.BytesIO(render_docx(letter())), "a.docx").notes == ()
    assert inspect(io.BytesIO(render_pdf(letter())), "a.pdf").pages == 2


def test_fact_and_opinion_are_apart_in_every_rendering():
    for text in (
        render_text(letter()),
        "\n".join(pages_of(render_pdf(letter()))),
        words_of_docx(render_docx(letter())),
    ):
        assert text.index("Fact") < text.index("Lives alone") < text.index("Opinion") < text.index("Trusts quickly")


def test_every_rendering_says_the_same_words():
    wanted = (
        "Nothing known.",
        "Lives alone.",
        "Record, 3 May 2026",
        "Article 6(1)(e)",
        "second line",
        "Anything else?",
    )
    wanted += (
        "To let policing assess.",
        "Share with few.",
        "Maren Oakhollow",
        "Tell us if it is wrong.",
        "2 November 2026",
    )
    for text in (
        render_text(letter()),
        "\n".join(pages_of(render_pdf(letter()))),
        words_of_docx(render_docx(letter())),
    ):
        assert [words for words in wanted if words not in text] == []


def test_plain_text_is_marked_and_narrow():
    text = render_text(letter(sections=LONG))
    assert text.startswith("OFFICIAL-SENSITIVE\n") and text.endswith("\nOFFICIAL-SENSITIVE\n")
    assert max(len(line) for line in text.splitlines()) <= 78


def test_the_marking_is_in_capitals_whatever_was_given():
    assert "OFFICIAL-SENSITIVE" in render_text(letter(marking="Official-Sensitive"))


def test_large_print_is_eighteen_point():
    assert len(pages_of(render_pdf(letter(sections=LONG), large_print=True))) > len(
        pages_of(render_pdf(letter(sections=LONG)))
    )


def test_a_file_name_holds_the_reference_and_the_kind_only():
    assert letter().file_name("pdf") == "PC-4F7K-92MX-answer.pdf"
    assert letter(reference="a/../b\x00").file_name("docx") == "a-b-answer.docx"


HARD = (
    "Ravensworth-" + "o" * 300,
    "مرحبا بالعالم (قسم 4) EX4 9ZZ",
    "שלום עולם 2026",
    "Zoe\u0308 Nguye\u0302\u0303n",
    "Z" + "\u0337" * 60 + "algo",
    "a\u202egnp.exe\u202c b",
    "NUL \x00 bell \x07 \ud800 \ufffe",
    "<script>alert(1)</script> & \"quotes\" 'more' {{ x }} {% y %}",
    "हिन्दी ትግርኛ ไทย 😀",
    "line\r\nline\u2028line\x0bline",
    "\u0301 begins with an accent",
    "",
)


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_hard_writing_breaks_nothing(text):
    content = letter(
        details=(Row("About", text),),
        addressed_to=(text,),
        signed_by=(text,),
        sections=(
            Section(heading=text or "x", paragraphs=(text,), rows=(Row(text, text),), facts=(Statement(text, text),)),
        ),
    )
    pdf, word, plain = render_pdf(content), render_docx(content), render_text(content)
    assert pages_of(pdf) and Document(io.BytesIO(word)).paragraphs and plain
    for bad in ("\x00", "\u202e", "\x07"):
        assert bad not in plain and bad not in words_of_docx(word)


def test_a_name_of_three_hundred_letters_stays_on_the_page():
    pdf = render_pdf(letter(details=(Row("About", "W" * 300),)))
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    starts = []
    text = page.extract_text(visitor_text=lambda text, cm, tm, font, size: starts.append(tm[4] * cm[0] + cm[4]))
    assert "".join(text.split()).count("W") == 300
    assert max(starts) < page.mediabox.width
    assert max(len(line) for line in text.splitlines() if set(line) == {"W"}) < 60


def test_right_to_left_paragraphs_are_set_from_the_right():
    content = letter(sections=(Section(heading="Words", paragraphs=("مرحبا بالعالم", "Hello")),))
    assert words_of_docx(render_docx(content)).count("<w:bidi/>") == 1


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
def test_any_text_makes_a_word_document_and_plain_text(body, label):
    content = letter(sections=(Section(heading=label, paragraphs=(body,), rows=(Row(label, body),)),))
    assert inspect(io.BytesIO(render_docx(content)), "a.docx").kind == "docx"
    assert render_text(content)


@settings(max_examples=6, deadline=None)
@given(st.text(max_size=80))
def test_any_text_makes_a_pdf(body):
    assert pages_of(render_pdf(letter(sections=(Section(heading="Words", paragraphs=(body,)),))))


def test_nothing_is_fetched_while_rendering(tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("h1::after { content: 'leaked' }")
    content = letter(
        title=f'</title><link rel="stylesheet" href="file://{secret}"><img src="http://127.0.0.1:9/a.png">',
        sections=(Section(heading="x", paragraphs=(f'<style>@import url("file://{secret}")</style>',)),),
    )
    text = "\n".join(pages_of(render_pdf(content)))
    assert "leaked" not in text and "stylesheet" in text


def test_the_fetcher_itself_refuses_everything_but_data(monkeypatch, tmp_path):
    """Even a template that asked for a file would be refused: the markup is swapped for one that does."""
    secret = tmp_path / "secret.css"
    secret.write_text("p::after { content: 'leaked' }")
    asking = f'<html lang="en"><title>x</title><link rel="stylesheet" href="file://{secret}"><p>Hello</p></html>'
    monkeypatch.setattr(
        "prevent_cases.casework.rendering.pdf.render_to_string", lambda name, *_: asking if "html" in name else ""
    )
    assert "leaked" not in "\n".join(pages_of(render_pdf(letter())))


@pytest.mark.parametrize("colour", ["blue", "#12345", "#123456; } body { display: none", ""])
def test_a_brand_colour_is_a_colour(colour):
    with pytest.raises(ValueError, match="#rrggbb"):
        render_pdf(letter(), brand_colour=colour)
    with pytest.raises(ValueError, match="#rrggbb"):
        render_docx(letter(), brand_colour=colour)
