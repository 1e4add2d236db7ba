"""What a person chooses for themselves."""

from django.db import transaction

from prevent_cases.accounts.models import Digest, User


@transaction.atomic
def choose_digest(*, user: User, digest: str) -> None:
    """Have each notice as it happens, or one message each morning."""
    row = User.objects.select_for_update().get(pk=user.pk)
    row.digest = Digest(digest)
    row.save(update_fields=["digest"])
