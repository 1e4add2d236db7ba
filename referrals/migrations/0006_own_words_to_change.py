"""A referrer changes what they wrote and nothing written to them; practitioners' referrals are listed by state."""

from django.db import migrations, models

SERVICE = "(SELECT prevent_is_service())"
OPENED = "case_id = (SELECT prevent_case()) AND (SELECT prevent_may_open(prevent_case()))"
OWN = "subject IN (SELECT prevent_own_subjects())"
OTHERS = "heading NOT IN ('question', 'finished', 'advice.taken', 'concern.steps')"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_practitioners_walls")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY changed ON casework_narrative USING ({SERVICE} OR ({OPENED}) OR ({OWN} AND {OTHERS}))",
            f"ALTER POLICY changed ON casework_narrative USING ({SERVICE} OR ({OPENED}) OR {OWN})",
        ),
        migrations.AddIndex(
            model_name="practitionerreferral",
            index=models.Index(fields=["state", "-sent_at"], name="practitioner_of_state"),
        ),
    ]
