"""The parts of Word's own format that python-docx has no words for: fields, rules, languages, directions."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section as PageSection
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

_FACE = "Arial"
_INK = RGBColor(0x0B, 0x0C, 0x0C)
_QUIET = RGBColor(0x50, 0x5A, 0x5F)


def dress(word: WordDocument, brand: RGBColor) -> None:
    """A4, the council's look, and British English, set in the styles so that the document stays editable."""
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2.4)
    page.header_distance = page.footer_distance = Cm(1.1)
    _only_what_is_used(word)
    _british_english(word)
    _in_present_word(word)
    _style(word, "Normal", size=11, after=6, line=1.15)
    _style(word, "Heading 1", size=21, bold=True, before=0, after=10)
    _style(word, "Heading 2", size=14, bold=True, before=16, after=4)
    _style(word, "Heading 3", size=11, bold=True, before=8, after=3)
    _style(word, "Header", size=10, bold=True)
    _style(word, "Footer", size=9)
    _style(word, "List Bullet", size=11, after=3)
    _style(word, "List Continue", size=11, after=3)
    _style(word, "Sender", size=13, bold=True, after=4, colour=brand)
    _style(word, "Handling", size=11, before=10, after=8)
    _style(word, "In table", size=11, before=2, after=2)
    _style(word, "Gap", size=5, after=0)
    _style(word, "Signed", size=11, after=0)
    _style(word, "Closing note", size=10, after=4, colour=_QUIET)
    above_title = OxmlElement("w:pBdr")
    above_title.append(_edge("top", str(brand), 18, space=6))
    word.styles["Heading 1"].element.get_or_add_pPr().insert_element_before(above_title, *_AFTER_BORDERS)


_USED = frozenset({
    "Normal", "heading 1", "heading 2", "heading 3", "header", "footer", "List Bullet", "List Continue", "Table Grid",
    "Default Paragraph Font", "Normal Table", "No List",
})  # fmt: skip
_UNUSED_PARTS = ("stylesWithEffects", "customXml")


def _only_what_is_used(word: WordDocument) -> None:
    """The library's blank document carries some 160 styles, and copies of them for old programs; these go."""
    styles = word.styles.element
    for style in styles.findall(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")) not in _USED:
            styles.remove(style)
            continue
        for pointer in ("w:link", "w:next"):
            for found in style.findall(qn(pointer)):
                style.remove(found)
        for stops in style.findall(f"{qn('w:pPr')}/{qn('w:tabs')}"):
            stops.getparent().remove(stops)
    relationships = word.part.rels
    for key in [key for key, link in relationships.items() if link.reltype.endswith(_UNUSED_PARTS)]:
        del relationships[key]


def _style(
    word: WordDocument,
    name: str,
    *,
    size: float,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    line: float = 1.1,
    colour: RGBColor = _INK,
) -> None:
    names = {style.name for style in word.styles}
    style: Any = word.styles[name] if name in names else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    _face(fonts)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = line


def _face(fonts: Any) -> None:
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FACE)


def _british_english(word: WordDocument) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in (*properties.findall(qn("w:lang")), *properties.findall(qn("w:rFonts"))):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    _face(fonts)
    properties.insert(0, fonts)
    language = OxmlElement("w:lang")
    for part, value in (("val", "en-GB"), ("eastAsia", "en-GB"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{part}"), value)
    properties.append(language)
    for spoken in word.settings.element.findall(qn("w:themeFontLang")):
        spoken.set(qn("w:val"), "en-GB")


def _in_present_word(word: WordDocument) -> None:
    """Says the document is of Word 2013 or later, which else opens it in "Compatibility Mode"."""
    for compatible in word.settings.element.findall(qn("w:compat")):
        setting = OxmlElement("w:compatSetting")
        for attribute, value in (
            ("name", "compatibilityMode"),
            ("uri", "http://schemas.microsoft.com/office/word"),
            ("val", "15"),
        ):
            setting.set(qn(f"w:{attribute}"), value)
        for old in compatible.findall(qn("w:compatSetting")):
            compatible.remove(old)
        compatible.append(setting)


def head_and_foot(page: PageSection, marking: str, reference: str) -> None:
    """The marking in the middle at head and foot; reference and "Page n of m" at either side of the foot."""
    width = page.page_width - page.left_margin - page.right_margin  # type: ignore[operator]
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(marking)
    stops = foot.paragraph_format.tab_stops
    stops.add_tab_stop(int(width / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{reference}\t")
    foot.add_run(marking).bold = True
    foot.add_run("\tPage ")
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word works out when it lays the page, such as PAGE; shows 1 until then."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 - python-docx offers no fields
        else:
            instructed = OxmlElement("w:instrText")
            instructed.set(qn("xml:space"), "preserve")
            instructed.text = f" {text} "
            run._r.append(instructed)  # noqa: SLF001


def _edge(side: str, colour: str, eighths: int, space: int = 0) -> Any:
    edge = OxmlElement(f"w:{side}")
    for attribute, value in (("val", "single"), ("sz", str(eighths)), ("space", str(space)), ("color", colour)):
        edge.set(qn(f"w:{attribute}"), value)
    return edge


def box(paragraph: Paragraph) -> None:
    """A line on all four sides of a paragraph, inside the margins."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(7)
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_edge(side, "0B0C0C", 8, space=6))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)  # noqa: SLF001


def rules_between(table: Table) -> None:
    """Thin lines above, below and between the rows; none at the sides."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_edge(side, "B1B4B6", 4))
    table._tbl.tblPr.insert_element_before(  # noqa: SLF001
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription"
    )


def table_words(table: Table, described: str) -> None:
    """What a screen reader says of the table before it reads it."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), described)
    table._tbl.tblPr.append(caption)  # noqa: SLF001


def in_right_to_left(paragraph: Paragraph) -> None:
    """Sets the paragraph and its runs to be read from right to left."""
    paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)  # noqa: SLF001
    for run in paragraph.runs:
        run.font.rtl = True


_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl",
    "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", *_AFTER_BIDI,
)  # fmt: skip
