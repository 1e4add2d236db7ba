"""What somebody is still typing, with the files that came with it."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """Something typed and not yet sent, with its files. Its id is the key it is sent under.

    Only whoever began it sees it (row security); it is deleted when it is sent, or a day after it was last saved.
    ``typed`` maps a field's name to what was typed; ``files`` lists ``{"store_key", "file_name"}``.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    typed = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    saved_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Draft {self.pk}"
