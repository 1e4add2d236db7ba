"""The words of an HTML letter, as plain text. Nothing is fetched, run or shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

_HIDDEN = {"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"}
_APART = {"p", "div", "br", "tr", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "ul", "ol"}
_MOST_CHARACTERS = 2_000_000


def words_of(markup: str) -> str:
    """The text a reader would see, a line for each block; empty when the markup cannot be read."""
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        document = html.document_fromstring(markup[:_MOST_CHARACTERS].replace("\0", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    lines = (" ".join(line.split()) for line in "".join(_pieces(document)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _pieces(document: Any) -> Iterator[str]:
    """Walks without recursion: a letter of ten thousand boxes in boxes is still only a letter."""
    hidden = 0
    for event, element in etree.iterwalk(document, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _HIDDEN
            if not hidden:
                yield "\n" if tag in _APART else "\t" if tag in ("td", "th") else ""
                yield element.text or ""
        else:
            if not hidden and tag in _APART and tag != "br":
                yield "\n"
            hidden -= tag in _HIDDEN
            if not hidden:
                yield element.tail or ""
