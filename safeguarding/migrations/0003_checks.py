"""Police checks; and why police stop, behind row security for the unit's lead and that policing team alone."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import prevent_cases.accounts.histories
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


SEEN = """
EXISTS (SELECT FROM accounts_membership seat
          JOIN accounts_user person ON person.id = seat.user_id JOIN accounts_team team ON team.id = seat.team_id
         WHERE seat.user_id = (SELECT prevent_user()) AND person.is_active AND team.closed_on IS NULL
           AND seat.starts_on <= (SELECT prevent_today())
           AND coalesce(seat.ends_on, 'infinity') >= (SELECT prevent_today())
           AND (seat.team_id = safeguarding_stoppedbecause.policing_team_id
             OR (team.kind = 'SSU' AND seat.role = 'MANAGER' AND seat.team_id = (
                 SELECT owner_team_id FROM casework_case WHERE id = safeguarding_stoppedbecause.case_id))))
AND NOT EXISTS (SELECT FROM casework_exclusion conflict
                 WHERE conflict.case_id = safeguarding_stoppedbecause.case_id
                   AND conflict.user_id = (SELECT prevent_user()) AND conflict.ended_at IS NULL)
"""
WALL = f"""
ALTER TABLE safeguarding_stoppedbecause ENABLE ROW LEVEL SECURITY;
ALTER TABLE safeguarding_stoppedbecause FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON safeguarding_stoppedbecause FOR SELECT USING ({SEEN});
CREATE POLICY added ON safeguarding_stoppedbecause FOR INSERT WITH CHECK (true);
REVOKE UPDATE, DELETE, TRUNCATE ON safeguarding_stoppedbecause FROM prevent_app;
"""  # noqa: S608 a constant
UNWALL = """
DROP POLICY seen ON safeguarding_stoppedbecause; DROP POLICY added ON safeguarding_stoppedbecause;
ALTER TABLE safeguarding_stoppedbecause NO FORCE ROW LEVEL SECURITY;
ALTER TABLE safeguarding_stoppedbecause DISABLE ROW LEVEL SECURITY;
GRANT UPDATE, DELETE ON safeguarding_stoppedbecause TO prevent_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_suspensions"),
        ("casework", "0010_hold"),
        ("referrals", "0006_own_words_to_change"),
        ("safeguarding", "0002_duty_and_feedback"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("ASKED", "Asked"), ("ANSWERED", "Answered"), ("TAKEN_BACK", "No longer needed")],
                        default="ASKED",
                        max_length=12,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("HOLD", "Whether it is suitable for action under the Prevent duty"),
                            ("DECONFLICTION", "Whether anything stands in the way of protecting somebody"),
                        ],
                        max_length=14,
                    ),
                ),
                ("is_priority", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CLEAR", "Clear"),
                            ("WAIT", "Wait"),
                            ("DO_NOT_PROCEED", "Do not proceed"),
                            ("SUITABLE", "Suitable for action under the Prevent duty"),
                            ("NOT_SUITABLE", "Not suitable for action under the Prevent duty"),
                            ("NOT_PROGRESSED", "Not progressed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("told_by", models.CharField(blank=True, max_length=150)),
                ("told_on", models.DateField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "policing_team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.referral"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalCheck",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("ASKED", "Asked"), ("ANSWERED", "Answered"), ("TAKEN_BACK", "No longer needed")],
                        default="ASKED",
                        max_length=12,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("HOLD", "Whether it is suitable for action under the Prevent duty"),
                            ("DECONFLICTION", "Whether anything stands in the way of protecting somebody"),
                        ],
                        max_length=14,
                    ),
                ),
                ("is_priority", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CLEAR", "Clear"),
                            ("WAIT", "Wait"),
                            ("DO_NOT_PROCEED", "Do not proceed"),
                            ("SUITABLE", "Suitable for action under the Prevent duty"),
                            ("NOT_SUITABLE", "Not suitable for action under the Prevent duty"),
                            ("NOT_PROGRESSED", "Not progressed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("told_by", models.CharField(blank=True, max_length=150)),
                ("told_on", models.DateField(null=True)),
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
                    "answered_by",
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
                    "asked_by",
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
                    "policing_team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical check",
                "verbose_name_plural": "historical checks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StoppedBecause",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("MISGUIDED", "Malicious or misguided"),
                            ("NOT_VULNERABLE", "Clearly not vulnerable"),
                            ("COMPROMISE", "Would compromise an investigation"),
                            ("NOT_SAID", "Police did not say"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "check_asked",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safeguarding.check"
                    ),
                ),
                (
                    "policing_team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["case", "-asked_at"], name="check_of_case"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("state", "ASKED")),
                fields=["policing_team", "-is_priority", "asked_at"],
                name="check_owed_by_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["ASKED", "ANSWERED", "TAKEN_BACK"])), name="check_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["HOLD", "DECONFLICTION"])), name="check_purpose_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", False),
                        (
                            "result__in",
                            ["CLEAR", "WAIT", "DO_NOT_PROCEED", "SUITABLE", "NOT_SUITABLE", "NOT_PROGRESSED"],
                        ),
                        ("state", "ANSWERED"),
                        models.Q(("result", "WAIT"), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "ANSWERED"), _negated=True),
                        ("answered_at__isnull", True),
                        ("result__in", ("", "WAIT")),
                    ),
                    _connector="OR",
                ),
                name="check_answered_both_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_by", ""), ("told_on__isnull", True)),
                    models.Q(models.Q(("told_by", ""), _negated=True), ("told_on__isnull", False)),
                    _connector="OR",
                ),
                name="check_told_both_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ASKED")), fields=("case", "purpose"), name="one_open_check_a_purpose"
            ),
        ),
        migrations.AddConstraint(
            model_name="stoppedbecause",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["MISGUIDED", "NOT_VULNERABLE", "COMPROMISE", "NOT_SAID"])),
                name="stop_reason_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stoppedbecause",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5ed522f414070e0f1ef95ea11a8b2b64ec87b991",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_069b8",
                    table="safeguarding_stoppedbecause",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stoppedbecause",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME;",
                    hash="db30703598fc9b22d168cef9cdc0e4ec5eda3882",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_19e8c",
                    table="safeguarding_stoppedbecause",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(WALL, UNWALL),
    ]
