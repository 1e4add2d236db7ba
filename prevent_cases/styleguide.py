"""Every component in every standing, as plain data for the style guide. All people and cases are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from prevent_cases.casework.tones import FILES, STANDINGS, TONES
from prevent_cases.casework.wording import LONDON, due_words

Inputs = dict[str, Any]
TODAY = date(2026, 6, 4)


@dataclass(frozen=True)
class Section:
    """One component: its file's name, a title, when to use it, and (name, inputs) of each example."""

    component: str
    title: str
    use: str
    examples: tuple[tuple[str, Inputs], ...]
    compact: bool = False

    @property
    def anchor(self) -> str:
        return self.component.replace("_", "-")


def styleguide_examples() -> tuple[Section, ...]:
    """The style guide's sections, in reading order."""
    return (*_what_is_true(), *_what_happened(), *_lists(), *_doing())


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=LONDON)


def _what_is_true() -> tuple[Section, ...]:
    dues = {"overdue": date(2026, 6, 2), "due_soon": date(2026, 6, 5)}
    clocks = tuple(
        (
            text,
            {
                "label": "Reply to counter terrorism policing",
                "due": dues.get(key, date(2026, 6, 11)),
                "standing": key,
                "words": due_words(dues[key], TODAY) if key in dues else "",
                "why_url": "#clock",
            },
        )
        for key, (text, _) in STANDINGS.items()
    )
    states = tuple((tone, {"text": tone.capitalize(), "tone": tone}) for tone in TONES)
    held = {
        "tag": "On hold", "tone": "orange", "url": "#key_details",
        "text": "On hold until Monday 29 June 2026: nothing may be shared.",
    }  # fmt: skip
    key_details = {
        "name": "Wren Hollowbrook",
        "reference": "PC-7QK4-2MXB",
        "facts": [("Age", "17, child"), ("Stage", "With the SSU"), ("Owner", "Rosalind Appleyard"), ("Area", "")],
        "state": {"text": "Checking records", "tone": "progress"},
        "clock": clocks[1][1],
        "restricted": True,
    }
    return (
        Section("clock", "Clock", "One deadline, in words and as a tag. Every list and record uses it.", clocks),
        Section(
            "state",
            "State",
            "What a record is now. At most six on one list; red is for late only.",
            states,
            compact=True,
        ),
        Section(
            "key_details",
            "Key details",
            "At the top of every page of a case.",
            (("A case", key_details), ("A case on hold", key_details | {"hold": held})),
        ),
        Section("restricted_mark", "Handling mark", "At the head and foot of restricted pages.", (("Mark", {}),)),
    )


def _what_happened() -> tuple[Section, ...]:
    items = [
        {
            "title": "Nil return sent",
            "at": _at(4, 14, 5),
            "by": "Rosalind Appleyard",
            "lines": ["Systems searched: adult social care, early help."],
            "url": "#timeline",
            "link_text": "Read the nil return",
            "is_new": True,
        },
        {
            "title": "Gave the case to Rosalind Appleyard",
            "at": _at(4, 9, 32),
            "by": "Rosalind Appleyard",
            "changes": [{"label": "Assigned to", "before": "nobody", "after": "Rosalind Appleyard"}],
            "is_new": True,
        },
        {"title": "Police referral received", "at": _at(3, 16, 48), "by": "the mailbox", "is_new": False},
    ]
    files = tuple(
        (
            text or "Ready",
            {
                "title": "Referral form.docx",
                "url": "#file-card",
                "kind": "Word document",
                "size": 1_258_291,
                "added_at": _at(3, 16, 48),
                "added_by": "Rosalind Appleyard",
                "standing": key,
                "reason": "The file is a program, not a document." if key == "refused" else "",
                "marking": "OFFICIAL-SENSITIVE",
            },
        )
        for key, (text, _) in FILES.items()
    )
    answers = [
        {"key": "Family name", "value": "Hollowbrook", "is_name": True, "change_url": "#summary-card"},
        {"key": "Date of birth", "value": "27 March 2009", "change_url": "#summary-card"},
        {"key": "What happened", "lines": ["A teacher raised a worry.", "The family were told."]},
        {"key": "Telephone", "value": ""},
    ]
    prose = "He has become withdrawn since the spring.\n\nHis tutor met him twice and wrote down what he said."
    return (
        Section(
            "timeline",
            "Timeline",
            "Plain sentences, newest first, with a line where this person last looked.",
            (("With news", {"items": items, "last_looked_at": _at(4, 8, 0), "level": 4}),),
        ),
        Section("file_card", "File", "Only a file that has been checked can be opened.", files),
        Section(
            "summary_card",
            "Summary card",
            "Answers to check. A missing answer says so.",
            (("Answers", {"title": "The person", "rows": answers, "actions": [{"text": "History", "url": "#"}]}),),
        ),
        Section("summary_list", "Summary list", "Answers without a card.", (("Answers", {"rows": answers}),)),
        Section(
            "prose", "Prose", "What somebody wrote, as plain text with its paragraphs.", (("Note", {"text": prose}),)
        ),
    )


