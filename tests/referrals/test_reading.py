"""Emails, PDFs, text and pictures: what they say of themselves is proposed, what is missing or odd is said in words."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prevent_cases.casework.files.limits import Reason, UnsafeFile
from prevent_cases.casework.rendering.content import DocumentContent, Section
from prevent_cases.casework.rendering.pdf import render_pdf
from referrals.reading.html_words import words_of
from referrals.reading.read import _read, read_referral
from referrals.reading.readings import addresses_in, nhs_number_in, postcode_in, references_in, uk_date
from tests.casework import file_builders as files
from tests.referrals.form_builders import national_form


def test_an_email_gives_sender_date_reply_address_reference_and_letter():
    data = files.eml(
        sender='"Prevent desk, CTPSE" <Desk@CTPSE.example>',
        subject="OFFICIAL-SENSITIVE: referral CTPSE/2026/00123",
        body="Dear SSU,\nPlease see attached. Your ref: PC-4F7K-92MX.\n",
        Reply_To="replies@ctpse.example",
        date="Mon, 02 Nov 2026 09:14:00 +0100",
    )
    proposal = read_referral(data, "referral.eml")
    assert (proposal.sender_name, proposal.sender_address) == ("Prevent desk, CTPSE", "desk@ctpse.example")
    assert proposal.replies == (
        ("desk@ctpse.example", "the sender (From)"), ("replies@ctpse.example", "the email’s Reply-To line")
    )  # fmt: skip
    assert proposal.reply_to == ""
    assert proposal.sent_at == datetime(2026, 11, 2, 8, 14, tzinfo=UTC)
    assert proposal.references == ("CTPSE/2026/00123", "PC-4F7K-92MX")
    assert proposal.body.startswith("Dear SSU,\nPlease see attached.")


def test_an_attached_form_gives_the_fields():
    form = national_form()
    data = files.eml(("Referral.docx", form), ("photo.jpg", files.jpg()))
    proposal = read_referral(data, "referral.eml")
    assert proposal.form_edition == "national-2023"
    assert proposal.fields["individual.given_name"] == "Tamsin"
    assert [(a.name, a.kind) for a in proposal.attachments] == [("Referral.docx", "docx"), ("photo.jpg", "jpg")]
    assert proposal.attachments[0].data == form
    assert proposal.references[0] == "CTPSE/2026/00123"
    assert [address for address, _ in proposal.replies] == ["desk@ctp.example", "desk@ctpse.example"]


def test_a_form_inside_a_forwarded_email_is_found():
    inner = files.eml(("Referral.docx", national_form()), sender="desk@ctpse.example")
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = (
        "ines@council.example",
        "FW",
        "Mon, 02 Nov 2026 09:14:00 +0000",
    )
    message.set_content("See below.\n\nFrom: Desk <desk@ctpse.example>\nSent: 1 November 2026\n")
    message.add_attachment(message_from_bytes(inner, policy=policy.default))
    proposal = read_referral(message.as_bytes(), "referral.eml")
    assert proposal.fields["individual.family_name"].startswith("Wetherlark")
    assert [a.kind for a in proposal.attachments] == ["eml", "docx"]
    assert any("The sender named inside it is desk@ctpse.example" in note for note in proposal.notes)


def test_an_email_without_a_sender_is_kept_and_says_so():
    proposal = read_referral(files.eml(sender=""), "referral.eml")
    assert (proposal.sender_address, proposal.reply_to) == ("", "")
    assert "does not say who sent it" in proposal.notes[0]


@pytest.mark.parametrize(
    "written", ["", "yesterday", "Mon, 99 Foo 2026 99:99:99", "1", "Mon, 02 Nov 99999 09:14:00 +0000"]
)
def test_an_email_without_a_readable_date_says_so(written):
    proposal = read_referral(files.eml(date=written) if written else b"From: a@b.example\n\nHello", "referral.eml")
    assert proposal.sent_at is None
    assert any("when it was sent" in note for note in proposal.notes)


def test_an_html_letter_is_read_as_words_and_nothing_in_it_runs():
    message = EmailMessage()
    message["From"], message["Date"] = "desk@ctp.example", "Mon, 02 Nov 2026 09:14:00 +0000"
    message.set_content(
        "<html><head><style>p{}</style><script>steal()</script></head><body><p>Dear SSU</p><div>Ref: AB/2026/777"
        "<br>Line two</div><img src='http://127.0.0.1:9/pixel.png'></body></html>",
        subtype="html",
    )
    proposal = read_referral(message.as_bytes(), "a.eml")
    assert proposal.body == "Dear SSU\n\nRef: AB/2026/777\nLine two"
    assert proposal.references == ("AB/2026/777",)


def test_an_attachment_that_cannot_be_kept_is_set_aside_in_words():
    proposal = read_referral(files.eml(("logo.gif", b"GIF89a" + b"\0" * 50), ("a.pdf", files.pdf())), "a.eml")
    assert [a.name for a in proposal.attachments] == ["a.pdf"]
    assert any("“logo.gif” was set aside" in note for note in proposal.notes)


def test_a_crest_in_the_letter_is_no_attachment_but_a_file_with_a_content_id_is():
    message = EmailMessage()
    message["From"], message["Date"] = "desk@ctp.example", "Mon, 02 Nov 2026 09:14:00 +0000"
    message.set_content("Hello")
    message.add_attachment(files.png(), maintype="image", subtype="png", filename="crest.png", disposition="inline")
    message.add_attachment(files.pdf(), maintype="application", subtype="pdf", filename="a.pdf", cid="<1@x>")
    assert [a.name for a in read_referral(message.as_bytes(), "a.eml").attachments] == ["a.pdf"]


def test_a_document_without_a_known_form_is_kept_with_a_note():
    proposal = read_referral(files.eml(("a.docx", files.docx("Just a letter."))), "a.eml")
    assert not proposal.fields and any("No attached document" in note for note in proposal.notes)


def letter_pdf(*paragraphs: str) -> bytes:
    return render_pdf(
        DocumentContent(
            name="x", title="Request", reference="X", dated=date(2026, 11, 2), sender="Policing", addressed_to=(),
            purpose="", sections=(Section(heading="Words", paragraphs=paragraphs),),
        )
    )  # fmt: skip


def test_a_pdf_gives_reference_sender_and_date():
    data = letter_pdf(
        "From: Desk Officer <desk@ctpse.example>", "Date sent: 2 November 2026", "Our ref: CTPSE/2026/00123"
    )
    proposal = read_referral(data, "referral.pdf")
    assert (proposal.sender_name, proposal.sender_address) == ("Desk Officer", "desk@ctpse.example")
    assert (proposal.reply_to, proposal.dated_on) == ("desk@ctpse.example", date(2026, 11, 2))
    assert "CTPSE/2026/00123" in proposal.references
    assert not proposal.fields


def test_the_only_address_in_a_pdf_is_proposed_with_a_warning():
    proposal = read_referral(letter_pdf("Write to desk@ctpse.example with what you know."), "referral.pdf")
    assert proposal.reply_to == "desk@ctpse.example" and any("only address" in note for note in proposal.notes)


def test_a_scan_says_that_it_holds_no_words():
    assert "no words" in read_referral(files.pdf(), "scan.pdf").notes[0]
    assert "no words" in read_referral(files.jpg(), "scan.jpg").notes[0]


def test_text_is_read_as_a_letter():
    proposal = read_referral("From: Zoë <zoe@ctp.example>\r\nReference: AB12/345\r\n".encode("cp1252"), "a.txt")
    assert (proposal.sender_name, proposal.reply_to, proposal.references) == ("Zoë", "zoe@ctp.example", ("AB12/345",))


def test_hostile_files_are_refused_as_files():
    with pytest.raises(UnsafeFile) as refused:
        read_referral(files.eml(("a.docx", files.overlapping_bomb())), "a.eml")
    assert refused.value.reason == Reason.BOMB
    with pytest.raises(UnsafeFile):
        read_referral(b"MZ" + b"\0" * 100, "a.docx")


def test_a_fault_of_a_reader_is_a_refusal_and_never_an_error(monkeypatch):
    monkeypatch.setattr("referrals.reading.read.read_docx", lambda data: 1 / 0)
    with pytest.raises(UnsafeFile, match="cannot be read"):
        read_referral(files.docx(), "a.docx")


HEADERS = [
    "From",
    "Date",
    "Subject",
    "Reply-To",
    "Content-Type",
    "Content-Disposition",
    "Content-Transfer-Encoding",
    "To",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(HEADERS), st.text(max_size=60)), min_size=1, max_size=8),
    st.text(max_size=300),
)
def test_any_email_is_read_or_refused(headers, body):
    head = "\r\n".join(f"{name}: {value}" for name, value in headers)
    data = f"X-Any: 1\r\n{head}\r\n\r\n{body}".encode("utf-8", "surrogatepass")
    try:
        proposal = _read(data, "a.eml")
    except UnsafeFile:
        return
    assert "\n" not in proposal.sender_address and "\0" not in proposal.subject


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(data):
    for name in ("a.eml", "a.docx", "a.txt", "a"):
        try:
            read_referral(data, name)
        except UnsafeFile:
            continue


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_markup_becomes_words(markup):
    assert isinstance(words_of(f"<p>{markup}"), str)


@pytest.mark.parametrize(
    "body",
    ["\n" * 90_000, " " * 90_000, "From: " * 15_000, "[ " * 45_000, "1 / " * 20_000, "a@" * 45_000, "REF " * 20_000],
)
def test_no_letter_takes_long_to_read(body):
    started = time.process_time()
    read_referral(b"From: a@b.example\n\n" + body.encode(), "a.eml")
    with contextlib.suppress(UnsafeFile):
        read_referral(files.docx("Individual", "Forename", body, "Surname", body, "Gender", body), "a.docx")
    assert time.process_time() - started < 5


def test_boxes_in_boxes_are_still_only_a_letter():
    assert words_of("<div>" * 20_000 + "deep") in ("deep", "")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("04/06/1987", date(1987, 6, 4)),
        ("4.6.1987", date(1987, 6, 4)),
        ("born 4th of June 1987", date(1987, 6, 4)),
        ("4 Sept 1987", date(1987, 9, 4)),
        ("1987-06-04", date(1987, 6, 4)),
        ("Monday 2 November 2026 09:14", date(2026, 11, 2)),
        ("29/02/2000", date(2000, 2, 29)),
        ("29/02/1900", None),
        ("13/13/1987", None),
        ("4/6/87", None),
        ("", None),
        ("12 Foo 1987", None),
    ],
)
def test_dates_are_read_as_the_british_write_them(written, day):
    assert uk_date(written) == day


def test_small_readings():
    assert postcode_in("17 Old Quay, ex49zz then EX4 9ZY") == "EX4 9ZY" and postcode_in("none") == ""
    assert nhs_number_in("NHS 943 476 5919") == "9434765919" and nhs_number_in("943 476 5918") == ""
    assert addresses_in("A@b.example, a@B.example; <c.d@e.example>") == ("a@b.example", "c.d@e.example")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Ref: CTPSE/2026/00123", ("CTPSE/2026/00123",)),
        ("Our reference no. 43-12345-26.", ("43-12345-26",)),
        ("see CTPSE/2026/00123 and CTPSE/2026/00124", ("CTPSE/2026/00123", "CTPSE/2026/00124")),
        ("reference 04/06/1987", ()),
        ("His preference: 12345", ()),
        ("and/or 24/7 N/A HTTP/1", ()),
        ("https://x.example/AB/2026/001", ()),
        ("reference to him is made", ()),
    ],
)
def test_references_are_found_and_dates_are_not_taken_for_them(written, found):
    assert references_in(written) == found
