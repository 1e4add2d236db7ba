"""What the code writes about itself is what is committed."""

from io import StringIO

from django.core.management import call_command

from tests.architecture.source import ROOT


def test_the_generated_docs_are_those_the_code_writes():
    said = StringIO()
    call_command("write_docs", "--check", stdout=said, stderr=said)


def test_generated_docs_are_there_and_say_so():
    pages = sorted((ROOT / "docs" / "generated").glob("*.md"))
    assert len(pages) >= 5
    for page in pages:
        assert "Written by" in page.read_text(encoding="utf-8")[:400], page.name
