"""The stand-in's table of sign-ins."""

from django.core.management.base import BaseCommand

from prevent_cases.people.models import Person


class Command(BaseCommand):
    def handle(self, **_options: object) -> None:
        for person in Person.objects.order_by("email"):
            self.stdout.write(person.email)
