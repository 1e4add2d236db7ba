"""What an upload really is: the good are taken, the hostile are refused in a sentence, nothing is believed."""

from __future__ import annotations

import hashlib
import io
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prevent_cases.casework.files.limits import MAX_BYTES, REGISTER_KINDS, Reason, UnsafeFile
from prevent_cases.casework.files.sniff import inspect, inspect_all
from prevent_cases.casework.workflow import Refused
from tests.casework import file_builders as build

GOOD = {
    "letter.docx": (build.docx, "docx"),
    "scan.pdf": (build.pdf, "pdf"),
    "photo.jpg": (build.jpg, "jpg"),
    "photo.JPEG": (build.jpg, "jpg"),
    "screen.png": (build.png, "png"),
    "message.eml": (build.eml, "eml"),
    "note.txt": ("From John, at the desk.\nNoël café £5\n".encode, "txt"),
    "old note.txt": (lambda: "Noël café £5\n".encode("cp1252"), "txt"),
    "unended": (build.pdf, "pdf"),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_allowed_file_is_recognised_by_what_it_is(name):
    make, kind = GOOD[name]
    data = make()
    found = inspect(io.BytesIO(data), name)
    assert (found.kind, found.size, found.sha256) == (kind, len(data), hashlib.sha256(data).hexdigest())
    assert "." in found.name


def test_pages_pixels_and_writing_are_told_where_known():
    assert inspect(io.BytesIO(build.pdf(3)), "a.pdf").pages == 3
    assert inspect(io.BytesIO(build.png(50, 20)), "a.png").pixels == (50, 20)
    assert inspect(io.BytesIO("é".encode("cp1252")), "a.txt").encoding == "cp1252"
    assert inspect(io.BytesIO("a,b\n".encode("utf-16")), "a.csv", REGISTER_KINDS).encoding == "utf-16"


def test_the_upload_is_left_at_its_beginning():
    upload = io.BytesIO(build.docx())
    upload.seek(5)
    inspect(upload, "a.docx")
    assert upload.tell() == 0


PROGRAM = b"MZ\x90\0" + b"\0" * 400
HOSTILE = {
    "a renamed program": ("report.pdf", lambda: PROGRAM, Reason.PROGRAM),
    "a program by its ending": ("setup.exe", lambda: PROGRAM, Reason.PROGRAM),
    "a renamed Linux program": ("report.docx", lambda: b"\x7fELF\2\1\1" + b"\0" * 90, Reason.PROGRAM),
    "a shell script as text": ("note.txt", lambda: b"#!/bin/sh\nrm -rf /\n", Reason.PROGRAM),
    "a script by its ending": ("note.js", lambda: b"alert(1)", Reason.PROGRAM),
    "two endings": ("report.pdf.exe", build.pdf, Reason.PROGRAM),
    "an ending hidden by reversed reading": ("report\u202efdp.exe", build.pdf, Reason.PROGRAM),
    "a shortcut": ("report.pdf", lambda: b"L\0\0\0\x01\x14\x02\0" + b"\0" * 90, Reason.PROGRAM),
    "a web page as text": ("note.txt", lambda: b"<!DOCTYPE html><script>alert(1)</script>", Reason.NOT_ALLOWED),
    "a web page": ("note.html", lambda: b"<html><body>hello</body></html>", Reason.NOT_ALLOWED),
    "an SVG with a script": (
        "logo.svg",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        Reason.NOT_ALLOWED,
    ),
    "an SVG as text": ("logo.txt", lambda: b'hello <svg xmlns="http://www.w3.org/2000/svg">', Reason.ACTIVE),
    "a picture that is also a script": (
        "x.txt",
        lambda: b"GIF89a=1;/*" + b" " * 60 + b"*/alert(1)",
        Reason.NOT_ALLOWED,
    ),
    "a GIF": ("x.gif", lambda: b"GIF89a" + b"\0" * 90, Reason.NOT_ALLOWED),
    "a zip package": ("x.zip", lambda: build.zipped(("a.txt", b"a")), Reason.NOT_ALLOWED),
    "a zip package as a document": ("x.docx", lambda: build.zipped(("a.txt", b"a")), Reason.NOT_ALLOWED),
    "a RAR package": ("x.pdf", lambda: b"Rar!\x1a\x07\0" + b"\0" * 90, Reason.NOT_ALLOWED),
    "an Outlook message": ("x.msg", lambda: build.ole_compound("__properties_version1.0"), Reason.NOT_ALLOWED),
    "an old Word document": ("x.doc", lambda: build.ole_compound("WordDocument"), Reason.NOT_ALLOWED),
    "a locked Word document": ("x.docx", lambda: build.ole_compound("EncryptedPackage"), Reason.ENCRYPTED),
    "rich text as text": ("x.txt", lambda: b"{\\rtf1\\ansi hello}", Reason.NOT_ALLOWED),
    "a PDF named as a picture": ("x.png", build.pdf, Reason.MISNAMED),
    "a picture named as another": ("x.jpg", build.png, Reason.MISNAMED),
    "a document named as a PDF": ("x.pdf", build.docx, Reason.MISNAMED),
    "text named as an email": ("x.eml", lambda: b"Hello, no headers here.\n", Reason.MISNAMED),
    "text under an unknown ending": ("x.md", lambda: b"# Hello\n", Reason.NOT_ALLOWED),
    "text named as a PDF": ("x.pdf", lambda: b"%PDX not really", Reason.MISNAMED),
    "text with a NUL": ("x.txt", lambda: b"hello\0there", Reason.NOT_ALLOWED),
    "a register where a referral is asked": ("x.csv", lambda: b"a,b\n1,2\n", Reason.NOT_ALLOWED),
    "an empty file": ("x.pdf", lambda: b"", Reason.EMPTY),
    "one byte over": ("x.txt", lambda: b"a" * (MAX_BYTES + 1), Reason.TOO_LARGE),
    "a locked PDF": ("x.pdf", lambda: build.pdf(password="secret"), Reason.ENCRYPTED),
    "a PDF with a script": ("x.pdf", lambda: build.pdf_that_opens("/JavaScript", "/JS", "app.alert(1)"), Reason.ACTIVE),
    "a PDF with a file inside": ("x.pdf", lambda: build.pdf(attachment=PROGRAM), Reason.ACTIVE),
    "a PDF that starts a program": ("x.pdf", lambda: build.pdf_that_opens("/Launch", "/F", "cmd"), Reason.ACTIVE),
    "a PDF that opens a site": (
        "x.pdf",
        lambda: build.pdf_that_opens("/URI", "/URI", "http://x.example"),
        Reason.ACTIVE,
    ),
    "a PDF cut short": ("x.pdf", lambda: build.pdf()[:200], Reason.TWO_IN_ONE),
    "a PDF of nonsense": ("x.pdf", lambda: b"%PDF-1.7\n" + b"\xff" * 500 + b"\n%%EOF\n", Reason.DAMAGED),
    "a PDF that is also a package": ("x.pdf", lambda: build.pdf() + build.zipped(("a", b"b")), Reason.TWO_IN_ONE),
    "a PDF after a page": ("x.pdf", lambda: b"<html></html>" + build.pdf(), Reason.NOT_ALLOWED),
    "a picture that is also a package": ("x.png", lambda: build.png() + build.zipped(("a", b"b")), Reason.TWO_IN_ONE),
    "a picture with something after it": ("x.png", lambda: build.png() + b"<?php echo 1;", Reason.TWO_IN_ONE),
    "a JPEG with something after it": ("x.jpg", lambda: build.jpg() + b"<?php echo 1;", Reason.TWO_IN_ONE),
    "a JPEG that is also a PDF": (
        "x.jpg",
        lambda: build.jpg()[:20] + build.pdf() + build.jpg()[20:],
        Reason.TWO_IN_ONE,
    ),
    "a JPEG that is also a script": (
        "x.jpg",
        lambda: build.jpg()[:4] + b"\x2f\x2a" + build.jpg()[6:20] + b"\0" * (0x2F2A - 16) + build.jpg()[20:],
        Reason.TWO_IN_ONE,
    ),
    "a broken picture": ("x.png", lambda: build.png()[:60], Reason.DAMAGED),
    "a broken JPEG": ("x.jpg", lambda: build.jpg()[:200], Reason.DAMAGED),
    "a picture of 50 megapixels": ("x.png", lambda: build.png_header_only(10_000, 5_000), Reason.TOO_LARGE),
    "a picture of no size": ("x.png", lambda: build.png_header_only(0, 10), Reason.DAMAGED),
    "a macro document by its ending": ("x.docm", build.docx, Reason.MACROS),
    "a renamed macro document": (
        "x.docx",
        lambda: build.changed(build.docx(), build.CONTENT_TYPES, build.WORD_MAIN.encode(), build.MACRO_MAIN.encode()),
        Reason.MACROS,
    ),
    "a document with macros": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={"word/vbaProject.bin": b"x"}),
        Reason.MACROS,
    ),
    "a document with a program": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={"word/embeddings/oleObject1.bin": b"x"}),
        Reason.ACTIVE,
    ),
    "a spreadsheet as a document": (
        "x.docx",
        lambda: build.changed(build.docx(), build.CONTENT_TYPES, build.WORD_MAIN.encode(), b"application/other"),
        Reason.MISNAMED,
    ),
    "a document that runs a command": (
        "x.docx",
        lambda: build.with_field(' DDEAUTO c:\\cmd.exe "/k calc" '),
        Reason.ACTIVE,
    ),
    "a document that fetches text": (
        "x.docx",
        lambda: build.with_field(' INCLUDETEXT "http://x.example/a" '),
        Reason.ACTIVE,
    ),
    "a document with a template from a site": (
        "x.docx",
        lambda: build.with_relationship("attachedTemplate", "http://x.example/t.dotm"),
        Reason.ACTIVE,
    ),
    "a document that defines entities": (
        "x.docx",
        lambda: build.changed(
            build.docx(), "word/document.xml", b"<w:document", b'<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document'
        ),
        Reason.BOMB,
    ),
    "a document nested too deep": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={"word/deep.xml": b"<a>" * 400 + b"</a>" * 400}),
        Reason.BOMB,
    ),
    "a document of broken XML": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={"word/b.xml": b"<a><b></a>"}),
        Reason.DAMAGED,
    ),
    "a zip bomb": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={"word/media/a.png": b"\0" * 30_000_000}),
        Reason.BOMB,
    ),
    "a zip bomb over the ceiling": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={f"word/media/{n}.png": b"\0" * 8_000_000 for n in range(9)}),
        Reason.BOMB,
    ),
    "an overlapping zip bomb": ("x.docx", build.overlapping_bomb, Reason.BOMB),
    "a bomb of XML": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={"word/a.xml": b"<a>" + b"<b/>" * 350_000 + b"</a>"}),
        Reason.BOMB,
    ),
    "a bomb of XML under another name": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={"word/a.bin": b"<a>" + b"<b/>" * 350_000 + b"</a>"}),
        Reason.BOMB,
    ),
    "a package inside": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={"word/media/a.png": build.zipped(("a", b"b"))}),
        Reason.BOMB,
    ),
    "too many parts": ("x.docx", lambda: build.zipped(*((f"{n}", b"") for n in range(1_500))), Reason.BOMB),
    "a part outside itself": (
        "x.docx",
        lambda: build.repacked(build.docx(), extra={"../../etc/cron.d/x": b"x"}),
        Reason.NAME,
    ),
    "a part with a drive": ("x.docx", lambda: build.repacked(build.docx(), extra={"C:\\x": b"x"}), Reason.NAME),
    "a document with a beginning added": ("x.docx", lambda: b"PK\x03\x04" + build.docx(), Reason.TWO_IN_ONE),
    "a document with an end added": ("x.docx", lambda: build.docx() + build.pdf(), Reason.TWO_IN_ONE),
    "a document cut short": ("x.docx", lambda: build.docx()[:-400], Reason.TWO_IN_ONE),
    "a document with a lying part": (
        "x.docx",
        lambda: build.docx().replace(b"word/styles.xml", b"word/stylez.xml", 1),
        Reason.DAMAGED,
    ),
    "an email with a program": ("x.eml", lambda: build.eml(("invoice.pdf", PROGRAM)), Reason.PROGRAM),
    "an email with a macro document": (
        "x.eml",
        lambda: build.eml(("a.docx", build.repacked(build.docx(), extra={"word/vbaProject.bin": b"x"}))),
        Reason.MACROS,
    ),
    "an email with a zip bomb": (
        "x.eml",
        lambda: build.eml(("a.docx", build.repacked(build.docx(), extra={"word/media/a.png": b"\0" * 30_000_000}))),
        Reason.BOMB,
    ),
    "an email with too many attachments": (
        "x.eml",
        lambda: build.eml(*((f"{n}.txt", b"a") for n in range(21))),
        Reason.TOO_MANY,
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_refused_in_a_sentence(what):
    name, make, reason = HOSTILE[what]
    with pytest.raises(UnsafeFile) as refused:
        inspect(io.BytesIO(make()), name)
    assert refused.value.reason == reason, str(refused.value)
    sentence = str(refused.value)
    assert sentence[0].isupper() and sentence.endswith(".")
    assert not any(word in sentence.lower() for word in ("please", "sorry", "invalid", "forbidden", "zipfile", "none"))
    assert isinstance(refused.value, Refused)


def test_the_corpus_is_as_wide_as_promised():
    assert len(HOSTILE) + len(GOOD) >= 60


class Endless(io.RawIOBase):
    """An upload of forty megabytes that counts how much of it was read."""

    def __init__(self):
        self.given = 0

    def read(self, count=-1):
        assert 0 < count <= 1024 * 1024, "read whole"
        piece = b"a" * min(count, 40 * 1024 * 1024 - self.given)
        self.given += len(piece)
        return piece

    def seek(self, place, whence=0):
        self.given = place
        return place


def test_forty_megabytes_are_refused_without_being_read_whole():
    upload = Endless()
    with pytest.raises(UnsafeFile, match="over 25 MB"):
        inspect(upload, "big.pdf")
    assert upload.given <= MAX_BYTES + 64 * 1024


def test_a_declared_size_is_enough_to_refuse():
    upload = Endless()
    upload.size = 40 * 1024 * 1024
    with pytest.raises(UnsafeFile, match="over 25 MB"):
        inspect(upload, "big.pdf")
    assert upload.given == 0


def test_more_than_twenty_files_are_refused_together():
    text = [(io.BytesIO(b"hello"), f"{n}.txt") for n in range(21)]
    assert len(inspect_all(text[:20])) == 20
    with pytest.raises(UnsafeFile, match="up to 20 files"):
        inspect_all(text)


def test_a_register_may_only_be_csv():
    assert inspect(io.BytesIO(b"id,surname\n1,x\n"), "register.csv", REGISTER_KINDS).kind == "csv"
    with pytest.raises(UnsafeFile, match="Send a CSV file"):
        inspect(io.BytesIO(build.docx()), "register.docx", REGISTER_KINDS)
    with pytest.raises(UnsafeFile, match="not plain text"):
        inspect(io.BytesIO("id,surname".encode("utf-16-le")), "register.csv", REGISTER_KINDS)


def test_a_template_on_the_office_network_is_no_reason_to_refuse():
    data = build.with_relationship("attachedTemplate", "file:///\\\\server\\forms\\Referral.dotx")
    assert inspect(io.BytesIO(data), "a.docx").notes == ()


def test_a_picture_linked_from_a_site_is_told():
    data = build.with_relationship("image", "https://x.example/pixel.png")
    assert "fetched from another site" in inspect(io.BytesIO(data), "a.docx").notes[0]


def test_an_email_is_kept_when_a_harmless_attachment_cannot_be():
    data = build.eml(("pack.zip", build.zipped(("a.txt", b"a"))), ("scan.pdf", build.pdf()))
    notes = inspect(io.BytesIO(data), "a.eml").notes
    assert len(notes) == 1 and "“pack.zip” was set aside" in notes[0]


def test_the_crests_of_a_long_thread_are_not_counted_as_attachments():
    message = EmailMessage()
    message["From"] = "desk@ctp.example"
    message.set_content("Hello")
    for number in range(40):
        message.add_attachment(build.png(), "image", "png", filename=f"crest{number}.png", disposition="inline")
    assert inspect(io.BytesIO(message.as_bytes()), "a.eml").kind == "eml"


def test_empty_lines_before_the_headers_are_borne():
    assert inspect(io.BytesIO(b"\r\n\r\n" + build.eml()), "a.eml").kind == "eml"


def test_attachments_that_together_take_too_long_are_refused(monkeypatch):
    monkeypatch.setattr("prevent_cases.casework.files.sniff.MAIL_SECONDS", -1.0)
    with pytest.raises(UnsafeFile, match="too long"):
        inspect(io.BytesIO(build.eml(("a.txt", b"a"))), "a.eml")


def test_emails_inside_emails_end_somewhere():
    data = build.eml()
    for _ in range(3):
        data = build.eml(("inner.eml", data))
    assert inspect(io.BytesIO(data), "a.eml").kind == "eml"
    with pytest.raises(UnsafeFile, match="inside each other"):
        inspect(io.BytesIO(build.eml(("b.eml", build.eml(("a.eml", data))))), "a.eml")


def test_an_email_of_boxes_in_boxes_is_refused():
    boxes = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(900))
    with pytest.raises(UnsafeFile, match="too many parts"):
        inspect(io.BytesIO(b"From: a@b.example\n" + boxes), "a.eml")


def test_phones_write_a_second_jpeg_after_the_first():
    assert inspect(io.BytesIO(build.jpg() + build.jpg() + b"\0\0"), "a.jpg").kind == "jpg"


@given(st.binary(max_size=3_000), st.sampled_from(["a.eml", "a.docx", "a.png", "a.jpg", "a.txt", "a", "a.bin"]))
def test_any_bytes_are_taken_or_refused_never_an_error(data, name):
    for start in (
        b"",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"From: a@b\nContent-Type: multipart/x;",
    ):
        try:
            inspect(io.BytesIO(start + data), name)
        except UnsafeFile:
            continue


def test_a_package_whose_bytes_are_flipped_is_taken_or_refused_never_an_error():
    data = build.docx()
    for place in range(0, len(data), 211):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        try:
            inspect(io.BytesIO(bytes(broken)), "a.docx")
        except UnsafeFile:
            continue


def test_the_bombs_are_small():
    assert len(build.overlapping_bomb()) < 1024 * 1024
    with zipfile.ZipFile(io.BytesIO(build.overlapping_bomb())) as package:
        assert sum(entry.file_size for entry in package.infolist()) == 400_000_000
