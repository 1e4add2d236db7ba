"""Every kind of event that is written has its sentence, and no sentence waits for an event that never comes."""

import ast
import re
from functools import cache
from string import Formatter

import pytest

from prevent_cases.casework import sentences
from prevent_cases.casework.models import Event
from prevent_cases.casework.sweep import OURS, OUTSIDE
from tests.architecture.source import called, calls, keyword, product
from tests.architecture.tables import transitions
from tests.factories import STATES, a_contribution, a_form, a_nil_return, a_referral, a_reopened_referral, county

WRITING = {"record", "open_case"}


@cache
def written() -> list[tuple[str, str]]:
    """The pattern of each kind given to ``record(kind=…)`` or ``open_case(kind=…)``, and where."""
    return [
        (pattern(kind), m.at(call))
        for m in product()
        for call in calls(m.tree)
        if called(call) in WRITING and (kind := keyword(call, "kind")) is not None
    ]


def pattern(kind: ast.expr) -> str:
    """The kinds an expression may give, as a regular expression. What it puts in is one word."""
    match kind:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(re.escape(p.value) if isinstance(p, ast.Constant) else r"\w+" for p in parts)
        case ast.IfExp(body=one, orelse=other):
            return f"{pattern(one)}|{pattern(other)}"
    raise AssertionError(f"cannot tell which kind of event {ast.unparse(kind)} is")


def declared() -> set[str]:
    return {saying.kind for saying in sentences.every()}


def test_every_kind_of_event_the_code_writes_has_its_sentence():
    assert len(written()) >= 15
    unsaid = [
        f"{where} {kind}" for kind, where in written() if not any(re.fullmatch(kind, each) for each in declared())
    ]
    assert unsaid == []
    assert {*OURS.values(), *OUTSIDE.values()} <= declared()
    assert {row.key for row in transitions()} <= declared()


def test_every_sentence_belongs_to_an_event_that_is_written():
    swept = {*OURS.values(), *OUTSIDE.values(), *(row.key for row in transitions())}
    idle = [k for k in declared() - swept if not any(re.fullmatch(kind, k) for kind, _ in written())]
    assert sorted(idle) == []


@pytest.mark.parametrize("row", transitions(), ids=lambda row: row.key)
def test_a_transitions_sentence_names_only_facts_the_event_keeps(row):
    named = {name for _, name, _, _ in Formatter().parse(row.says) if name}
    assert named <= set(row.facts)


def test_every_event_of_whole_journeys_is_said_in_words(db):
    place = county()
    for state in STATES:
        a_referral(place, state)
    a_nil_return(place)
    a_reopened_referral(place)
    a_contribution(place, "GIVEN")
    a_form(place, "ANSWERED")
    events = Event.objects.select_related("case")
    assert events.values("kind").distinct().count() >= 20
    for event in events:
        said = sentences.sentence(event.kind, event.facts, event.case.procedure, old=event.old, new=event.new)
        assert "not recorded" not in said.text, event.kind
        assert "{" not in said.text
