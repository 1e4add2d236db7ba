"""A procedure names only what exists, and holds everything the code asks of one."""

import ast

import pytest
from django.conf import settings

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.casework import clocks, procedure
from referrals.states import AgeGroup, Known
from tests.architecture.source import product, strings
from tests.architecture.tables import transitions

EVERY = pytest.mark.parametrize("published", procedure.every(), ids=lambda published: published.key)


def asked_for(part: str) -> set[str]:
    """Keys the code asks a procedure for: ``procedure.texts["purpose"]``, ``.texts.get("purpose")``."""
    found = set()
    for m in product():
        for node in ast.walk(m.tree):
            match node:
                case ast.Subscript(value=ast.Attribute(attr=attr), slice=ast.Constant(value=str(key))) if attr == part:
                    found.add(key)
                case ast.Call(
                    func=ast.Attribute(value=ast.Attribute(attr=attr), attr="get"), args=[ast.Constant(value=key), *_]
                ) if attr == part:
                    found.add(key)
    return found


def mentioned() -> set[str]:
    return {s.value for m in product() if not m.lies_in("procedures") for s in strings(m.tree)}


def test_the_default_and_one_authoritys_own_are_published():
    keys = [published.key for published in procedure.every()]
    assert settings.DEFAULT_PROCEDURE in keys
    assert len(keys) >= 2


@EVERY
def test_its_lengths_are_those_of_declared_clocks(published):
    assert set(published.lengths) <= {clock.key for clock in clocks.every()}


@EVERY
def test_its_steps_are_those_a_transition_asks_for(published):
    assert set(published.steps) <= {row.procedure for row in transitions() if row.procedure}


def test_every_optional_step_is_taken_by_some_procedure():
    steps = {step for published in procedure.every() for step in published.steps}
    assert {row.procedure for row in transitions() if row.procedure} <= steps


@EVERY
def test_its_reasons_are_those_of_acts_and_questions_the_code_knows(published):
    known = {row.key for row in transitions()} | mentioned()
    assert set(published.reasons) <= known
    for reasons in published.reasons.values():
        keys = [reason.key for reason in reasons]
        assert len(keys) == len(set(keys))
        assert keys


@EVERY
def test_it_answers_every_text_the_code_asks_for_and_holds_no_other(published):
    assert asked_for("texts")
    assert asked_for("texts") <= set(published.texts)
    assert set(published.texts) <= mentioned()


@EVERY
def test_every_rung_of_every_ladder_is_a_post_it_names(published):
    assert {step.post for clock in clocks.every() for step in clock.ladder} <= set(published.posts)


@EVERY
def test_it_sends_what_is_known_to_kinds_of_team_there_are(published):
    assert set(published.routes) <= set(Known.values) | set(AgeGroup.values)
    assert set(published.routes.values()) <= set(TeamKind.values)


@EVERY
def test_its_headings_are_different_and_it_says_where_it_comes_from(published):
    headings = [key for key, _ in published.answer_headings]
    assert len(set(headings)) == len(headings) >= 8
    assert published.effective_to is None or published.effective_to > published.effective_from
    assert published.documents


def test_no_code_asks_which_authority_it_is():
    names = {published.key for published in procedure.every()} | {
        published.authority for published in procedure.every()
    }
    found = [
        m.at(node)
        for m in product()
        if not m.lies_in("procedures")
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Constant) and isinstance(side.value, str)
        and (side.value in names or side.value.lower() in {"kent", "england"})
    ]  # fmt: skip
    assert found == []
