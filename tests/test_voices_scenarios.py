"""Printed cases, and learners' own."""

from __future__ import annotations

import pytest

from marker.document import Kind, Location, Passage
from marker.voices.scenarios import scenarios

CASE = (
    "Fenside Lanes has eight bowling lanes and a cafe.",
    'A father said "I booked this in May" and the desk clerk listened, wrote it down and rang the manager.',
)


def aside(*lines: str) -> list[str]:
    """The lines that are set aside; one behind # is a heading."""
    passages = []
    for number, line in enumerate(lines, 1):
        kind: Kind = "heading" if line.startswith("# ") else "paragraph"
        text = line.removeprefix("# ")
        passages.append(Passage(text, Location("a.docx", None, number, None, 0, len(text)), kind))
    return [passage.text for passage in scenarios(passages) if not passage.credited]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("# Case study: Fenside Lanes",), ("# Questions", "1. What went well?", "He was heard.")),
        (("Scenario 2",), ("What did the clerk do well?", "She heard him out.")),
        (("# Scenario",), ("Task 1: Using the scenario, explain how the clerk responded.", "She was kind.")),
        (("Read the case study below and answer the questions.",), ("Q1. Who was the customer?", "The father.")),
    ],
)
def test_a_printed_case_is_the_centres(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert aside(*before, *CASE, *after) == list(CASE)


def test_a_case_that_speaks_to_the_learner_needs_no_question() -> None:
    case = "You work at a bowling alley. A father has booked for May and the lanes are shut."
    assert aside("# Scenario A", case, "I would tell him first how sorry we are.") == [case]
    assert aside(f"Scenario: {case}", "He needs to be told at once.") == [f"Scenario: {case}"]


@pytest.mark.parametrize(
    "lines",
    [
        ("# Case study", "I had a father at the desk who had booked for May.", "What did you learn?", "To ask."),
        ("# Case study", *CASE, "Task 4: Explain how records are used.", "We look them up."),
        ("# My case study", *CASE, "What did you learn?", "To ask first."),
        ("Read the scenario on the card and say what should be done.", "They should offer him another lane."),
        ("# Scenario", *CASE, "# What I learned", "To ask first."),
    ],
)
def test_a_case_that_the_learner_tells_is_the_learners(lines: tuple[str, ...]) -> None:
    assert aside(*lines) == []
