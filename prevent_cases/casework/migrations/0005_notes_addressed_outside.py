"""A note may be addressed to a team outside, whose members read that note and no other."""

import django.db.models.deletion
from django.db import migrations, models

OPENED = "case_id = (SELECT prevent_case()) AND (SELECT prevent_may_open(prevent_case()))"
BEFORE = f"(SELECT prevent_is_service()) OR ({OPENED})"
ADDRESSED = "addressed_to_id IN (SELECT d.team_id FROM prevent_desks((SELECT prevent_user())) d)"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people"),
        ("casework", "0004_notice_with_their_reference"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="addressed_to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
            ),
        ),
        migrations.AddField(
            model_name="historicalnote",
            name="addressed_to",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.team",
            ),
        ),
        migrations.RunSQL(
            f"ALTER POLICY seen ON casework_note USING (({BEFORE}) OR {ADDRESSED})",
            f"ALTER POLICY seen ON casework_note USING ({BEFORE})",
        ),
    ]
