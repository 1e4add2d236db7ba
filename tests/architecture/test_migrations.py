"""Migrations are all there, stand in one line, have names that say something, and need nothing of today's code."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

from tests.architecture.source import PACKAGES, everything, imports, only_excepted

APPS = sorted(config.label for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES)
MIGRATIONS = [m for m in everything() if m.is_migration and re.match(r"\d{4}_", m.last)]

OF_OURS = {
    "prevent_cases.accounts.histories": "the default of a history row's id, which old migrations name for ever",
}


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO(), verbosity=1)


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_database_the_tests_use_was_made_by_every_migration_from_nothing(loader):
    applied = MigrationLoader(connections["owner"]).applied_migrations
    assert set(loader.disk_migrations) == set(applied)


@pytest.mark.parametrize("app", APPS)
def test_the_migrations_of_an_app_stand_in_one_line(app, loader):
    own = sorted(key for key in loader.disk_migrations if key[0] == app)
    assert [key[1][:4] for key in own] == [f"{number:04}" for number in range(1, len(own) + 1)]
    for before, key in zip([None, *own], own, strict=False):
        parents = [parent for parent in loader.disk_migrations[key].dependencies if parent[0] == app]
        assert parents == ([before] if before else [])
    if own:
        latest = Path(apps.get_app_config(app).path, "migrations", "max_migration.txt")
        assert latest.read_text(encoding="utf-8").strip() == own[-1][1]


def test_there_are_migrations_to_look_at():
    assert len(MIGRATIONS) >= 5


@pytest.mark.parametrize("module", MIGRATIONS, ids=lambda m: m.name)
def test_a_migration_says_what_it_is_about(module):
    assert not re.search(r"_auto_|alter_|_initial|_more\b", module.last)


def test_migrations_import_no_code_of_ours():
    found = {}
    for m in MIGRATIONS:
        for node, name in imports(m.tree):
            if name.split(".")[0] in PACKAGES or name.lstrip(".").split(".")[0] in PACKAGES:
                found[name.lstrip(".")] = m.at(node)
    only_excepted(found, OF_OURS)


def test_every_statement_of_a_migration_can_be_taken_back(loader):
    written = [op for key, made in loader.disk_migrations.items() if key[0] in APPS for op in made.operations]
    stuck = [op for op in written if isinstance(op, RunSQL | RunPython) and not op.reversible]
    assert len([op for op in written if isinstance(op, RunSQL)]) >= 5
    assert stuck == []


def said(call, keyword):
    """The constant a call gives to a keyword; empty where it gives none."""
    return next((k.value.value for k in call.keywords if k.arg == keyword and isinstance(k.value, ast.Constant)), "")


def test_a_new_column_of_a_later_migration_can_be_empty_or_has_a_default():
    """A deploy runs the old code on the new tables for a while: added first, filled, tightened later."""
    found = []
    for m in MIGRATIONS:
        calls = [n for n in ast.walk(m.tree) if isinstance(n, ast.Call)]
        made = {said(call, "name").lower() for call in calls if ast.unparse(call.func).endswith("CreateModel")}
        for call in (n for n in calls if ast.unparse(n.func).endswith("AddField")):
            field = next(k.value for k in call.keywords if k.arg == "field")
            named = {k.arg for k in field.keywords} if isinstance(field, ast.Call) else set()
            if said(call, "model_name") not in made and not named & {"null", "default", "db_default", "blank"}:
                found.append(m.at(call))
    assert found == []
