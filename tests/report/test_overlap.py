from __future__ import annotations

import json
import re

import pytest

from marker.document import Location, Passage
from marker.marking import NOTICE
from marker.overlap import Common, Overlap, Pair, Shared
from marker.report.overlap import NOTHING, TITLE, Format, render_overlap

PEOPLE: tuple[Format, ...] = ("text", "html")


def passage(learner: str, text: str, paragraph: int = 3) -> Passage:
    return Passage(text, Location(f"{learner}.docx", None, paragraph, None, 5, 5 + len(text)), "paragraph")


def overlap(text: str = "I took her to the small room and listened", learner: str = "L01") -> Overlap:
    shared = Shared((passage(learner, text),), (passage("L02", text, 8), passage("L02", "and more", 9)))
    common = Common("L03", (passage("L03", "a stakeholder is anybody " * 20),), 25)
    return Overlap((learner, "L02", "L03"), (Pair((learner, "L02"), (shared,)),), (common,), (("L04", "empty"),))


def words(report: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", report.split("</style>")[-1]).replace(" | ", " ").split())


@pytest.mark.parametrize("format", PEOPLE)
def test_notice_comes_first_and_the_heading_asks(format: Format) -> None:
    report = words(render_overlap(overlap(), format))
    assert report.startswith(NOTICE)
    assert report.index(TITLE) < report.index("L01")


@pytest.mark.parametrize("format", PEOPLE)
def test_nobody_is_accused_and_nothing_is_scored(format: Format) -> None:
    report = words(render_overlap(overlap(), format))
    assert not re.search(r"copi|plagiar|cheat|suspici|collu|similarity|match|likel|score|%|per cent", report, re.I)


def test_text_stands_side_by_side_with_both_places() -> None:
    lines = render_overlap(overlap(), "text").splitlines()
    assert re.search(r"^L01 +\| L02$", "\n".join(lines), re.M)
    assert re.search(
        r"^“I took her to the small room and +\| “I took her to the small room and$", "\n".join(lines), re.M
    )
    assert any("(L01.docx, paragraph 3)" in line and "| (L02.docx, paragraphs 8, 9)" in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_html_has_both_learners_as_column_heads_and_needs_nothing_from_outside() -> None:
    report = render_overlap(overlap(), "html")
    assert '<th scope="col"><bdi>L01</bdi></th><th scope="col"><bdi>L02</bdi></th>' in report
    assert "<caption>L01 and L02</caption>" in report
    assert not re.search(r"https?://|\bsrc=|<link|<script|@import|url\(", report)


@pytest.mark.parametrize("format", PEOPLE)
def test_common_wording_is_named_once_and_shortened(format: Format) -> None:
    report = words(render_overlap(overlap(), format))
    assert re.search(r"“a stakeholder is .{50,150} …” \(25 learners, among them L03: L03.docx, paragraph 3\)", report)
    assert "L04: empty" in report


@pytest.mark.parametrize("format", PEOPLE)
def test_class_that_shares_nothing_is_told_so(format: Format) -> None:
    report = words(render_overlap(Overlap(("A", "B"), (), ()), format))
    assert NOTHING in report
    assert "Left out" not in report


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7 * 7 }}", "\x1b[31m\u202e\ud800 x", "w" * 300])
def test_a_learners_text_stays_text(text: str) -> None:
    for one in PEOPLE:
        report = render_overlap(overlap(text, learner=text), one)
        report.encode("utf-8")
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", report)
        assert one == "text" or "<script" not in report
        assert not re.search(r"\b49\b", words(report))
    assert max(map(len, render_overlap(overlap(text), "text").splitlines())) <= 80


def test_json_keeps_quotes_and_places_as_they_are() -> None:
    report = json.loads(render_overlap(overlap("a\tb"), "json"))
    assert next(iter(report)) == "notice"
    shared = report["pairs"][0]["shared"][0]
    assert shared["first"][0]["quote"] == "a\tb"
    assert shared["second"][1]["location"]["paragraph"] == 9
    assert report["common"][0]["learners"] == 25
    assert report["unread"] == [{"learner": "L04", "why": "empty"}]
