from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from prevent_cases.casework import procedure


class CaseworkConfig(AppConfig):
    name = "prevent_cases.casework"
    label = "casework"

    def ready(self) -> None:
        """Publish the authorities' procedures and the jobs of higher apps, which are named in settings alone."""
        for module in settings.PROCEDURES:
            import_module(module)
        procedure.read_editions_by(import_module("prevent_cases.casework.editions").read)
        jobs = import_module("prevent_cases.casework.jobs")
        for module in settings.JOB_MODULES:
            jobs.declare(import_module(module).JOBS)
