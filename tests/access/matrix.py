"""Who gets in where: every address, asked by everybody, with the case in each situation.

``WRITE_PERMISSION_MATRIX=1 python -m pytest tests/access/test_permission_matrix.py`` writes
docs/generated/permission-matrix anew. The diff shows who gained what.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from django.contrib.messages import INFO
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from tests.access.addresses import Address
from tests.architecture.source import ROOT

FOLDER = ROOT / "docs" / "generated" / "permission-matrix"
WRITE = "WRITE_PERMISSION_MATRIX"
METHODS = ("get", "post")
IN, OUT, SIGN_IN, NOT_SO = "in", "out", "sign in", "not this way"
NOT_SIGNED_IN = ("visitor", "closed_account_still_signed_in")
NOT_NOW = "That cannot be done now"
OVER = 410
"""What an invitation's link says to everybody alike that was never sent, was used, or is over."""
NOT_YET = (409, OVER, 422)
"""A script was answered that what it sent cannot be taken: somebody who may not would not have been told."""

INTRODUCTION = """# Who gets in: {title}

Written by `WRITE_PERMISSION_MATRIX=1 python -m pytest tests/access/test_permission_matrix.py` from the
answers of the running service. Do not edit it here.
Every address was asked by each of {people} people by GET, and by an empty POST by those who may know of the case (by
everybody, with the locality). Whoever is not named was told that there is no such page, was asked to sign in, or was
sent back to the case because this step is not theirs to take now.

| Address | GET | POST |
| --- | --- | --- |
"""


def answer(response: HttpResponse) -> str:
    """What a response means for whoever asked. :raises AssertionError: for an error of ours"""
    status = response.status_code
    if status == 404:
        return OUT
    if status == 405:
        return NOT_SO
    if 300 <= status < 400 and response["Location"].startswith(reverse("account_login")):
        return SIGN_IN
    if was_sent_back(response):
        return OUT
    assert 200 <= status < 400 or status in NOT_YET, f"{status} at {response.wsgi_request.path}"
    return IN


def was_sent_back(response: HttpResponse) -> bool:
    """To the case, which this person may know of, with the words that this step is not theirs to take now."""
    said = getattr(response.wsgi_request, "_messages", ())
    return any(message.level == INFO and NOT_NOW in str(message) for message in said)


def leads_on(response: HttpResponse) -> bool:
    return 300 <= response.status_code < 400 and not response["Location"].startswith(reverse("account_login"))


@contextmanager
def leaving_no_trace(client: Client) -> Iterator[None]:
    """What a request writes is taken back, and the client's cookies are those it had."""
    cookies = deepcopy(client.cookies)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies


def whole(response: HttpResponse) -> bytes:
    """The body, whether it is a page or the stream of a file, which is closed."""
    if not response.streaming:
        return response.content
    body = response.getvalue()
    response.close()
    return body


def ask(client: Client, method: str, path: str) -> HttpResponse:
    """The whole answer to one request. Afterwards everything stands as it stood before.

    An address that only leads on to another is answered by where it leads.
    """
    with leaving_no_trace(client):
        response = getattr(client, method)(path)
        if method == "get" and leads_on(response) and not was_sent_back(response):
            response = client.get(response["Location"])
        response.whole = whole(response)
        return response


def ask_all(clients: dict[str, Client], method: str, path: str) -> dict[str, str]:
    """Each person's answer. A view that does not take the method says so before it looks at who asks for what:
    it is asked once."""
    answers: dict[str, str] = {}
    for name, client in clients.items():
        answers[name] = NOT_SO if NOT_SO in answers.values() else answer(ask(client, method, path))
    return answers


def at_the_door(name: str) -> str:
    """What somebody is told whom a view's own policy turns away (test_permission_matrix proves it of them all)."""
    return SIGN_IN if name in NOT_SIGNED_IN else OUT


def is_refused_at_the_door(address: Address, actor: Actor) -> bool:
    """Whether the view's own policy turns this person away before any record is looked at."""
    policy = address.policy
    return policy is not None and policy.rule is not None and not policy.rule.allows(actor, None)


def cell(answers: dict[str, str]) -> str:
    """The people who got in, in words."""
    let_in = [name for name, said in answers.items() if said == IN]
    if not let_in:
        return "" if NOT_SO in answers.values() else "nobody"
    outside = {name for name in answers if name not in let_in}
    if not outside:
        return "everybody"
    if all(answers[name] == SIGN_IN for name in outside) and outside <= set(NOT_SIGNED_IN):
        return "everybody signed in"
    return ", ".join(name.replace("_", " ") for name in let_in)


def page(title: str, people: int, rows: dict[Address, dict[str, dict[str, str]]]) -> str:
    """The Markdown of one situation."""
    lines = [
        f"| `{address.route}` | {' | '.join(cell(by_method[method]) for method in METHODS)} |"
        for address, by_method in sorted(rows.items(), key=lambda row: row[0].route)
    ]
    return INTRODUCTION.format(title=title, people=people) + "\n".join(lines) + "\n"
