"""Word documents: really one, no macros, nothing that runs or fetches when opened, XML that cannot swell."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from prevent_cases.casework.files.limits import (
    MAX_XML,
    MAX_XML_DEPTH,
    MAX_XML_ELEMENTS,
    Reason,
    UnsafeFile,
)
from prevent_cases.casework.files.zips import open_checked, too_much_inside

_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO = re.compile(r"macroenabled|vbaproject|vbadata|ms-word\.template\.macro", re.IGNORECASE)
_EMBEDDED = re.compile(r"activex|oleobject|/embeddings/", re.IGNORECASE)
_FETCHING = re.compile(r"/(attachedTemplate|oleObject|subDocument|frame|aFChunk|externalLink\w*)$", re.IGNORECASE)
_ON_THE_WEB = re.compile(r"^\s*(https?|ftp|mhtml|ms-\w+|javascript|data)\s*:", re.IGNORECASE)
_RUNS = re.compile(r"\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\b[^\n]*(https?|ftp):", re.IGNORECASE)


def check_docx(file: BinaryIO, size: int) -> tuple[str, ...]:
    """Notes about a Word document that may be kept. Raises UnsafeFile for one that may not. ``size`` is in bytes."""
    with open_checked(file, size) as package:
        names = package.namelist()
        if "[Content_Types].xml" not in names:
            raise UnsafeFile(
                Reason.NOT_ALLOWED, "This is a zip package, not a Word document. Send each file inside it by itself."
            )
        xml_names = [name for name in names if _is_xml(package, name)]
        if sum(package.getinfo(n).file_size for n in xml_names) > MAX_XML:
            raise too_much_inside()
        _check_parts(names)
        findings = _Findings()
        for name in xml_names:
            _read_xml(package, name, findings)
    return findings.verdict()


def _is_xml(package: zipfile.ZipFile, name: str) -> bool:
    """By its name or by its beginning: a part may be XML under any name that the package's own list gives it."""
    if name.lower().endswith((".xml", ".rels")):
        return True
    with package.open(name) as part:
        return part.read(64).lstrip().startswith((b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))


def _check_parts(names: list[str]) -> None:
    joined = "\n".join(names)
    if _MACRO.search(joined):
        raise _macros()
    if _EMBEDDED.search(joined):
        raise _embedded()


def _macros() -> UnsafeFile:
    return UnsafeFile(
        Reason.MACROS, "This document holds macros (small programs). Save it as a .docx without macros and try again."
    )


def _embedded() -> UnsafeFile:
    return UnsafeFile(
        Reason.ACTIVE, "This document has another file or program packed inside it. Take it out, or send a PDF instead."
    )


class _Findings:
    """What the XML parts said, gathered over the whole package before judging."""

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.fields: list[str] = []
        self.elements = 0
        self.fetches = False
        self.links_picture = False

    def see(self, tag: str, element: object) -> None:
        local = tag.rpartition("}")[2]
        attributes: dict[str, str] = getattr(element, "attrib", {})
        if local in ("Override", "Default"):
            self.types.add(attributes.get("ContentType", ""))
        elif local == "Relationship" and attributes.get("TargetMode", "").lower() == "external":
            on_the_web = bool(_ON_THE_WEB.match(attributes.get("Target", "")))
            kind = attributes.get("Type", "")
            self.fetches |= on_the_web and bool(_FETCHING.search(kind))
            self.links_picture |= on_the_web and kind.endswith("/image")
        elif local in ("fldChar", "fldSimple"):
            self.fields.append("\n" + "".join(v for k, v in attributes.items() if k.endswith("instr")))
        elif local == "instrText":
            self.fields.append(getattr(element, "text", "") or "")

    def verdict(self) -> tuple[str, ...]:
        types = "\n".join(self.types)
        if _MACRO.search(types):
            raise _macros()
        if _EMBEDDED.search(types):
            raise _embedded()
        if _DOCUMENT not in self.types:
            raise UnsafeFile(
                Reason.MISNAMED, "This is another kind of Office file, not a Word document (.docx). Send a PDF of it."
            )
        if self.fetches or _RUNS.search("".join(self.fields)):
            raise UnsafeFile(
                Reason.ACTIVE, "This document would fetch or run something when opened. Send a PDF of it instead."
            )
        return ("Opening this document may show a picture fetched from another site.",) if self.links_picture else ()


def _read_xml(package: zipfile.ZipFile, name: str, findings: _Findings) -> None:
    depth = 0
    try:
        with package.open(name) as part:
            for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
                depth += 1 if event == "start" else -1
                findings.elements += event == "start"
                if depth > MAX_XML_DEPTH or findings.elements > MAX_XML_ELEMENTS:
                    raise too_much_inside()
                if event == "end":
                    findings.see(element.tag, element)
                    element.clear()
    except DefusedXmlException as e:
        raise UnsafeFile(Reason.BOMB, "This document defines its own shorthand, which is used to cause harm.") from e
    except (ParseError, LookupError, ValueError) as e:
        raise UnsafeFile(Reason.DAMAGED, "This document is damaged and cannot be opened. Ask for a new copy.") from e
