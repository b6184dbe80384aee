"""The report as a Word file on A4, to edit, sign and file."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from marker.report.docx_styles import (
    STATUS_COLOURS,
    add_field,
    define_styles,
    indent_table,
    keep_row_whole,
    repeat_row,
    shade,
)
from marker.report.office import without_clock
from marker.report.page import (
    Block,
    Bullets,
    Coverage,
    Decision,
    Entry,
    Facts,
    Page,
    Para,
    Part,
    Question,
    Quote,
    Row,
    Section,
)

_LONGEST_PROPERTY = 255
_COVERAGE_WIDTHS = (Cm(1.4), Cm(5.4), Cm(2.8), Cm(4.0), Cm(3.6))
_DECISION_WIDTHS = (Cm(5.4), Cm(2.7), Cm(2.1), Cm(7.0))


def render_docx(page: Page) -> bytes:
    """The page as the bytes of a .docx file."""
    document = Document()
    define_styles(document)
    _describe(document, page)
    _Layout(document).page(page)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def _describe(document: WordDocument, page: Page) -> None:
    properties = document.core_properties
    properties.title = page.title[:_LONGEST_PROPERTY]
    properties.subject = page.notice
    properties.author = properties.last_modified_by = "marker"
    properties.comments = ""
    properties.language = "en-GB"


class _Layout:
    def __init__(self, document: WordDocument) -> None:
        self._document = document

    def page(self, page: Page) -> None:
        notice = self._document.add_paragraph(page.notice, "Notice")
        notice.paragraph_format.keep_with_next = True
        self._document.add_paragraph(page.sentence, "Notice sentence")
        self._document.add_paragraph(page.title, "Title")
        for section in page.sections:
            self._section(section)
        for line in page.footer:
            self._document.add_paragraph(line, "Small print")
        foot = self._document.sections[0].footer.paragraphs[0]
        foot.add_run(f"{page.notice}\tPage ")
        add_field(foot, "PAGE")

    def _section(self, section: Section) -> None:
        heading = self._document.add_heading(section.heading, 1)
        heading.paragraph_format.page_break_before = section.own_page
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Para(text):
                self._document.add_paragraph(text)
            case Question(text):
                self._document.add_paragraph(text, "Question")
            case Quote():
                self._quote(block)
            case Bullets(items, caption):
                if caption:
                    self._document.add_heading(caption, 2)
                for item in items:
                    self._document.add_paragraph(item, "List Bullet")
            case Facts(rows):
                self._facts(rows)
            case Coverage():
                self._coverage(block)
            case Part():
                self._part(block)
            case Decision():
                self._decision(block)
            case Entry():
                self._entry(block)

    def _facts(self, rows: Sequence[tuple[str, str]]) -> None:
        for name, value in rows:
            paragraph = self._document.add_paragraph(style="Fact")
            paragraph.add_run(f"{name}:", "Soft")
            paragraph.add_run(f"\t{value}")
        paragraph.paragraph_format.space_after = Pt(8)

    def _quote(self, quote: Quote) -> None:
        if quote.label:
            self._document.add_paragraph(quote.label, "Closest")
        words = self._document.add_paragraph(f"“{quote.text}”  ", "Own words")
        words.add_run(quote.place, "Place")

    def _part(self, part: Part) -> None:
        paragraph = self._document.add_paragraph(style="Part")
        paragraph.add_run(f"({part.id}) ").bold = True
        paragraph.add_run(part.text)
        if part.state:
            paragraph.add_run(f" — {part.state}", "Soft")
        for block in part.blocks:
            if isinstance(block, Para):
                self._document.add_paragraph(block.text, "Part note")
            else:
                self._block(block)

    def _entry(self, entry: Entry) -> None:
        first = len(self._document.paragraphs)
        if entry.id:
            heading = self._document.add_heading(f"{entry.id}  {entry.title}".rstrip(), 2)
            if entry.status:
                heading.add_run(f"   {entry.status}", "Soft").font.color.rgb = STATUS_COLOURS[entry.status]
        for block in entry.blocks:
            if isinstance(block, Decision):
                _keep_together(self._document.paragraphs[first:])
            self._block(block)

    def _coverage(self, coverage: Coverage) -> None:
        self._document.add_heading(coverage.caption, 2)
        table = self._table(coverage.header, _COVERAGE_WIDTHS)
        for row in coverage.rows:
            self._coverage_row(table, row)
        self._document.add_paragraph(style="Gap")

    def _coverage_row(self, table: Table, row: Row) -> None:
        cells = _add_row(table, _COVERAGE_WIDTHS).cells
        for cell, text in zip(cells, (row.id, row.asks, "", row.where, row.note), strict=True):
            cell.paragraphs[0].add_run(text)
        cells[0].paragraphs[0].runs[0].bold = True
        status = cells[2].paragraphs[0].add_run(row.status)
        status.bold = True
        status.font.color.rgb = STATUS_COLOURS[row.status]

    def _decision(self, decision: Decision) -> None:
        table = self._table((*decision.fields, decision.reason), _DECISION_WIDTHS)
        empty = _add_row(table, _DECISION_WIDTHS)
        empty.height, empty.height_rule = Cm(1.3), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell in table.rows[0].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        self._document.add_paragraph(style="Gap")

    def _table(self, header: Sequence[str], widths: Sequence[Cm]) -> Table:
        """A ruled table with its first row repeated on every page."""
        table: Table = self._document.add_table(0, len(header), "Table Grid")
        table.autofit = False
        indent_table(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        first = _add_row(table, widths)
        repeat_row(first)
        for cell, name in zip(first.cells, header, strict=True):
            cell.paragraphs[0].add_run(name).bold = True
            shade(cell)
        return table


def _add_row(table: Table, widths: Sequence[Cm]) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    keep_row_whole(row)
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = width
        cell.paragraphs[0].style = "Cell"
    return row


def _keep_together(paragraphs: Sequence[Paragraph]) -> None:
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True
