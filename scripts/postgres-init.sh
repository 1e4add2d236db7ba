#!/bin/sh
# Runs once inside the PostgreSQL container, when its volume is empty: the roles of roles.sql, with their passwords.
set -eu
set -- --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --quiet
psql "$@" --file "${ROLES_SQL:-/etc/prevent-cases/roles.sql}"
# Read from the environment by psql itself, so that no process list shows them.
psql "$@" <<'SQL'
\getenv owner_password DATABASE_OWNER_PASSWORD
\getenv app_password DATABASE_APP_PASSWORD
ALTER ROLE prevent_owner PASSWORD :'owner_password';
ALTER ROLE prevent_app PASSWORD :'app_password';
SQL
