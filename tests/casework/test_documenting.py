"""The pages that the code writes about itself: nothing declared is missing, and a stale page is noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from prevent_cases.casework import clocks, procedure
from prevent_cases.casework.documenting import PAGES, permissions, traceability, workflows
from prevent_cases.casework.documenting.workflows import stateful_models


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory that write_docs writes to, in place of the repository's."""
    monkeypatch.setattr("prevent_cases.casework.management.commands.write_docs.directory", lambda: tmp_path / "pages")
    return tmp_path / "pages"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_same_each_time_it_is_written(name: str) -> None:
    text = PAGES[name]()
    assert text == PAGES[name]()
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_every_step_clock_and_procedure_is_on_its_page() -> None:
    steps = [row.key for model in stateful_models() for row in model.workflow]
    assert len(steps) > 20
    for name, keys in {
        "workflows.md": steps,
        "permissions.md": steps,
        "clocks.md": [clock.key for clock in clocks.every()],
        "procedures.md": [kept.key for kept in procedure.every()],
    }.items():
        text = PAGES[name]()
        assert [key for key in keys if f"`{key}`" not in text] == []


def test_the_record_that_leads_a_case_comes_first_with_its_diagram() -> None:
    text = workflows.page()
    assert text.index("## Referral\n") < text.index("## Information gathering form\n")
    assert "```mermaid\nstateDiagram-v2\n    [*] --> RECEIVED\n" in text


def test_every_sentence_that_the_kent_flowchart_s_steps_name_can_be_traced() -> None:
    text = traceability.page()
    missing = [f"K0.{n}" for n in range(1, 16) if f"\n| K0.{n} |" not in text]
    assert missing == []
    assert text.index("| K0.5 |") < text.index("| K0.12 |")
    assert "step `referral.send_nil_return`" in text


def test_every_address_says_who_may_ask_for_it() -> None:
    routes = [route for route, _, _ in permissions.addresses()]
    assert len(routes) == len(set(routes)) > 10
    text = permissions.page()
    assert "| `/health/live` | health-live | anybody: It says only that the web server answers. |" in text
    people = permissions.kinds_of_person()
    assert not people["visitor"].is_signed_in
    assert people["SSU lead"].leads_the_ssu


def test_what_is_written_is_true_until_the_code_changes(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    with pytest.raises(CommandError, match=r"clocks\.md, .*Run `make docs`"):
        call_command("write_docs", check=True)
    call_command("write_docs")
    assert "workflows.md written." in capsys.readouterr().out
    call_command("write_docs", check=True)
    call_command("write_docs")
    assert capsys.readouterr().out == ""
    monkeypatch.setitem(PAGES, "clocks.md", lambda: "# Clocks\n\nOne more.\n")
    with pytest.raises(CommandError, match=r"No longer true: clocks\.md\."):
        call_command("write_docs", check=True)
