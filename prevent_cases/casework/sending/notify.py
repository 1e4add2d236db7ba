"""GOV.UK Notify, through its official client. The template holds two placeholders, ((subject)) and ((body))."""

from __future__ import annotations

from notifications_python_client.errors import HTTPError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from prevent_cases.casework.sending.carriers import Declined, Unreachable
from prevent_cases.casework.sending.messages import Message

NOTIFY = "https://api.notifications.service.gov.uk"
SECONDS = 20
REFUSED = 400


class Notify:
    """Sends with the notice's id as Notify's reference, and asks by that reference before it sends a second time."""

    def __init__(self, api_key: str, template_id: str, address: str = NOTIFY) -> None:
        self.client = NotificationsAPIClient(api_key, base_url=address, timeout=SECONDS)
        self.template_id = template_id

    def carry(self, message: Message, *, again: bool) -> None:
        for place, email in enumerate(message.to):
            reference = f"{message.id}" if place == 0 else f"{message.id}-{place}"
            try:
                if again and self._has(reference):
                    continue
                self.client.send_email_notification(
                    email_address=email,
                    template_id=self.template_id,
                    personalisation={"subject": message.subject, "body": message.body},
                    reference=reference,
                )
            except HTTPError as error:
                if error.status_code == REFUSED:
                    raise Declined from error
                raise Unreachable from error
            except InvalidResponse as error:
                raise Unreachable from error

    def _has(self, reference: str) -> bool:
        found = self.client.get_all_notifications(template_type="email", reference=reference)
        return bool(found["notifications"])
