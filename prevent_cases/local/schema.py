"""Bring the database to this code's schema, as its owner; run as a program by the supervisor.

The last line it prints is ``empty`` or ``filled`` (whether anybody can sign in yet), or the sentence of what is wrong.
"""

import sys

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from prevent_cases.local.problem import Problem

OWNER = "owner"


def unknown_migrations(loader: MigrationLoader) -> list[str]:
    """Migrations that the database has and this code does not, of apps that this code has."""
    known = set(loader.disk_migrations)
    known |= {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    missing = (key for key in loader.applied_migrations if key[0] in loader.migrated_apps and key not in known)
    return sorted(".".join(key) for key in missing)


def bring_up_to_date() -> bool:
    """Apply what is missing; whether the database has any person in it.

    Raises ``Problem`` where it is ahead of this code, or a migration stops.
    """
    connection = connections[OWNER]
    loader = MigrationLoader(connection)
    if unknown := unknown_migrations(loader):
        more = f" and {len(unknown) - 1} more" if unknown[1:] else ""
        raise Problem(
            f"The database has a migration that this code does not know ({unknown[0]}{more}): "
            "run the newer code, or choose another DATA_DIR."
        )
    try:
        call_command("migrate", database=OWNER, interactive=False, verbosity=1)
    except Exception as error:
        raise Problem(_stopped_at(connection, error)) from error
    return get_user_model()._base_manager.using(OWNER).exists()


def _stopped_at(connection: BaseDatabaseWrapper, error: Exception) -> str:
    """The sentence for a migration that stopped: its name and the first line of the reason."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    where = f"at {plan[0][0].app_label}.{plan[0][0].name}" if plan else "after the last one"
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    return f"The migrations are half applied: they stopped {where} ({reason}); put that right and start again."


def main() -> int:
    django.setup()
    try:
        print("filled" if bring_up_to_date() else "empty")
    except Problem as problem:
        print(f"\n{problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
