"""What a class adds up to, and in which files."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from marker.criteria import Rubric
from marker.document import Document, Location, Passage, Submission
from marker.marking import NOTICE, Marking
from marker.report import cohort as module
from marker.report import render
from marker.report.cohort import Claim, Cohort, Learner, MisconceptionSeen, cohort_of, learner_of
from marker.report.cohort_csv import HEADER, render_cohort_csv
from marker.report.cohort_html import render_cohort_html
from marker.report.cohort_json import render_cohort_json
from marker.report.cohort_xlsx import render_cohort_xlsx

RENDERERS: list[Callable[[Cohort], str | bytes]] = [
    render_cohort_csv,
    render_cohort_html,
    render_cohort_json,
    render_cohort_xlsx,
]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '"=1"', '=HYPERLINK("http://evil","x")']


def claim(rubric: Rubric, point: str, status: str, *missing: str, refer: str | None = None) -> Claim:
    where = "" if status == "not found" else "paragraph 4"
    return Claim(rubric.id, point, status, where, refer, missing)  # type: ignore[arg-type]


@pytest.fixture
def learners(customers: Rubric) -> list[Learner]:
    return [
        Learner(
            "Ann",
            (claim(customers, "A1", "evidence found"), claim(customers, "A2", "part found", "a", refer="a close call")),
        ),
        Learner(
            "Ben & Co",
            (claim(customers, "A1", "not found", "a", "b", "c"), claim(customers, "A2", "part found", "a")),
            misconceptions=(MisconceptionSeen(customers.id, customers.misconceptions[0].id, "paragraph 9"),),
        ),
        Learner(
            "Cy/../Dee",
            (claim(customers, "A1", "cannot judge", refer="something in the submission could not be read"),),
            unread=("scan.pdf: image (page 1)",),
        ),
        Learner("Eve", failed="eve.docx: an empty file; save it again"),
    ]


@pytest.fixture
def cohort(learners: list[Learner], customers: Rubric) -> Cohort:
    return cohort_of(learners, [customers], "f" * 64, ".html")


def test_a_marking_in_short_says_status_place_reason_and_gaps(marking: Marking) -> None:
    learner = learner_of([marking])
    assert [one.status for one in learner.claims] == ["evidence found", "part found", "not found", "cannot judge"]
    assert learner.claims[1].refer == "a close call"
    assert learner.claims[1].missing == ("a",)
    assert learner.claims[3].missing == ()  # what cannot be judged is not missing
    assert learner.claims[0].where.startswith("paragraph")
    assert learner.unread == ("essay.docx: image (paragraph 9)",)
    assert [one.id for one in learner.misconceptions] == [marking.misconceptions[0].misconception.id]


def test_counts_are_of_learners_at_a_point(cohort: Cohort) -> None:
    first, second = cohort.points[:2]
    assert first.statuses == {"evidence found": 1, "part found": 0, "not found": 1, "cannot judge": 1}
    assert second.statuses["part found"] == 2
    assert (first.look_first, second.look_first) == (1, 1)
    assert cohort.marked == 3


def test_most_missed_parts_stand_first_and_say_of_how_many(cohort: Cohort) -> None:
    assert [(one.point, one.part, one.missing, one.judged) for one in cohort.missed] == [
        ("A2", "a", 2, 2),
        ("A1", "a", 1, 2),
        ("A1", "b", 1, 2),
        ("A1", "c", 1, 2),
    ]


def test_reasons_misconceptions_and_failures_name_their_learners(cohort: Cohort) -> None:
    assert {one.reason: one.learners.first for one in cohort.referred} == {
        "a close call": (("Ann", "A2"),),
        "something in the submission could not be read": (("Cy/../Dee", "A1"),),
    }
    assert cohort.misconceptions[0].learners.first == (("Ben & Co", "paragraph 9"),)
    assert cohort.failed.first == (("Eve", "eve.docx: an empty file; save it again"),)
    assert cohort.unread.first == (("Cy/../Dee", "scan.pdf: image (page 1)"),)


def test_long_lists_are_cut_and_say_so(customers: Rubric, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LISTED", 2)
    cohort = cohort_of([Learner(f"L{n}", failed="empty") for n in range(5)], [customers], "", ".html")
    assert (len(cohort.failed.first), cohort.failed.more) == (2, 3)
    assert "And 3 more" in render_cohort_html(cohort)


@pytest.mark.parametrize("render", RENDERERS)
def test_every_file_is_the_same_bytes_again(cohort: Cohort, render: Callable[[Cohort], str | bytes]) -> None:
    assert render(cohort) == render(cohort)


def test_the_notice_comes_first(cohort: Cohort) -> None:
    assert render_cohort_csv(cohort).decode("utf-8-sig").startswith(NOTICE)
    assert next(iter(json.loads(render_cohort_json(cohort)))) == "notice"
    page = render_cohort_html(cohort)
    assert page.index(NOTICE, page.index("<body>")) < page.index("<h1>")
    book = load_workbook(io.BytesIO(render_cohort_xlsx(cohort)))
    assert book.worksheets[0]["A1"].value == NOTICE


def test_nothing_is_added_up_over_a_learner_and_nobody_is_ranked(cohort: Cohort) -> None:
    page = render_cohort_html(cohort)
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.S)
    assert not re.search(r"%|\bper cent|\btotal|\bscore|\bgrade|\bmarks?\b(?! for)|\brank", text, re.I)
    ids = [learner["id"] for learner in json.loads(render_cohort_json(cohort))["claims"]]
    assert ids == ["Ann", "Ben & Co", "Cy/../Dee", "Eve"]


def test_html_opens_each_report_and_needs_nothing_from_outside(cohort: Cohort) -> None:
    page = render_cohort_html(cohort)
    assert 'href="reports/Ann.html"' in page
    assert 'href="reports/Ben%20%26%20Co.html"' in page
    assert 'href="reports/Cy%2F..%2FDee.html"' in page
    assert 'href="reports/Eve' not in page
    assert not re.search(r"https?://|\bsrc=|<link|<script|@import|url\(", page)


def test_every_link_within_the_page_leads_somewhere(cohort: Cohort) -> None:
    page = render_cohort_html(cohort)
    links = re.findall(r'href="#([^"]+)"', page)
    assert {"points", "parts", "misconceptions", "look", "failed"} <= set(links)
    assert all(page.count(f' id="{link}"') == 1 for link in links)


def test_the_heat_map_opens_each_report_at_the_point(marking: Marking) -> None:
    learner, report = learner_of([marking]), render([marking], "html", "assessor")
    page = render_cohort_html(cohort_of([learner], [marking.rubric], "", ".html"))
    for claim in learner.claims:
        (anchor,) = re.findall(rf'<td [^>]*><a href="reports/L017\.html#([^"]+-{claim.point})">', page)
        assert str(report).count(f' id="{anchor}"') == 1


def test_personal_details_are_told_of_by_kind_and_place_only(marking: Marking, customers: Rubric) -> None:
    text = "Mrs Shaw rang from 07700 900123."
    passage = Passage(text, Location("log.txt", None, 3, None, 0, len(text)), "paragraph")
    held = replace(marking, submission=Submission("Ann", (Document("log.txt", "", "txt", (passage,)),)))
    cohort = cohort_of([learner_of([held])], [customers], "", ".html")
    for shown in (render_cohort_html(cohort), render_cohort_json(cohort)):
        assert "log.txt: phone number (paragraph 3)" in shown
        assert "900123" not in shown


def test_html_says_in_words_what_colour_says(cohort: Cohort) -> None:
    page = render_cohort_html(cohort)
    for status in ("evidence found", "part found", "not found", "cannot judge"):
        assert re.search(rf'<td class="{status.replace(" ", "-")}"><a [^>]+>{status}</a>', page)
    assert page.count('scope="row"') >= 4
    assert page.count("<caption>") == page.count("<table")
    assert '<html lang="en-GB">' in page


def test_on_a_telephone_the_learners_name_stays_in_sight(cohort: Cohort) -> None:
    narrow = render_cohort_html(cohort).partition("@media screen and (max-width: 40rem)")[2]
    assert ".map th:first-child { position: sticky; left: 0;" in narrow.partition("@media print")[0]


def test_a_misunderstanding_reads_as_one_sentence(cohort: Cohort) -> None:
    page = render_cohort_html(cohort)
    assert cohort.misconceptions[0].text.endswith(".")
    assert f"{cohort.misconceptions[0].text[:-1]}: 1 learner." in page


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "{{ 7 * 7 }}", "a\x00\u202eb"]
)
def test_html_shows_markup_as_text(learners: list[Learner], customers: Rubric, text: str) -> None:
    wild = [replace(learners[2], id=text, unread=(text,)), Learner(text, failed=text)]
    page = render_cohort_html(cohort_of(wild, [customers], "", ".html"))
    body = page.split("</style>", 1)[1]
    assert not re.search(r"<script|<img|\x00|\u202e", body)


def test_csv_has_a_row_for_each_claim_and_an_empty_decision(cohort: Cohort) -> None:
    rows = list(csv.reader(io.StringIO(render_cohort_csv(cohort).decode("utf-8-sig"))))
    assert tuple(rows[1]) == HEADER
    assert len(rows) == 2 + 6
    assert all(row[-1] == "" for row in rows[2:])
    assert rows[-1][3:6] == ["could not be read", "", "eve.docx: an empty file; save it again"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_cells_never_run(customers: Rubric, text: str) -> None:
    cohort = cohort_of([Learner(text, failed=text)], [customers], "", ".html")
    row = list(csv.reader(io.StringIO(render_cohort_csv(cohort).decode("utf-8-sig"))))[2]
    assert row[0].startswith("'")
    assert row[5].startswith("'")


@pytest.mark.parametrize("text", FORMULAS)
def test_spreadsheet_cells_are_text_whatever_they_begin_with(customers: Rubric, text: str) -> None:
    data = render_cohort_xlsx(cohort_of([Learner(text, failed=text)], [customers], "", ".html"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    cell = load_workbook(io.BytesIO(data))["Claims"]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", " ".join(text.split()), True)


def test_spreadsheet_holds_the_claims_and_boxes_to_decide_in(cohort: Cohort) -> None:
    book = load_workbook(io.BytesIO(render_cohort_xlsx(cohort)))
    assert book.sheetnames == ["Notice", "Claims", "Not read"]
    sheet = book["Claims"]
    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert sheet.max_row == 1 + 6
    assert not any(cell.value for cell in sheet["G"][1:])
    assert sheet["G2"].border.left.style == "thin"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G7"


def test_more_claims_than_a_sheet_holds_go_on_the_next(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marker.report.cohort_xlsx.ROWS", 4)
    book = load_workbook(io.BytesIO(render_cohort_xlsx(cohort)))
    assert book.sheetnames == ["Notice", "Claims", "Claims 2", "Not read"]
    assert book["Claims"].max_row + book["Claims 2"].max_row == 6 + 2


@pytest.mark.parametrize("text", ["\x00\x01\x1b", "\ud800", "\ufffe", "a" * 40_000])
@pytest.mark.parametrize("render", RENDERERS)
def test_wild_texts_break_no_file(customers: Rubric, text: str, render: Callable[[Cohort], str | bytes]) -> None:
    written = render(cohort_of([Learner(text, failed=text)], [customers], "", ".html"))
    assert written.encode("utf-8") if isinstance(written, str) else written


def test_an_empty_class_of_failures_still_has_its_files(customers: Rubric) -> None:
    cohort = cohort_of([Learner("Eve", failed="empty")], [customers], "", ".html")
    page = render_cohort_html(cohort)
    assert "None was found." in page
    assert "No part is missing" in page
