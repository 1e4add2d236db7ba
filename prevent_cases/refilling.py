"""Put what was typed back into the boxes of a page, whatever form it came from. Pure: text in, text out.

Only the start tags of the one form's own controls are written anew; every other character of the page stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Fields = Mapping[str, Sequence[str]]
LEFT_ALONE = {"file", "submit", "button", "image", "reset", "password"}
TICKED = {"radio", "checkbox"}
NEVER = {"csrfmiddlewaretoken", "kept"}


@dataclass
class FormFound:
    """A form that posts: where to, and what its controls are called."""

    posts_to: str
    names: set[str] = field(default_factory=set)
    hidden: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class Refilled:
    """The page with its boxes filled. ``unplaced`` was typed and has no box there, by name."""

    page: str
    unplaced: dict[str, list[str]]


def keyed(page: str, *, path: str, posted_to: str, fields: Fields, key: str) -> str:
    """The page as it is, but its form says under which key what it holds was kept."""
    looked = _Looking(path)
    looked.feed(page)
    number = _best(looked.forms, posted_to, fields)
    return page if number is None else _written(page, _Filling(number, {}, key))


def refilled(page: str, *, path: str, posted_to: str, fields: Fields, key: str) -> Refilled:
    """Fill the form that these fields were typed into. Its posting then says under which ``key`` they were kept."""
    looked = _Looking(path)
    looked.feed(page)
    number = _best(looked.forms, posted_to, fields)
    names = looked.forms[number].names if number is not None else set()
    unplaced = {name: list(values) for name, values in fields.items() if name not in names | NEVER and any(values)}
    if number is None:
        return Refilled(page, unplaced)
    return Refilled(_written(page, _Filling(number, fields, key)), unplaced)


def _written(page: str, filling: _Filling) -> str:
    filling.feed(page)
    filling.close()
    return "".join(filling.written)


def _best(forms: Sequence[FormFound], posted_to: str, fields: Fields) -> int | None:
    """The form that posts there and shares most with what was typed; else the one that shares most at all."""

    def shared(form: FormFound) -> tuple[bool, int]:
        same = sum(value in fields.get(name, ()) for name, value in form.hidden)
        return form.posts_to == posted_to, len(form.names & fields.keys()) + same

    found = max(range(len(forms)), key=lambda number: shared(forms[number]), default=None)
    return found if found is not None and shared(forms[found])[1] else None


class _Reading(HTMLParser):
    """Counts the forms that post, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.count = -1
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method", "").lower() == "post"
            self.count += self.inside
        self.start(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def start(self, tag: str, given: dict[str, str]) -> None:
        raise NotImplementedError


class _Looking(_Reading):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[FormFound] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form" and self.inside:
            self.forms.append(FormFound(urlsplit(urljoin(self.path, given.get("action", ""))).path))
        elif self.inside and tag in ("input", "textarea", "select") and given.get("name"):
            form = self.forms[-1]
            form.names.add(given["name"])
            if given.get("type") == "hidden":
                form.hidden.add((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


class _Filling(_Reading):
    """Copies the page and changes the controls of one form; with no fields, only the form's own tag."""

    def __init__(self, number: int, fields: Fields, key: str) -> None:
        super().__init__()
        self.number, self.fields, self.key = number, fields, key
        self.left = {name: list(values) for name, values in fields.items()}
        self.chosen: Sequence[str] | None = None
        self.skips = False
        self.written: list[str] = []

    @property
    def is_ours(self) -> bool:
        return self.inside and self.count == self.number

    def start(self, tag: str, given: dict[str, str]) -> None:
        raw, name = self.get_starttag_text() or "", given.get("name", "")
        if not self.is_ours or name in NEVER or (tag != "form" and not self.fields):
            self.written.append(raw)
        elif tag == "form":
            self.written += [raw, f'<input type="hidden" name="kept" value="{escape(self.key)}">']
        elif tag == "input":
            self.written.append(self._input(raw, given))
        elif tag == "textarea" and name in self.left:
            self.written += [raw, "\n", escape(self._next(name))]
            self.skips = True
        elif tag == "select":
            self.written.append(raw)
            self.chosen = self.fields.get(name)
        elif tag == "option" and self.chosen is not None:
            self.written.append(_tag(tag, given, "selected", is_on=given.get("value", "") in self.chosen))
        else:
            self.written.append(raw)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.skips = False
        elif tag == "select":
            self.chosen = None
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.skips:
            self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.written.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")

    def _input(self, raw: str, given: dict[str, str]) -> str:
        kind, name = given.get("type", "text"), given.get("name", "")
        if kind in TICKED:
            return _tag("input", given, "checked", is_on=given.get("value", "on") in self.fields.get(name, ()))
        if kind in LEFT_ALONE or name not in self.left:
            return raw
        return _tag("input", given | {"value": self._next(name)})

    def _next(self, name: str) -> str:
        """A name's values in the order in which its boxes stand."""
        values = self.left[name]
        return values.pop(0) if values else ""


def _tag(tag: str, given: dict[str, str], switch: str = "", *, is_on: bool = False) -> str:
    """A start tag with one switch on or off."""
    kept = {name: value for name, value in given.items() if name != switch} | ({switch: ""} if is_on else {})
    said = "".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in kept.items())
    return f"<{tag}{said}>"
