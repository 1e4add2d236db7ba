from importlib import import_module

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "safeguarding"

    def ready(self) -> None:
        """Declare what the timeline says of this app's events."""
        import_module("safeguarding.sentences")
