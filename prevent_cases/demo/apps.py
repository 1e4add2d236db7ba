from django.apps import AppConfig


class Demo(AppConfig):
    """The invented county and its commands. Not installed in production (see settings)."""

    name = "prevent_cases.demo"
    label = "demo"
