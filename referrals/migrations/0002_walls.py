"""Row security on the words of an answer. A colleague who was asked one question sees that one item."""

from django.db import migrations

OPENED = "case_id = (SELECT prevent_case()) AND (SELECT prevent_may_open(prevent_case()))"
SERVICE = "(SELECT prevent_is_service())"
ASKED = """id IN (SELECT item_id FROM referrals_contribution
    WHERE colleague_id = (SELECT prevent_user()) AND state = 'ASKED')"""


def wall(table: str, also: str = "") -> str:
    seen = f"({SERVICE} OR ({OPENED})" + (f" OR {also})" if also else ")")
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY seen ON {table} FOR SELECT USING {seen};
    CREATE POLICY added ON {table} FOR INSERT WITH CHECK (true);
    CREATE POLICY changed ON {table} FOR UPDATE USING {seen};
    """


def unwall(table: str) -> str:
    return f"""
    DROP POLICY seen ON {table}; DROP POLICY added ON {table}; DROP POLICY changed ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """


HISTORIES = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT relname FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname LIKE '%historical%'
    LOOP EXECUTE format('{act} UPDATE, DELETE ON %I {whom} prevent_app', name); END LOOP;
END $$
"""
"""What a row looked like before is never changed or taken out."""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_adult_pathway"), ("casework", "0002_walls"), ("accounts", "0001_people")]

    operations = [
        migrations.RunSQL(wall("referrals_answeritem", ASKED), unwall("referrals_answeritem")),
        migrations.RunSQL(
            "CREATE INDEX referral_history_in_order ON referrals_historicalreferral (id, history_date, history_id)",
            "DROP INDEX referral_history_in_order",
        ),
        migrations.RunSQL(wall("referrals_historicalansweritem"), unwall("referrals_historicalansweritem")),
        migrations.RunSQL(
            HISTORIES.format(act="REVOKE", whom="FROM"),
            HISTORIES.format(act="GRANT", whom="TO"),
        ),
    ]
