"""The three documents: every heading stands, nothing is dropped, and "nothing known" is said outright."""

from __future__ import annotations

from datetime import date

import pytest

from prevent_cases.casework.rendering.plain import render_text
from referrals.documents import (
    NOTHING_KNOWN,
    Answer,
    Letter,
    Search,
    Sharing,
    Subject,
    answer_to_policing,
    information_gathering_form,
    nil_return,
)

HEADINGS = (
    ("safeguarding", "Safeguarding concerns, now or before"),
    ("care_needs", "Care and support needs"),
    ("influence", "Whether easily influenced"),
    ("other", "Anything else relevant"),
)
LETTER = Letter(
    reference="PC-4F7K-92MX",
    theirs="CTPSE/2026/00123",
    dated=date(2026, 11, 2),
    council="Exampleshire County Council",
    addressed_to=("Referrals desk", "desk@policing.example"),
    signed_by=("Maren Oakhollow", "Locality manager"),
)
SUBJECT = Subject(name="Tamsin Wetherlark", born=date(1987, 6, 4), address="4 Larkspur Rise")
SHARING = Sharing(lawful_basis="Article 6(1)(e)", necessity="Policing cannot assess without it.")
SEARCH = Search(
    system="Mosaic",
    on=date(2026, 11, 2),
    by="Ines Farrow",
    using="name and date of birth",
    extract_on=date(2026, 11, 1),
)
PURPOSE = "To let policing assess."


def answered(*answers: Answer, sharing: Sharing = SHARING):
    return answer_to_policing(LETTER, SUBJECT, answers, sharing, headings=HEADINGS, purpose=PURPOSE)


def test_a_nil_return_says_what_was_searched_by_whom_and_when():
    text = " ".join(
        render_text(nil_return(LETTER, SUBJECT, [SEARCH], purpose=PURPOSE, words="No record held.")).split()
    )
    assert "Nil return: no record held" in text and "No record held." in text
    assert (
        "Mosaic: No record found Searched 2 November 2026 by Ines Farrow, using name and date of birth, in the copy of "
        "1 November 2026" in text
    )
    assert "Your reference: CTPSE/2026/00123" in text and "desk@policing.example" in text and PURPOSE in text


def test_a_nil_return_without_a_search_is_refused():
    with pytest.raises(ValueError, match="searched"):
        nil_return(LETTER, SUBJECT, [], purpose=PURPOSE, words="No record held.")


def test_every_heading_stands_in_order_and_says_when_nothing_is_known():
    content = answered(Answer(key="care_needs", fact="Needs help with letters."))
    assert [section.heading for section in content.sections] == [
        "Safeguarding concerns, now or before",
        "Care and support needs",
        "Overview: whether easily influenced",
        "Anything else relevant",
        "Why this is shared",
    ]
    assert [section.paragraphs for section in content.sections[:4]] == [
        (NOTHING_KNOWN,),
        (),
        (NOTHING_KNOWN,),
        (NOTHING_KNOWN,),
    ]


def test_fact_and_opinion_are_kept_apart_with_where_they_come_from():
    section = answered(
        Answer(
            key="influence", fact="Visits daily.", opinion="Trusts him.", fact_from="Notes", opinion_from="Her worker"
        )
    ).sections[2]
    assert [(s.text, s.source) for s in section.facts] == [("Visits daily.", "Notes")]
    assert [(s.text, s.source) for s in section.opinions] == [("Trusts him.", "Her worker")]


def test_blank_words_are_nothing_known():
    assert answered(Answer(key="other", fact="  \n ")).sections[3].paragraphs == (NOTHING_KNOWN,)


@pytest.mark.parametrize("answers", [(Answer(key="unknown", fact="x"),), (Answer(key="other"), Answer(key="other"))])
def test_an_answer_without_a_place_is_never_dropped(answers):
    with pytest.raises(ValueError, match="one heading"):
        answered(*answers)


def test_the_reasons_for_sharing_close_the_answer():
    sharing = Sharing(lawful_basis="A", necessity="B", proportionality="C", approved_by="D")
    assert [row.value for row in answered(sharing=sharing).sections[-1].rows] == ["A", "B", "C", "D"]
    assert [row.value for row in answered().sections[-1].rows] == ["Article 6(1)(e)", SHARING.necessity]


def test_what_is_not_known_of_the_person_is_said():
    content = answer_to_policing(LETTER, Subject(name="X"), [], SHARING, headings=HEADINGS, purpose=PURPOSE)
    assert "Date of birth: Not given" in render_text(content)


def test_no_file_name_holds_a_name():
    for content in (answered(), nil_return(LETTER, SUBJECT, [SEARCH], purpose=PURPOSE, words="None.")):
        assert "Wetherlark" not in content.file_name("pdf") and content.file_name("pdf").startswith("PC-4F7K-92MX-")


QUESTIONS = ("Is she known?", "Who supports her?")


def test_a_blank_form_has_a_box_for_each_question_and_says_how_to_answer():
    content = information_gathering_form(LETTER, SUBJECT, QUESTIONS, due=date(2026, 11, 16), purpose=PURPOSE)
    assert content.sections[0].to_answer == ("1. Is she known?", "2. Who supports her?")
    text = render_text(content)
    assert "Answer by: 16 November 2026" in text and "Keep fact and opinion apart" in text


def test_a_form_partly_answered_says_what_is_missing():
    content = information_gathering_form(
        LETTER, SUBJECT, QUESTIONS, answers=[Answer(key="2", fact="Her aunt.")], purpose=PURPOSE
    )
    assert content.sections[0].paragraphs == ("Not answered yet.",)
    assert content.sections[1].facts[0].text == "Her aunt."


def test_a_finished_form_says_nothing_known_and_why_it_is_shared():
    content = information_gathering_form(
        LETTER, SUBJECT, QUESTIONS, answers=[Answer(key="1", fact="Yes.")], sharing=SHARING, purpose=PURPOSE
    )
    assert content.sections[1].paragraphs == (NOTHING_KNOWN,)
    assert content.sections[-1].heading == "Why this is shared"


def test_an_answer_to_no_question_is_refused():
    with pytest.raises(ValueError, match="one heading"):
        information_gathering_form(LETTER, SUBJECT, QUESTIONS, answers=[Answer(key="3", fact="x")], purpose=PURPOSE)
