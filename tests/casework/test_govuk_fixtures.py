"""All official component examples of GOV.UK Frontend 6.3.0 render as published."""

import gzip
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from prevent_cases.casework import macros

EXAMPLES = json.loads(
    gzip.decompress((Path(__file__).parent / "fixtures" / "govuk_frontend_6.3.0.json.gz").read_bytes())
)
CASES = [(component, example) for component, examples in EXAMPLES.items() for example in examples]


class Parsed(HTMLParser):
    """Markup as a browser reads it: tags with their attributes, and text with its runs of space squeezed."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[object] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.parts.append((tag, sorted((name, " ".join((value or "").split())) for name, value in attrs)))

    def handle_endtag(self, tag):
        self.parts.append(f"/{tag}")

    def handle_data(self, data):
        if words := " ".join(data.split()):
            self.parts.append(("text", words))


def test_there_are_657_examples():
    assert len(CASES) == 657


@pytest.mark.parametrize(("component", "example"), CASES, ids=[f"{c}: {e['name']}" for c, e in CASES])
def test_a_component_is_drawn_as_published(component, example):
    drawn = macros.official(component, example["options"])
    assert Parsed(drawn).parts == Parsed(example["html"]).parts
