"""The product's settings, with one page more: the floor that others are measured against."""

from prevent_cases.settings import *  # noqa: F403 -- everything, with two names changed
from prevent_cases.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "benchmarks.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "benchmarks" / "templates")
