"""A council's colour is taken by setting, and refused where nobody could read the header."""

import pytest

from prevent_cases.branding import brand_css, contrast_with_white


def test_a_colour_becomes_one_rule():
    assert brand_css("#4b2e83") == ":root{--govuk-brand-colour:#4b2e83}\n"


@pytest.mark.parametrize("colour", ["teal", "#fff", "#00525c;}body{display:none", "", "#00525g"])
def test_what_is_not_a_colour_is_refused(colour):
    with pytest.raises(ValueError, match="six hex digits"):
        brand_css(colour)


def test_a_colour_too_light_for_white_text_is_refused():
    with pytest.raises(ValueError, match="too light"):
        brand_css("#ffdd00")


def test_contrast_is_measured_as_wcag_does():
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#00525c") == pytest.approx(8.9, abs=0.1)
