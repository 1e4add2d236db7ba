"""Who can sign in to the stand-in."""

from typing import ClassVar

from django.db import models


class Person(models.Model):
    """As much of a user as the runner asks for."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_anonymous = False
    is_authenticated = True

    email = models.EmailField(unique=True)

    def __str__(self) -> str:
        return self.email
