"""Names of files: shown without tricks, stored under nothing the sender chose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prevent_cases.casework.files.names import ending, safe_name, stored_name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\desk\\Referral form.docx", "Referral form.docx"),
        ("report\0.exe.pdf", "report.exe.pdf"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("  .htaccess", "htaccess"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("CON.pdf", "CON_.pdf"),
        ("line\nbreak\t.pdf", "line break.pdf"),
        ("", "file"),
        ("...", "file"),
        ("مرجع.pdf", "مرجع.pdf"),
        ("Zoe\u0308.pdf", "Zoë.pdf"),
    ],
)
def test_a_name_is_shown_without_tricks(given_name, shown):
    assert safe_name(given_name) == shown


def test_a_long_name_keeps_its_ending():
    shown = safe_name("n" * 300 + ".docx")
    assert len(shown) == 100 and shown.endswith(".docx")


@given(st.text(max_size=400))
def test_no_name_can_hide_anything(name):
    shown = safe_name(name)
    assert 0 < len(shown) <= 100
    assert not re.search(r"[\x00-\x1f\x7f/\\<>:\"|?*\u202a-\u202e\u2066-\u2069]", shown)
    assert shown == safe_name(shown)


def test_an_ending_is_what_is_last():
    assert ending("a.pdf.EXE") == "exe"
    assert ending("no ending") == ""
    assert ending(".hidden") == ""


def test_a_stored_name_says_nothing():
    names = {stored_name() for _ in range(100)}
    assert len(names) == 100
    assert all(re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}", name) for name in names)
