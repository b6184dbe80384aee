"""What every report for people says, and what none may say."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from marker.marking import NOTICE, Marking
from marker.report import Audience, Format, render

FORMATS: tuple[Format, ...] = ("text", "md", "html", "docx")
AUDIENCES: tuple[Audience, ...] = ("assessor", "learner")


def words(markings: list[Marking], format: Format, audience: Audience) -> str:
    """What a person reads, in order, on one line."""
    report = render(markings, format, audience)
    if isinstance(report, bytes):
        body = Document(io.BytesIO(report)).element.body
        report = " ".join(paragraph.text for paragraph in body.iter(qn("w:p")))
    elif format == "html":
        report = re.sub(r"<[^>]+>", "", report.split("</style>")[1])
    return " ".join(re.sub(r"(?m)^> |[*_#|\\]", "", report).split())


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("format", FORMATS)
def test_notice_comes_first(marking: Marking, format: Format, audience: Audience) -> None:
    assert words([marking], format, audience).startswith(NOTICE)


@pytest.mark.parametrize(
    ("audience", "sentence"),
    [
        ("assessor", "A qualified assessor must read the evidence and decide."),
        ("learner", "Your assessor reads your work and decides."),
    ],
)
def test_says_who_decides(marking: Marking, audience: Audience, sentence: str) -> None:
    for one in FORMATS:
        assert sentence in words([marking], one, audience)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("format", FORMATS)
def test_shows_no_total_percentage_grade_or_tick(
    marking: Marking, counted: Marking, format: Format, audience: Audience
) -> None:
    report = words([marking, counted], format, audience)
    assert not re.search(r"%|\bper cent\b|\d ?/ ?\d|\d+ (out )?of \d+|[✓✔✗✘☑☒]", report)
    assert not re.search(r"\b(total|score|grade|pass|fail|points? met|achieved)\b", report, re.IGNORECASE)
    assert not re.search(r"\b0\.\d\d", report)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("format", FORMATS)
def test_says_the_same_in_the_same_order_in_every_format(marking: Marking, format: Format, audience: Audience) -> None:
    report = words([marking], format, audience)
    expected = [
        "image (paragraph 9)",
        "“cannot judge” and not “not found”",
        "part found",
        "Kev on the van is my internal customer because he works for the same shop.",
        "What are two different ways in which your organisation finds out what customers want?",
        "We did a questionnaire once but I never saw what happened to it.",
        "CRM is just the program on the till.",
        "printed question",
        marking.rubric.sha256[:12],
    ]
    places = [report.lower().find(text.lower()) for text in expected]
    assert -1 not in places
    assert places == sorted(places)


def test_assessor_sees_source_wording_checks_confidence_and_reasons(marking: Marking) -> None:
    report = words([marking], "text", "assessor")
    assert "Award credit for demonstrating an ability to distinguish between internal and external" in report
    assert "found by meaning and key words" in report
    assert "Confidence: unsure" in report
    assert "Look first: a close call" in report
    assert "Unit terms used: internal customer, external customer" in report
    assert "a reader could ask for the reason" in report
    assert "M2. CRM is just a piece of software." in report


@pytest.mark.parametrize("format", FORMATS)
def test_learner_sees_no_checks_confidence_or_ids_of_misconceptions(marking: Marking, format: Format) -> None:
    report = words([marking], format, "learner")
    assert not re.search(r"confiden|unsure|key words|found by|classifier|misconception|\bM2\b", report, re.IGNORECASE)
    assert "close call" not in report
    assert "CRM is just a piece of software" not in report
    assert "Assessor’s decision" not in report


def test_learner_reads_study_advice_and_what_was_left_out(marking: Marking) -> None:
    report = words([marking], "text", "learner")
    assert "printed question (2 places), heading (1 place)" in report
    assert "Link each idea to something that happened at your workplace or placement." in report


def test_count_says_what_was_told_apart_and_what_is_asked_for(counted: Marking) -> None:
    assert "Told apart: speed, cost (2; at least 3 asked for)." in words([counted], "text", "assessor")
    assert "You name: speed, cost (asked for: 3 or more, all different)." in words([counted], "text", "learner")


def test_a_missing_part_is_a_question_to_the_learner_and_nothing_else(counted: Marking) -> None:
    part = counted.points[0].parts[0].part
    missing = words([counted], "text", "learner").partition("What is still missing")[2]
    assert part.question in missing
    assert part.text not in missing
    assert part.text in words([counted], "text", "assessor").partition("What is missing")[2]


def test_part_shown_without_every_item_told_apart_asks_the_assessor_to_count(counted: Marking) -> None:
    first = counted.points[0]
    shown = replace(first, verdict="met", status="evidence found", parts=(replace(first.parts[0], shown=True),))
    markings = [replace(counted, points=(shown,))]
    assert "told apart so far: speed, cost. Please count in the quotes." in words(markings, "text", "assessor")
    assert "are asked for" not in words(markings, "text", "learner")


def test_point_that_needs_other_evidence_says_which(counted: Marking) -> None:
    for audience in AUDIENCES:
        assert "performance seen or recorded by a person" in words([counted], "text", audience)


def test_objectives_that_no_point_covers_are_named_to_the_assessor(counted: Marking) -> None:
    objective = "Outline methods for measuring customer satisfaction"
    assert objective in words([counted], "text", "assessor")
    assert objective not in words([counted], "text", "learner")


def test_file_is_named_with_the_place_when_there_are_several(marking: Marking) -> None:
    documents = (*marking.submission.documents, replace(marking.submission.documents[0], name="notes.docx"))
    several = replace(marking, submission=replace(marking.submission, documents=documents))
    assert "essay.docx, paragraph 4" in words([several], "text", "assessor")
    assert "essay.docx, paragraph 4" not in words([marking], "text", "assessor")


def test_several_rubrics_give_one_report_with_one_notice(marking: Marking, counted: Marking) -> None:
    report = words([marking, counted], "text", "assessor")
    assert report.count(NOTICE) == 1
    assert report.index("A1 evidence found") < report.index("B1 part found") < report.index("What the learner shows")
    assert f"What is missing: {counted.rubric.title}" in report


def test_misconception_of_two_rubrics_is_reported_once(marking: Marking) -> None:
    assert words([marking, marking], "text", "assessor").count("CRM is just the program on the till.") == 1


def test_date_is_printed_only_when_given(marking: Marking) -> None:
    assert "Date: 3 June 2025" in str(render([marking], "text", "assessor", date="3 June 2025"))
    assert not re.search(r"Date: \d", str(render([marking], "text", "assessor")))


def test_submission_without_any_evidence_still_gets_a_report(marking: Marking) -> None:
    empty = replace(marking, points=marking.points[2:3], misconceptions=(), set_aside=())
    assert "No sentence was found that shows a part of any point." in words([empty], "text", "assessor")
    assert "The questions below show you where to start." in words([empty], "text", "learner")
