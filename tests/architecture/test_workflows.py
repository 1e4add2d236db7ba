"""The tables are whole: every state reached, every transition taken once and journeyed, every clock begun and ended."""

import ast
from collections import Counter
from dataclasses import fields

import pytest

from prevent_cases.casework import clocks
from prevent_cases.casework.clocks import Clock, Escalation
from prevent_cases.casework.procedure import ListedDocument, Procedure, Reason
from prevent_cases.casework.rules import Rule
from prevent_cases.casework.workflow import Transition
from tests.architecture.source import called, calls, dotted, keyword, product, strings, written_tests
from tests.architecture.tables import transitions, workflows

KEYS = [row.key for row in transitions()]

ENDED_OTHERWISE: dict[str, str] = {
    "consent.seek": "recording what was said, or deciding again, stops it: no record of consent has a state",
}
"""Clocks that no transition stops, and how they end."""


def test_there_are_tables_to_look_at():
    assert len(workflows()) >= 4
    assert len(KEYS) >= 20


@pytest.mark.parametrize("workflow", workflows(), ids=lambda workflow: workflow.name)
def test_a_table_has_no_problems(workflow):
    assert workflow.problems() == []


def test_no_two_tables_share_a_key():
    assert [key for key, count in Counter(KEYS).items() if count > 1] == []


@pytest.mark.parametrize("row", transitions(), ids=lambda row: row.key)
def test_a_transition_is_named_and_sourced(row):
    noun, _, verb = row.key.partition(".")
    assert noun.isidentifier()
    assert verb.isidentifier()
    assert row.label[0].isupper()
    assert row.says[0].islower()
    assert row.source, f"{row.key} names no published sentence"
    assert row.may.says


def taken() -> dict[str, list[str]]:
    """Where each key is looked up in its table: ``REFERRAL["referral.close"]``."""
    found: dict[str, list[str]] = {key: [] for key in KEYS}
    for m in product():
        for node in ast.walk(m.tree):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value in found:
                found[node.slice.value].append(m.at(node))
    return found


@pytest.mark.parametrize("key", KEYS)
def test_a_transition_is_taken_by_exactly_one_operation(key):
    places = taken()[key]
    assert len(places) == 1, places
    assert "/operations" in places[0] or "casework/holding.py" in places[0]


@pytest.mark.parametrize("key", KEYS)
def test_a_transition_has_its_journey(key):
    """Each is named in a journey: the way it works, the wrong person, the wrong state, twice."""
    named = [
        m.path.name for m in written_tests() if m.lies_in("journeys") and any(s.value == key for s in strings(m.tree))
    ]
    assert named, f"no file of tests/journeys names {key}"


def turned(how: str) -> set[str]:
    return {clock.key for row in transitions() for clock in getattr(row, how)}


def started_by_operations() -> set[str]:
    """Clocks handed to ``timing.start(clock=…)`` or ``open_case(clocks=…)``, by the name of their constant."""
    names = {}
    for m in product():
        if m.last == "clocks":
            for node in m.tree.body:
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and called(node.value) == "Clock":
                    names[node.targets[0].id] = keyword(node.value, "key").value
    handed = [
        dotted(node).rpartition(".")[2]
        for m in product()
        for call in calls(m.tree)
        if called(call) in ("start", "open_case")
        for value in (keyword(call, "clock"), keyword(call, "clocks"))
        if value is not None
        for node in ast.walk(value)
        if isinstance(node, ast.Attribute | ast.Name)
    ]
    return {names[name] for name in handed if name in names}


@pytest.mark.parametrize("clock", clocks.every(), ids=lambda clock: clock.key)
def test_a_clock_is_started_and_stopped(clock):
    assert clock.key in turned("starts") | started_by_operations(), "nothing starts it"
    assert clock.key in turned("stops") | ENDED_OTHERWISE.keys(), "nothing stops it"


def test_what_is_paused_is_resumed():
    assert turned("pauses") == turned("resumes")
    assert turned("pauses")


@pytest.mark.parametrize("clock", clocks.every(), ids=lambda clock: clock.key)
def test_a_clock_says_whose_promise_it_is_and_where_it_comes_from(clock):
    assert clock.label
    assert clock.owner
    assert clock.source
    assert clock.duty in (clocks.OURS, clocks.OUTSIDE)
    rungs = [(step.after.count, step.post) for step in clock.ladder]
    assert [count for count, _ in rungs] == sorted(count for count, _ in rungs), "no rung is before the one before it"
    assert len(set(rungs)) == len(rungs)


DECLARED = [
    pytest.param(declared, field.name, id=f"{declared.__name__}.{field.name}")
    for declared in (Transition, Clock, Escalation, Procedure, Reason, ListedDocument, Rule)
    for field in fields(declared)
]


@pytest.mark.parametrize(("declared", "name"), DECLARED)
def test_every_declared_part_is_read_by_something(declared, name):
    read = [
        m.at(node)
        for m in product()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and node.attr == name
    ]
    assert read, f"nothing reads {declared.__name__}.{name}: take it out, or use it"
