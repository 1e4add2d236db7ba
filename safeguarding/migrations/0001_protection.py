"""What is done to protect somebody: its facts in the open, its words behind the wall."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import prevent_cases.accounts.histories
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

OPENED = "case_id = (SELECT prevent_case()) AND (SELECT prevent_may_open(prevent_case()))"
SERVICE = "(SELECT prevent_is_service())"
WALLED = (
    "safeguarding_protectionwords",
    "safeguarding_emergencydecision",
    "safeguarding_strategydiscussion",
    "safeguarding_agreedaction",
    "safeguarding_historicalagreedaction",
    "safeguarding_screening",
)
WRITTEN_ONCE = (
    "safeguarding_protectionwords",
    "safeguarding_emergencydecision",
    "safeguarding_strategydiscussion",
    "safeguarding_screening",
    "safeguarding_historicalprotection",
    "safeguarding_historicalagreedaction",
)


def wall(table: str) -> str:
    """SQL that puts a table with a ``case_id`` behind row security: read what is open to you, add freely."""
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY seen ON {table} FOR SELECT USING ({SERVICE} OR ({OPENED}));
    CREATE POLICY added ON {table} FOR INSERT WITH CHECK (true);
    CREATE POLICY changed ON {table} FOR UPDATE USING ({SERVICE} OR ({OPENED}));
    """


