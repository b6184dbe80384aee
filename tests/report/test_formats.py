"""What is special to one format, and that the same input gives the same bytes in all of them."""

from __future__ import annotations

import io
import time
import zipfile
from html.parser import HTMLParser

import pytest
from docx import Document
from docx.shared import Twips

from marker.marking import NOTICE, Marking
from marker.report import FORMATS, Format, render


@pytest.mark.parametrize("format", FORMATS)
def test_same_input_gives_the_same_bytes(
    marking: Marking, counted: Marking, format: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = render([marking, counted], format, "assessor", date="today")
    later = time.time() + 86_400 * 400
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    assert render([marking, counted], format, "assessor", date="today") == first


def word(marking: Marking) -> bytes:
    report = render([marking], "docx", "assessor")
    assert isinstance(report, bytes)
    return report


def test_word_opens_and_begins_with_the_notice(marking: Marking) -> None:
    document = Document(io.BytesIO(word(marking)))
    assert document.paragraphs[0].text == NOTICE
    assert document.sections[0].footer.paragraphs[0].text.startswith(NOTICE)
    assert document.sections[0].page_width == Twips(11906)


def test_word_decision_cells_are_empty(marking: Marking) -> None:
    tables = Document(io.BytesIO(word(marking))).tables
    boxes = [table for table in tables if table.cell(0, 0).text == "Assessor’s decision"]
    assert len(boxes) == len(marking.points)
    for box in boxes:
        assert [cell.text for cell in box.rows[0].cells] == [
            "Assessor’s decision", "Date", "Initials", "Reason if different"
        ]  # fmt: skip
        assert [cell.text for cell in box.rows[1].cells] == ["", "", "", ""]


def test_word_repeats_the_header_row(marking: Marking) -> None:
    table = Document(io.BytesIO(word(marking))).tables[0]
    assert [cell.text for cell in table.rows[1].cells][:3:2] == ["A1", "evidence found"]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_word_members_carry_no_clock(marking: Marking) -> None:
    with zipfile.ZipFile(io.BytesIO(word(marking))) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


class Outline(HTMLParser):
    """Heading levels in order, tables' header cells without a scope, and the texts of decision cells."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.unscoped = 0
        self.boxes: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h1", "h2", "h3", "h4"):
            self.levels.append(int(tag[1]))
        self.unscoped += tag == "th" and "scope" not in dict(attrs)
        if tag == "table":
            self._inside = str(dict(attrs)["class"])
        if tag == "td" and self._inside == "decision":
            self.boxes.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag == "tbody" else self._inside

    def handle_data(self, data: str) -> None:
        if self.boxes and self._inside == "decision":
            self.boxes[-1] += data.strip() if self.lasttag == "td" else ""


def test_html_is_accessible_and_its_decision_boxes_are_empty(marking: Marking, counted: Marking) -> None:
    report = str(render([marking, counted], "html", "assessor"))
    outline = Outline()
    outline.feed(report)
    assert report.startswith("<!DOCTYPE html>")
    assert '<html lang="en-GB">' in report
    assert outline.levels[:2] == [1, 2]
    assert all(after - before <= 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert outline.unscoped == 0
    assert outline.boxes == [""] * 4 * (len(marking.points) + len(counted.points))


def test_markdown_and_text_decision_boxes_are_empty(marking: Marking) -> None:
    markdown, text = str(render([marking], "md", "assessor")), str(render([marking], "text", "assessor"))
    assert markdown.count("| Assessor’s decision | Date | Initials | Reason if different |") == len(marking.points)
    assert markdown.count("|  |  |  |  |") == len(marking.points)
    assert text.count("Assessor’s decision: ________  Date: ________  Initials: ________\n") == len(marking.points)


def test_text_carries_colour_only_when_asked(marking: Marking) -> None:
    plain, coloured = (str(render([marking], "text", "assessor", colour=colour)) for colour in (False, True))
    assert "\x1b[" not in plain
    assert "\x1b[32m" in coloured


def test_text_keeps_to_the_width(marking: Marking) -> None:
    for width in (40, 72, 120):
        lines = str(render([marking], "text", "assessor", width=width)).splitlines()
        assert max(map(len, lines)) <= width
