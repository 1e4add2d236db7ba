"""The second wall: what the database itself refuses, whatever the code above it forgets."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connections, transaction

from prevent_cases.accounts.models import User
from prevent_cases.casework.models import AccessLog, Case, ClockEntry, Event, Submission
from prevent_cases.casework.now import now
from tests.factories import a_referral, county

WRITTEN_ONCE = [model._meta.db_table for model in (Event, AccessLog, Submission, ClockEntry)]
OURS = [
    model._meta.db_table for config in apps.get_app_configs() for model in config.get_models() if model._meta.managed
]


def asked(question: str, *given: object, alias: str = "default") -> list[tuple]:
    with connections[alias].cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchall()


def test_the_product_signs_in_as_a_role_that_may_nothing_special(db):
    assert asked(
        """SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin
             FROM pg_roles WHERE rolname = current_user"""
    ) == [("prevent_app", False, False, False, False, False, True)]
    assert asked("SELECT roleid::regrole FROM pg_auth_members WHERE member = current_user::regrole") == []


def test_what_is_restricted_stays_restricted(db):
    case = a_referral(county(), "PREPARING").case
    assert case.restricted_at is not None
    with pytest.raises(DatabaseError, match="Cannot update rows from casework_case"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(restricted_at=None)


def test_the_product_owns_nothing(db):
    assert (
        asked(
            """SELECT relname FROM pg_class WHERE relowner = current_user::regrole
            UNION ALL SELECT proname FROM pg_proc WHERE proowner = current_user::regrole
            UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = current_user::regrole
            UNION ALL SELECT datname FROM pg_database WHERE datdba = current_user::regrole"""
        )
        == []
    )


def test_the_product_can_neither_make_nor_empty_nor_hook_a_table(db):
    assert len(OURS) >= 40
    rights = asked(
        """SELECT relname FROM pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
              AND has_table_privilege(oid, 'TRUNCATE, REFERENCES, TRIGGER')"""
    )
    assert rights == []
    assert asked("SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]
    assert asked("SELECT has_database_privilege(current_database(), 'CREATE, TEMPORARY')") == [(False,)]


def test_the_owner_of_the_tables_cannot_pass_row_security_either(db):
    assert asked("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'prevent_owner'") == [(False, False)]
    owners = asked(
        """SELECT DISTINCT relowner::regrole::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"""
    )
    assert owners == [("prevent_owner",)]


def test_no_view_or_function_lends_somebody_elses_rights(db):
    assert (
        asked("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace")
        == []
    )
    assert asked("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace") == []


CHANGES = {
    "save": "UPDATE {table} SET id = id",
    "update": "UPDATE {table} SET id = id WHERE id IS NOT NULL",
    "bulk_update": "UPDATE {table} SET id = CASE WHEN true THEN id END",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
    "upsert": "INSERT INTO {table} SELECT * FROM {table} LIMIT 1 ON CONFLICT (id) DO UPDATE SET id = excluded.id",
    "merge": "MERGE INTO {table} t USING {table} s ON t.id = s.id WHEN MATCHED THEN DELETE",
    "drop": "DROP TABLE {table} CASCADE",
    "alter": "ALTER TABLE {table} ADD COLUMN extra text",
    "no trigger": "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "no row security": "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    "as a replica": "SET session_replication_role = replica",
    "as the owner": "SET ROLE prevent_owner",
}


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_the_product_adds_to_a_table_that_is_written_once_and_can_do_nothing_else(db, table):
    a_referral(county(), "WITH_AREA")
    AccessLog.objects.create(
        case_id=asked("SELECT id FROM casework_case")[0][0], user=User.objects.first(), at=now(), what="CASE", basis="x"
    )
    before = asked(f"SELECT * FROM {table} ORDER BY id")
    assert before
    for statement in CHANGES.values():
        with pytest.raises(DatabaseError), transaction.atomic():
            asked(statement.format(table=table))
    assert asked(f"SELECT * FROM {table} ORDER BY id") == before


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_owner_of_the_tables_is_stopped_by_their_triggers():
    place = county()
    referral = a_referral(place, "WITH_AREA")
    AccessLog.objects.create(case_id=referral.case_id, user=place.officer.user, at=now(), what="CASE", basis="x")
    for table in WRITTEN_ONCE:
        before = asked(f"SELECT count(*) FROM {table}")
        assert before > [(0,)], table
        for how in ("save", "update", "bulk_update", "delete", "truncate", "upsert", "merge"):
            with pytest.raises(DatabaseError), transaction.atomic("owner"):
                asked(CHANGES[how].format(table=table), alias="owner")
        assert asked(f"SELECT count(*) FROM {table}") == before


def test_what_a_row_looked_like_before_is_never_changed_or_taken_out(db):
    histories = [m.history.model._meta.db_table for m in apps.get_models() if hasattr(m, "history")]
    rights = "SELECT name FROM unnest(%s) AS name WHERE has_table_privilege(name, 'UPDATE, DELETE, TRUNCATE')"
    assert len(histories) >= 15
    assert asked(rights, histories) == []


def test_the_orms_ways_round_are_shut_too(db):
    event = Event.objects.filter(case=a_referral(county()).case).first()
    event.kind = "forged"
    ways = [
        event.save,
        event.delete,
        lambda: Event.objects.update(kind="forged"),
        lambda: Event.objects.bulk_update([event], ["kind"]),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.filter(pk=event.pk)._raw_delete("default"),
        lambda: Event.objects.bulk_create([event], update_conflicts=True, update_fields=["kind"], unique_fields=["id"]),
        lambda: Event.objects.update_or_create(pk=event.pk, defaults={"kind": "forged"}),
    ]
    for way in ways:
        with pytest.raises(DatabaseError), transaction.atomic():
            way()
    assert not Event.objects.filter(kind="forged").exists()
