"""What `marker compare` shows of two versions of one submission: a `Page` for the renderers, and the JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from marker.compare import Change, Comparison, PartChange, PointChange
from marker.document import Location, Submission
from marker.marking import NOTICE, Evidence, Marking
from marker.report import Audience, lay_out, wording
from marker.report.as_json import dump, location_fields, marking_fields
from marker.report.page import Bullets, Coverage, Entry, Facts, Page, Para, Part, Question, Quote, Row, Section
from marker.report.provenance import files_line, models_line, rubric_line
from marker.report.wording import ASSESSOR, LEARNER, listed, places, sentence_case
from marker.version import VERSION

Format = Literal["text", "json", "md", "html"]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the comparison says of itself to one audience."""

    title: str
    header: tuple[str, str, str, str, str]
    legend: tuple[str, ...]
    changed: str
    changed_none: str
    same: str
    kept: str


_ASSESSOR = _Words(
    title="Draft to draft: {old} and {new}",
    header=("Point", "Source wording", "New version", "Old version", "Change"),
    legend=(
        "newly shown: sentences of the new version seem to show a part that none seemed to show before",
        "no longer shown: sentences of the old version seemed to show a part, and none does now",
        "a change can also be the marker’s: where it is unsure, read both versions",
    ),
    changed="What changed",
    changed_none="No part of any point changed.",
    same="What stayed the same",
    kept="These words still stand in the new version ({place}) and no longer seem to show this part. Read them there.",
)

_LEARNER = _Words(
    title="Your two versions, point by point: {old} and {new}",
    header=("Point", "What it asks for", "New version", "Old version", "Change"),
    legend=(
        "newly shown: your new version seems to show a part that the old one did not",
        "no longer shown: your old version seemed to show a part that the new one does not",
    ),
    changed="What changed",
    changed_none="Nothing changed: both versions show the same parts.",
    same="What stayed the same",
    kept="These words are still in your new version ({place}). Your assessor will read them there.",
)

_OLD, _NEW = "In the old version", "In the new version"


def render_comparison(
    comparisons: Sequence[Comparison], format: Format, audience: Audience, *, colour: bool = False
) -> str | bytes:
    """One report over the comparisons of two versions, one comparison a rubric."""
    if format == "json":
        objects = [_fields(comparison) for comparison in comparisons]
        return dump(objects[0] if len(objects) == 1 else objects)
    page = _Composer(comparisons, audience == "learner").page()
    return lay_out(page, format, colour=colour)


