"""The result for one submission under one rubric: verdicts made of parts, parts made of cited sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marker.criteria import MarkingPoint, Misconception, Part, Rubric, Verdict
from marker.document import Location, Passage, Submission

NOTICE = "Pre-marking aid. Not an assessment decision."

Status = Literal["evidence found", "part found", "not found", "cannot judge"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cited sentence, exactly as it stands at its location, and the checks that fired on it."""

    quote: str
    location: Location
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartMarking:
    """Whether one part is shown. `items` are the distinct things counted, each with the sentence that has it.

    `confidence` is the calibrated probability that `shown` is right.
    """

    part: Part
    shown: bool
    confidence: float
    evidence: tuple[Evidence, ...]
    nearest_miss: Evidence | None = None
    items: tuple[tuple[str, Evidence], ...] = ()


@dataclass(frozen=True, slots=True)
class PointMarking:
    """One marking point: the verdict suggested, its calibrated confidence, and why a person should look first."""

    point: MarkingPoint
    verdict: Verdict
    status: Status
    confidence: float
    refer: str | None
    parts: tuple[PartMarking, ...]
    terms: tuple[str, ...]
    advice: tuple[str, ...]

    @property
    def gaps(self) -> tuple[PartMarking, ...]:
        """The parts still missing; a lesser part is no gap."""
        return tuple(part for part in self.parts if not part.shown and part.part.role != "lesser")


@dataclass(frozen=True, slots=True)
class MisconceptionFound:
    """A misconception that the learner asserts, with the sentence."""

    misconception: Misconception
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Marking:
    """Everything that a report says about one submission under one rubric."""

    rubric: Rubric
    submission: Submission
    points: tuple[PointMarking, ...]
    misconceptions: tuple[MisconceptionFound, ...]
    set_aside: tuple[Passage, ...]
    models: dict[str, str]
