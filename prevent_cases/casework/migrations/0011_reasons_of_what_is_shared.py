"""Everything that makes a disclosure right, asked of every row from now on; consents and their history; secure domains.

What was shared before is marked as such. It keeps what is known of it, the agency from the team and what from the
title, and says of the rest that it was not recorded: no reason is made up for it (ADR 0020).
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import prevent_cases.accounts.histories
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

NOT_RECORDED = "Not recorded: this was shared before it was asked."
WHAT_IS_KNOWN_OF_OLDER_ROWS = """
UPDATE casework_disclosure d SET recipient_agency = o.name, items = jsonb_build_array(d.title)
  FROM accounts_team t JOIN accounts_organisation o ON o.id = t.organisation_id
 WHERE t.id = d.recipient_team_id;
"""
OPENED = "case_id = (SELECT prevent_case()) AND (SELECT prevent_may_open(prevent_case()))"


def wall(table: str) -> tuple[str, str]:
    """SQL that puts a table with a ``case_id`` behind row security, and takes it out: rows are added and read alone."""
    return (
        f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY seen ON {table} FOR SELECT USING ((SELECT prevent_is_service()) OR ({OPENED}));
    CREATE POLICY added ON {table} FOR INSERT WITH CHECK (true);
    """,
        f"""
    DROP POLICY seen ON {table}; DROP POLICY added ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_suspensions"),
        ("casework", "0010_hold"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentRecord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("TOLD", "Being told of the referral"),
                            ("SHARING", "Agreement to sharing"),
                            ("SUPPORT", "Support under section 36"),
                            ("SOCIAL_CARE", "Agreement to social care work"),
                            ("CAPACITY", "Capacity or competence"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("TOLD", "Told by us"),
                            ("TOLD_BY_OTHERS", "Told by somebody else"),
                            ("NOT_TOLD", "Not told"),
                            ("AGREED", "Agreed"),
                            ("REFUSED", "Did not agree"),
                            ("WITHDRAWN", "Took their agreement back"),
                            ("OVERRIDDEN", "Did not agree, and it goes on all the same"),
                            ("NOT_SOUGHT", "Not asked"),
                            ("ABLE", "Can decide this"),
                            ("UNABLE", "Cannot decide this"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "giver",
                    models.CharField(
                        choices=[
                            ("PERSON", "The person"),
                            ("PARENT", "A parent, or whoever has parental responsibility"),
                            ("ATTORNEY", "An attorney or deputy"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                ("words", models.TextField(blank=True)),
                ("decision", models.CharField(blank=True, max_length=200)),
                ("support", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalSecureDomain",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("domain", models.CharField(max_length=200)),
                ("covers_below", models.BooleanField(default=False)),
                ("why", models.CharField(max_length=300)),
                ("added_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
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
                "verbose_name": "historical secure domain",
                "verbose_name_plural": "historical secure domains",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SecureDomain",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("domain", models.CharField(max_length=200)),
                ("covers_below", models.BooleanField(default=False)),
                ("why", models.CharField(max_length=300)),
                ("added_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SeekingDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("TOLD", "Being told of the referral"),
                            ("SHARING", "Agreement to sharing"),
                            ("SUPPORT", "Support under section 36"),
                            ("SOCIAL_CARE", "Agreement to social care work"),
                            ("CAPACITY", "Capacity or competence"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("SEEK", "Ask"), ("DEFER", "Not yet"), ("DO_NOT_SEEK", "Do not ask")], max_length=12
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=150)),
                ("on", models.DateField(null=True)),
                ("why", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="disclosure",
            name="disclosure_delivery_known",
        ),
        migrations.RemoveConstraint(
            model_name="disclosure",
            name="emailed_both_or_neither",
        ),
        migrations.AddField(
            model_name="disclosure",
            name="address_standing",
            field=models.CharField(
                choices=[
                    ("KNOWN", "In the directory, and at a secure domain"),
                    ("SECURE", "At a secure domain, and not in the directory"),
                    ("LISTED", "In the directory, and not at a secure domain"),
                    ("UNKNOWN", "Neither in the directory nor at a secure domain"),
                    ("NO_ADDRESS", "No address was used"),
                    ("NOT_CHECKED", "Not checked: shared before addresses were checked"),
                ],
                default="NOT_CHECKED",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="disclosure",
            name="before_the_gate",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="consent",
            field=models.CharField(
                choices=[
                    ("GIVEN", "They agreed to it"),
                    ("OVERRIDDEN", "They did not agree, and it is shared all the same"),
                    ("NOT_SOUGHT", "They were not asked"),
                    ("NOT_ASKED", "Not recorded: shared before this was asked"),
                ],
                default="NOT_ASKED",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="disclosure",
            name="consent_why",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="fairness",
            field=models.CharField(default=NOT_RECORDED, max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="disclosure",
            name="items",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="password_channel",
            field=models.CharField(
                blank=True,
                choices=[("TELEPHONE", "By telephone"), ("TEXT", "By text message"), ("IN_PERSON", "In person")],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="password_to",
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="power",
            field=models.CharField(default=NOT_RECORDED, max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="disclosure",
            name="proportionality",
            field=models.TextField(default=NOT_RECORDED),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="disclosure",
            name="recipient_agency",
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="address_standing",
            field=models.CharField(
                choices=[
                    ("KNOWN", "In the directory, and at a secure domain"),
                    ("SECURE", "At a secure domain, and not in the directory"),
                    ("LISTED", "In the directory, and not at a secure domain"),
                    ("UNKNOWN", "Neither in the directory nor at a secure domain"),
                    ("NO_ADDRESS", "No address was used"),
                    ("NOT_CHECKED", "Not checked: shared before addresses were checked"),
                ],
                default="NOT_CHECKED",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="before_the_gate",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="consent",
            field=models.CharField(
                choices=[
                    ("GIVEN", "They agreed to it"),
                    ("OVERRIDDEN", "They did not agree, and it is shared all the same"),
                    ("NOT_SOUGHT", "They were not asked"),
                    ("NOT_ASKED", "Not recorded: shared before this was asked"),
                ],
                default="NOT_ASKED",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="consent_why",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="fairness",
            field=models.CharField(default=NOT_RECORDED, max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="items",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="password_channel",
            field=models.CharField(
                blank=True,
                choices=[("TELEPHONE", "By telephone"), ("TEXT", "By text message"), ("IN_PERSON", "In person")],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="password_to",
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="power",
            field=models.CharField(default=NOT_RECORDED, max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="proportionality",
            field=models.TextField(default=NOT_RECORDED),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicaldisclosure",
            name="recipient_agency",
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="delivery",
            field=models.CharField(
                choices=[
                    ("IN_SERVICE", "In this service, with a message that it is there"),
                    ("SECURE_EMAIL", "Secure email, outside this service"),
                    ("PASSWORD", "Email with a password on the file, and the password another way"),
                    ("LINK", "A link that opens once, in this service"),
                    ("SPOKEN", "By word of mouth"),
                    ("ON_PAPER", "On paper"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="recipient_address",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="recipient_team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
            ),
        ),
        migrations.AlterField(
            model_name="historicaldisclosure",
            name="delivery",
            field=models.CharField(
                choices=[
                    ("IN_SERVICE", "In this service, with a message that it is there"),
                    ("SECURE_EMAIL", "Secure email, outside this service"),
                    ("PASSWORD", "Email with a password on the file, and the password another way"),
                    ("LINK", "A link that opens once, in this service"),
                    ("SPOKEN", "By word of mouth"),
                    ("ON_PAPER", "On paper"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="historicaldisclosure",
            name="recipient_address",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.RunSQL(WHAT_IS_KNOWN_OF_OLDER_ROWS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="disclosure",
            name="before_the_gate",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="historicaldisclosure",
            name="before_the_gate",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["-decided_at", "-id"], name="disclosure_newest_first"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disclosure",
            trigger=pgtrigger.compiler.Trigger(
                name="none_goes_round_the_gate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."before_the_gate")',
                    func="RAISE EXCEPTION 'a disclosure says all its reasons when it is made';",
                    hash="263dceac0e5dd71c8ebc2e3d1fb92706c58e8370",
                    operation="INSERT",
                    pgid="pgtrigger_none_goes_round_the_gate_6c7ca",
                    table="casework_disclosure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disclosure",
            trigger=pgtrigger.compiler.Trigger(
                name="none_is_made_older",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."before_the_gate" AND NOT OLD."before_the_gate")',
                    func="RAISE EXCEPTION 'a disclosure keeps all its reasons';",
                    hash="021cc64f7fcb00f3c63ef629c2b7c1a933a39994",
                    operation="UPDATE",
                    pgid="pgtrigger_none_is_made_older_5a3ae",
                    table="casework_disclosure",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before_the_gate", True),
                    models.Q(
                        ("fairness__regex", "\\S"),
                        ("lawful_basis__regex", "\\S"),
                        ("necessity__regex", "\\S"),
                        ("power__regex", "\\S"),
                        ("proportionality__regex", "\\S"),
                        ("purpose__regex", "\\S"),
                    ),
                    _connector="OR",
                ),
                name="disclosure_has_every_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before_the_gate", True),
                    models.Q(models.Q(("items", []), _negated=True), ("recipient_agency__regex", "\\S")),
                    _connector="OR",
                ),
                name="disclosure_says_what_and_to_which_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recipient_team__isnull", False), ("recipient_name__regex", "\\S"), _connector="OR"
                ),
                name="disclosure_says_to_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("consent__in", ["GIVEN", "OVERRIDDEN", "NOT_SOUGHT", "NOT_ASKED"])),
                name="disclosure_consent_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before_the_gate", True),
                    ("consent", "GIVEN"),
                    models.Q(models.Q(("consent", "NOT_ASKED"), _negated=True), ("consent_why__regex", "\\S")),
                    _connector="OR",
                ),
                name="disclosure_without_consent_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("address_standing__in", ["KNOWN", "SECURE", "LISTED", "UNKNOWN", "NO_ADDRESS", "NOT_CHECKED"])
                ),
                name="disclosure_address_standing_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before_the_gate", True),
                    models.Q(("address_standing", "NOT_CHECKED"), _negated=True),
                    _connector="OR",
                ),
                name="disclosure_address_is_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before_the_gate", True),
                    models.Q(("delivery", "SECURE_EMAIL"), _negated=True),
                    ("address_standing__in", ("KNOWN", "SECURE")),
                    _connector="OR",
                ),
                name="disclosure_by_email_to_a_secure_domain",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before_the_gate", True),
                    ("recipient_address__regex", "\\S"),
                    ("delivery__in", ("SPOKEN", "ON_PAPER")),
                    _connector="OR",
                ),
                name="disclosure_that_is_sent_has_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivery__in", ["IN_SERVICE", "SECURE_EMAIL", "PASSWORD", "LINK", "SPOKEN", "ON_PAPER"])
                ),
                name="disclosure_delivery_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("emailed_at__isnull", True), ("emailed_by__isnull", True)),
                    models.Q(
                        ("delivery__in", ("SECURE_EMAIL", "PASSWORD")),
                        ("emailed_at__isnull", False),
                        ("emailed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="emailed_both_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("password_channel", ""), ("password_to", "")),
                    models.Q(
                        ("delivery", "PASSWORD"),
                        ("emailed_at__isnull", False),
                        ("password_channel__in", ["TELEPHONE", "TEXT", "IN_PERSON"]),
                        ("password_to__regex", "\\S"),
                    ),
                    _connector="OR",
                ),
                name="password_to_somebody_by_a_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivery", "PASSWORD"), _negated=True),
                    ("emailed_at__isnull", True),
                    models.Q(("password_to", ""), _negated=True),
                    _connector="OR",
                ),
                name="file_with_a_password_says_who_has_it",
            ),
        ),
        migrations.AddField(
            model_name="consentrecord",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"),
        ),
        migrations.AddField(
            model_name="consentrecord",
            name="recorded_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalsecuredomain",
            name="added_by",
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
            model_name="historicalsecuredomain",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalsecuredomain",
            name="retired_by",
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
            model_name="securedomain",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="securedomain",
            name="retired_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="seekingdecision",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"),
        ),
        migrations.AddField(
            model_name="seekingdecision",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="consentrecord",
            index=models.Index(fields=["case", "kind", "-recorded_at"], name="consent_of_case"),
        ),
        migrations.AddConstraint(
            model_name="consentrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__in", ("TOLD", "TOLD_BY_OTHERS", "NOT_TOLD")), ("kind", "TOLD")),
                    models.Q(
                        ("answer__in", ("AGREED", "REFUSED", "WITHDRAWN", "OVERRIDDEN", "NOT_SOUGHT")),
                        ("kind", "SHARING"),
                    ),
                    models.Q(("answer__in", ("AGREED", "REFUSED", "WITHDRAWN", "NOT_SOUGHT")), ("kind", "SUPPORT")),
                    models.Q(
                        ("answer__in", ("AGREED", "REFUSED", "WITHDRAWN", "OVERRIDDEN", "NOT_SOUGHT")),
                        ("kind", "SOCIAL_CARE"),
                    ),
                    models.Q(("answer__in", ("ABLE", "UNABLE")), ("kind", "CAPACITY")),
                    _connector="OR",
                ),
                name="consent_says_what_its_kind_may",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("giver__in", ["PERSON", "PARENT", "ATTORNEY"])), name="consent_giver_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="consentrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer__in", ("NOT_TOLD", "OVERRIDDEN", "NOT_SOUGHT", "UNABLE", "WITHDRAWN")), _negated=True
                    ),
                    ("words__regex", "\\S"),
                    _connector="OR",
                ),
                name="consent_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "CAPACITY"), _negated=True),
                    models.Q(("decision__regex", "\\S"), ("support__regex", "\\S")),
                    _connector="OR",
                ),
                name="capacity_is_for_one_decision_with_support",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consentrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1b581c16b0fa80b7c5a3951a8e25545f27759653",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_df81d",
                    table="casework_consentrecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consentrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME;",
                    hash="a7a80e235e0d20cd70d30af3ab7ffb891c279b24",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_bb15e",
                    table="casework_consentrecord",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="securedomain",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at__isnull", True)), fields=("domain",), name="one_listing_a_secure_domain"
            ),
        ),
        migrations.AddConstraint(
            model_name="securedomain",
            constraint=models.CheckConstraint(
                condition=models.Q(("domain__regex", "^[a-z0-9-]+([.][a-z0-9-]+)+$")), name="secure_domain_is_a_domain"
            ),
        ),
        migrations.AddConstraint(
            model_name="securedomain",
            constraint=models.CheckConstraint(condition=models.Q(("why__regex", "\\S")), name="secure_domain_says_why"),
        ),
        migrations.AddConstraint(
            model_name="securedomain",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retired_at__isnull", True), ("retired_by__isnull", True)),
                    models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                    _connector="OR",
                ),
                name="secure_domain_retired_both_or_neither",
            ),
        ),
        migrations.AddIndex(
            model_name="seekingdecision",
            index=models.Index(fields=["case", "kind", "-decided_at"], name="seeking_of_case"),
        ),
        migrations.AddConstraint(
            model_name="seekingdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["TOLD", "SHARING", "SUPPORT", "SOCIAL_CARE", "CAPACITY"])),
                name="seeking_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="seekingdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "SEEK"), ("on__isnull", False), ("who__regex", "\\S")),
                    models.Q(("decision", "DEFER"), ("on__isnull", False), ("why__regex", "\\S")),
                    models.Q(("decision", "DO_NOT_SEEK"), ("on__isnull", True), ("why__regex", "\\S")),
                    _connector="OR",
                ),
                name="seeking_says_who_and_when_or_why",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seekingdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="874d6b13cf96dc70e7839bc8b65856b3e2abdb6d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_d9d45",
                    table="casework_seekingdecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seekingdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME;",
                    hash="30846a8de44f4e0f243b7cb468e7400ee6457142",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_7517c",
                    table="casework_seekingdecision",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(*wall("casework_consentrecord")),
        migrations.RunSQL(*wall("casework_seekingdecision")),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON casework_consentrecord, casework_seekingdecision FROM prevent_app",
            "GRANT UPDATE, DELETE ON casework_consentrecord, casework_seekingdecision TO prevent_app",
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON casework_historicalsecuredomain FROM prevent_app",
            "GRANT UPDATE, DELETE ON casework_historicalsecuredomain TO prevent_app",
        ),
    ]