@dataclass(frozen=True)
class _Composer:
    comparisons: Sequence[Comparison]
    learner: bool

    def page(self) -> Page:
        words = self._words
        old, new = (marking.submission.id for marking in self._versions)
        return Page(
            notice=NOTICE,
            sentence=(LEARNER if self.learner else ASSESSOR).sentence,
            title=words.title.format(old=old, new=new),
            sections=tuple(self._sections()),
            footer=tuple(self._footer()),
        )

    @property
    def _words(self) -> _Words:
        return _LEARNER if self.learner else _ASSESSOR

    @property
    def _versions(self) -> tuple[Marking, Marking]:
        return self.comparisons[0].old, self.comparisons[0].new

    def _sections(self) -> Iterator[Section]:
        words = self._words
        yield Section("What was compared", tuple(self._read()))
        yield Section("At a glance", (*map(self._coverage, self.comparisons), Bullets(words.legend)))
        for comparison in self.comparisons:
            unit = f": {comparison.new.rubric.title}" if len(self.comparisons) > 1 else ""
            changed = tuple(filter(None, (self._entry(point, ("gained", "lost")) for point in comparison.points)))
            yield Section(words.changed + unit, changed or (Para(words.changed_none),))
            same = tuple(filter(None, (self._entry(point, ("unchanged",)) for point in comparison.points)))
            if same:
                yield Section(words.same + unit, same)

    # What was compared, and what of it could be read

    def _read(self) -> Iterator[Facts | Para]:
        rows: list[tuple[str, str]] = []
        for name, marking in zip(("Old version", "New version"), self._versions, strict=True):
            for document in marking.submission.documents:
                rows.append((name, wording.file_words(document)))
                if document.unread:
                    rows.append(("Could not be read", f"{document.name}: {wording.unread_words(document.unread)}"))
        for comparison in self.comparisons:
            rubric = comparison.new.rubric
            rows.append(("Unit" if self.learner else "Rubric", f"{rubric.title}, version {rubric.version}"))
        yield Facts(tuple(rows))
        if any(document.unread for marking in self._versions for document in marking.submission.documents):
            yield Para((LEARNER if self.learner else ASSESSOR).unread_means)

    # At a glance

    def _coverage(self, comparison: Comparison) -> Coverage:
        rows = tuple(
            Row(
                id=point.new.point.id,
                asks=wording.asked_words(point.new.point, learner=self.learner),
                status=point.new.status,
                where=f"was: {point.old.status}",
                note=sentence_case("; ".join(_changes(point))),
            )
            for point in comparison.points
        )
        return Coverage(comparison.new.rubric.title, self._words.header, rows)

    # Point by point

    def _entry(self, point: PointChange, changes: Sequence[Change]) -> Entry | None:
        parts = [self._part(part, point) for change in changes for part in point.parts if part.change == change]
        title = "" if self.learner else point.new.point.verb
        return Entry(point.new.point.id, title, point.new.status, tuple(parts)) if parts else None

    def _part(self, part: PartChange, point: PointChange) -> Part:
        states = [_state(part)]
        if not self.learner and point.new.status != "cannot judge":
            states.append(wording.confidence_words(part.new.confidence))
        blocks = {"gained": self._gained, "lost": self._lost, "unchanged": self._unchanged}[part.change](part)
        return Part(part.new.part.id, part.new.part.text, ", ".join(states), tuple(blocks))

    def _gained(self, part: PartChange) -> Iterator[Quote]:
        new = part.new.evidence
        known = {evidence.quote for evidence in part.old.evidence}
        added = [evidence for evidence in new if evidence.quote not in known]
        return (self._quote(evidence, self._versions[1].submission, _NEW) for evidence in added or new)

    def _lost(self, part: PartChange) -> Iterator[Para | Quote | Question]:
        old, new = (marking.submission for marking in self._versions)
        kept = {one.evidence: one.location for one in part.kept}
        remaining = {evidence.quote for evidence in part.new.evidence}
        yield Question(part.new.part.question)
        for evidence in part.old.evidence:
            if evidence.quote in remaining:
                continue
            yield self._quote(evidence, old, _OLD)
            if evidence in kept:
                yield Para(self._words.kept.format(place=_places([kept[evidence]], new)))

    def _unchanged(self, part: PartChange) -> Iterator[Quote | Question]:
        if not part.new.shown and part.new.part.role != "lesser":
            yield Question(part.new.part.question)
        for evidence in part.new.evidence[:1]:
            yield self._quote(evidence, self._versions[1].submission, _NEW)

    def _quote(self, evidence: Evidence, submission: Submission, label: str) -> Quote:
        found_by = "" if self.learner else wording.check_words(evidence.checks)
        return Quote(evidence.quote, _places([evidence.location], submission), found_by, label)

    # What made the report

    def _footer(self) -> Iterator[str]:
        yield f"marker {VERSION}"
        for comparison in self.comparisons:
            yield rubric_line(comparison.new.rubric)
        if not self.learner:
            yield models_line(self._versions[1].models)
        for heading, marking in zip(("Old files", "New files"), self._versions, strict=True):
            yield files_line(marking.submission.documents, heading)


def _changes(point: PointChange) -> Iterator[str]:
    """The changes of a point in a few words: "newly shown: (a) and (c)"."""
    states: dict[str, list[str]] = {}
    for change in ("gained", "lost"):
        for part in point.parts:
            if part.change == change:
                states.setdefault(_state(part), []).append(f"({part.new.part.id})")
    return (f"{state}: {listed(ids)}" for state, ids in states.items())


def _state(part: PartChange) -> str:
    in_part = " in part" if part.new.evidence and not part.new.shown else ""
    if part.change == "gained":
        return f"more shown{in_part}" if in_part and part.old.evidence else f"newly shown{in_part}"
    if part.change == "lost":
        return f"shown{in_part} only" if in_part else "no longer shown"
    return "still shown" + in_part if part.new.evidence else "still not shown"


def _places(locations: Iterable[Location], submission: Submission) -> str:
    return places(locations, len(submission.documents) > 1)


def _fields(comparison: Comparison) -> dict[str, Any]:
    """The comparison for programs, in the names and shapes of the JSON reports on the two versions."""
    old, new = map(marking_fields, (comparison.old, comparison.new))
    return {
        "notice": NOTICE,
        "marker": new["marker"],
        "rubric": new["rubric"],
        "old": old["submission"],
        "new": new["submission"],
        "points": [
            {
                "id": point.new.point.id,
                "text": point.new.point.text,
                "verb": point.new.point.verb,
                "old": _verdict(before),
                "new": _verdict(after),
                "parts": [
                    _part_fields(part, one, other)
                    for part, one, other in zip(point.parts, before["parts"], after["parts"], strict=True)
                ],
            }
            for point, before, after in zip(comparison.points, old["points"], new["points"], strict=True)
        ],
    }


def _verdict(point: dict[str, Any]) -> dict[str, Any]:
    return {key: point[key] for key in ("verdict", "status", "confidence", "refer")}


def _part_fields(part: PartChange, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    shared = ("id", "text")
    return {
        **{key: new[key] for key in shared},
        "change": part.change,
        "old": {key: value for key, value in old.items() if key not in shared},
        "new": {key: value for key, value in new.items() if key not in shared},
        "kept": [{"quote": one.evidence.quote, "location": location_fields(one.location)} for one in part.kept],
    }
