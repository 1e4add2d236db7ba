"""What children's duty decided, behind the wall; and the feedback that is owed."""

import django.db.models.deletion
import prevent_cases.accounts.histories
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


SERVICE = "(SELECT prevent_is_service())"
OPENED = "case_id = (SELECT prevent_case()) AND (SELECT prevent_may_open(prevent_case()))"


def wall(table: str) -> str:
    """SQL that shows a row to whom its case's material is open."""
    seen = f"({SERVICE} OR ({OPENED}))"
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
        ("referrals", "0008_childrens_duty"),
        ("safeguarding", "0001_protection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalChildDecision",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("acknowledged_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NO_CONCERN", "No immediate concern"),
                            ("SECTION_17", "Section 17: a child in need"),
                            ("SECTION_47", "Section 47: reasonable cause to suspect significant harm"),
                            ("IMMEDIATE", "Immediate protection"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("consulted", models.CharField(blank=True, max_length=200)),
                ("threshold_title", models.CharField(blank=True, max_length=200)),
                ("threshold_link", models.CharField(blank=True, max_length=300)),
                ("procedure_edition", models.PositiveIntegerField(default=0)),
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
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "arrival",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="referrals.childarrival",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical child decision",
                "verbose_name_plural": "historical child decisions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFeedbackOwed",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OWED", "Owed"),
                            ("GIVEN", "Given"),
                            ("HEARD", "Heard from CT policing"),
                            ("NOT_APPROPRIATE", "Not appropriate"),
                        ],
                        default="OWED",
                        max_length=16,
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("SOCIAL_CARE", "social care"),
                            ("REFERRER", "the referrer"),
                            ("PARENTS", "the parents or guardians"),
                        ],
                        max_length=12,
                    ),
                ),
                ("owed_at", models.DateTimeField()),
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
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical feedback owed",
                "verbose_name_plural": "historical feedback oweds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ChildDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("acknowledged_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NO_CONCERN", "No immediate concern"),
                            ("SECTION_17", "Section 17: a child in need"),
                            ("SECTION_47", "Section 47: reasonable cause to suspect significant harm"),
                            ("IMMEDIATE", "Immediate protection"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("consulted", models.CharField(blank=True, max_length=200)),
                ("threshold_title", models.CharField(blank=True, max_length=200)),
                ("threshold_link", models.CharField(blank=True, max_length=300)),
                ("procedure_edition", models.PositiveIntegerField(default=0)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "arrival",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.childarrival"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case"], name="child_decision_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", ""),
                            ("decision__in", ["NO_CONCERN", "SECTION_17", "SECTION_47", "IMMEDIATE"]),
                            _connector="OR",
                        ),
                        name="child_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("decision", ""),
                                ("reason", ""),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decision", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="child_decided_all_or_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ("", "SECTION_47", "IMMEDIATE")),
                            models.Q(("consulted", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="policing_consulted_where_it_can_wait",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackOwed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OWED", "Owed"),
                            ("GIVEN", "Given"),
                            ("HEARD", "Heard from CT policing"),
                            ("NOT_APPROPRIATE", "Not appropriate"),
                        ],
                        default="OWED",
                        max_length=16,
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("SOCIAL_CARE", "social care"),
                            ("REFERRER", "the referrer"),
                            ("PARENTS", "the parents or guardians"),
                        ],
                        max_length=12,
                    ),
                ),
                ("owed_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "OWED")), fields=["team", "owed_at"], name="feedback_owed_by"
                    ),
                    models.Index(fields=["case"], name="feedback_of_case"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["OWED", "GIVEN", "HEARD", "NOT_APPROPRIATE"])),
                        name="feedback_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to__in", ["SOCIAL_CARE", "REFERRER", "PARENTS"])), name="feedback_to_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "OWED")), fields=("case", "to"), name="one_feedback_owed_to_each"
                    ),
                ],
            },
        ),
        migrations.RunSQL(wall("safeguarding_childdecision"), unwall("safeguarding_childdecision")),
        migrations.RunSQL(wall("safeguarding_historicalchilddecision"), unwall("safeguarding_historicalchilddecision")),
        migrations.RunSQL(HISTORIES, migrations.RunSQL.noop),
    ]
