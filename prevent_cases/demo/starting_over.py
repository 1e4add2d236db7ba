"""Empty the demo's database, as its owner: the product itself never removes what is written once."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import connections, transaction

from prevent_cases.casework import procedure
from prevent_cases.demo.refusals import NotHere, refuse_outside_the_demo

OWNER = "owner"
WRITTEN_BY_MIGRATIONS = ("django_migrations", "django_content_type", "auth_permission")
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
GUARDED = """SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
              WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace ORDER BY 1"""
STRANGERS = "SELECT count(*) FROM accounts_user WHERE email NOT LIKE '%.example'"


def empty_the_database() -> None:
    """Remove every row but those that the migrations wrote, and the files kept for them. All or nothing.

    For the length of one transaction the triggers that forbid it stand aside, which only the tables' owner may order.

    :raises NotHere: in production, without the owner's address, or where any account is not the demo's own
    """
    refuse_outside_the_demo()
    if OWNER not in connections:
        raise NotHere("Starting over is the database owner's to do: set DATABASE_OWNER_URL. Nothing was changed.")
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(STRANGERS)
        if cursor.fetchone()[0]:
            raise NotHere("Some accounts here are not of the demo (not in .example). Nothing was changed.")
        cursor.execute("SELECT set_config('prevent.service', 'on', true)")
        cursor.execute("SELECT store_key FROM casework_document")
        kept_files = [key for (key,) in cursor.fetchall()]
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall() if name not in WRITTEN_BY_MIGRATIONS]
        cursor.execute(GUARDED)
        guarded = [name for (name,) in cursor.fetchall()]
        for name in guarded:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
        for name in guarded:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    for key in kept_files:
        default_storage.delete(key)
    procedure.read_again()