def unwall(table: str) -> str:
    return f"""
    DROP POLICY seen ON {table}; DROP POLICY added ON {table}; DROP POLICY changed ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_suspensions"),
        ("casework", "0010_hold"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Protection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "Open"),
                            ("DISCUSSED", "Discussion held"),
                            ("ENQUIRING", "Enquiry open"),
                            ("CONFERRED", "Conference held"),
                            ("ASSESSED", "Assessed"),
                            ("FINISHED", "Finished"),
                        ],
                        default="OPEN",
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("IMMEDIATE", "Immediate protection"),
                            ("SECTION_47", "Section 47: a child at risk of significant harm"),
                            ("SECTION_17", "Section 17: a child in need"),
                            ("SECTION_42", "Section 42: an adult at risk"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("counted_from", models.DateTimeField()),
                ("conference_from", models.DateTimeField(null=True)),
                ("needs_police", models.BooleanField(default=False)),
                (
                    "child_route",
                    models.CharField(
                        choices=[("NONE", "No child"), ("TO_RAISE", "To be raised"), ("RAISED", "Raised")],
                        default="NONE",
                        max_length=10,
                    ),
                ),
                ("child_told_to", models.CharField(blank=True, max_length=150)),
                ("child_told_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SAFE", "They are safe now"),
                            ("PLAN", "A plan goes on in social care"),
                            ("MOVED", "Another authority has taken it over"),
                            ("NOT_FOUND", "No continuing risk was found"),
                            ("ERROR", "It was begun in error"),
                        ],
                        max_length=10,
                    ),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safeguarding.protection",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalProtection",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "Open"),
                            ("DISCUSSED", "Discussion held"),
                            ("ENQUIRING", "Enquiry open"),
                            ("CONFERRED", "Conference held"),
                            ("ASSESSED", "Assessed"),
                            ("FINISHED", "Finished"),
                        ],
                        default="OPEN",
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("IMMEDIATE", "Immediate protection"),
                            ("SECTION_47", "Section 47: a child at risk of significant harm"),
                            ("SECTION_17", "Section 17: a child in need"),
                            ("SECTION_42", "Section 42: an adult at risk"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("counted_from", models.DateTimeField()),
                ("conference_from", models.DateTimeField(null=True)),
                ("needs_police", models.BooleanField(default=False)),
                (
                    "child_route",
                    models.CharField(
                        choices=[("NONE", "No child"), ("TO_RAISE", "To be raised"), ("RAISED", "Raised")],
                        default="NONE",
                        max_length=10,
                    ),
                ),
                ("child_told_to", models.CharField(blank=True, max_length=150)),
                ("child_told_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SAFE", "They are safe now"),
                            ("PLAN", "A plan goes on in social care"),
                            ("MOVED", "Another authority has taken it over"),
                            ("NOT_FOUND", "No continuing risk was found"),
                            ("ERROR", "It was begun in error"),
                        ],
                        max_length=10,
                    ),
                ),
                ("finished_at", models.DateTimeField(null=True)),
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
                    "opened_by",
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
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="safeguarding.protection",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical protection",
                "verbose_name_plural": "historical protections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="EmergencyDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "agency",
                    models.CharField(
                        choices=[("COUNCIL", "The council"), ("POLICE", "Police"), ("NSPCC", "NSPCC")], max_length=10
                    ),
                ),
                ("decided_by", models.CharField(max_length=150)),
                ("decided_at", models.DateTimeField()),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("POLICE_PROTECTION", "Police protection (section 46)"),
                            ("COURT_ORDER", "Emergency protection order applied for (section 44)"),
                            ("AGREED", "Safe arrangements agreed with whoever cares for them"),
                            ("SAFE_PLACE", "Taken to hospital or to a safe place"),
                            ("OTHER", "Something else"),
                            ("NONE", "No emergency action is needed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField()),
                ("consulted", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "protection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safeguarding.protection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProtectionWords",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("REASON", "Why it was begun"),
                            ("AGAIN", "Why it was asked for again"),
                            ("CONFERENCE", "What the conference decided"),
                            ("ASSESSMENT", "What the assessment found"),
                            ("LATE", "Why it took longer"),
                            ("CHILD_TOLD", "What children's social care was told"),
                            ("ENDING", "How it ended"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "protection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safeguarding.protection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("has_needs", models.BooleanField()),
                ("needs_words", models.TextField()),
                ("is_at_risk", models.BooleanField()),
                ("risk_words", models.TextField()),
                ("cannot_protect", models.BooleanField()),
                ("protect_words", models.TextField()),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("ENQUIRY", "Make enquiries under section 42"),
                            ("OTHER_ENQUIRY", "Make enquiries although the three parts are not all met"),
                            ("NONE", "No enquiry"),
                        ],
                        max_length=14,
                    ),
                ),
                ("decision_words", models.TextField()),
                ("wishes", models.TextField()),
                (
                    "advocacy",
                    models.CharField(
                        choices=[
                            ("NOT_NEEDED", "They can take part without one"),
                            ("SOMEBODY", "Somebody suitable supports them"),
                            ("ADVOCATE", "An independent advocate is being arranged"),
                        ],
                        max_length=12,
                    ),
                ),
                ("advocate", models.CharField(blank=True, max_length=150)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("HAS", "They can decide this"),
                            ("LACKS", "They cannot decide this, with support"),
                            ("NOT_ASSESSED", "There is no reason to doubt it"),
                        ],
                        max_length=14,
                    ),
                ),
                ("capacity_decision", models.CharField(blank=True, max_length=200)),
                ("capacity_support", models.TextField(blank=True)),
                ("child", models.BooleanField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "protection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safeguarding.protection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StrategyDiscussion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("held_at", models.DateTimeField()),
                ("attendees", models.JSONField()),
                ("absent", models.JSONField(default=list)),
                ("why_absent", models.TextField(blank=True)),
                (
                    "legal_advice",
                    models.CharField(
                        choices=[("SOUGHT", "Yes"), ("NOT_NEEDED", "No, it was not needed")], max_length=12
                    ),
                ),
                ("legal_words", models.TextField(blank=True)),
                (
                    "told",
                    models.CharField(
                        choices=[
                            ("TOLD", "Yes"),
                            ("LATER", "Not yet"),
                            ("NOT_TOLD", "No, and they will not be for now"),
                        ],
                        max_length=10,
                    ),
                ),
                ("told_words", models.TextField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("SECTION_47", "Enquiries under section 47"),
                            ("SECTION_17", "An assessment under section 17"),
                            ("SECTION_42", "An enquiry under section 42"),
                            ("SAFE_NOW", "The agreed actions keep them safe, and nothing more is needed"),
                            ("NONE", "No further action to protect them"),
                        ],
                        max_length=12,
                    ),
                ),
                ("minutes", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "protection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safeguarding.protection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalAgreedAction",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=300)),
                ("who", models.CharField(max_length=150)),
                ("due_on", models.DateField()),
                (
                    "standing",
                    models.CharField(
                        choices=[("AGREED", "To do"), ("DONE", "Done"), ("NOT_DONE", "Not done")],
                        default="AGREED",
                        max_length=10,
                    ),
                ),
                ("done_by", models.CharField(blank=True, max_length=150)),
                ("done_on", models.DateField(null=True)),
                ("done_words", models.TextField(blank=True)),
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
                    "by",
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
                    "protection",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="safeguarding.protection",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="safeguarding.strategydiscussion",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agreed action",
                "verbose_name_plural": "historical agreed actions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="AgreedAction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=300)),
                ("who", models.CharField(max_length=150)),
                ("due_on", models.DateField()),
                (
                    "standing",
                    models.CharField(
                        choices=[("AGREED", "To do"), ("DONE", "Done"), ("NOT_DONE", "Not done")],
                        default="AGREED",
                        max_length=10,
                    ),
                ),
                ("done_by", models.CharField(blank=True, max_length=150)),
                ("done_on", models.DateField(null=True)),
                ("done_words", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "protection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safeguarding.protection"
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="safeguarding.strategydiscussion",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="protection",
            index=models.Index(fields=["case", "-opened_at"], name="protection_of_case"),
        ),
        migrations.AddIndex(
            model_name="protection",
            index=models.Index(
                condition=models.Q(("state", "FINISHED"), _negated=True),
                fields=["team", "opened_at"],
                name="protection_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["IMMEDIATE", "SECTION_47", "SECTION_17", "SECTION_42"])),
                name="protection_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["OPEN", "DISCUSSED", "ENQUIRING", "CONFERRED", "ASSESSED", "FINISHED"])
                ),
                name="protection_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", False), ("state", "FINISHED")),
                    models.Q(models.Q(("state", "FINISHED"), _negated=True), ("finished_at__isnull", True)),
                    _connector="OR",
                ),
                name="protection_finished_both_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("child_route", "RAISED"),
                        ("child_told_at__isnull", False),
                        models.Q(("child_told_to", ""), _negated=True),
                    ),
                    models.Q(("child_route__in", ("NONE", "TO_RAISE")), ("child_told_at__isnull", True)),
                    _connector="OR",
                ),
                name="protection_child_raised_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "FINISHED"), _negated=True),
                fields=("case", "kind"),
                name="one_open_protection_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("agency__in", ["COUNCIL", "POLICE", "NSPCC"])), name="emergency_agency_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("action__in", ["POLICE_PROTECTION", "COURT_ORDER", "AGREED", "SAFE_PLACE", "OTHER", "NONE"])
                ),
                name="emergency_action_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", ""), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    models.Q(("consulted", ""), _negated=True),
                ),
                name="emergency_decision_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencydecision",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4c0d4b98f74e2826eee4b96eff884d5612e9a2ed",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_ef5a2",
                    table="safeguarding_emergencydecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergencydecision",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME;",
                    hash="10d4afea07d0a2f8586e54b0681914c249527541",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_a8e09",
                    table="safeguarding_emergencydecision",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionwords",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="protection_words_said"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="protectionwords",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6282d959ff77745f2e9a1a87c07ece2178b9fff6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_1bc58",
                    table="safeguarding_protectionwords",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="protectionwords",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME;",
                    hash="0822444622e214ec22dd9f4411e4598abd1d0bf3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_d979e",
                    table="safeguarding_protectionwords",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cannot_protect", True), ("decision", "ENQUIRY"), ("has_needs", True), ("is_at_risk", True)
                    ),
                    models.Q(
                        ("decision__in", ("OTHER_ENQUIRY", "NONE")),
                        models.Q(("cannot_protect", True), ("has_needs", True), ("is_at_risk", True), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="screening_follows_from_its_parts",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("needs_words", ""), _negated=True),
                    models.Q(("risk_words", ""), _negated=True),
                    models.Q(("protect_words", ""), _negated=True),
                    models.Q(("decision_words", ""), _negated=True),
                    models.Q(("wishes", ""), _negated=True),
                ),
                name="screening_has_its_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capacity", "NOT_ASSESSED"),
                    models.Q(
                        ("capacity__in", ("HAS", "LACKS")),
                        models.Q(("capacity_decision", ""), _negated=True),
                        models.Q(("capacity_support", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="screening_capacity_of_one_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("advocacy", "NOT_NEEDED"),
                    models.Q(("advocacy__in", ("SOMEBODY", "ADVOCATE")), models.Q(("advocate", ""), _negated=True)),
                    _connector="OR",
                ),
                name="screening_supporter_named",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="screening",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8da517872ffa6d49dcefc2db314c3c0fcd84e913",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_35362",
                    table="safeguarding_screening",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="screening",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME;",
                    hash="5d0c67c4947498c25dd49aef746943c2f32f9890",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_b1acb",
                    table="safeguarding_screening",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="strategydiscussion",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["SECTION_47", "SECTION_17", "SECTION_42", "SAFE_NOW", "NONE"])),
                name="discussion_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategydiscussion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("legal_advice", "NOT_NEEDED"),
                    models.Q(("legal_advice", "SOUGHT"), models.Q(("legal_words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="discussion_advice_has_its_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategydiscussion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told__in", ["TOLD", "LATER", "NOT_TOLD"]),
                    models.Q(("told_words", ""), _negated=True),
                    models.Q(("minutes", ""), _negated=True),
                ),
                name="discussion_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategydiscussion",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1cb76a1f8a7ab3b781e38f690b7f1fd89b5d25f3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_f39e9",
                    table="safeguarding_strategydiscussion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategydiscussion",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME;",
                    hash="812e3e5a6679167f3b44c9473526c15a9981384d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_2c421",
                    table="safeguarding_strategydiscussion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agreedaction",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("who", ""), _negated=True)),
                name="agreed_action_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreedaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", True), ("standing", "AGREED")),
                    models.Q(
                        ("done_on__isnull", False), ("standing", "DONE"), models.Q(("done_by", ""), _negated=True)
                    ),
                    models.Q(
                        ("done_on__isnull", True), ("standing", "NOT_DONE"), models.Q(("done_words", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="agreed_action_done_by_somebody",
            ),
        ),
        *[migrations.RunSQL(wall(table), unwall(table)) for table in WALLED],
        *[
            migrations.RunSQL(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM prevent_app",
                f"GRANT UPDATE, DELETE ON {table} TO prevent_app",
            )
            for table in WRITTEN_ONCE
        ],
    ]
