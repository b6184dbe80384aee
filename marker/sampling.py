"""An IQA's sampling plan over a batch: which reports to look at, and why each.

It is made from the JSON reports alone. The same reports, rate and seed give the same plan.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from marker.criteria import Verdict
from marker.document import Location, Passage
from marker.errors import MarkerError
from marker.marking import NOTICE, Status
from marker.overlap import Work, find_overlap
from marker.report.wording import confidence_words, listed

BY_CHANCE = 4  # every fourth pick is drawn by chance, so that what seems safe is looked at too

Kind = Literal["referred", "low confidence", "one sentence", "first use", "overlap", "chance", "coverage"]


class _Evidence(BaseModel):
    quote: str
    location: Location


class _Part(BaseModel):
    evidence: list[_Evidence]


class _Point(BaseModel):
    id: str
    verdict: Verdict
    status: Status
    confidence: float
    refer: str | None
    parts: list[_Part]

    @property
    def evidence(self) -> list[_Evidence]:
        return [evidence for part in self.parts for evidence in part.evidence]

    @property
    def something_found(self) -> bool:
        return self.verdict != "not_met"


class _Named(BaseModel):
    id: str


class Report(BaseModel):
    """What a sampling plan needs of one JSON report."""

    rubric: _Named
    submission: _Named
    points: list[_Point]

    @property
    def key(self) -> tuple[str, str]:
        """The learner and the rubric."""
        return self.submission.id, self.rubric.id


_REPORTS = TypeAdapter(list[Report])


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a report is picked, and at which points; with no points, the whole report."""

    kind: Kind
    points: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Pick:
    """One report to look at, with every reason for it."""

    learner: str
    rubric: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """A point of a rubric and the first pick in which something was found for it; `None`: in no report at all."""

    rubric: str
    point: str
    learner: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A sampling plan. Picks by risk come first, then those by chance, then those for coverage."""

    reports: int
    rate: float
    seed: int
    picks: tuple[Pick, ...]
    coverage: tuple[Covered, ...]


def load_reports(folder: Path) -> tuple[Report, ...]:
    """Every JSON report in a folder and the folders in it, in the order of learners and rubrics.

    Raises:
        MarkerError: there is none, one is damaged, or two are of one learner under one rubric.
    """
    found: dict[tuple[str, str], tuple[Path, Report]] = {}
    for path in sorted(folder.rglob("*.json")):
        for report in _reports(path):
            if report.key in found:
                other, learner = found[report.key][0], report.submission.id
                raise MarkerError(
                    f"{path}: {learner} under {report.rubric.id} is also in {other}; give one batch's folder"
                )
            found[report.key] = path, report
    if not found:
        raise MarkerError(f"{folder}: no JSON report in it; mark the class with --format json first")
    return tuple(found[key][1] for key in sorted(found))


def sampling_plan(reports: Sequence[Report], rate: float = 0.2, seed: int = 1, first_use: Sequence[str] = ()) -> Plan:
    """The reports to look at: by risk, some by chance, and enough that each rubric and point is seen where it can be.

    Args:
        rate: share of the reports to pick, rounded up; coverage may take the plan above it.
        seed: what decides between equal risks and draws by chance.
        first_use: ids of rubrics that are used for the first time.

    Raises:
        MarkerError: no report is under a rubric named in `first_use`.
    """
    if unknown := set(first_use) - {report.rubric.id for report in reports}:
        raise MarkerError(
            f"no report is under the rubric {listed(sorted(unknown))}; give its id as `marker rubric list` shows it"
        )
    risks = _Risks(reports, first_use)
    ranked = sorted(reports, key=lambda report: (*risks.rank(report), _lot(report, seed)))
    size = ceil(Fraction(str(rate)) * len(reports))
    risky = [report for report in ranked if risks.of[report.key]]
    chosen = {report.key: risks.of[report.key] for report in risky[: size - size // BY_CHANCE]}
    rest = sorted((report for report in reports if report.key not in chosen), key=lambda report: _lot(report, seed))
    drawn = Reason("chance", (), f"drawn by chance (seed {seed})")
    chosen |= {report.key: (*risks.of[report.key], drawn) for report in rest[: size - len(chosen)]}
    for report, points in _to_cover(ranked, set(chosen)):
        why = "shows what no other pick shows" if points else "the only pick under this rubric"
        chosen[report.key] = (*risks.of[report.key], Reason("coverage", points, why))
    picks = tuple(Pick(*key, reasons) for key, reasons in chosen.items())
    return Plan(len(reports), rate, seed, picks, tuple(_coverage(reports, picks)))


def _reports(path: Path) -> list[Report]:
    """The reports in a file; none in a file that is something else."""
    try:
        text = path.read_text(encoding="utf-8")
        value: Any = json.loads(text) if NOTICE in text else []
    except (OSError, ValueError, RecursionError):
        return []
    objects = value if isinstance(value, list) else [value]
    if not all(isinstance(one, dict) and {"submission", "points"} <= one.keys() for one in objects):
        return []
    try:
        return _REPORTS.validate_python(objects)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"][1:]))
        raise MarkerError(
            f"{path}: not a report as --format json writes it ({where}: {first['msg']}); mark again"
        ) from None


class _Risks:
    """The risks of each report, by learner and rubric."""

    def __init__(self, reports: Sequence[Report], first_use: Sequence[str]) -> None:
        self._first_use = frozenset(first_use)
        self._shared = _shared_quotes(reports)
        self.of = {report.key: tuple(self._reasons(report)) for report in reports}

    def rank(self, report: Report) -> tuple[int, int]:
        """Low for a report with many kinds of risk and, among equals, at many points."""
        reasons = self.of[report.key]
        return -len({reason.kind for reason in reasons}), -sum(len(reason.points) for reason in reasons)

    def _reasons(self, report: Report) -> Iterator[Reason]:
        points = report.points
        referred: dict[str, list[str]] = defaultdict(list)
        for point in points:
            if point.refer:
                referred[point.refer].append(point.id)
        yield from (Reason("referred", tuple(those), f"referred: {why}") for why, those in referred.items())
        unsure = (p.id for p in points if p.status != "cannot judge" and confidence_words(p.confidence) == "unsure")
        yield from _reason("low confidence", unsure, "the marker is unsure")
        single = (p.id for p in points if p.verdict == "met" and len({one.location for one in p.evidence}) == 1)
        yield from _reason("one sentence", single, "evidence found rests on one sentence")
        if report.rubric.id in self._first_use:
            yield Reason("first use", (), "the rubric is used for the first time")
        for other, places in self._shared[report.submission.id].items():
            alike = (
                p.id for p in points if any(_within(place, one.location) for one in p.evidence for place in places)
            )
            yield from _reason("overlap", alike, f"wording shared with {other}: ask the learners about this")


def _reason(kind: Kind, points: Iterator[str], why: str) -> Iterator[Reason]:
    """The reason, if there is a point that it holds at."""
    if found := tuple(points):
        yield Reason(kind, found, why)


def _shared_quotes(reports: Sequence[Report]) -> dict[str, dict[str, list[Location]]]:
    """For each learner, where quotes share wording with another learner's, by the other learner."""
    quotes: dict[str, dict[Location, str]] = defaultdict(dict)
    for report in reports:
        quotes[report.submission.id] |= {one.location: one.quote for p in report.points for one in p.evidence}
    works = [
        Work(learner, tuple(Passage(those[place], place, "paragraph") for place in sorted(those, key=_reading_order)))
        for learner, those in quotes.items()
    ]
    shared: dict[str, dict[str, list[Location]]] = defaultdict(lambda: defaultdict(list))
    for pair in find_overlap(works).pairs:
        first, second = pair.learners
        for run in pair.shared:
            shared[first][second] += [passage.location for passage in run.first]
            shared[second][first] += [passage.location for passage in run.second]
    return shared


