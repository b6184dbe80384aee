from __future__ import annotations

import csv
import io

import pytest

from marker.report.as_csv import dump_csv


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "＝1", "\t=1", "\r=1", " =1", "'=1", '"=1"', "''+1"])
def test_cell_that_a_spreadsheet_would_run_has_a_quote_in_front(text: str) -> None:
    assert cells(dump_csv([("name", text)])) == [["name", f"'{text}"]]


@pytest.mark.parametrize("text", ["", "Ann-Marie", "a=b", "“=1”", "0", 'say "yes", then\nring'])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert cells(dump_csv([(text, "x")])) == [[text, "x"]]


def test_spreadsheets_see_that_it_is_utf_8() -> None:
    assert dump_csv([("é",)]) == b"\xef\xbb\xbf" + "é\r\n".encode()
