"""A team may keep hours: what is due from it is due by the hour it closes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_places_keep_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalteam",
            name="closes_at",
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicalteam",
            name="opens_at",
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="team",
            name="closes_at",
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="team",
            name="opens_at",
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closes_at__isnull", True), ("opens_at__isnull", True)),
                    ("closes_at__gt", models.F("opens_at")),
                    _connector="OR",
                ),
                name="team_hours_both_or_neither",
            ),
        ),
    ]
