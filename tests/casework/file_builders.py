"""Files made at test time, good and hostile. Nothing dangerous is kept in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage

from docx import Document
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

CONTENT_TYPES = "[Content_Types].xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs or ("A letter.",):
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, changes: dict[str, bytes] | None = None, extra: dict[str, bytes] | None = None) -> bytes:
    """The zip package with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (changes or {}).get(name, old.read(name)))
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The package with bytes of one part replaced; the old bytes must be there."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        before = package.read(part)
    assert old in before
    return repacked(data, {part: before.replace(old, new)})


def with_field(instruction: str) -> bytes:
    """A Word document with one field, split over two runs as attackers split it."""
    half = len(instruction) // 2
    run = '<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>'
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run.format(instruction[:half])}{run.format(instruction[half:])}'
    )
    return changed(docx(), "word/document.xml", b"<w:p>", f"<w:p>{field}".encode())


def with_relationship(kind: str, target: str) -> bytes:
    """A Word document that points outside itself."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId99" Type="{base}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return changed(docx(), "word/_rels/document.xml.rels", b"</Relationships>", link.encode())


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_header_only(width: int, height: int) -> bytes:
    """A tiny PNG that declares any size: what a pixel flood looks like."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def jpg(*, position: bool = False) -> bytes:
    """A JPEG; with ``position`` it carries a camera's place and model."""
    out = io.BytesIO()
    picture = Image.new("RGB", (64, 48), "teal")
    if position:
        exif = Image.Exif()
        exif[0x0110] = "Camera of canary"
        exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 16.0, 33.0)})
        picture.save(out, "JPEG", exif=exif, comment=b"canary comment")
    else:
        picture.save(out, "JPEG")
    return out.getvalue()


def pdf(pages: int = 1, *, password: str = "", attachment: bytes = b"") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if attachment:
        writer.add_attachment("inner.bin", attachment)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_that_opens(action: str, key: str, value: str) -> bytes:
    """A PDF whose opening starts an action, such as /Launch of a program."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    act = DictionaryObject({NameObject("/S"): NameObject(action), NameObject(key): TextStringObject(value)})
    writer.root_object[NameObject("/OpenAction")] = act
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def eml(
    *attachments: tuple[str, bytes],
    sender: str = "desk@ctp.example",
    subject: str = "Referral",
    body: str = "Hello.",
    **headers: str,
) -> bytes:
    """An email; underscores in header names are hyphens. An empty ``sender`` leaves the From field out."""
    message = EmailMessage()
    if sender:
        message["From"] = sender
    message["To"] = "ssu@council.example"
    message["Subject"] = subject
    message["Date"] = headers.pop("date", "Mon, 02 Nov 2026 09:14:00 +0000")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def zipped(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in parts:
            package.writestr(name, data)
    return out.getvalue()


def overlapping_bomb(copies: int = 400) -> bytes:
    """Many entries of the directory that share one packed kernel: small, not nested, and unpacks to hundreds of MB."""
    kernel = zipped(("part0000", b"\0" * 1_000_000))
    directory = kernel.index(b"PK\x01\x02")
    end = kernel.index(b"PK\x05\x06")
    local, entry = kernel[:directory], kernel[directory:end]
    entries = b"".join(entry.replace(b"part0000", b"part%04d" % n) for n in range(copies))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(entries), len(local), 0)
    return local + entries + tail


def ole_compound(stream: str) -> bytes:
    """The beginning of an old Office file, naming one stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 2000
