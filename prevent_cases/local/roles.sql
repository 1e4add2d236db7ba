-- The two roles and what every database of Prevent Cases needs, run once by a PostgreSQL superuser
-- while connected to that database. Safe to run again. Passwords are set apart from this file.
--
--   prevent_owner  owns the database and its schema; applies migrations; no superuser
--   prevent_app    what the web server and the workers sign in as: owns nothing, cannot pass row-level security

DO $roles$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prevent_owner') THEN
        CREATE ROLE prevent_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prevent_app') THEN
        CREATE ROLE prevent_app LOGIN;
    END IF;
    ALTER ROLE prevent_owner NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION;
    ALTER ROLE prevent_app NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION;
    EXECUTE format('ALTER DATABASE %I OWNER TO prevent_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO prevent_app', current_database());
END
$roles$;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER SCHEMA public OWNER TO prevent_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO prevent_app;

-- What the owner creates, the application may use; a migration takes back UPDATE and DELETE
-- where a table is append-only. TRUNCATE, REFERENCES and TRIGGER are never granted.
ALTER DEFAULT PRIVILEGES FOR ROLE prevent_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO prevent_app;
ALTER DEFAULT PRIVILEGES FOR ROLE prevent_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO prevent_app;
