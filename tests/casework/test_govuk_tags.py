"""The template tags: official components, our components, compiled rows, and what they refuse."""

from datetime import date

import jinja2
import pytest
from django.template import Context, Template
from django.utils.html import format_html

from prevent_cases.casework import macros
from prevent_cases.casework.templatetags.govuk import nested


def shown(source, **context):
    return Template("{% load govuk %}" + source).render(Context(context))


def test_a_component_takes_plain_options():
    assert shown('{% govuk "tag" text="New" classes="govuk-tag--blue" %}').split() == [
        "<strong", 'class="govuk-tag', 'govuk-tag--blue">', "New", "</strong>",
    ]  # fmt: skip


def test_options_nest_with_two_underscores_and_lists_by_number():
    assert nested(
        {"label__text": "Name", "items__0__value": "a", "items__1__value": "b", "attributes__data_kind": "x", "id": "n"}
    ) == {
        "label": {"text": "Name"},
        "items": [{"value": "a"}, {"value": "b"}],
        "attributes": {"data-kind": "x"},
        "id": "n",
    }


def test_text_is_escaped():
    assert "&lt;script&gt;" in shown('{% govuk "inset-text" text=words %}', words="<script>")


@pytest.mark.parametrize(
    "source", ['{% govuk "inset-text" html=words %}', '{% govuk "details" summaryHtml=words text="x" %}']
)
def test_markup_that_nobody_vouched_for_is_refused(source):
    with pytest.raises(macros.UntrustedMarkup):
        shown(source, words="<b>bold</b>")


def test_markup_deep_in_a_list_is_refused_too():
    with pytest.raises(macros.UntrustedMarkup):
        shown('{% govuk "summary-list" rows=rows %}', rows=[{"key": {"text": "a"}, "value": {"html": "<b>"}}])


def test_markup_made_by_format_html_is_let_through():
    link = format_html('<a href="{}">{}</a>', "/x/", "<b>")
    assert '<a href="/x/">&lt;b&gt;</a>' in shown('{% govuk "inset-text" html=words %}', words=link)


def test_an_unknown_component_is_an_error():
    with pytest.raises(jinja2.TemplateNotFound):
        shown('{% govuk "no-such-thing" %}')


def test_the_environment_and_its_macros_are_built_once():
    shown('{% govuk "tag" text="a" %}')
    built = macros._macro.cache_info().misses
    shown('{% govuk "tag" text="b" %}{% govuk "tag" text="c" %}')
    assert macros._macro.cache_info().misses == built
    assert macros._macros.cache_info().currsize == 1


def test_our_components_get_only_their_inputs_and_the_token():
    steps = [{"label": "Claim", "url": "/claim/", "method": "post"}]
    drawn = shown('{% component "steps" steps=steps %}', steps=steps, csrf_token="token", empty="not passed")
    assert 'value="token"' in drawn
    assert "not passed" not in drawn


def test_compiled_cells_escape_and_share_the_words():
    cells = macros._pages().from_string(
        '{% from "components/cells.jinja" import tag, clock, person %}'
        '{{ person(name, "/x/", "PC-1") }}{{ clock(due, "overdue") }}{{ tag("New", "new") }}'
    )
    drawn = cells.render(name="<i>", due=date(2026, 6, 2))
    assert "&lt;i&gt;" in drawn
    assert "Tuesday 2 June 2026" in drawn
    assert "Overdue" in drawn


def test_a_compiled_template_refuses_a_name_it_was_not_given():
    with pytest.raises(jinja2.UndefinedError):
        macros._pages().from_string("{{ nobody }}").render()


def test_filters_speak_of_dates_and_counts():
    assert shown("{{ on|day }}, {{ count|capped }}", on=date(2026, 6, 4), count=1001) == "4 June 2026, 1,000+"


def test_a_standing_nobody_declared_is_an_error():
    with pytest.raises(KeyError):
        shown('{{ "tired"|tag_text:"standing" }}')
