"""References: said over the telephone, checked when typed, telling nothing."""

from hypothesis import given
from hypothesis import strategies as st

from prevent_cases.casework.references import LETTERS, check_letter, new_reference, tidy

BODIES = st.text(alphabet=LETTERS, min_size=9, max_size=9)


def grouped(body: str) -> str:
    whole = body + check_letter(body)
    return f"PC-{whole[:4]}-{whole[4:7]}-{whole[7:]}"


def test_a_new_reference_is_in_its_usual_form_and_never_the_same():
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    assert all(tidy(reference) == reference for reference in made)


def test_letters_that_sound_or_look_like_others_are_left_out():
    assert not set("01AEIOUL") & set(LETTERS)
    assert len(set(LETTERS)) == len(LETTERS)


@given(BODIES)
def test_however_it_is_typed_it_is_the_same_reference(body):
    reference = grouped(body)
    bare = reference.replace("-", "")
    for typed in (reference.lower(), bare, f" {bare[2:]} ", bare[2:6] + " " + bare[6:], reference.replace("-", "/")):
        assert tidy(typed) == reference


@given(BODIES, st.integers(0, 9), st.sampled_from(LETTERS))
def test_every_single_letter_misheard_is_noticed(body, place, heard):
    letters = list(body + check_letter(body))
    if letters[place] == heard:
        return
    letters[place] = heard
    assert tidy("".join(letters)) is None


@given(BODIES, st.integers(0, 8))
def test_two_letters_swapped_are_noticed_but_for_those_half_the_alphabet_apart(body, place):
    letters = list(body + check_letter(body))
    one, other = letters[place], letters[place + 1]
    if one == other or abs(LETTERS.index(one) - LETTERS.index(other)) == len(LETTERS) // 2:
        return
    letters[place], letters[place + 1] = other, one
    assert tidy("".join(letters)) is None


def test_what_is_no_reference_is_none():
    for typed in ("", "PC", "Ackerley", "PC-0000-000-000", "2" * 11, "\x00" * 10, "１２３４５６７８９０"):
        assert tidy(typed) is None
