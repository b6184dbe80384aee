from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from marker.compare import Comparison, compare
from marker.marking import NOTICE, Marking, PartMarking
from marker.report import Audience
from marker.report.comparison import Format, render_comparison

PEOPLE: tuple[Format, ...] = ("text", "md", "html")
AUDIENCES: tuple[Audience, ...] = ("assessor", "learner")
GAINED = "We post a card with tick boxes a week after the flowers arrive."
LOST = "I ask them what the occasion is, because that tells me if they want bright or tasteful."


@pytest.fixture
def comparison(marking: Marking) -> Comparison:
    """A2 (a) is gained and A2 (b) is lost, though its words still stand in the new version."""
    old_point = marking.points[1]
    first, second = old_point.parts
    given = replace(second.evidence[0], quote=GAINED)
    new_parts = (
        replace(first, shown=True, evidence=(given,), nearest_miss=None),
        PartMarking(second.part, False, 0.7, (), None, ()),
    )
    points = (marking.points[0], replace(old_point, parts=new_parts), *marking.points[2:])
    document = marking.submission.documents[0]
    passage = replace(document.passages[0], text=LOST)
    new = replace(document, name="second.docx", passages=(*document.passages, passage), unread=())
    submission = replace(marking.submission, id="second", documents=(new,))
    return compare([marking], [replace(marking, points=points, submission=submission)])[0]


def words(comparisons: list[Comparison], format: Format, audience: Audience) -> str:
    report = render_comparison(comparisons, format, audience)
    if format == "html":
        report = re.sub(r"<[^>]+>", "", report.split("</style>")[1])
    return " ".join(re.sub(r"(?m)^> |[*_#|\\]", "", report).split())


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("format", PEOPLE)
def test_notice_comes_first_and_no_total_is_shown(comparison: Comparison, format: Format, audience: Audience) -> None:
    report = words([comparison], format, audience)
    assert report.startswith(NOTICE)
    assert not re.search(r"%|\bper cent\b|\d ?/ ?\d|\d+ (out )?of \d+", report)
    assert not re.search(r"\b(total|score|grade|pass|fail|better|worse)\b", report, re.IGNORECASE)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("format", PEOPLE)
def test_gained_and_lost_are_told_with_their_quotes(comparison: Comparison, format: Format, audience: Audience) -> None:
    report = words([comparison], format, audience)
    assert "Newly shown: (a); no longer shown: (b)" in report
    changed = report[report.index("What changed") : report.index("What stayed the same")]
    gained, lost = changed.index(f"“{GAINED}”"), changed.index(f"“{LOST}”")
    assert changed.index("newly shown") < gained < changed.index("no longer shown") < lost
    assert "In the new version" in changed[:gained]
    assert "In the old version" in changed[gained:lost]
    assert comparison.points[1].new.parts[1].part.question in changed


@pytest.mark.parametrize("audience", AUDIENCES)
def test_lost_words_that_still_stand_are_said_to(comparison: Comparison, audience: Audience) -> None:
    assert re.search(r"still (stand )?in (the|your) new version", words([comparison], "text", audience))


def test_learner_sees_no_confidence_checks_or_models(comparison: Comparison) -> None:
    report = words([comparison], "text", "learner")
    assert not re.search(r"confiden|unsure|key words|found by|Models", report)
    assert "found by meaning" in words([comparison], "text", "assessor")


def test_what_could_not_be_read_in_a_version_is_said(comparison: Comparison) -> None:
    report = words([comparison], "text", "assessor")
    assert "Could not be read: essay.docx: image (paragraph 9)" in report
    assert "“cannot judge” and not “not found”" in report


def test_same_version_twice_changes_nothing(marking: Marking) -> None:
    report = words(list(compare([marking], [marking])), "text", "assessor")
    assert "No part of any point changed." in report
    assert "newly shown," not in report


def test_several_rubrics_are_told_apart(comparison: Comparison, counted: Marking) -> None:
    both = [comparison, *compare([counted], [counted])]
    assert f"What changed: {counted.rubric.title}" in words(both, "text", "assessor")


def test_json_holds_both_versions_of_every_part(comparison: Comparison) -> None:
    report = json.loads(render_comparison([comparison], "json", "assessor"))
    assert next(iter(report.items())) == ("notice", NOTICE)
    assert (report["old"]["id"], report["new"]["id"]) == ("L017", "second")
    first, second = report["points"][1]["parts"]
    assert (first["change"], second["change"]) == ("gained", "lost")
    assert first["new"]["evidence"][0]["quote"] == GAINED
    assert second["old"]["evidence"][0]["quote"] == second["kept"][0]["quote"] == LOST
    assert isinstance(json.loads(render_comparison([comparison, comparison], "json", "assessor")), list)


def test_markup_in_a_quote_stays_text(marking: Marking) -> None:
    part = marking.points[1].parts[1]
    said = replace(part.evidence[0], quote="<script>\x1b[31m*x*")
    point = replace(marking.points[1], parts=(marking.points[1].parts[0], replace(part, evidence=(said,))))
    new = replace(marking, points=(marking.points[0], point, *marking.points[2:]))
    (comparison,) = compare([marking], [new])
    assert "<script" not in render_comparison([comparison], "html", "assessor")
    assert "\\<script\\>" in render_comparison([comparison], "md", "assessor")
    assert "\x1b" not in render_comparison([comparison], "text", "assessor")
