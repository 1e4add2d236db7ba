"""A hold on sharing: the row, its mirror on the case that no stale save can turn, and a wall before disclosures."""

import django.db.models.deletion
import prevent_cases.accounts.histories
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


MIRROR = """
CREATE FUNCTION prevent_mirror_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.held_until := (SELECT until_on FROM casework_hold WHERE case_id = NEW.id AND state = 'STANDING');
    RETURN NEW;
END $$;
CREATE TRIGGER held_until_mirrors_the_hold BEFORE UPDATE ON casework_case
   FOR EACH ROW WHEN (OLD.held_until IS NOT NULL OR NEW.held_until IS NOT NULL)
   EXECUTE FUNCTION prevent_mirror_hold();
"""
UNMIRROR = """
DROP TRIGGER held_until_mirrors_the_hold ON casework_case;
DROP FUNCTION prevent_mirror_hold();
"""

WALL = """
CREATE FUNCTION prevent_sharing_under_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM casework_hold WHERE case_id = NEW.case_id AND state = 'STANDING') THEN
        RAISE EXCEPTION 'nothing is disclosed from a case on hold' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nothing_is_disclosed_under_a_hold BEFORE INSERT ON casework_disclosure
   FOR EACH ROW EXECUTE FUNCTION prevent_sharing_under_hold();
CREATE FUNCTION prevent_releasing_under_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM casework_disclosure shared JOIN casework_hold held ON held.case_id = shared.case_id
                WHERE shared.id = NEW.disclosure_id AND held.state = 'STANDING') THEN
        RAISE EXCEPTION 'no document of a case on hold is released' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nothing_is_released_under_a_hold BEFORE INSERT ON casework_disclosure_documents
   FOR EACH ROW EXECUTE FUNCTION prevent_releasing_under_hold();
"""
UNWALL = """
DROP TRIGGER nothing_is_released_under_a_hold ON casework_disclosure_documents;
DROP FUNCTION prevent_releasing_under_hold();
DROP TRIGGER nothing_is_disclosed_under_a_hold ON casework_disclosure;
DROP FUNCTION prevent_sharing_under_hold();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0009_editions_prepared_and_taken_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="held_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="held_until",
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name="HistoricalHold",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("STANDING", "On hold"),
                            ("ANSWERED", "Ended by the answer from CT policing"),
                            ("ENDED", "Ended by a manager"),
                            ("LIFTED", "Lifted for safety"),
                        ],
                        default="STANDING",
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("until_on", models.DateField()),
                ("renewals", models.PositiveSmallIntegerField(default=0)),
                ("placed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "ended_by",
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
                (
                    "placed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical hold",
                "verbose_name_plural": "historical holds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("STANDING", "On hold"),
                            ("ANSWERED", "Ended by the answer from CT policing"),
                            ("ENDED", "Ended by a manager"),
                            ("LIFTED", "Lifted for safety"),
                        ],
                        default="STANDING",
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("until_on", models.DateField()),
                ("renewals", models.PositiveSmallIntegerField(default=0)),
                ("placed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "STANDING")), fields=("case",), name="one_hold_stands_on_a_case"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["STANDING", "ANSWERED", "ENDED", "LIFTED"])),
                        name="hold_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "STANDING")),
                            models.Q(models.Q(("state", "STANDING"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_ended_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.RunSQL(MIRROR, UNMIRROR),
        migrations.RunSQL(WALL, UNWALL),
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON casework_hold FROM prevent_app",
            "GRANT DELETE ON casework_hold TO prevent_app",
        ),
    ]
