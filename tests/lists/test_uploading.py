"""A list as a file: what it would do, every fault with its line and column, confirmed once, undone exactly."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.models import ListUpload, Membership, Nomination, Team, User
from prevent_cases.casework.models import Draft
from prevent_cases.casework.now import now
from tests.factories import County, a_person
from tests.lists.typed import text_of

HEADER = "email,team,starts_on,ends_on,covers"


def sent(admin: Client, *lines: str, data: bytes | None = None, header: str = HEADER) -> Any:
    """Upload a file and open its preview."""
    file = SimpleUploadedFile("list.csv", data or "\r\n".join([header, *lines]).encode(), "text/csv")
    response = admin.post(reverse("lists:uploads"), {"list_file": file})
    return admin.get(response["Location"]) if response.status_code == 302 else response


def confirmed(admin: Client, preview: Any) -> Any:
    return admin.post(preview.request["PATH_INFO"], {"seen": preview.context["form"].initial["seen"]})


def standing() -> list[Any]:
    return sorted(Nomination.objects.values_list("pk", "user", "team", "starts_on", "ends_on", "covers").order_by("pk"))


def line(place: County, rest: str = "2026-03-09,,", who: str = "colleague", team: str = "") -> str:
    return f"{getattr(place, who).user.email},{team or place.locality_team.name},{rest}"


def test_a_file_is_previewed_confirmed_and_undone_exactly(place: County, admin: Client) -> None:
    worker = place.locality_worker.user
    held = Nomination.objects.get(user=worker)
    before = standing()
    lines = (line(place), f"{worker.email},{place.locality.name},{held.starts_on},2026-12-31,")
    preview = sent(admin, *lines, line(place, f"{held.starts_on},,", "other_locality_worker", "Corrow"))
    counts = {one["key"]: one["value"] for one in preview.context["counts"]}
    assert counts == {"To be added": "1", "To be changed": "1", "Unchanged": "1", "Faults": "0"}
    assert standing() == before
    assert confirmed(admin, preview).status_code == 302
    assert str(Nomination.objects.get(pk=held.pk).ends_on) == "2026-12-31"
    assert Nomination.objects.filter(user=place.colleague.user).exists()
    assert place.colleague.user.groups.filter(pk=place.locality_team.group_id).exists()
    upload = ListUpload.objects.get()
    url = reverse("lists:upload-undo", args=[upload.pk])
    assert "Undo the upload" in text_of(admin.get(url))
    assert admin.post(url).status_code == 302
    assert standing() == before
    assert not place.colleague.user.groups.filter(pk=place.locality_team.group_id).exists()
    assert admin.post(url).status_code == 404


def test_confirming_twice_does_it_once_and_the_file_is_forgotten(place: County, admin: Client) -> None:
    preview = sent(admin, line(place))
    confirmed(admin, preview)
    confirmed(admin, preview)
    assert ListUpload.objects.count() == 1
    assert Nomination.objects.filter(user=place.colleague.user).count() == 1
    assert not Draft.objects.filter(kind="nomination_list").exists()


def test_a_list_that_changed_after_the_preview_is_shown_again(place: County, admin: Client) -> None:
    preview = sent(admin, line(place))
    newcomer = a_person("Nerys Howe", place.locality_team)
    late = confirmed(admin, preview)
    assert late.status_code == 200
    assert "A list changed after you saw this preview" in text_of(late)
    assert not Nomination.objects.filter(user__in=[newcomer, place.colleague.user]).exists()
    again = admin.post(preview.request["PATH_INFO"], {"seen": late.context["form"].data["seen"]})
    assert again.status_code == 302


def test_undoing_is_refused_in_words_once_something_changed(place: County, admin: Client) -> None:
    confirmed(admin, sent(admin, line(place)))
    row = Nomination.objects.get(user=place.colleague.user)
    url = reverse("lists:end-nomination", args=[row.pk])
    version = Team.objects.get(pk=place.locality_team.pk).list_version
    days = {"ends_on-day": "1", "ends_on-month": "4", "ends_on-year": "2026"}
    assert admin.post(url, {"version": version, **days}).status_code == 302
    before = standing()
    refused = admin.post(reverse("lists:upload-undo", args=[ListUpload.objects.get().pk]))
    assert "Cole Rudd in Alderfen locality team was changed since" in text_of(refused)
    assert standing() == before


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("=HYPERLINK(1),{team},2026-03-09,,", "email", "begins like a formula"),
        ("{who},@SUM(1),2026-03-09,,", "team", "begins like a formula"),
        ("{who},{team},+2026,,", "starts_on", "begins like a formula"),
        ("{who},{team},2026-03-09,-1,", "ends_on", "begins like a formula"),
        ("{who},Nowhere,2026-03-09,,", "team", "no team or locality of yours"),
        ("nobody@people.example,{team},2026-03-09,,", "email", "Nobody signs in as"),
        ("{who},{team},2026-03-09,2026-03-01,", "ends_on", "It ends before it starts"),
        ("{who},{team},09.03.2026,,", "starts_on", "is not a date"),
        ("{who},{team},2026-03-09,,{who}", "covers", "Nobody covers for themselves"),
        ("{worker},{team},2026-03-09,,", "starts_on", "is already nominated"),
        ("{outsider},{team},2026-03-09,,", "team", "has no seat in"),
        ("{who}", "the whole line", "does not have 5 columns"),
    ],
)
def test_a_bad_row_is_named_with_its_line_its_column_and_why(
    place: County, admin: Client, row: str, column: str, words: str
) -> None:
    before = standing()
    filled = row.format(
        who=place.colleague.user.email, worker=place.locality_worker.user.email, team=place.locality_team.name,
        outsider=place.outsider.user.email,
    )  # fmt: skip
    preview = sent(admin, line(place, "2026-07-01,2026-07-02,"), filled)
    assert [[cell["text"] for cell in fault][:2] for fault in preview.context["faults"]] == [["3", column]]
    shown = text_of(preview)
    assert words.lower() in shown.lower()
    assert "Nothing can be changed from this file" in shown
    assert "Change the lists" not in shown
    admin.post(preview.request["PATH_INFO"], {"seen": "x"})
    assert standing() == before


def test_another_councils_list_is_recognised_as_such(place: County, admin: Client) -> None:
    preview = sent(admin, "a@farford.example,Farford East,2026-03-09,,", "b@farford.example,Farford West,2026-03-09,,")
    assert "No team in this file is one of ours. Is it another council" in text_of(preview)
    assert len(preview.context["faults"]) == 5


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ((HEADER + "\r\n\u00e9@x,y,,,").encode("latin-1"), "not in UTF-8"),
        (b"email;team\r\na;b\r\n", "must name these columns"),
        (HEADER.encode() + b"\r\n", "has no rows"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_in_words(place: County, admin: Client, data: bytes, words: str) -> None:
    assert words in text_of(sent(admin, data=data))
    assert not ListUpload.objects.exists()


def test_two_thousand_rows_are_previewed_in_less_than_five_seconds(place: County, admin: Client) -> None:
    people = User.objects.bulk_create(
        User(email=f"worker{n}@people.example", name=f"Worker {n}", joined_at=now(), password="!") for n in range(2_000)
    )
    Membership.objects.bulk_create(
        Membership(pk=uuid4(), user=one, team=place.locality_team, starts_on=now().date()) for one in people
    )
    rows = [f"{one.email},{place.locality_team.name},2026-03-09,," for one in people]
    began = time.perf_counter()
    preview = sent(admin, *rows)
    previewed = time.perf_counter() - began
    assert preview.context["counts"][0]["value"] == "2,000"
    began = time.perf_counter()
    assert confirmed(admin, preview).status_code == 302
    applied = time.perf_counter() - began
    assert Nomination.history.filter(user__in=people).count() == 2_000
    began = time.perf_counter()
    assert admin.post(reverse("lists:upload-undo", args=[ListUpload.objects.get().pk])).status_code == 302
    undone = time.perf_counter() - began
    print(f"2,000 rows: previewed {previewed:.2f} s, applied {applied:.2f} s, undone {undone:.2f} s")
    assert not Nomination.objects.filter(user__in=people).exists()
    assert previewed < 5


def test_the_template_is_the_first_line_and_nobody(place: County, admin: Client) -> None:
    assert admin.get(reverse("lists:upload-template")).content.decode("utf-8-sig") == f"{HEADER}\r\n"
