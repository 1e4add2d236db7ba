"""A .docx package written again so that it says nothing of its making: fixed dates, no thumbnail, no program name."""

from __future__ import annotations

import io
import re
import zipfile

_MOMENT = (1980, 1, 1, 0, 0, 0)
_ABOUT = "docProps/app.xml"
_PLAIN_ABOUT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_THUMBNAIL = "docProps/thumbnail.jpeg"
_RELATIONSHIPS = "_rels/.rels"
_THUMBNAIL_LINK = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")


def settled(package: bytes) -> bytes:
    """The same document in a package whose bytes depend on nothing but the document."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name == _THUMBNAIL:
                continue
            part = old.read(name)
            if name == _ABOUT:
                part = _PLAIN_ABOUT
            elif name == _RELATIONSHIPS:
                part = _THUMBNAIL_LINK.sub(b"", part)
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, part, compresslevel=9)
    return out.getvalue()
