"""The fewest settings with which the runner's steps have something to do."""

import os
from pathlib import Path

import dj_database_url

DATA_DIR = Path(os.environ["DATA_DIR"])
SECRET_KEY = os.environ["SECRET_KEY"]
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}
if os.environ.get("DATABASE_OWNER_URL"):
    DATABASES["owner"] = dj_database_url.parse(os.environ["DATABASE_OWNER_URL"])
INSTALLED_APPS = ["django.contrib.staticfiles", "prevent_cases.people"]
AUTH_USER_MODEL = "people.Person"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [Path(__file__).parents[1] / "static"]
