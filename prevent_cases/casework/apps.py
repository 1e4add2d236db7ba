from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class CaseworkConfig(AppConfig):
    name = "prevent_cases.casework"
    label = "casework"

    def ready(self) -> None:
        """Publish the authorities' procedures, named in settings so that casework knows none of them."""
        for module in settings.PROCEDURES:
            import_module(module)
