from importlib import import_module

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        """Declare what the timeline says of this app's events."""
        import_module("referrals.sentences")
