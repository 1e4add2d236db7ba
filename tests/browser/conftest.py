"""What browser tests share: people who sign in and act by what they see, and a look at every page they come to."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOTS = os.environ.get("SHOTS", "")


@dataclass
class Somebody:
    """A person at a browser. Everything they do they do by a label, a heading or a button's words."""

    page: Page
    base: str
    name: str
    said: list[str] = field(default_factory=list)
    pictures: int = 0

    def goes_to(self, path: str) -> None:
        self.page.goto(self.base + path)

    def follows(self, text: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=text).first.click()

    def presses(self, text: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=text, exact=True).first.click()

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)

    def chooses(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def looks(self, name: str) -> None:
        """Check the page as it stands: no console message, no violation, no scrolling sideways at 320 px."""
        assert self.said == [], self.said
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert found.violations_count == 0, found.generate_report()
        self._pictured(name, 1280)
        self.page.set_viewport_size({"width": 320, "height": 800})
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        self._pictured(name, 320)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        assert wide <= 0, f"{name} scrolls sideways by {wide} px at 320 px"

    def _pictured(self, name: str, width: int) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


@pytest.fixture
def somebody(browser: Browser, live_server: Any) -> Callable[..., Somebody]:
    """Sign a person in, each in a browser of their own."""
    from tests.factories import PASSWORD  # noqa: PLC0415 -- models load after this file does

    def signs_in(actor: Any, **options: Any) -> Somebody:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London", **options
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        person = Somebody(page, live_server.url, actor.user.name)
        page.on("console", lambda message: person.said.append(message.text))
        page.on("pageerror", lambda error: person.said.append(str(error)))
        person.goes_to("/sign-in/")
        person.types("Work email address", actor.user.email)
        person.types("Password", PASSWORD)
        person.presses("Sign in")
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        return person

    return signs_in