def _reading_order(location: Location) -> tuple[str, int, int]:
    return location.file, location.paragraph or 0, location.start


def _within(place: Location, quote: Location) -> bool:
    same = (place.file, place.paragraph, place.cell) == (quote.file, quote.paragraph, quote.cell)
    return same and quote.start <= place.start and place.end <= quote.end


def _lot(report: Report, seed: int) -> bytes:
    """A report's lot under a seed; it does not depend on what else is in the batch."""
    return hashlib.sha256(json.dumps([seed, *report.key]).encode()).digest()


def _to_cover(ranked: Sequence[Report], chosen: set[tuple[str, str]]) -> Iterator[tuple[Report, tuple[str, ...]]]:
    """The reports still needed so that each rubric and point is seen, with the points that each adds."""
    seen = {item for report in ranked if report.key in chosen for item in _shows(report)}
    while missing := {item for report in ranked for item in _shows(report)} - seen:
        best = max(ranked, key=lambda report: len(missing & _shows(report)))
        yield best, tuple(point.id for point in best.points if (best.rubric.id, point.id) in missing)
        seen |= _shows(best)


def _shows(report: Report) -> set[tuple[str, str]]:
    """The rubric itself, under no point's name, and the points with something found."""
    return {(report.rubric.id, ""), *((report.rubric.id, point.id) for point in report.points if point.something_found)}


def _coverage(reports: Sequence[Report], picks: Sequence[Pick]) -> Iterator[Covered]:
    by_key = {report.key: report for report in reports}
    points = {(report.rubric.id, point.id): None for report in reports for point in report.points}
    for rubric, point in points:
        those = (pick.learner for pick in picks if (rubric, point) in _shows(by_key[pick.learner, pick.rubric]))
        yield Covered(rubric, point, next(those, None))
