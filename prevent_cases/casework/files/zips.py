"""Zip packages, checked before anything unpacks them: names, count, overlap, sizes counted and not believed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

from prevent_cases.casework.files.limits import (
    MAX_RATIO,
    MAX_UNPACKED,
    MAX_ZIP_ENTRIES,
    RATIO_APPLIES_ABOVE,
    Reason,
    UnsafeFile,
)

_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_SIGNATURE = b"PK\x05\x06"
_NESTED = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\x00",
)


def too_much_inside() -> UnsafeFile:
    """The refusal of a package that would swell."""
    return UnsafeFile(
        Reason.BOMB, "This file unpacks to far more than its size. It looks made to cause harm, so it was not opened."
    )


def has_zip_inside(file: BinaryIO) -> bool:
    """Whether unpackers would see a zip package at the end of the file, whatever its beginning says."""
    try:
        return zipfile.is_zipfile(file)
    finally:
        file.seek(0)


def open_checked(file: BinaryIO, size: int) -> zipfile.ZipFile:
    """The package, once every entry has been unpacked to nowhere and counted. ``size`` is the file's, in bytes.

    Raises UnsafeFile when it is damaged, locked, hides something before, between or after its entries, names a
    path outside itself, holds too many entries, another package, or more than the ceilings in ``limits``.
    """
    try:
        _check_one_disk_and_no_tail(file, size)
        package = zipfile.ZipFile(file)
        entries = package.infolist()
        _check_entries(entries)
        _check_no_overlap(entries, file, package.start_dir)
        _count_unpacked(package, entries, size)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        struct.error,
        ValueError,
        OverflowError,
        NotImplementedError,
    ) as e:
        raise UnsafeFile(Reason.DAMAGED, "This file is damaged and cannot be opened. Ask for a new copy.") from e
    return package


def _check_one_disk_and_no_tail(file: BinaryIO, size: int) -> None:
    file.seek(max(0, size - _END.size))
    tail = file.read(_END.size)
    if len(tail) < _END.size or not tail.startswith(_END_SIGNATURE) or tail[-2:] != b"\0\0":
        raise UnsafeFile(Reason.TWO_IN_ONE, "This file has something added after its end, so it was not opened.")
    *_, disk_entries, entries, length, start, _comment = _END.unpack(tail)
    if disk_entries != entries or start + length + _END.size != size:
        raise UnsafeFile(Reason.TWO_IN_ONE, "This file has something hidden around its contents, so it was not opened.")
    file.seek(0)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ZIP_ENTRIES:
        raise too_much_inside()
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) != len(names):
        raise UnsafeFile(Reason.TWO_IN_ONE, "This file holds two parts of the same name, so it was not opened.")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise UnsafeFile(
                Reason.ENCRYPTED, "This file is protected by a password. Send a copy without one, by a secure route."
            )
        steps = entry.orig_filename.replace("\\", "/").split("/")
        if (
            entry.orig_filename.startswith(("/", "\\"))
            or ".." in steps
            or ":" in steps[0]
            or "\0" in entry.orig_filename
        ):
            raise UnsafeFile(
                Reason.NAME, "This file holds a part that would be written outside it, so it was not opened."
            )


def _check_no_overlap(entries: list[zipfile.ZipInfo], file: BinaryIO, directory: int) -> None:
    """Entries that share bytes are how a small file unpacks to petabytes without nesting."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise too_much_inside()
        if end == 0 and entry.header_offset != 0:
            raise UnsafeFile(Reason.TWO_IN_ONE, "This file has something added before its start, so it was not opened.")
        file.seek(entry.header_offset)
        *_, name_length, extra_length = _LOCAL.unpack(file.read(_LOCAL.size))
        end = entry.header_offset + _LOCAL.size + name_length + extra_length + entry.compress_size
    if end > directory:
        raise too_much_inside()


def _count_unpacked(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], size: int) -> None:
    """Unpacks in small pieces and stops at the ceiling; the sizes an entry declares are only a first check."""
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise too_much_inside()
    total = 0
    for entry in entries:
        unpacked, first = 0, b""
        with package.open(entry) as part:
            while piece := part.read(64 * 1024):
                first = first or piece[:8]
                unpacked += len(piece)
                if unpacked > RATIO_APPLIES_ABOVE and unpacked > MAX_RATIO * max(entry.compress_size, 1):
                    raise too_much_inside()
        total += unpacked
        if first.startswith(_NESTED):
            raise UnsafeFile(
                Reason.BOMB, "This file has another package of files packed inside it. Send each file by itself."
            )
    if total > RATIO_APPLIES_ABOVE and total > MAX_RATIO * size:
        raise too_much_inside()
