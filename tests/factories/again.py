"""What was made once in this process is put back as rows: a county costs some three hundred statements to make."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection
from django.test.utils import CaptureQueriesContext

Made = TypeVar("Made")
INSERTED = re.compile(r'INSERT INTO "(\w+)"')
_kept: dict[Any, tuple[str, list[str], bytes]] = {}


def again(key: Any, make: Callable[[], Made]) -> Made:
    """What ``make`` made for this key before, with the same rows in the database; or made now, and kept.

    The tables it writes to must be empty of anything that refers to it, as they are when a test begins.
    """
    if key not in _kept:
        with CaptureQueriesContext(connection) as caught:
            made = make()
        tables = list(dict.fromkeys(table for query in caught for table in INSERTED.findall(query["sql"])))
        _kept[key] = (*_rows_of(tables), pickle.dumps(made))
        return made
    sql, rows, pickled = _kept[key]
    with connection.cursor() as cursor:
        cursor.execute(sql, rows)
    return pickle.loads(pickled)


def _rows_of(tables: list[str]) -> tuple[str, list[str]]:
    """A statement that writes every row of these tables, and what it is given."""
    rows = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT json_agg(t) FROM {table} t")
            rows.append(json.dumps(cursor.fetchone()[0]))
    return ";".join(f"INSERT INTO {t} SELECT * FROM json_populate_recordset(NULL::{t}, %s)" for t in tables), rows
