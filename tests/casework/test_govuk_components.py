"""Every component is in the style guide in every standing; the page shell has the official markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from prevent_cases.casework import macros
from prevent_cases.casework.tones import COMPARISONS, FILES, STANDINGS, TONES
from prevent_cases.styleguide import styleguide_examples

TEMPLATES = Path(__file__).parents[2] / "templates"
SECTIONS = {section.component: section for section in styleguide_examples()}
ONLY_IN_THE_SHELL = {"session_warning"}


def standings(component, key="standing"):
    return {inputs[key] for _, inputs in SECTIONS[component].examples}


def test_every_component_is_in_the_style_guide():
    files = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert set(SECTIONS) == files - ONLY_IN_THE_SHELL


def test_every_standing_is_shown():
    assert standings("clock") == set(STANDINGS)
    assert standings("file_card") == set(FILES)
    assert standings("state", "tone") == set(TONES)
    assert standings("alert", "variant") == {"information", "success", "warning", "error"}
    (_, compared), = SECTIONS["side_by_side"].examples  # fmt: skip
    assert {row["standing"] for row in compared["rows"]} == set(COMPARISONS)


@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
def test_a_component_draws_every_example(section):
    for name, inputs in section.examples:
        assert render_to_string(f"components/{section.component}.html", inputs).strip(), name


def test_a_standing_is_said_in_words():
    for _, inputs in SECTIONS["clock"].examples:
        assert f">{STANDINGS[inputs['standing']][0]}</strong>" in render_to_string("components/clock.html", inputs)


def test_a_file_that_is_not_ready_is_not_a_link():
    for _, inputs in SECTIONS["file_card"].examples:
        drawn = render_to_string("components/file_card.html", inputs)
        assert ("<a " in drawn) is (inputs["standing"] == "ready")


def test_the_line_where_somebody_last_looked_is_drawn_once():
    (_, inputs), = SECTIONS["timeline"].examples  # fmt: skip
    drawn = render_to_string("components/timeline.html", inputs)
    assert drawn.count("You last looked on 4 June 2026 at 8am") == 1
    assert drawn.index("You last looked") < drawn.index("Police referral received")


def test_what_somebody_wrote_is_escaped():
    assert "&lt;b&gt;" in render_to_string("components/prose.html", {"text": "<b>"})
    assert "&lt;b&gt;" in render_to_string("components/summary_list.html", {"rows": [{"key": "k", "value": "<b>"}]})


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500", "503"])
def test_an_error_page_needs_no_context(code):
    page = render_to_string(f"{code}.html")
    assert page.count("<h1") == 1
    assert 'role="search"' not in page


def test_a_page_in_error_says_so_in_its_title():
    assert "<title>Error: " in render_to_string("layouts/one_column.html", {"has_errors": True})


def test_restricted_pages_are_marked_at_head_and_foot():
    page = render_to_string("layouts/one_column.html", {"marking": "OFFICIAL-SENSITIVE"})
    assert page.count("OFFICIAL-SENSITIVE") == 2
    assert page.index("OFFICIAL-SENSITIVE") < page.index("<main") < page.rindex("OFFICIAL-SENSITIVE")
    assert "OFFICIAL" not in render_to_string("layouts/one_column.html")


def test_names_are_hidden_by_a_class_on_the_page():
    assert "app-names-hidden" in render_to_string("layouts/one_column.html", {"names_hidden": True})
    assert "app-names-hidden" not in render_to_string("layouts/one_column.html")


class Tags(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.found = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        kept = {name: value for name, value in attrs if name not in ("class", "href")}
        classes = sorted(c for c in (dict(attrs).get("class") or "").split() if c.startswith("govuk-"))
        self.found.append((tag, tuple(classes), tuple(sorted(kept.items()))))


def tags(markup):
    return Tags(markup).found


def test_the_service_navigation_is_the_official_one():
    """Written out in base.html, because five links through a macro on every page cost more than the rest of it."""
    page = render_to_string(
        "layouts/one_column.html",
        {"service_name": "Prevent cases", "nav_items": [("Inbox", "/inbox/", False), ("My work", "/work/", False)]},
    )
    ours = re.search(r'<section aria-label="Service information".*?</section>', page, re.DOTALL).group()
    official = macros.official(
        "service-navigation",
        {
            "serviceName": "Prevent cases",
            "serviceUrl": "/",
            "navigation": [{"text": "Inbox", "href": "/inbox/"}, {"text": "My work", "href": "/work/"}],
        },
    )
    assert tags(ours) == tags(official)


def test_the_header_is_the_official_generic_one():
    page = render_to_string("layouts/one_column.html", {"council": "Kestrelshire County Council"})
    ours = re.search(r'<div class="govuk-generic-header.*?(?=<section)', page, re.DOTALL).group()
    assert tags(ours) == tags(macros.official("generic-header", {"logoText": "Kestrelshire County Council"}))
    assert "govuk-header" not in page
