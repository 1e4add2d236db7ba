"""The list of nominated workers: loaded whole or not at all, with every fault in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from prevent_cases.accounts.models import Nomination
from prevent_cases.casework.now import today
from tests.factories import County, acting, county

pytestmark = pytest.mark.django_db
HEADER = "email,team,starts_on,ends_on,covers"


@pytest.fixture
def place() -> County:
    return county()


def load(tmp_path: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> None:
    file = tmp_path / "nominations.csv"
    file.write_bytes("\n".join([header, *lines]).encode(encoding))
    call_command("load_nominations", str(file))


def refused(tmp_path: Path, *lines: str, **how: str) -> str:
    before = Nomination.objects.count()
    with pytest.raises(CommandError) as refusal:
        load(tmp_path, *lines, **how)
    assert Nomination.objects.count() == before
    return str(refusal.value)


def line_for(place: County, who: str = "colleague", rest: str = "2026-01-05,,") -> str:
    return f"{getattr(place, who).user.email},{place.locality_team.name},{rest}"


def test_a_nominee_is_loaded_with_start_end_and_cover(
    tmp_path: Path, place: County, capsys: pytest.CaptureFixture[str]
) -> None:
    rest = f"{today():%d/%m/%Y},2099-12-31,{place.locality_worker.user.email}"
    load(tmp_path, line_for(place, rest=rest))
    assert "1 nominated, 0 changed, 0 as they were." in capsys.readouterr().out
    row = Nomination.objects.get(user=place.colleague.user)
    assert (row.starts_on, row.covers) == (today(), place.locality_worker.user)
    assert acting(place.colleague.user).is_nominated(place.locality_team.pk)
    assert row.history.count() == 1


def test_the_same_list_twice_changes_nothing(tmp_path: Path, place: County, capsys: pytest.CaptureFixture[str]) -> None:
    load(tmp_path, line_for(place))
    load(tmp_path, line_for(place))
    assert "0 nominated, 0 changed, 1 as they were." in capsys.readouterr().out


def test_a_nomination_takes_a_new_last_day(tmp_path: Path, place: County) -> None:
    load(tmp_path, line_for(place))
    load(tmp_path, line_for(place, rest="2026-01-05,2026-02-01,"))
    assert str(Nomination.objects.get(user=place.colleague.user).ends_on) == "2026-02-01"


def test_teams_without_a_nominee_are_named(tmp_path: Path, place: County, capsys: pytest.CaptureFixture[str]) -> None:
    load(tmp_path, line_for(place))
    assert "Nobody is nominated for West Wold locality team today." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ("soon,,", "“soon” is not a date"),
        ("2026-02-30,,", "is not a date"),
        ("2026-03-01,2026-02-01,", "ends before it starts"),
        ("2026-03-01,,nobody@people.example", "is to be covered for"),
        ("2026-03-01,,{self}", "nobody covers for themselves"),
        ("2026-03-01,,{outsider}", "has no cover there"),
    ],
)
def test_a_wrong_cell_is_said_with_its_line(tmp_path: Path, place: County, rest: str, words: str) -> None:
    rest = rest.format(self=place.colleague.user.email, outsider=place.outsider.user.email)
    said = refused(tmp_path, line_for(place), line_for(place, rest=rest))
    assert said.startswith("Nothing was changed.")
    assert words in said
    assert "Line 3" in said


def test_unknown_people_and_teams_and_people_without_a_seat_are_said_all_at_once(tmp_path: Path, place: County) -> None:
    said = refused(
        tmp_path,
        f"nobody@people.example,{place.locality_team.name},2026-01-05,,",
        f"{place.colleague.user.email},{place.ssu.name},2026-01-05,,",
        f"{place.outsider.user.email},{place.locality_team.name},2026-01-05,,",
    )
    assert "Line 2, email: nobody signs in as “nobody@people.example”." in said
    assert f"Line 3, team: no team or locality of yours that nominates is called “{place.ssu.name}”." in said
    assert f"Line 4, team: {place.outsider.user.email} has no seat" in said


def test_the_same_person_twice_in_a_list(tmp_path: Path, place: County) -> None:
    said = refused(tmp_path, line_for(place), line_for(place, rest="2026-06-01,2026-07-01,"))
    assert "Line 3, email: this person and team stand on line 2" in said


def test_what_is_there_already_is_not_overlapped(tmp_path: Path, place: County) -> None:
    said = refused(tmp_path, line_for(place), line_for(place, "locality_worker", "2026-06-01,,"))
    assert "is already nominated" in said
    assert not Nomination.objects.filter(user=place.colleague.user).exists()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"header": "email,team"}, "must name these columns"),
        ({"header": f"{HEADER},extra"}, "must name these columns"),
        ({"encoding": "utf-16"}, "not in UTF-8"),
    ],
)
def test_a_file_that_is_no_such_list(tmp_path: Path, place: County, how: dict[str, str], words: str) -> None:
    assert words in refused(tmp_path, line_for(place), **how)


def test_an_empty_list_a_short_line_and_a_file_that_is_not_there(tmp_path: Path, place: County) -> None:
    assert "no rows" in refused(tmp_path)
    assert "Line 2, the whole line: it does not have 5 columns" in refused(tmp_path, place.colleague.user.email)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_nominations", str(tmp_path / "absent.csv"))
