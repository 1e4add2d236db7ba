"""The vendored front end is what VENDORED.md says, byte for byte, and carries nothing a council may not use."""

import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
VENDOR = STATIC / "vendor"
CSS = (VENDOR / "css" / "frontend.css").read_text()


def listed() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    return {path.removeprefix("./"): digest for digest, path in (line.split("  ", 1) for line in lines)}


def test_every_vendored_file_is_listed_and_unchanged():
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert found == listed()


@pytest.mark.parametrize("banned", ["gds transport", "@font-face", "crest", "crown"])
def test_the_stylesheet_has_no_government_branding(banned):
    assert banned not in CSS.lower()


def test_no_crown_crest_or_font_is_served():
    names = [path.name.lower() for path in STATIC.rglob("*") if path.is_file()]
    assert [name for name in names if re.search(r"crown|crest|opengraph|\.woff2?$|\.ttf$|\.eot$", name)] == []


def test_every_address_in_a_stylesheet_resolves():
    for sheet in STATIC.rglob("*.css"):
        for address in re.findall(r"url\([\"']?([^)\"']+)[\"']?\)", sheet.read_text()):
            assert not address.startswith(("/", "http")), f"{sheet.name} leaves the site: {address}"
            assert (sheet.parent / address).is_file(), f"{sheet.name} points at nothing: {address}"


def test_the_brand_colour_can_be_changed_without_a_rebuild():
    assert "--govuk-brand-colour" in CSS


def test_every_licence_is_beside_its_files():
    assert sorted(path.name for path in (VENDOR / "licences").iterdir()) == ["govuk-frontend.txt", "moj-frontend.txt"]


def test_our_own_modules_are_rewritten_to_hashed_names():
    """Django rewrites only .js files, and only imports that end in a semicolon."""
    assert list(STATIC.rglob("*.mjs")) == []
    for script in (STATIC / "js").glob("*.js"):
        for line in script.read_text().splitlines():
            assert not line.startswith("import ") or line.endswith(";"), f"{script.name}: {line}"
