"""A PDF read in a process of its own, so that a hostile one can use up only that process's time and memory.

Run by path, not imported: ``python -I pdf_child.py SECONDS MEMORY PAGES CHARACTERS`` with the PDF on standard
input. Writes one JSON object: ``pages`` (int), ``encrypted`` (bool), ``active`` (names of what would run or
open), ``embedded`` (bool), ``text`` (of the first PAGES pages; empty when PAGES is 0), or ``damaged`` (true), or
``heavy`` (true). Killed, it writes nothing.
"""

import io
import json
import logging
import resource
import sys
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Movie", "/Sound"}
RUNNING_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMedia", "/RichMediaContent"}
EMBEDDING_KEYS = {"/EmbeddedFile", "/EF", "/FileAttachment"}


def confine(seconds: int, memory: int) -> None:
    """Ceilings on this process's time and memory; no file may be written and no process started."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def look(thing: Any, active: set[str], embedded: set[str]) -> None:
    """Adds to the sets what one object, with the objects written inside it, would run or carries."""
    waiting = [thing]
    while waiting:
        here = waiting.pop()
        if isinstance(here, DictionaryObject):
            active.update(RUNNING_KEYS.intersection(here))
            embedded.update(EMBEDDING_KEYS.intersection(here))
            for key in ("/S", "/Type", "/Subtype"):
                name = here.raw_get(key) if key in here else None
                if isinstance(name, str):
                    active.update({name} & (ACTIONS | RUNNING_KEYS) if key != "/Type" else ())
                    embedded.update({name} & EMBEDDING_KEYS)
            opening = here.get("/OpenAction")
            if isinstance(opening, DictionaryObject) and opening.get("/S") == "/URI":
                active.add("/URI")
            waiting.extend(here.raw_get(key) for key in here)
        elif isinstance(here, ArrayObject):
            waiting.extend(list.__iter__(here))


def report(data: bytes, pages_to_read: int, characters: int) -> dict[str, Any]:
    """What is true of the PDF in ``data``. Any fault of the reader is the document's: ``damaged``."""
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        return {"encrypted": True}
    active: set[str] = set()
    embedded: set[str] = set()
    numbers = {(n, g) for g, entries in reader.xref.items() for n in entries} | {(n, 0) for n in reader.xref_objStm}
    for number, generation in sorted(numbers):
        if number:
            try:
                look(reader.get_object(IndirectObject(number, generation, reader)), active, embedded)
            except (MemoryError, RecursionError):
                raise
            except Exception:  # noqa: BLE001, S112 - one broken object does not hide the others
                continue
    look(reader.trailer, active, embedded)
    text = ""
    for page in reader.pages[:pages_to_read]:
        text += page.extract_text() + "\n"
        if len(text) > characters:
            break
    return {
        "pages": len(reader.pages),
        "encrypted": False,
        "active": sorted(active),
        "embedded": bool(embedded),
        "text": text[:characters],
    }


def main() -> None:
    """Reads, confines itself, reports."""
    seconds, memory, pages, characters = (int(argument) for argument in sys.argv[1:5])
    data = sys.stdin.buffer.read()
    confine(seconds, memory)
    logging.disable(logging.CRITICAL)
    try:
        found = report(data, pages, characters)
    except (MemoryError, RecursionError):
        found = {"heavy": True}
    except Exception:  # noqa: BLE001 - a parser's every fault on a stranger's file means the same
        found = {"damaged": True}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
