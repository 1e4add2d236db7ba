"""What the tests of a case's pages share: a county, and the statements a page costs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

KEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
LOG = "INSERT INTO casework_accesslog"


@pytest.fixture
def place(db: None) -> Any:
    """A fresh county. Models cannot be imported before the apps are loaded, which is after this file."""
    return import_module("tests.factories").county()


@pytest.fixture
def statements(client: Client) -> Callable[[str], tuple[int, int]]:
    """How many statements a page costs, and how many of them write to the access log. Asked a second time, so that
    neither the session nor a cache is being filled."""

    def count(url: str) -> tuple[int, int]:
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        asked = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(KEEPING)]
        logged = sum(LOG in sql for sql in asked)
        return len(asked) - logged, logged

    return count
