"""The back office in a browser: an administrator of lists at work, every page looked at, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prevent_cases.casework.jobs import run
from prevent_cases.casework.now import now
from tests.browser.conftest import Somebody
from tests.factories import County, a_person, county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(transactional_db: Any) -> County:
    return county()


def types_day(person: Somebody, day: str, month: str, year: str, nth: int = 0) -> None:
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        person.page.get_by_label(label, exact=True).nth(nth).fill(value)


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_an_administrator_keeps_the_lists(
    place: County, somebody: Callable[..., Somebody], tmp_path: Path, scripted: bool
) -> None:
    run("review_access", now())
    a_person("Lora Penk", place.locality_team)
    admin = somebody(place.lists, java_script_enabled=scripted)
    look = admin.looks if scripted else lambda _: None
    admin.follows("Staff lists")
    look("lists-home")
    admin.follows("Alderfen locality team")
    look("lists-team")
    admin.follows("Put somebody on the list")
    look("lists-nominate")
    admin.page.get_by_label("Who?").select_option(label="Cole Rudd, cole.rudd@people.example")
    types_day(admin, "1", "1", "2020", nth=1)
    admin.presses("Put them on the list")
    admin.sees("The last day cannot be before the first day")
    look("lists-nominate-error")
    types_day(admin, "31", "12", "2099", nth=1)
    admin.presses("Put them on the list")
    admin.sees("The list was changed.")
    admin.follows("What happened to this list")
    admin.sees("Liam Skerry put Cole Rudd on the list")
    look("lists-history")
    admin.goes_to("/lists/gaps/")
    admin.sees("Nobody is named to cover")
    look("lists-gaps")
    asks_who(admin, look)
    uploads(admin, look, tmp_path)
    for name in ("places", "people", "reviews"):
        admin.goes_to(f"/lists/{name}/")
        look(f"lists-{name}")
    admin.follows("Alderfen locality team")
    look("lists-review")


def asks_who(admin: Somebody, look: Callable[[str], None]) -> None:
    admin.goes_to("/lists/who/")
    admin.types("Postcode", "ES1 2AB")
    admin.types("Age", "40")
    admin.chooses("Open now")
    admin.presses("Show who would get it")
    admin.sees("Lowri Dell")
    look("lists-who")


def uploads(admin: Somebody, look: Callable[[str], None], tmp_path: Path) -> None:
    admin.goes_to("/lists/uploads/")
    look("lists-uploads-empty")
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    header = "email,team,starts_on,ends_on,covers\n"
    bad.write_text(header + "=1,Nowhere,soon,,\nnobody@people.example,Nowhere,soon,,\n")
    good.write_text(header + "lora.penk@people.example,Alderfen,2026-01-05,,\n")
    admin.page.locator("input[type=file]").set_input_files(bad)
    admin.presses("Preview the list")
    admin.sees("Nothing can be changed from this file")
    look("lists-preview-error")
    admin.goes_to("/lists/uploads/")
    admin.page.locator("input[type=file]").set_input_files(good)
    admin.presses("Preview the list")
    look("lists-preview")
    admin.presses("Change the lists")
    admin.sees("The lists were changed as the file says")
    look("lists-uploads")


def test_an_invitation_is_taken_up_by_somebody_without_an_account(
    place: County, somebody: Callable[..., Somebody], outbox: Path
) -> None:
    admin = somebody(place.lists)
    admin.goes_to(f"/lists/teams/{place.school.pk}/invite/")
    admin.looks("lists-invite")
    admin.types("Their name", "Nia Coombe")
    admin.types("Their work email address", "nia@people.example")
    admin.chooses("Member")
    admin.presses("Send the invitation")
    admin.sees("The invitation is on its way")
    admin.looks("lists-team-invited")
    admin.follows("Send again or withdraw")
    admin.looks("lists-invitation")
    run("send_notices", now())
    mail = next(path.read_text() for path in outbox.glob("*.eml") if "nia@people" in path.read_text())
    path = mail.split("http://127.0.0.1:8000")[1].split()[0]
    admin.presses("Sign out")
    admin.goes_to(path)
    assert admin.page.get_by_label("You will sign in with").input_value() == "nia@people.example"
    admin.looks("join")
    admin.page.get_by_label("Password", exact=True).fill("short")
    admin.presses("Set the password")
    admin.looks("join-error")
    for label in ("Password", "The password again"):
        admin.page.get_by_label(label, exact=True).fill("brook-lantern-otter-4")
    admin.presses("Set the password")
    admin.sees("Your account is ready")
    admin.goes_to(path)
    admin.sees("This link cannot be used")
