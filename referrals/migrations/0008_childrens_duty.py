"""Children's duty: a referral's arrival behind the wall, its states, and one clock become two."""

import django.db.models.deletion
import prevent_cases.accounts.histories
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


SERVICE = "(SELECT prevent_is_service())"
OPENED = "case_id = (SELECT prevent_case()) AND (SELECT prevent_may_open(prevent_case()))"


def wall(table: str, also: str = "") -> str:
    """SQL that shows a row to whom its case's material is open, and to nobody else but those of ``also``."""
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


DUTY_CASES = """
CREATE FUNCTION prevent_duty_cases() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT c.id FROM prevent_desks(prevent_user()) d JOIN accounts_team t ON t.id = d.team_id AND t.kind = 'CHILDREN'
      JOIN casework_case c ON c.holder_team_id = d.team_id AND c.closed_at IS NULL
     WHERE EXISTS (SELECT FROM accounts_user WHERE id = prevent_user() AND is_active)
       AND NOT EXISTS (SELECT FROM casework_exclusion x
                        WHERE x.case_id = c.id AND x.user_id = prevent_user() AND x.ended_at IS NULL)
$$
"""
"""The open cases that children's duty holds, for whoever sits there: their list shows them all at once."""
IN_THE_LIST = "case_id = ANY (ARRAY(SELECT prevent_duty_cases()))"


RENAMED = """
UPDATE casework_clockrun SET clock = 'referral.decide' WHERE clock = 'referral.children';
UPDATE casework_dueaction SET clock = 'referral.decide' WHERE clock = 'referral.children';
UPDATE casework_case SET next_due_clock = 'referral.decide' WHERE next_due_clock = 'referral.children';
"""
"""The runs of a clock are called by its new key. What was written once keeps the old one, which still reads."""
CALLED_AS_BEFORE = """
UPDATE casework_clockrun SET clock = 'referral.children' WHERE clock = 'referral.decide';
UPDATE casework_dueaction SET clock = 'referral.children' WHERE clock = 'referral.decide';
UPDATE casework_case SET next_due_clock = 'referral.children' WHERE next_due_clock = 'referral.decide';
"""


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
        ("accounts", "0005_hours_of_a_team"),
        ("casework", "0012_hours_a_clock_keeps"),
        ("referrals", "0007_gone_on_untrained"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChildArrival",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("arrived_at", models.DateTimeField()),
                ("risk", models.CharField(blank=True, max_length=100)),
                ("school", models.CharField(blank=True, max_length=150)),
                ("caller_phone", models.CharField(blank=True, max_length=40)),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalChildArrival",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("arrived_at", models.DateTimeField()),
                ("risk", models.CharField(blank=True, max_length=100)),
                ("school", models.CharField(blank=True, max_length=150)),
                ("caller_phone", models.CharField(blank=True, max_length=40)),
                ("kept_at", models.DateTimeField()),
                (
                    "history_id",
                    models.UUIDField(
                        default=prevent_cases.accounts.histories.in_order,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical child arrival",
                "verbose_name_plural": "historical child arrivals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name="referral",
            name="referral_state_known",
        ),
        migrations.AlterField(
            model_name="historicalreferral",
            name="state",
            field=models.CharField(
                choices=[
                    ("RECEIVED", "Received"),
                    ("QUERIED", "Asked back"),
                    ("CHECKING", "Being checked"),
                    ("NIL_RETURNED", "Nil return sent"),
                    ("WITH_AREA", "With the Area Referral Service"),
                    ("AREA_RECORDED", "Recorded by the Area Referral Service"),
                    ("WITH_LOCALITY", "With the locality team"),
                    ("PREPARING", "Answer being prepared"),
                    ("SIGN_OFF", "Waiting for sign-off"),
                    ("RESPONDED", "Answered"),
                    ("OUTCOME_KNOWN", "Outcome recorded"),
                    ("WITH_CHILDREN", "With children's duty"),
                    ("CHILD_DECIDED", "Decided by children's duty"),
                    ("CLOSED", "Closed"),
                ],
                default="RECEIVED",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="referral",
            name="state",
            field=models.CharField(
                choices=[
                    ("RECEIVED", "Received"),
                    ("QUERIED", "Asked back"),
                    ("CHECKING", "Being checked"),
                    ("NIL_RETURNED", "Nil return sent"),
                    ("WITH_AREA", "With the Area Referral Service"),
                    ("AREA_RECORDED", "Recorded by the Area Referral Service"),
                    ("WITH_LOCALITY", "With the locality team"),
                    ("PREPARING", "Answer being prepared"),
                    ("SIGN_OFF", "Waiting for sign-off"),
                    ("RESPONDED", "Answered"),
                    ("OUTCOME_KNOWN", "Outcome recorded"),
                    ("WITH_CHILDREN", "With children's duty"),
                    ("CHILD_DECIDED", "Decided by children's duty"),
                    ("CLOSED", "Closed"),
                ],
                default="RECEIVED",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "RECEIVED",
                            "QUERIED",
                            "CHECKING",
                            "NIL_RETURNED",
                            "WITH_AREA",
                            "AREA_RECORDED",
                            "WITH_LOCALITY",
                            "PREPARING",
                            "SIGN_OFF",
                            "RESPONDED",
                            "OUTCOME_KNOWN",
                            "WITH_CHILDREN",
                            "CHILD_DECIDED",
                            "CLOSED",
                        ],
                    )
                ),
                name="referral_state_known",
            ),
        ),
        migrations.AddField(
            model_name="childarrival",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"),
        ),
        migrations.AddField(
            model_name="childarrival",
            name="kept_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="childarrival",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="arrivals", to="referrals.referral"
            ),
        ),
        migrations.AddField(
            model_name="childarrival",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="historicalchildarrival",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="historicalchildarrival",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalchildarrival",
            name="kept_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalchildarrival",
            name="referral",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="referrals.referral",
            ),
        ),
        migrations.AddField(
            model_name="historicalchildarrival",
            name="team",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.team",
            ),
        ),
        migrations.AddIndex(
            model_name="childarrival",
            index=models.Index(fields=["case", "-kept_at"], name="arrival_of_case"),
        ),
        migrations.AddConstraint(
            model_name="childarrival",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept_at__gte", models.F("arrived_at"))), name="arrival_not_in_the_future"
            ),
        ),
        migrations.RunSQL(DUTY_CASES, "DROP FUNCTION prevent_duty_cases()"),
        migrations.RunSQL(wall("referrals_childarrival", IN_THE_LIST), unwall("referrals_childarrival")),
        migrations.RunSQL(wall("referrals_historicalchildarrival"), unwall("referrals_historicalchildarrival")),
        migrations.RunSQL(HISTORIES, migrations.RunSQL.noop),
        migrations.RunSQL(RENAMED, CALLED_AS_BEFORE),
    ]
