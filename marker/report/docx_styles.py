"""The styles of the Word report, and the few things that python-docx leaves to XML."""

from __future__ import annotations

from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from marker.marking import Status

STATUS_COLOURS: dict[Status, RGBColor] = {
    "evidence found": RGBColor(0x14, 0x52, 0x3A),
    "part found": RGBColor(0x6B, 0x45, 0x00),
    "not found": RGBColor(0x3B, 0x46, 0x54),
    "cannot judge": RGBColor(0x46, 0x39, 0x6F),
}
_INK = RGBColor(0x1B, 0x23, 0x30)
_SOFT = RGBColor(0x52, 0x5D, 0x6E)
_ACCENT = RGBColor(0x14, 0x50, 0x6B)
_SANS, _SERIF = "Arial", "Georgia"
_TEXT_WIDTH = Cm(17.2)


def define_styles(document: Document) -> None:
    """A4, and a style for everything that the report says."""
    _page(document)
    normal = _style(document, "Normal", size=10.5, after=6)
    normal.paragraph_format.line_spacing = 1.1
    _set(normal.element.get_or_add_rPr(), "w:lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA")
    _headings(document)
    _voices(document)
    _style(document, "Cell", size=9.5, before=2, after=2)
    _style(document, "Gap", size=4, after=2)
    _style(document, "Small print", size=8.5, after=0, colour=_SOFT)
    _style(document, "List Bullet", after=2)
    fact = _style(document, "Fact", after=2, left=Cm(4))
    fact.paragraph_format.first_line_indent = -Cm(4)
    fact.paragraph_format.tab_stops.add_tab_stop(Cm(4))
    _run_style(document, "Soft")
    place = _run_style(document, "Place")
    place.font.size = Pt(9)
    _font(place, _SANS)


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word works out, such as PAGE."""
    field, run, text = _element("w:fldSimple", instr=code), _element("w:r"), _element("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def repeat_row(row: _Row) -> None:
    """Repeat the row at the top of every page that the table runs over."""
    _set(row._tr.get_or_add_trPr(), "w:tblHeader")


def keep_row_whole(row: _Row) -> None:
    """Keep the row on one page."""
    _set(row._tr.get_or_add_trPr(), "w:cantSplit")


def shade(cell: _Cell) -> None:
    """Give the cell the tint of a header."""
    _set(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill="F4F6F9")


def indent_table(table: Table) -> None:
    """Put the table's left rule, and not the text in its cells, on the margin."""
    indent = _element("w:tblInd", w="108", type="dxa")
    table._tbl.tblPr.insert_element_before(indent, "w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin = section.bottom_margin = Cm(1.9)
    section.footer_distance = Cm(0.9)
    footer = _style(document, "Footer", size=8.5, colour=_SOFT)
    footer.paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _headings(document: Document) -> None:
    title = _style(document, "Title", size=22, bold=True, before=14, after=4, colour=_INK)
    _without_border(title)
    first = _style(document, "Heading 1", size=15, bold=True, before=20, after=6, colour=_ACCENT)
    _border(first, "bottom", "14506B", size=12)
    _style(document, "Heading 2", size=12, bold=True, before=12, after=3, colour=_INK)


def _voices(document: Document) -> None:
    """The notice, the report's questions, and the learner's own words in a face of their own."""
    notice = _style(document, "Notice", size=12, bold=True, after=0)
    sentence = _style(document, "Notice sentence", size=11, after=6)
    for style in (notice, sentence):
        _border(style, "left", "1B2330", size=36)
        style.paragraph_format.left_indent = Cm(0.3)
    part = _style(document, "Part", before=6, after=3, left=Cm(0.7))
    part.paragraph_format.first_line_indent = -Cm(0.7)
    part.paragraph_format.keep_with_next = True
    _style(document, "Part note", after=3, left=Cm(0.7))
    question = _style(document, "Question", bold=True, after=4, left=Cm(1))
    _border(question, "left", "14506B", size=24)
    words = _style(document, "Own words", after=4, left=Cm(1), font=_SERIF)
    closest = _style(document, "Closest", size=9.5, after=0, left=Cm(1), colour=_SOFT)
    closest.paragraph_format.keep_with_next = True
    for style in (words, closest):
        _border(style, "left", "CCD3DC", size=24)


def _run_style(document: Document, name: str) -> CharacterStyle:
    style = cast(CharacterStyle, document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER))
    style.font.color.rgb = _SOFT
    return style


def _style(
    document: Document,
    name: str,
    *,
    size: float | None = None,
    bold: bool | None = None,
    before: float = 0,
    after: float = 0,
    left: Cm | None = None,
    colour: RGBColor | None = None,
    font: str = _SANS,
) -> ParagraphStyle:
    known = name in {style.name for style in document.styles}
    found = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = cast(ParagraphStyle, found)
    style.font.bold, style.font.italic = bold, False
    _font(style, font)
    if size:
        style.font.size = Pt(size)
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if left is not None:
        style.paragraph_format.left_indent = left
    return style


def _font(style: CharacterStyle, name: str) -> None:
    """Name the font for every script; a theme's font, where there is one, would win over the name."""
    style.font.name = name
    fonts = style.element.get_or_add_rPr().rFonts
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _border(style: ParagraphStyle, side: str, colour: str, size: int) -> None:
    _without_border(style)
    borders = _element("w:pBdr")
    _set(borders, f"w:{side}", val="single", sz=str(size), space="6" if side == "left" else "3", color=colour)
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _without_border(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _set(parent: BaseOxmlElement, tag: str, **attributes: str) -> None:
    """Put `tag` with its attributes into `parent`, in place of one that is there."""
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    parent.append(_element(tag, **attributes))


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
