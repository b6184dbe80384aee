from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marker.marking import NOTICE
from marker.report.sampling import Format, render_plan
from marker.sampling import Covered, Pick, Plan, Reason

FORMATS: tuple[Format, ...] = ("text", "csv", "json")


def plan(learner: str = "L01") -> Plan:
    reasons = (
        Reason("referred", ("A1", "A3"), "referred: a close call"),
        Reason("chance", (), "drawn by chance (seed 7)"),
    )
    coverage = (Covered("unit", "A1", learner), Covered("unit", "A2", None))
    return Plan(30, 0.2, 7, (Pick(learner, "unit", reasons),), coverage)


def written(one: Plan, format: Format) -> str:
    report = render_plan(one, format)
    return report.decode("utf-8-sig") if isinstance(report, bytes) else report


def cells(one: Plan) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written(one, "csv"), newline="")))


@pytest.mark.parametrize("format", FORMATS)
def test_notice_comes_first(format: Format) -> None:
    assert written(plan(), format).lstrip('"{ \n').removeprefix('notice": "').startswith(NOTICE)


def test_text_gives_the_basis_every_reason_and_where_each_point_can_be_seen() -> None:
    report = written(plan(), "text")
    for line in ("Reports: 30", "Rate: 0.2", "Seed: 7", "L01. unit", "- A1, A3: referred: a close call"):
        assert line in report
    assert "- The whole report: drawn by chance (seed 7)" in report
    assert re.search(r"- A1: L01\n- A2: in no report; nothing was found for it", report)


def test_csv_has_a_row_for_each_reason() -> None:
    assert cells(plan())[1:] == [
        ["learner", "rubric", "points", "reason", "why"],
        ["L01", "unit", "A1, A3", "referred", "referred: a close call"],
        ["L01", "unit", "the whole report", "chance", "drawn by chance (seed 7)"],
    ]


def test_csv_opens_in_a_spreadsheet_as_utf_8() -> None:
    assert str(render_plan(plan(), "csv")[:3]) == str(b"\xef\xbb\xbf")


@given(st.text() | st.builds(lambda first, rest: first + rest, st.sampled_from("=+-@\t\r＝＋－＠"), st.text()))
def test_no_cell_of_the_csv_begins_a_formula(learner: str) -> None:
    rows = cells(plan(learner))
    assert len(rows) == 4
    assert not any(cell.startswith(tuple("=+-@\t\r\n＝＋－＠")) for row in rows for cell in row)


def test_json_keeps_reasons_and_points_apart() -> None:
    report = json.loads(written(plan(), "json"))
    assert report["picks"][0]["reasons"][0] == {
        "reason": "referred",
        "points": ["A1", "A3"],
        "why": "referred: a close call",
    }
    assert report["coverage"][1] == {"rubric": "unit", "point": "A2", "learner": None}
