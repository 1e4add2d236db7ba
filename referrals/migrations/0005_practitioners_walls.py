"""Row security on what is written at an organisation, and on what a referrer may read again of their own."""

from django.db import migrations

SERVICE = "(SELECT prevent_is_service())"
USER = "(SELECT prevent_user())"
OPENED = "case_id = (SELECT prevent_case()) AND (SELECT prevent_may_open(prevent_case()))"

OWN_SUBJECTS = """
CREATE FUNCTION prevent_own_subjects() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT 'referrals.practitionerreferral:' || id FROM referrals_practitionerreferral
     WHERE referrer_id = prevent_user()
     UNION ALL
    SELECT 'referrals.referrerquestion:' || id FROM referrals_referrerquestion WHERE referrer_id = prevent_user()
$$
"""

CONCERNS = f"""
ALTER TABLE referrals_concern ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_concern FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON referrals_concern FOR SELECT USING ({SERVICE} OR writer_id = {USER} OR lead_id = {USER});
CREATE POLICY begun ON referrals_concern FOR INSERT WITH CHECK ({SERVICE} OR writer_id = {USER});
CREATE POLICY changed ON referrals_concern FOR UPDATE USING ({SERVICE} OR writer_id = {USER} OR lead_id = {USER});
CREATE POLICY forgotten ON referrals_concern FOR DELETE USING ({SERVICE} OR writer_id = {USER});
REVOKE UPDATE ON referrals_concernstep FROM prevent_app;
"""
CONCERNS_BACK = """
GRANT UPDATE ON referrals_concernstep TO prevent_app;
DROP POLICY seen ON referrals_concern; DROP POLICY begun ON referrals_concern;
DROP POLICY changed ON referrals_concern; DROP POLICY forgotten ON referrals_concern;
ALTER TABLE referrals_concern NO FORCE ROW LEVEL SECURITY; ALTER TABLE referrals_concern DISABLE ROW LEVEL SECURITY;
"""


def part_of_a_concern(table: str) -> tuple[str, str]:
    """SQL that shows a row to whoever sees its concern, and takes it back."""
    there = f"({SERVICE} OR concern_id IN (SELECT id FROM referrals_concern))"
    return (
        f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY own ON {table} USING {there} WITH CHECK {there};
    """,
        f"""
    DROP POLICY own ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """,
    )


def own_words(table: str) -> tuple[str, str]:
    """SQL that lets a referrer read and amend what lies under their own referral and its questions, and back."""
    own = "OR subject IN (SELECT prevent_own_subjects())"
    seen = f"{SERVICE} OR ({OPENED})"
    return (
        f"""
    ALTER POLICY seen ON {table} USING ({seen} {own});
    ALTER POLICY changed ON {table} USING ({seen} {own});
    """,
        f"""
    ALTER POLICY seen ON {table} USING ({seen});
    ALTER POLICY changed ON {table} USING ({seen});
    """,
    )


SHARED = """id IN (SELECT dd.document_id FROM casework_disclosure_documents dd
    JOIN casework_disclosure x ON x.id = dd.disclosure_id
    JOIN prevent_desks((SELECT prevent_user())) d ON d.team_id = x.recipient_team_id)"""
OWN_FILES = (
    f"""ALTER POLICY seen ON casework_document
    USING ({SERVICE} OR ({OPENED}) OR {SHARED} OR subject IN (SELECT prevent_own_subjects()))""",
    f"ALTER POLICY seen ON casework_document USING ({SERVICE} OR ({OPENED}) OR {SHARED})",
)
HISTORIES = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT relname FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname LIKE '%historical%'
    LOOP EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM prevent_app', name); END LOOP;
END $$
"""
"""What a row looked like before is never changed or taken out: the histories that came since too."""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0004_practitioners"),
        ("casework", "0007_directory_and_editions"),
        ("accounts", "0002_joining_and_training"),
    ]

    operations = [
        migrations.RunSQL(OWN_SUBJECTS, "DROP FUNCTION prevent_own_subjects()"),
        migrations.RunSQL(CONCERNS, CONCERNS_BACK),
        migrations.RunSQL(*part_of_a_concern("referrals_concernstep")),
        migrations.RunSQL(*part_of_a_concern("referrals_advicetaken")),
        migrations.RunSQL(*own_words("casework_narrative")),
        migrations.RunSQL(*own_words("casework_historicalnarrative")),
        migrations.RunSQL(*OWN_FILES),
        migrations.RunSQL(HISTORIES, migrations.RunSQL.noop),
    ]
