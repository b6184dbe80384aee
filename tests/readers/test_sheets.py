"""Spreadsheets and tables as text: log.xlsx and log.csv of fixtures/build_formats.py."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from marker.errors import UnreadableError
from marker.extract import read
from marker.formats import recognise
from marker.readers import csv, xlsx
from marker.readers.csv import read_csv
from marker.readers.xlsx import read_xlsx
from marker.report.wording import places

FIXTURES = Path(__file__).parents[1] / "fixtures"
MARKER = "Dawn needs the float by nine"
SHEET = (FIXTURES / "log.xlsx").read_bytes()


def with_member(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SHEET)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["log.xlsx", "log.csv"])
def test_a_cell_is_found_once_with_its_place(name: str) -> None:
    found = [passage for passage in read(FIXTURES / name).passages if MARKER in passage.text]
    assert [(passage.kind, passage.location.cell, passage.credited) for passage in found] == [
        ("cell", "table 1, row 2, column 2", True)
    ]


def cells() -> dict[str | None, tuple[str, str | None]]:
    return {passage.location.cell: (passage.text, passage.why) for passage in read(FIXTURES / "log.xlsx").passages}


def test_values_are_shown_as_people_write_them() -> None:
    assert cells()["table 1, row 2, column 1"] == ("03/03/2026", None)
    assert cells()["table 1, row 2, column 3"] == ("12.5", None)
    assert cells()["table 1, row 3, column 3"] == ("25%", None)


def test_a_formula_shows_its_value_and_is_never_run() -> None:
    assert cells()["table 1, row 3, column 2"] == ("2", None)
    passages, _ = read_csv(b'a,b,c\n"=cmd|x",2,3\n', "a.csv")
    assert passages[3].text == "=cmd|x"


def saved(cells: dict[str, tuple[object, str]]) -> bytes:
    """A sheet as a library saves it, without the values of formulas: each cell's value and number format."""
    book = Workbook()
    for name, (value, number_format) in cells.items():
        book.active[name] = value
        book.active[name].number_format = number_format
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.125, "0.0%", "12.5%"),
        (0.07, "0%", "7%"),
        (1, "0%", "100%"),
        (12.5, '0.0"%"', "12.5"),
        (12.5, '"£"#,##0.00', "£12.50"),
        (-1250, "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "-£1,250.00"),
        (8, "£#,##0", "£8"),
        (8.5, "#,##0.00\\ [$€-1]", "8.50 €"),
        (8.25, "[$-809]0.00", "8.25"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (timedelta(minutes=5, seconds=9), "[h]:mm:ss", "0:05:09"),
    ],
)
def test_shares_sums_and_hours_are_shown_without_ado(value: object, number_format: str, shown: str) -> None:
    (passage,), _ = read_xlsx(saved({"A1": (value, number_format)}), "a.xlsx")
    assert passage.text == shown


FORM = "Start time,Completion time,Name,Who is it for?,Points - Who is it for?,Feedback - Who is it for?\n"
ANSWERED = "9:02,9:40,Abi,The chef,2,Name one outside too\n"


def test_a_forms_answers_are_read_and_a_markers_feedback_on_them_set_aside() -> None:
    passages, unread = read_csv((FORM + ANSWERED).encode(), "form.csv")
    credited = [passage.text for passage in passages[6:] if passage.credited]
    assert (credited, unread) == (["9:02", "9:40", "Abi", "The chef"], ())
    assert passages[-1].why == "assessor's comment"


@pytest.mark.parametrize("head", [FORM, FORM.replace("Start time,Completion time", "Timestamp,Shift")])
def test_whose_several_answers_to_a_form_are_cannot_be_told(head: str) -> None:
    passages, unread = read_csv((head + 3 * ANSWERED).encode(), "form.csv")
    assert not any(passage.credited for passage in passages[6:])
    assert ["with 3 answers, whose cannot be told" in one.what for one in unread] == [True]
    log = FORM.replace("Start time,Completion time", "Began,Ended")
    assert all(passage.credited for passage in read_csv((log + 3 * ANSWERED).encode(), "log.csv")[0])


def test_formulas_without_a_saved_value_are_noted_once_a_sheet() -> None:
    data = saved({"A1": ("total", "@"), "C2": ("=1+1", "0"), "C3": ("=2+2", "0")})
    _, (unread,) = read_xlsx(data, "a.xlsx")
    assert unread.what.startswith("2 formulas without a saved value on sheet Sheet, the first in C2; open")


