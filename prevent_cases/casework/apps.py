from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from prevent_cases.casework import procedure


class CaseworkConfig(AppConfig):
    name = "prevent_cases.casework"
    label = "casework"

    def ready(self) -> None:
        """Publish the authorities' procedures, named in settings so that casework knows none of them."""
        for module in settings.PROCEDURES:
            import_module(module)
        procedure.read_editions_by(import_module("prevent_cases.casework.editions").read)
