"""The hour a deadline is due, where the team that owes it has hours of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0011_reasons_of_what_is_shared"),
    ]

    operations = [
        migrations.AddField(
            model_name="clockrun",
            name="until",
            field=models.TimeField(null=True),
        ),
    ]
