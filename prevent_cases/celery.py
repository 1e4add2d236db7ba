"""The worker and the beat. Beat is a hint: every job finds its own work in PostgreSQL and may run at any time."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prevent_cases.settings")

app = Celery("prevent_cases")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["prevent_cases.casework", "referrals", "safeguarding", "channel_panel"])
