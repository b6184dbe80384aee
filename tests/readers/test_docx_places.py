"""A person finds a place in a Word file: by heading, automatic number, table cell, and page where the file tells."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from marker.extract import read
from marker.readers.docx_numbers import Numbers
from marker.report.wording import places

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    work = docx.Document()
    work.add_heading("My portfolio", 0)
    work.add_heading("2.1 Internal customers", 1)
    work.add_paragraph("Payroll needs my hours.")
    work.add_paragraph("by Friday", style="List Number")
    work.add_paragraph("by noon", style="List Number")
    work.add_paragraph("on paper", style="List Bullet")
    work.add_heading("Introduction", 2)
    work.add_paragraph("I work in a shop.")
    work.add_paragraph("Task 3: the log")
    work.add_table(2, 2).cell(1, 1).text = "I rang her back."
    work.save(tmp_path / "work.docx")
    return tmp_path / "work.docx"


def test_a_place_is_named_by_the_nearest_numbered_heading_paragraph_and_cell(portfolio: Path) -> None:
    named = {passage.text: places([passage.location], False) for passage in read(portfolio).passages}
    assert named == {
        "My portfolio": "paragraph 1",
        "2.1 Internal customers": "paragraph 2",
        "Payroll needs my hours.": "“2.1 Internal customers”, paragraph 3",
        "by Friday": "“2.1 Internal customers”, paragraph 4",
        "by noon": "“2.1 Internal customers”, paragraph 5",
        "on paper": "“2.1 Internal customers”, paragraph 6",
        "Introduction": "paragraph 7",
        "I work in a shop.": "“2.1 Internal customers › Introduction”, paragraph 8",
        "Task 3: the log": "“Task 3”, paragraph 9",
        "I rang her back.": "“Task 3”, table 1, row 2, column 2",
    }


def test_automatic_numbers_are_told_and_bullets_have_none(portfolio: Path) -> None:
    numbers = {passage.text: passage.location.number for passage in read(portfolio).passages}
    assert (numbers["by Friday"], numbers["by noon"], numbers["on paper"]) == ("1.", "2.", None)


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%3"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
)
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)


def test_numbers_count_as_word_shows_them() -> None:
    numbers = Numbers(etree.fromstring(NUMBERING))
    items = [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 0), ("1", 1), ("2", 0), ("1", 3), ("1", 8), ("9", 0)]
    assert [numbers.next(*item) for item in items] == ["3.", "a)", "b)", "3.I", "4.", "a)", "1.", None, None, None]


def saved_by_word(path: Path, pages: int) -> Path:
    """Three pages as Word leaves them, in a file that says that it has so many."""
    work = docx.Document()
    for text in ("first", "second", "third"):
        run = work.add_paragraph().add_run()
        if text != "first":
            run._r.append(OxmlElement("w:lastRenderedPageBreak"))
        run._r.append(OxmlElement("w:t"))
        run._r.find(qn("w:t")).text = text
    buffer = io.BytesIO()
    work.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            told = old.read(name)
            if name == "docProps/app.xml":
                told = told.replace(b"<Pages>1</Pages>", f"<Pages>{pages}</Pages>".encode())
            new.writestr(name, told)
    return path


@pytest.mark.parametrize(("pages", "found"), [(3, [1, 2, 3]), (4, [None, None, None])])
def test_pages_are_told_where_word_left_them_whole(tmp_path: Path, pages: int, found: list[int | None]) -> None:
    passages = read(saved_by_word(tmp_path / "work.docx", pages)).passages
    assert [passage.location.page for passage in passages] == found