def test_a_formula_that_comes_out_empty_is_not_noted() -> None:
    sheet = b'<c r="A1" t="str"><f>""</f><v></v></c>'
    data = with_member(
        "xl/worksheets/sheet2.xml",
        b"<worksheet xmlns=%b><sheetData><row r='1'>%b</row></sheetData>"
        b"</worksheet>" % (b"'http://schemas.openxmlformats.org/spreadsheetml/2006/main'", sheet),
    )
    assert read_xlsx(data, "a.xlsx")[1] == ()


def test_merged_cells_are_read_once_and_sheets_are_tables() -> None:
    assert cells()["table 1, row 7, column 1"] == ("one text over three columns", None)
    assert cells()["table 2, row 1, column 1"] == ("second sheet", None)


def test_a_cell_is_placed_by_the_name_on_its_sheets_tab() -> None:
    book = Workbook()
    book.active.title, book.active.sheet_state = "Lists", "hidden"
    book.active["A1"] = "Yes"
    book.create_sheet("Calls, May")["B2"] = "I rang the boarder back about her coat."
    buffer = io.BytesIO()
    book.save(buffer)
    passages, _ = read_xlsx(buffer.getvalue(), "a.xlsx")
    assert [(one.location.heading, one.location.cell) for one in passages] == [
        ("Lists", "table 1, row 1, column 1"),
        ("Calls, May", "table 2, row 2, column 2"),
    ]
    assert places([passages[1].location], several_files=False) == "“Calls, May”, table 2, row 2, column 2"


def test_hidden_sheets_white_words_and_comments_are_set_aside() -> None:
    assert cells()["table 3, row 1, column 1"] == ("hidden sheet", "hidden text")
    assert cells()["table 1, row 5, column 2"] == ("white on white", "hidden text")
    assert cells()[None] == ("Good, say more.", "comment by R. Jones")


def test_pictures_and_charts_are_noted(no_ocr: None) -> None:
    data = with_member("xl/media/image1.png", b"x")
    assert [part.what for part in read_xlsx(data, "a.xlsx")[1]] == ["image"]
    data = with_member("xl/charts/chart1.xml", b"<x/>")
    assert [part.what for part in read_xlsx(data, "a.xlsx")[1]] == ["chart"]


def test_text_boxes_are_read() -> None:
    drawn = (
        b'<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        b"<a:p><a:r><a:t>in a box</a:t></a:r></a:p></x>"
    )
    passages, _ = read_xlsx(with_member("xl/drawings/drawing1.xml", drawn), "a.xlsx")
    assert [(passage.kind, passage.text) for passage in passages if passage.kind == "text box"] == [
        ("text box", "in a box")
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "entities"), (b" " * 20_000_000, "larger inside")],
)
def test_hostile_parts_are_refused_before_they_are_read(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_xlsx(with_member("xl/sharedStrings.xml", content), "a.xlsx")


def test_a_sheet_far_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_CELLS", 3)
    with pytest.raises(UnreadableError, match="filled cells"):
        read_xlsx(SHEET, "a.xlsx")
    monkeypatch.setattr(csv, "MAX_CELLS", 3)
    with pytest.raises(UnreadableError, match="cells"):
        read_csv(b"a,b,c\n1,2,3\n", "a.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_told_from_text_by_its_rows(delimiter: str) -> None:
    data = "Date,Who,What\n3 March,Ann,late again\n4 March,Bo,wrong size".replace(",", delimiter)
    assert recognise(data.encode(), "work.txt").name == "csv"
    assert [passage.text for passage in read_csv(data.encode(), "a")[0]][:3] == ["Date", "Who", "What"]


@pytest.mark.parametrize(
    "text",
    [
        "I like it, she likes it, and so on.\nWe ring, we write, and we wait for it.\nThat is all, really, it is.",
        "Dawn, Gaz, Piotr\nare my colleagues at the depot",
        "One line only, with, commas",
        "a | b | c\n1 | 2 | 3\n4 | 5 | 6",
        "Dear Ann,\n\nThank you,\n\nSam",
    ],
)
def test_prose_with_commas_is_no_table(text: str) -> None:
    assert recognise(text.encode(), "work.txt").name == "txt"


def test_a_table_by_name_may_be_small() -> None:
    assert recognise(b"late again\n", "log.csv").name == "csv"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(',;"\t|\r\n ab\0', max_size=60))
def test_any_rows_are_read_or_refused(text: str) -> None:
    with contextlib.suppress(UnreadableError):
        read_csv(text.encode(), "a.csv")
