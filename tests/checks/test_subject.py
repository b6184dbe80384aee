"""What a stretch of text is about, and what becomes of evidence that stands among other matters."""

from __future__ import annotations

import numpy as np
import pytest

from marker.checks import Finding
from marker.checks.classifier import Scores, check
from marker.checks.subject import AROUND, surroundings, telling, under_other_units
from marker.criteria import load_rubric
from marker.decision import load_decision
from marker.document import Location, Passage
from marker.language import Sentence
from marker.marking import PointMarking
from marker.score import decide

RUBRIC = load_rubric("customer-relationships-ocnwm")
LABEL = "B3.a"


def vectors(*runs: tuple[int, float]) -> np.ndarray:
    """Runs of sentences that have the same vector, of one dimension."""
    return np.array([[value] for count, value in runs for _ in range(count)], np.float32)


def test_where_a_matter_begins_what_follows_tells_and_where_it_ends_what_stood_before() -> None:
    before, after = surroundings(vectors((20, 0.0), (20, 1.0), (20, 0.0)))
    assert (before[20, 0], after[20, 0]) == (pytest.approx(1 / (AROUND + 1)), 1.0)
    assert (before[39, 0], after[39, 0]) == (1.0, pytest.approx(1 / (AROUND + 1)))


def test_at_the_ends_of_a_text_the_nearest_sentences_make_up_the_number() -> None:
    before, after = surroundings(vectors((AROUND + 1, 1.0), (30, 0.0)))
    assert before[0, 0] == after[0, 0] == 1.0
    assert before[-1, 0] == after[-1, 0] == 0.0


def test_a_short_text_is_its_own_surroundings_and_tells_nothing() -> None:
    before, after = surroundings(vectors((1, 0.0), (1, 1.0)))
    assert before.tolist() == after.tolist() == [[0.5], [0.5]]
    assert (telling(1), telling(AROUND + 1), telling(2 * AROUND + 1), telling(500)) == (0.0, 0.0, 1.0, 1.0)


def found(shows: float, elsewhere: float) -> list[Finding]:
    """What the check finds in one sentence for one part."""
    scores = Scores(np.array([[shows]]), np.array([elsewhere]), [LABEL], {})
    return [finding for finding in check(RUBRIC, scores) if finding.target == LABEL]


def marked(findings: list[Finding]) -> PointMarking:
    text = "It keeps every call and who took it."
    sentence = Sentence(text, Location("a.txt", None, 1, None, 0, len(text)), "paragraph", "", 1)
    points, _ = decide(RUBRIC, [sentence], findings, load_decision(), unread=False)
    return next(point for point in points if point.point.id == "B3")


def test_evidence_on_the_units_own_matters_counts() -> None:
    assert [(one.check, one.score) for one in found(0.98, 0.0)] == [("classifier", 0.98)]
    assert marked(found(0.98, 0.0)).verdict == "partial"


def test_what_reads_like_evidence_among_other_matters_earns_nothing_and_is_referred_with_the_quote() -> None:
    point = marked(found(0.98, 0.995))
    assert point.verdict == "not_met"
    assert point.refer == "what reads like evidence stands among other matters"
    (nearest,) = (part.nearest_miss for part in point.parts if part.nearest_miss)
    assert nearest.quote.startswith("It keeps every call")
    assert nearest.checks == ("subject",)


def headed(*texts: str) -> list[bool]:
    """Under each heading in turn, whether it is another unit."""
    place = Location("a.docx", None, 1, None, 0, 1)
    passages = [Passage(text, place, "heading") for text in texts]
    return list(under_other_units(passages, RUBRIC.title, " ".join(RUBRIC.wordings)))


def test_another_unit_lasts_from_its_heading_to_that_of_this_one() -> None:
    found = headed(
        "Task 1", "Unit 9: Employee rights", "What I did", "Unit 4 Principles of customer relationships", "Q1"
    )
    assert found == [False, True, True, False, False]


def test_a_unit_that_is_headed_by_what_this_one_asks_for_is_no_other() -> None:
    assert headed("Unit 2 - complaints and feedback", "Unit 3", "Module 4 Data protection") == [False] * 3


def test_what_a_units_sheets_are_called_says_nothing_of_its_subject() -> None:
    assert headed("Task 1", "Unit 4 workbook", "Unit 9: Assignment 1", "Unit 3 knowledge check (v2)") == [False] * 4


def test_the_one_unit_that_heads_the_whole_is_no_other_whatever_its_title() -> None:
    heading, text = "Unit 12: Front of house at the Harbour Hotel", "We serve two hundred breakfasts."
    place = Location("a.docx", None, 1, None, 0, 1)
    title, answer = Passage(heading, place, "heading"), Passage(text, place, "paragraph")

    def others(*passages: Passage) -> list[bool]:
        return list(under_other_units(passages, RUBRIC.title, " ".join(RUBRIC.wordings)))

    assert others(title, answer) == [False, False]
    assert others(answer, title, answer) == [False, True, True]
    assert others(title, answer, Passage("Unit 9 First aid", place, "heading")) == [True, True, True]


def test_a_unit_that_goes_on_later_is_told_by_its_number() -> None:
    headings = (
        "Unit 7 Customer relationships",
        "Unit 9 Principles of employee rights",
        "Unit 7 continued",
        "Unit 9 (continued)",
    )
    assert headed(*headings) == [False, True, False, True]
