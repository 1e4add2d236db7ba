"""Use pages as a browser without scripts does: read a form out of the answer, fill it in, send it where it says."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from lxml import html

Fields = dict[str, Any]


def page(response: HttpResponse) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def words(response: HttpResponse) -> str:
    """The page's main part as words, white space squeezed."""
    return " ".join(page(response).get_element_by_id("main-content").text_content().split())


def form_in(response: HttpResponse, button: str) -> tuple[str, Fields]:
    """The address and the filled-in fields of the main form that has a button with these words (its value included)."""
    for form in page(response).get_element_by_id("main-content").iter("form"):
        for found in form.iter("button"):
            if found.text_content().strip().startswith(button):
                fields: Fields = {}
                for name, value in form.form_values():
                    fields.setdefault(name, []).append(value)
                if found.get("name"):
                    fields[found.get("name")] = [found.get("value", "")]
                fields.pop("csrfmiddlewaretoken", None)
                return form.get("action") or "", fields
    raise AssertionError(f"No form has a button “{button}”: {words(response)[:2000]}")


def press(client: Client, response: HttpResponse, button: str, **filled: Any) -> HttpResponse:
    """Fill in the form with this button and press it; follows where the answer leads."""
    action, fields = form_in(response, button)
    return client.post(action or response.request["PATH_INFO"], fields | filled, follow=True)


def errors(response: HttpResponse) -> list[str]:
    """The error summary's lines."""
    found = page(response).xpath("//*[contains(@class, 'govuk-error-summary__list')]//a")
    return [" ".join(item.text_content().split()) for item in found]
