"""A rubric's own examples, run as its tests."""

from __future__ import annotations

from dataclasses import dataclass

from marker.criteria import Rubric, Verdict
from marker.document import Document, Location, Passage, Submission
from marker.pipeline import mark


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example: the verdict that it must get and the one that it got."""

    point: str
    text: str
    expected: Verdict
    said: Verdict

    @property
    def right(self) -> bool:
        """Whether the example came out as it must."""
        return self.expected == self.said


def run_examples(rubric: Rubric) -> list[Outcome]:
    """Mark every example of every point as a submission of its own."""
    outcomes = []
    for point in rubric.points:
        for expected, text in point.examples.pairs():
            marking = mark(_submission(text), rubric)
            said = next(one.verdict for one in marking.points if one.point.id == point.id)
            outcomes.append(Outcome(point.id, text, expected, said))
    return outcomes


def _submission(text: str) -> Submission:
    passage = Passage(text, Location("example", None, 1, None, 0, len(text)), "paragraph")
    return Submission("example", (Document("example", "0" * 64, "txt", (passage,)),))
