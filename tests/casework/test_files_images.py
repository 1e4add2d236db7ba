"""A cleaned picture: the same sight, none of the hidden details; and PDFs that try to use up the reader."""

from __future__ import annotations

import contextlib
import io
import time
import zlib

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from prevent_cases.casework.files.images import clean_image
from prevent_cases.casework.files.limits import Reason, UnsafeFile
from prevent_cases.casework.files.pdfs import check_pdf
from prevent_cases.casework.files.sniff import inspect
from tests.casework import file_builders as build


def test_a_cleaned_photograph_has_no_place_date_or_camera():
    before = build.jpg(position=True)
    assert b"canary" in before
    after = clean_image(io.BytesIO(before))
    assert b"canary" not in after and b"Exif" not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert not picture.getexif() and picture.size == (64, 48)
    assert inspect(io.BytesIO(after), "a.jpg").kind == "jpg"


def test_a_cleaned_screenshot_has_no_comment_and_keeps_its_glass():
    out = io.BytesIO()
    Image.new("RGBA", (9, 9), (10, 20, 30, 40)).save(out, "PNG")
    data = out.getvalue()
    data = data[:33] + build.chunk(b"tEXt", b"Comment\0canary") + data[33:]
    after = clean_image(io.BytesIO(data))
    assert b"canary" not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.getpixel((4, 4)) == (10, 20, 30, 40)


def test_a_photograph_taken_sideways_stands_upright():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(clean_image(io.BytesIO(out.getvalue())))) as picture:
        assert picture.size == (48, 64)


@pytest.mark.parametrize("data", [b"", b"hello", build.pdf(), build.png()[:50], build.png_header_only(9_000, 9_000)])
def test_what_is_no_picture_cannot_be_cleaned(data):
    with pytest.raises(UnsafeFile):
        clean_image(io.BytesIO(data))


def bomb_of_a_page() -> bytes:
    """A page whose drawing commands unpack to 600 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"BT ET " * 1_000_000) for _ in range(100)) + packer.flush()
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = StreamObject()
    stream._data = packed
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_that_swells_uses_up_only_its_own_process():
    data = bomb_of_a_page()
    assert len(data) < 2_000_000
    started = time.monotonic()
    with contextlib.suppress(UnsafeFile):
        check_pdf(io.BytesIO(data), want_text=True)
    assert time.monotonic() - started < 20


def test_a_pdf_that_uses_up_its_process_is_refused_as_harmful(monkeypatch):
    monkeypatch.setattr("prevent_cases.casework.files.pdfs.PDF_SECONDS", 0)
    with pytest.raises(UnsafeFile) as refused:
        check_pdf(io.BytesIO(build.pdf(400)), want_text=True)
    assert refused.value.reason == Reason.BOMB
