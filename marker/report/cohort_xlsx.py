"""The class as a spreadsheet: the notice first, the claim matrix with an empty decision column, what was not read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import count, islice
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from marker.marking import NOTICE
from marker.report.cohort import Cohort
from marker.report.cohort_csv import HEADER, claim_rows
from marker.report.office import without_clock
from marker.report.wording import ASSESSOR, printable
from marker.version import VERSION

ROWS = 1_000_000  # on a sheet; a spreadsheet holds 1,048,576

_LINE_HEIGHT = 15
_A4 = 9  # as the format numbers paper
_LONGEST_CELL = 32_767
_WIDTHS = (24, 32, 8, 16, 34, 44, 24)

_TOP = Alignment(vertical="top", wrap_text=True)
_PLAIN = Font(name="Calibri", size=11)
_BOLD = Font(name="Calibri", size=11, bold=True)
_TITLE = Font(name="Calibri", size=14, bold=True)
_HEAD = (Font(name="Calibri", size=11, bold=True, color="FFFFFF"), PatternFill("solid", fgColor="14506B"))
_LINE = Border(bottom=Side(style="thin", color="CCD3DC"))
_PEN = Side(style="thin", color="1B2330")
_BOX = Border(left=_PEN, right=_PEN, top=_PEN, bottom=_PEN)
_SHADES = {"evidence found": "E6F3EC", "part found": "FDF3DC", "not found": "F4F6F9", "cannot judge": "F1EEF9"}


def render_cohort_xlsx(cohort: Cohort) -> bytes:
    """The workbook; the same cohort gives the same bytes. Every cell is text, so none is ever a formula."""
    book = Workbook(write_only=True)
    book.properties.creator = "marker"
    book.properties.title = NOTICE
    _notice(book.create_sheet("Notice"), cohort)
    claims = claim_rows(cohort)
    for number in count(1):
        if not (rows := list(islice(claims, ROWS))):
            break
        _table(book.create_sheet(f"Claims {number}" if number > 1 else "Claims"), HEADER, _WIDTHS, rows)
    unread = [(learner, "nothing could be read", why) for learner, why in cohort.failed.first]
    unread += [(learner, "read in part", why) for learner, why in cohort.unread.first]
    if unread:
        _table(book.create_sheet("Not read"), ("Learner", "What was read", "What was not"), (24, 24, 100), unread)
    buffer = io.BytesIO()
    book.save(buffer)
    return without_clock(buffer.getvalue())


def _notice(sheet: Any, cohort: Cohort) -> None:
    sheet.column_dimensions["A"].width = 120
    _on_paper(sheet)
    lines = [NOTICE, ASSESSOR.sentence, ""]
    lines += [f"{len(cohort.learners)} learners, {cohort.marked} read. Sheet Claims: what was found for each point."]
    lines += ["The decision column is empty on purpose: nothing in this file is a decision.", "", *ASSESSOR.legend, ""]
    lines += [f"{one.title}, version {one.version} ({one.status})" for one in cohort.rubrics]
    lines += [f"marker {VERSION}"]
    for number, line in enumerate(lines):
        cell = _text(sheet, line)
        if number == 0:
            cell.font = _TITLE
        sheet.append([cell])


def _table(sheet: Any, header: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
    for letter, width in zip("ABCDEFGH", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _on_paper(sheet)
    sheet.oddHeader.center.text = NOTICE
    sheet.oddFooter.center.text = "Page &P of &N"
    heads = [_text(sheet, name) for name in header]
    for head in heads:
        head.font, head.fill = _HEAD
    sheet.append(heads)
    for number, row in enumerate(rows, 2):
        lines = max(ceil(len(text) / width) for text, width in zip(row, widths, strict=True))
        if lines > 1:  # programs that only show or print the file do not work heights out
            sheet.row_dimensions[number].height = _LINE_HEIGHT * lines
        sheet.append([_cell(sheet, text, name) for text, name in zip(row, header, strict=True)])
    sheet.auto_filter.ref = f"A1:{'ABCDEFGH'[len(header) - 1]}{len(rows) + 1}"


def _on_paper(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _cell(sheet: Any, text: str, column: str) -> Any:
    cell = _text(sheet, text)
    cell.border = _BOX if column == HEADER[-1] else _LINE
    if column == "Learner":
        cell.font = _BOLD
    if text in _SHADES:
        cell.fill = PatternFill("solid", fgColor=_SHADES[text])
    return cell


def _text(sheet: Any, text: str) -> Any:
    """A cell that holds text whatever it begins with, also after somebody edits it."""
    cell = WriteOnlyCell(sheet, printable(text)[:_LONGEST_CELL])
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = _TOP
    cell.font = _PLAIN
    return cell
