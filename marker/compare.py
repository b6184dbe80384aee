"""Draft to draft: what a second version of a submission gained and lost, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from marker.document import Location, Submission
from marker.marking import Evidence, Marking, PartMarking, PointMarking

Change = Literal["gained", "lost", "unchanged"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence that showed a lost part and still stands in the new version, word for word, at `location`."""

    evidence: Evidence
    location: Location


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part in both versions.

    A part is gained when it is shown and was not, or when more was found of what is still shown in part. `kept` is for
    a lost part only: its words are there and are no longer taken to show it, which a person should look at.
    """

    old: PartMarking
    new: PartMarking
    change: Change
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class PointChange:
    """One marking point in both versions."""

    old: PointMarking
    new: PointMarking
    parts: tuple[PartChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of one submission under one rubric."""

    old: Marking
    new: Marking
    points: tuple[PointChange, ...]


def compare(old: Sequence[Marking], new: Sequence[Marking]) -> tuple[Comparison, ...]:
    """The comparison under each rubric of two versions that were marked under the same rubrics.

    Raises:
        ValueError: the two were marked under other rubrics.
    """
    return tuple(_compared(before, after) for before, after in zip(old, new, strict=True))


def _compared(old: Marking, new: Marking) -> Comparison:
    texts = _texts(new.submission)
    points = []
    for before, after in zip(old.points, new.points, strict=True):
        parts = zip(before.parts, after.parts, strict=True)
        points.append(PointChange(before, after, tuple(_part(one, other, texts) for one, other in parts)))
    return Comparison(old, new, tuple(points))


def _part(old: PartMarking, new: PartMarking, texts: Sequence[tuple[str, Location]]) -> PartChange:
    before, after = _reached(old), _reached(new)
    if after > before:
        return PartChange(old, new, "gained")
    if after == before:
        return PartChange(old, new, "unchanged")
    kept = ((evidence, _standing(evidence, texts)) for evidence in old.evidence)
    return PartChange(old, new, "lost", tuple(Kept(evidence, place) for evidence, place in kept if place))


def _reached(marking: PartMarking) -> tuple[bool, bool, int]:
    """How far a part is shown; things counted tell apart only what is not yet shown in full."""
    return marking.shown, bool(marking.evidence), 0 if marking.shown else len(marking.items)


def _texts(submission: Submission) -> list[tuple[str, Location]]:
    """Every passage's text, made plain, and where it stands."""
    passages = (passage for document in submission.documents for passage in document.passages)
    return [(_plain(passage.text), passage.location) for passage in passages]


def _standing(evidence: Evidence, texts: Sequence[tuple[str, Location]]) -> Location | None:
    """Where the sentence stands, if it does; blanks and capitals do not count."""
    sentence = _plain(evidence.quote)
    return next((location for text, location in texts if sentence in text), None)


def _plain(text: str) -> str:
    return f" {' '.join(text.casefold().split())} "
