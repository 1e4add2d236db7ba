"""procedures.md: every published way of working, as the cases that pinned it see it."""

from __future__ import annotations

from typing import Any

from prevent_cases.casework import procedure
from prevent_cases.casework.documenting.markdown import code, table
from prevent_cases.casework.documenting.markdown import page as whole_page
from prevent_cases.casework.procedure import ListedDocument, Procedure, Reason
from prevent_cases.casework.wording import day

BASE = (
    "Each procedure as the code publishes it. What a council changes in its own editions is its own data: see "
    "“Texts and deadlines” in the service.\n"
)


def page() -> str:
    return whole_page("Procedures", BASE, *(_procedure(kept) for kept in procedure.every()))


def _procedure(kept: Procedure) -> str:
    until = f" to {day(kept.effective_to)}" if kept.effective_to else ""
    return "\n".join(
        [
            f"## {kept.title}\n",
            f"{code(kept.key)}. {kept.authority}, from {day(kept.effective_from)}{until}.",
            f"Calendar: {kept.division}. Form: {kept.form_version}.\n",
            table(("What", "How"), _facts(kept)),
            table(
                ("Act", "Reasons that may be chosen"),
                ([code(act), _reasons(rows)] for act, rows in _sorted(kept.reasons)),
            ),
            table(("Heading of the answer", "Key"), ([label, code(key)] for key, label in kept.answer_headings)),
            table(("Document", "Edition", "Review"), (_document(listed) for listed in kept.documents)),
            table(("Prompt", "Hint"), ([one.label, one.hint] for one in kept.prompts)),
            table(("Text", "Words"), ([code(key), words] for key, words in _sorted(kept.texts))),
        ]
    )


def _facts(kept: Procedure) -> list[list[str]]:
    rows = [["Steps of its own", code(*kept.steps)], ["Source", ", ".join(kept.source)]]
    rows += [[f"Route when {code(known)}", code(team)] for known, team in _sorted(kept.routes)]
    rows += [[f"Length of {code(clock)}", f"{length}"] for clock, length in _sorted(kept.lengths)]
    rows += [[f"Who decides {code(what)}", code(who)] for what, who in _sorted(kept.deciders)]
    rows += [[f"Post {code(key)}", title] for key, title in _sorted(kept.posts)]
    rows += [[f"Word for {code(key)}", words] for key, words in _sorted(kept.labels)]
    return [row for row in rows if row[1]]


def _reasons(rows: tuple[Reason, ...]) -> str:
    return "<br>".join(f"{reason.label}{' (in words)' if reason.needs_words else ''}" for reason in rows)


def _document(listed: ListedDocument) -> list[str]:
    return [listed.title, listed.edition, day(listed.review_on) or "no date"]


def _sorted(mapping: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(mapping.items())
