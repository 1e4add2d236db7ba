"""What goes outside goes through one gate: nothing but casework.sharing makes a disclosure."""

from __future__ import annotations

import ast

from tests.architecture.source import called, calls, dotted, keyword, product, strings

GATE = "prevent_cases.casework.sharing"
MAKING = {"create", "bulk_create", "get_or_create", "update_or_create"}


def test_nothing_but_the_gate_makes_a_disclosure():
    made = [
        (m.name, m.at(call))
        for m in product()
        for call in calls(m.tree)
        if called(call) == "Disclosure"
        or (called(call) in MAKING and dotted(call.func).startswith(("Disclosure.", "models.Disclosure.")))
        or (called(call) in MAKING and isinstance(call.func, ast.Attribute) and "disclosures" in dotted(call.func))
    ]
    assert [name for name, _ in made] == [GATE], made


def test_no_words_of_sql_make_one_either():
    assert [
        m.at(text) for m in product() for text in strings(m.tree) if "into casework_disclosure" in text.value.lower()
    ] == []


def test_every_way_out_names_the_parts_and_the_position_on_consent():
    """A call of the gate says which parts were chosen, what the person had said, and how it goes."""
    found = [(m.at(call), call) for m in product() for call in calls(m.tree) if called(call) == "disclose"]
    assert len(found) >= 3
    needed = ("case", "title", "to", "purpose", "consent", "necessity", "items", "delivery", "by", "at")
    assert [(where, name) for where, call in found for name in needed if keyword(call, name) is None] == []
