"""The second wall: row security on the material of a case, and tables the runtime role may only add to."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION prevent_user() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('prevent.user_id', true), '')::uuid $$;

CREATE FUNCTION prevent_case() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('prevent.case_id', true), '')::uuid $$;

CREATE FUNCTION prevent_today() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('prevent.today', true), '')::date,
                   (now() AT TIME ZONE 'Europe/London')::date) $$;

CREATE FUNCTION prevent_is_service() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('prevent.service', true), '') = 'on' $$;

-- The teams whose material a person opens today: by nomination where the kind of team nominates, else by seat.
CREATE FUNCTION prevent_desks(who uuid) RETURNS TABLE (team_id uuid, group_id integer) LANGUAGE sql STABLE AS $$
    SELECT t.id, t.group_id FROM accounts_membership m JOIN accounts_team t ON t.id = m.team_id
     WHERE m.user_id = who AND m.starts_on <= prevent_today() AND coalesce(m.ends_on, 'infinity') >= prevent_today()
       AND t.closed_on IS NULL
       AND (t.kind NOT IN ('AREA', 'LOCALITY') OR EXISTS (
            SELECT FROM accounts_nomination n
             WHERE n.user_id = who AND n.team_id = t.id
               AND n.starts_on <= prevent_today() AND coalesce(n.ends_on, 'infinity') >= prevent_today()))
$$;

CREATE FUNCTION prevent_may_open(the_case uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT prevent_is_service() OR (
        EXISTS (SELECT FROM accounts_user WHERE id = prevent_user() AND is_active)
        AND NOT EXISTS (SELECT FROM casework_exclusion
                         WHERE case_id = the_case AND user_id = prevent_user() AND ended_at IS NULL)
        AND (EXISTS (SELECT FROM casework_case c JOIN prevent_desks(prevent_user()) d ON d.team_id = c.holder_team_id
                      WHERE c.id = the_case AND c.restricted_at IS NULL)
          OR EXISTS (SELECT FROM casework_casegroupobjectpermission g
                       JOIN prevent_desks(prevent_user()) d ON d.group_id = g.group_id
                      WHERE g.content_object_id = the_case)
          OR EXISTS (SELECT FROM casework_caseuserobjectpermission u
                      WHERE u.content_object_id = the_case AND u.user_id = prevent_user()
                        AND u.until >= prevent_today())))
$$;
"""

DROP = """
DROP FUNCTION prevent_may_open(uuid); DROP FUNCTION prevent_desks(uuid); DROP FUNCTION prevent_is_service();
DROP FUNCTION prevent_today(); DROP FUNCTION prevent_case(); DROP FUNCTION prevent_user();
"""

OPENED = "case_id = (SELECT prevent_case()) AND (SELECT prevent_may_open(prevent_case()))"
SERVICE = "(SELECT prevent_is_service())"
SHARED = """id IN (SELECT dd.document_id FROM casework_disclosure_documents dd
    JOIN casework_disclosure x ON x.id = dd.disclosure_id
    JOIN prevent_desks((SELECT prevent_user())) d ON d.team_id = x.recipient_team_id)"""

MATERIAL = {
    "casework_document": SHARED,
    "casework_historicaldocument": "",
    "casework_narrative": "",
    "casework_historicalnarrative": "",
    "casework_note": "",
    "casework_historicalnote": "",
}


def wall(table: str, also: str = "") -> str:
    """SQL that puts a table with a ``case_id`` behind row security: read what is open to you, add freely."""
    seen = f"({SERVICE} OR ({OPENED})" + (f" OR {also})" if also else ")")
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY seen ON {table} FOR SELECT USING {seen};
    CREATE POLICY added ON {table} FOR INSERT WITH CHECK (true);
    CREATE POLICY changed ON {table} FOR UPDATE USING ({SERVICE} OR ({OPENED}));
    """


def unwall(table: str) -> str:
    return f"""
    DROP POLICY seen ON {table}; DROP POLICY added ON {table}; DROP POLICY changed ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """


OWN_DRAFTS = f"""
ALTER TABLE casework_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON casework_draft USING ({SERVICE} OR by_id = (SELECT prevent_user()))
    WITH CHECK ({SERVICE} OR by_id = (SELECT prevent_user()));
"""

WRITTEN_ONCE = ("casework_event", "casework_accesslog", "casework_submission", "casework_clockentry")


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_grammar")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        *[migrations.RunSQL(wall(table, also), unwall(table)) for table, also in MATERIAL.items()],
        migrations.RunSQL(OWN_DRAFTS, "DROP POLICY own ON casework_draft"),
        migrations.RunSQL(
            "CREATE INDEX case_history_in_order ON casework_historicalcase (id, history_date, history_id)",
            "DROP INDEX case_history_in_order",
        ),
        *[
            migrations.RunSQL(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM prevent_app",
                f"GRANT UPDATE, DELETE ON {table} TO prevent_app",
            )
            for table in WRITTEN_ONCE
        ],
    ]