def _lists() -> tuple[Section, ...]:
    tabs = [
        {"text": "To triage", "url": "#sub-navigation", "current": True, "count": 1001},
        {"text": "Mine", "url": "#sub-navigation", "count": 4},
        {"text": "Waiting for a reply", "url": "#sub-navigation", "count": 0},
        {"text": "History", "url": "#sub-navigation"},
    ]
    chips = [
        {"label": "Area", "value": "East", "remove_url": "#filter-chips"},
        {"label": "Age", "value": "Under 18", "remove_url": "#filter-chips"},
    ]
    rows = [
        [
            {"text": "Wren Hollowbrook", "url": "#table", "is_name": True, "detail": "PC-7QK4-2MXB"},
            {"text": due_words(date(2026, 6, 2), TODAY)},
            {"text": "Overdue", "tone": "late"},
        ],
        [
            {"text": "Ottoline Marchbank", "url": "#table", "is_name": True, "detail": "PC-3HD8-9TRV"},
            {"text": due_words(date(2026, 6, 5), TODAY)},
            {"text": "New", "tone": "new"},
        ],
    ]
    compared = [
        ("Name", "Wren Hollowbrook", "Ren Holowbrook", "similar", "Sounds alike"),
        ("Date of birth", "27 March 2009", "3 December 2009", "different", "Day and month may be swapped"),
        ("Postcode", "KS4 2QQ", "KS4 2QQ", "same", ""),
        ("NHS number", "", "999 000 1234", "missing", ""),
    ]
    sides = [dict(zip(("label", "left", "right", "standing", "note"), row, strict=True)) for row in compared]
    return (
        Section(
            "sub_navigation",
            "Tabs",
            "Views of a list or parts of a case. Counts stop at 1,000.",
            (("Inbox", {"label": "Inbox views", "items": tabs}),),
        ),
        Section(
            "filter_chips",
            "Filters in use",
            "Each can be taken away on its own.",
            (("Two", {"chips": chips, "clear_url": "#"}),),
        ),
        Section(
            "table",
            "Table",
            "Rows stack on phones. Long lists use the compiled cells.",
            (("Referrals", {"caption": "Referrals", "columns": ["Person", "Reply due", "State"], "rows": rows}),),
        ),
        Section(
            "side_by_side",
            "Side by side",
            "Is this the same person? Differences are said in words.",
            (
                (
                    "A possible match",
                    {
                        "caption": "Possible match",
                        "left_title": "This referral",
                        "right_title": "Record 48213",
                        "rows": sides,
                    },
                ),
            ),
        ),
        Section(
            "pagination",
            "Pages",
            "No totals: forward and back only.",
            (
                ("Middle of a list", {"newer_url": "#", "older_url": "#", "label": "Referrals"}),
                ("History", {"older_url": "#", "older_text": "Older", "label": "History"}),
            ),
        ),
        Section(
            "empty_state",
            "Nothing to show",
            "Say what to try.",
            (
                (
                    "Search",
                    {
                        "title": "No one found",
                        "text": "Nothing matches what you searched for.",
                        "suggestions": ["Search by date of birth", "Search by part of the name"],
                        "link_url": "#",
                        "link_text": "Clear the search",
                    },
                ),
            ),
        ),
    )


def _doing() -> tuple[Section, ...]:
    steps = [
        {"label": "Send a nil return", "url": "#steps"},
        {"label": "Route to the area service", "url": "#steps"},
        {"label": "Claim", "url": "#steps", "method": "post"},
        {"label": "Withdraw", "url": "#steps", "warning": True},
    ]
    tasks = [
        {"title": "The person", "url": "#task-list", "status": "Completed"},
        {
            "title": "What happened",
            "url": "#task-list",
            "hint": "Short is fine",
            "status": "In progress",
            "tone": "progress",
        },
        {"title": "Check and send", "status": "Cannot start yet"},
    ]
    walk = [
        {"text": "Received", "complete": True},
        {"text": "Checked", "current": True},
        {"text": "Answered"},
        {"text": "Closed"},
    ]
    alerts = tuple(
        (variant, {"variant": variant, "title": title, "text": text})
        for variant, title, text in (
            ("information", "Three new referrals since 9:05am", ""),
            ("success", "Nil return sent to the liaison officer", ""),
            ("warning", "No action or sharing until checks are back", "Day 3 of 28. Only the SSU lead can lift this."),
            ("error", "The file could not be read", "Nothing was saved. Ask the sender for another copy."),
        )
    )
    note = "Information was shared with another agency. See the restricted area for details."
    names = [
        {"text": "Wren Hollowbrook", "detail": "PC-7QK4-2MXB", "is_name": True},
        {"text": "Ottoline Marchbank", "detail": "PC-3HD8-9TRV", "is_name": True},
    ]
    return (
        Section(
            "steps",
            "Steps",
            "What this person may do to this record now.",
            (("Four open", {"steps": steps}), ("None", {"steps": [], "empty": "Nothing for you to do here."})),
        ),
        Section("alert", "Alert", "Stays until the page changes.", alerts),
        Section("task_list", "Task list", "Work in parts, in any order.", (("A draft", {"tasks": tasks}),)),
        Section(
            "progress",
            "Progress",
            "How far something has come.",
            (("Half way", {"label": "Progress of the referral", "steps": walk}),),
        ),
        Section(
            "confirm_list",
            "Confirm list",
            "Everything an action is about to touch.",
            (("Two", {"caption": "2 nil returns will be sent", "items": names}),),
        ),
        Section(
            "copy_text",
            "Text to copy",
            "For pasting into another system.",
            (
                (
                    "Case note",
                    {"id": "note", "title": "Case note for the care record", "text": note, "button": "Copy the note"},
                ),
            ),
        ),
        Section(
            "copy_button",
            "Copy button",
            "For text already on the page.",
            (("Button", {"target": "note", "text": "Copy it again"}),),
        ),
        Section(
            "save_status", "Save status", "Where autosave says what it did.", (("Saved", {"saved_at": _at(4, 10, 42)}),)
        ),
    )
