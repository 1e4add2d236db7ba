"""Pictures: whole, one thing only, of a size that can be opened; and a copy without hidden details."""

from __future__ import annotations

import io
import struct
import zlib
from typing import BinaryIO

from PIL import Image, ImageOps

from prevent_cases.casework.files.limits import MAX_PIXELS, Reason, UnsafeFile

_PNG = b"\x89PNG\r\n\x1a\n"
_NO_LENGTH = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})
_QUALITY = 92


def check_image(data: bytes, kind: str) -> tuple[int, int]:
    """Width and height in pixels of the PNG or JPEG in ``data``. Raises UnsafeFile for one that may not be kept."""
    try:
        width, height = _png_size(data) if kind == "png" else _jpeg_size(data)
    except (struct.error, IndexError, ValueError) as e:
        raise _damaged() from e
    if width * height > MAX_PIXELS:
        million = MAX_PIXELS // 1_000_000
        raise UnsafeFile(
            Reason.TOO_LARGE, f"This picture is over {million} million pixels. Save a smaller copy and try again."
        )
    if not width * height:
        raise _damaged()
    if _size_when_verified(data, kind) != (width, height):
        raise _damaged()
    return width, height


def _size_when_verified(data: bytes, kind: str) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG" if kind == "png" else "JPEG",)) as picture:
            picture.verify()
            return picture.size
    except Exception as e:
        raise _damaged() from e


def clean_image(upload: BinaryIO, longest: int = 0) -> bytes:
    """The picture drawn afresh, upright, in its own format, with no position, date, camera or comment in it.

    Its longer side is made ``longest`` pixels where it is more; 0 leaves its size.

    Raises UnsafeFile when it is not a PNG or JPEG that ``check_image`` accepts.
    """
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    kind = "png" if data.startswith(_PNG) else "jpg"
    check_image(data, kind)
    try:
        with Image.open(io.BytesIO(data)) as picture:
            upright = ImageOps.exif_transpose(picture)
            bare = Image.new("RGBA" if kind == "png" else "RGB", upright.size)
            bare.paste(upright.convert(bare.mode))
            if longest:
                bare.thumbnail((longest, longest))
    except Exception as e:
        raise _damaged() from e
    drawn = io.BytesIO()
    if kind == "png":
        bare.save(drawn, "PNG", optimize=False)
    else:
        bare.save(drawn, "JPEG", quality=_QUALITY)
    return drawn.getvalue()


def _png_size(data: bytes) -> tuple[int, int]:
    """Walks every chunk with its checksum; the last must be IEND and nothing may follow it."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR":
        raise _damaged()
    at, name = len(_PNG), b""
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        (checksum,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(data[at + 4 : at + 8 + length]) != checksum:
            raise _damaged()
        at += 12 + length
        if name == b"IEND":
            break
    if name != b"IEND":
        raise _damaged()
    if at != len(data):
        raise _added()
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walks every segment. After the end only further whole JPEGs (as phones write) or zeros may follow."""
    size, end = _one_jpeg(data, 0)
    while end < len(data) and data[end : end + 3] == b"\xff\xd8\xff":
        _, end = _one_jpeg(data, end)
    if data[end:].strip(b"\0"):
        raise _added()
    return size


def _one_jpeg(data: bytes, start: int) -> tuple[tuple[int, int], int]:
    if data[start : start + 2] != b"\xff\xd8":
        raise _damaged()
    at, size = start + 2, (0, 0)
    while True:
        if data[at] != 0xFF:
            raise _damaged()
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return size, at + 2
        if marker in _NO_LENGTH:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker == 0xE0 and data[at + 4 : at + 9] == b"JFIF\0":
            thumbnail = 3 * data[at + 16] * data[at + 17]
            if length != 16 + thumbnail:
                raise _added()
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC) and size == (0, 0):
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = (width, height)
        at += 2 + length
        if marker == 0xDA:
            at = _after_scan(data, at)


def _after_scan(data: bytes, at: int) -> int:
    """The next marker after the coded picture: 0xFF followed by neither a stuffed zero nor a restart mark."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _damaged() -> UnsafeFile:
    return UnsafeFile(Reason.DAMAGED, "This picture is damaged and cannot be opened. Ask for a new copy.")


def _added() -> UnsafeFile:
    return UnsafeFile(
        Reason.TWO_IN_ONE, "This picture has something else hidden in it. Open it, save a copy, and try the copy."
    )
