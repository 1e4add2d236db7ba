"""Preparing, previewing, publishing and taking back an edition, as the people who do it see it."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.casework import procedure
from prevent_cases.casework.days import moment
from prevent_cases.casework.models import PreparedEdition, ProcedureEdition
from prevent_cases.casework.now import held_at
from prevent_cases.reference.queries import editions as queries
from tests.factories import a_person, acting, county, sign_in

pytestmark = pytest.mark.django_db
KENT, TUESDAY = "kent-2023-12", date(2026, 11, 24)


@pytest.fixture
def place(django_capture_on_commit_callbacks):
    with held_at(moment(TUESDAY, time(10))), django_capture_on_commit_callbacks(execute=True):
        yield county()


def address(part, name="all"):
    return reverse("reference:part", args=[KENT, part, name])


def saved(client, part, name="all", version=0, **typed):
    return client.post(address(part, name), {"version": version, **typed})


def publishes(client, on=TUESDAY + timedelta(days=1), version=1, why="The schedule changed"):
    typed = {"version": version, "why": why}
    typed |= {"effective_from-day": on.day, "effective_from-month": on.month, "effective_from-year": on.year}
    return client.post(reverse("reference:publish", args=[KENT]), typed)


def text(response):
    return response.content.decode()


def test_a_text_is_prepared_previewed_published_and_listed_with_before_and_after(place, client):
    sign_in(client, place.ssu_lead)
    assert saved(client, "texts", "nil_return", words="We hold no record of this person.").status_code == 302
    page = text(client.get(address("texts", "nil_return")))
    assert "Nil return: no record held" in page and page.count("We hold no record of this person.") >= 2
    assert "In force today" in page and "Older records may have been destroyed" in page
    assert "We hold no record" in text(client.get(reverse("reference:publish", args=[KENT])))
    assert publishes(client).status_code == 302
    edition = ProcedureEdition.objects.get()
    assert (edition.number, edition.by_id) == (1, place.ssu_lead.user_id)
    page = text(client.get(reverse("reference:procedure", args=[KENT])))
    assert "Edition 1, from Wednesday 25 November 2026" in page and "Not in force yet" in page
    assert "Before" in page and "The schedule changed" in page
    procedure.read_again()
    assert procedure.in_force(KENT, TUESDAY + timedelta(days=1)).texts["nil_return"].startswith("We hold no record")


def test_every_part_of_every_procedure_has_a_page_with_a_preview(place, client):
    sign_in(client, place.lists)
    for base in procedure.every():
        for one in queries.parts(base):
            page = client.get(queries.address(base.key, one))
            assert page.status_code == 200, one
            assert "As its reader will see it" in text(page)


def test_a_length_is_previewed_as_a_date(place, client):
    sign_in(client, place.lists)
    assert saved(client, "lengths", "referral.reply", count=3).status_code == 302
    page = text(client.get(address("lengths", "referral.reply")))
    assert "would be due Friday 27 November 2026" in page


@pytest.mark.parametrize(("count", "says"), [(0, "between 1 and 365"), (10_000, "between 1 and 365"),
                                              ("", "Enter the length"), ("ten", "whole number")])  # fmt: skip
def test_a_length_nobody_can_mean_is_refused(place, client, count, says):
    sign_in(client, place.lists)
    page = saved(client, "lengths", "referral.reply", count=count)
    assert page.status_code == 200 and says in text(page) and "<title>Error: " in text(page)
    assert not PreparedEdition.objects.filter(version__gt=0).exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Received {received}, {reference}, {team}, {postcode}", "{postcode} is not filled in here"),
        ("Received {received}", "must hold {reference}, {team}"),
        ("Received {received", "curly bracket"),
        ("", "Enter the words"),
    ],
)
def test_a_placeholder_unknown_or_missing_is_named(place, client, words, says):
    sign_in(client, place.lists)
    page = text(saved(client, "texts", "case_note", words=words))
    assert says in page and "<title>Error: " in page


def test_reasons_keep_their_keys_when_put_in_other_words_and_an_empty_row_is_left_out(place, client):
    sign_in(client, place.lists)
    before = procedure.published(KENT).reasons["referral.reopen"]
    rows = {"label_1": "Something new is known", "label_2": "", "label_3": before[2].label, "second_3": "on",
            "label_4": "The police asked", "second_4": "on", "label_5": ""}  # fmt: skip
    assert saved(client, "reasons", "referral.reopen", **rows).status_code == 302
    assert PreparedEdition.objects.get().changes == {
        "reasons": {
            "referral.reopen": [
                [before[0].key, "Something new is known", False],
                [before[2].key, before[2].label, True],
                ["the_police_asked", "The police asked", True],
            ]
        }
    }
    page = text(client.get(address("reasons", "referral.reopen")))
    assert 'type="radio"' in page and "The police asked" in page


def test_a_list_is_never_empty_and_never_says_one_thing_twice(place, client):
    sign_in(client, place.lists)
    assert "between 1 and 30 reasons" in text(saved(client, "reasons", "referral.reopen"))
    twice = {"label_1": "One", "label_2": "One"}
    assert "same wording" in text(saved(client, "reasons", "referral.reopen", **twice))


def test_the_outcomes_are_put_in_other_words_and_none_is_added(place, client):
    sign_in(client, place.lists)
    page = text(client.get(address("reasons", "referral.record_outcome")))
    assert 'name="label_5"' in page and 'name="label_6"' not in page


def test_prompts_are_edited_with_their_hints_and_never_scored(place, client):
    sign_in(client, place.lists)
    rows = {"label_1": "What they say", "second_1": "For example, hatred", "label_2": "Where they go"}
    assert saved(client, "prompts", **rows).status_code == 302
    page = text(client.get(address("prompts")))
    assert "None is scored" in page and "For example, hatred" in page


def test_two_editors_do_not_overwrite_each_other_and_the_second_keeps_what_they_typed(place, client):
    sign_in(client, place.lists)
    saved(client, "labels", "register", words="Liquidlogic")
    page = text(saved(client, "labels", "register", words="Mosaic two"))
    assert "Somebody else has changed this" in page and "Mosaic two" in page and "Liquidlogic" in page


def test_what_was_previewed_is_what_is_published(place, client):
    sign_in(client, place.ssu_lead)
    saved(client, "labels", "register", words="Liquidlogic")
    saved(client, "labels", "register", version=1, words="Something else")
    assert "Somebody else has changed this" in text(publishes(client, version=1))
    assert not ProcedureEdition.objects.exists()


@pytest.mark.parametrize("days", [-1, 0])
def test_a_day_that_is_past_or_today_is_refused_beside_the_date(place, client, days):
    sign_in(client, place.ssu_lead)
    saved(client, "labels", "register", words="Liquidlogic")
    page = publishes(client, on=TUESDAY + timedelta(days=days))
    assert "Wednesday 25 November 2026 or later" in page.context["form"].errors["effective_from"][0]


def test_a_member_of_the_lists_prepares_and_only_their_manager_publishes(place, client):
    sign_in(client, place.lists)
    saved(client, "labels", "register", words="Liquidlogic")
    page = client.get(reverse("reference:publish", args=[KENT]))
    assert page.context["form"] is None and "This is published by" in text(page)
    publishes(client)
    assert not ProcedureEdition.objects.exists()
    sign_in(client, acting(a_person("Lorna Ash", place.lists_team, role=SeatRole.MANAGER)))
    assert publishes(client).status_code == 302


def test_an_edition_to_come_is_taken_back(place, client):
    sign_in(client, place.ssu_lead)
    saved(client, "labels", "register", words="Liquidlogic")
    publishes(client)
    url = reverse("reference:take-back", args=[ProcedureEdition.objects.get().pk])
    assert "No case follows it yet" in text(client.get(url))
    assert client.post(url).status_code == 302
    assert "Taken back on 24 November 2026 by Lena Hythe" in text(
        client.get(reverse("reference:procedure", args=[KENT]))
    )
    assert "taken back already" in text(client.post(url))


@pytest.mark.parametrize("role", ["practitioner", "locality_worker", "liaison", "auditor", "officer"])
def test_others_prepare_publish_and_take_back_nothing(place, client, role):
    sign_in(client, getattr(place, role))
    for url in (address("labels", "register"), reverse("reference:publish", args=[KENT])):
        assert client.get(url).status_code == client.post(url, {"version": 0, "words": "x"}).status_code == 404
    expected = 200 if role == "officer" else 404
    assert client.get(reverse("reference:procedure", args=[KENT])).status_code == expected


@pytest.mark.parametrize("path", [("texts", "poem"), ("steps", "x"), ("lengths", "form.reply"), ("labels", "policing")])
def test_a_part_there_is_not_is_not_found(place, client, path):
    sign_in(client, place.lists)
    assert client.get(address(*path)).status_code == 404
    assert client.get(reverse("reference:procedure", args=["atlantis"])).status_code == 404


def test_the_pages_cost_few_statements(place, client, django_assert_max_num_queries):
    sign_in(client, place.ssu_lead)
    saved(client, "labels", "register", words="Liquidlogic")
    publishes(client)
    for url in (
        reverse("reference:procedures"), reverse("reference:procedure", args=[KENT]), address("texts", "retention"),
        reverse("reference:publish", args=[KENT]),
    ):  # fmt: skip
        with django_assert_max_num_queries(6):
            assert client.get(url).status_code == 200
