"""The stand-in's demo: one person."""

from django.core.management.base import BaseCommand

from prevent_cases.people.models import Person


class Command(BaseCommand):
    def handle(self, **_options: object) -> None:
        Person.objects.create(email="ssu@demo.example")
