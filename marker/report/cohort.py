"""A class as a value: what each learner's marking says in short, and what that adds up to point by point.

Counts are of learners at one point. Nothing is added up over a learner's points, and nobody is ranked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from marker.criteria import Rubric
from marker.marking import Marking, PointMarking, Status
from marker.privacy import scan
from marker.report.wording import STATUSES, detail_words, places, unread_words

LISTED = 300  # learners named in one list of cohort.html and cohort.json; cohort.csv names all
UNREAD = "could not be read"


@dataclass(frozen=True, slots=True)
class Claim:
    """One point of one learner: what was found, where it stands in words, and why a person should look first."""

    rubric: str
    point: str
    status: Status
    where: str
    refer: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MisconceptionSeen:
    """A misconception that one learner seems to assert."""

    rubric: str
    id: str
    where: str


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner in short.

    `details` says what personal details of people the work holds, and where; `failed` why nothing of it could be read.
    """

    id: str
    claims: tuple[Claim, ...] = ()
    misconceptions: tuple[MisconceptionSeen, ...] = ()
    unread: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    failed: str | None = None

    def of(self, rubric: str) -> tuple[Claim, ...]:
        """The claims under one rubric, in its order."""
        return tuple(claim for claim in self.claims if claim.rubric == rubric)


@dataclass(frozen=True, slots=True)
class Named:
    """Learners, each with a note, in the class's order: how many, and the first of them."""

    total: int
    first: tuple[tuple[str, str], ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.total - len(self.first)


@dataclass(frozen=True, slots=True)
class PointCount:
    """How many learners have each status at one point, and how many should be looked at first."""

    rubric: str
    point: str
    text: str
    statuses: dict[Status, int]
    look_first: int


@dataclass(frozen=True, slots=True)
class PartCount:
    """How many learners lack one part, of those for whom its point could be judged."""

    rubric: str
    point: str
    part: str
    text: str
    question: str
    missing: int
    judged: int


@dataclass(frozen=True, slots=True)
class MisconceptionCount:
    """A misconception and the learners who seem to assert it, each with the place."""

    id: str
    text: str
    question: str
    learners: Named


@dataclass(frozen=True, slots=True)
class Reason:
    """Why points are referred, and the learners whose points are, each with the points."""

    reason: str
    learners: Named


@dataclass(frozen=True, slots=True)
class Cohort:
    """A class under its rubrics. `learners` may be read from disk anew each time that they are gone through.

    `suffix` is the ending of the learners' reports, which stand in `reports/`.
    """

    rubrics: tuple[Rubric, ...]
    models: str
    suffix: str
    learners: Collection[Learner]
    points: tuple[PointCount, ...]
    missed: tuple[PartCount, ...]
    misconceptions: tuple[MisconceptionCount, ...]
    referred: tuple[Reason, ...]
    unread: Named
    details: Named
    failed: Named

    @property
    def marked(self) -> int:
        """How many learners' work was read."""
        return len(self.learners) - self.failed.total


def learner_of(markings: Sequence[Marking]) -> Learner:
    """One learner's markings, one a rubric, in short."""
    submission = markings[0].submission
    several = len(submission.documents) > 1
    claims = [_claim(marking.rubric, point, several) for marking in markings for point in marking.points]
    misconceptions = [
        MisconceptionSeen(marking.rubric.id, found.misconception.id, places([found.evidence.location], several))
        for marking in markings
        for found in marking.misconceptions
    ]
    unread = [f"{one.name}: {unread_words(one.unread)}" for one in submission.documents if one.unread]
    details = [f"{one.name}: {words}" for one in submission.documents if (words := detail_words(scan(one)))]
    return Learner(submission.id, tuple(claims), tuple(misconceptions), tuple(unread), tuple(details))


def _claim(rubric: Rubric, point: PointMarking, several: bool) -> Claim:
    where = places((evidence.location for part in point.parts for evidence in part.evidence), several)
    missing = () if point.status == "cannot judge" else tuple(gap.part.id for gap in point.gaps)
    return Claim(rubric.id, point.point.id, point.status, where, point.refer, missing)


def cohort_of(learners: Collection[Learner], rubrics: Sequence[Rubric], models: str, suffix: str) -> Cohort:
    """What a class adds up to; the learners are gone through once, and few of them are kept."""
    tally = _Tally()
    for learner in learners:
        tally.add(learner)
    return Cohort(
        rubrics=tuple(rubrics),
        models=models,
        suffix=suffix,
        learners=learners,
        points=tuple(tally.points(rubrics)),
        missed=tuple(sorted(tally.missed(rubrics), key=lambda part: -part.missing)),
        misconceptions=tuple(tally.misconceptions(rubrics)),
        referred=tuple(tally.referred()),
        unread=tally.unread.named(),
        details=tally.details.named(),
        failed=tally.failed.named(),
    )


@dataclass(slots=True)
class _List:
    """A list of learners that keeps the first of them only."""

    total: int = 0
    first: list[tuple[str, str]] = field(default_factory=list)

    def add(self, learner: str, note: str) -> None:
        self.total += 1
        if len(self.first) < LISTED:
            self.first.append((learner, note))

    def named(self) -> Named:
        return Named(self.total, tuple(self.first))


class _Tally:
    def __init__(self) -> None:
        self.unread = _List()
        self.details = _List()
        self.failed = _List()
        self._statuses: Counter[tuple[str, str, Status]] = Counter()
        self._look_first: Counter[tuple[str, str]] = Counter()
        self._missing: Counter[tuple[str, str, str]] = Counter()
        self._misconceptions: dict[tuple[str, str], _List] = {}
        self._reasons: dict[str, _List] = {}

    def add(self, learner: Learner) -> None:
        if learner.failed:
            self.failed.add(learner.id, learner.failed)
        if learner.unread:
            self.unread.add(learner.id, "; ".join(learner.unread))
        if learner.details:
            self.details.add(learner.id, "; ".join(learner.details))
        for one in learner.misconceptions:
            self._misconceptions.setdefault((one.rubric, one.id), _List()).add(learner.id, one.where)
        reasons: dict[str, list[str]] = {}
        for claim in learner.claims:
            self._statuses[claim.rubric, claim.point, claim.status] += 1
            self._missing.update((claim.rubric, claim.point, part) for part in claim.missing)
            if claim.refer:
                self._look_first[claim.rubric, claim.point] += 1
                reasons.setdefault(claim.refer, []).append(claim.point)
        for reason, points in reasons.items():
            self._reasons.setdefault(reason, _List()).add(learner.id, ", ".join(points))

    def points(self, rubrics: Iterable[Rubric]) -> Iterator[PointCount]:
        for rubric in rubrics:
            for point in rubric.points:
                counts = {status: self._statuses[rubric.id, point.id, status] for status in STATUSES}
                yield PointCount(rubric.id, point.id, point.text, counts, self._look_first[rubric.id, point.id])

    def missed(self, rubrics: Iterable[Rubric]) -> Iterator[PartCount]:
        for rubric in rubrics:
            for point in rubric.points:
                judged = sum(self._statuses[rubric.id, point.id, status] for status in STATUSES[:3])
                for part in point.parts:
                    if missing := self._missing[rubric.id, point.id, part.id]:
                        yield PartCount(rubric.id, point.id, part.id, part.text, part.question, missing, judged)

    def misconceptions(self, rubrics: Iterable[Rubric]) -> Iterator[MisconceptionCount]:
        seen = set()  # two rubrics may share a misconception
        for rubric in rubrics:
            for one in rubric.misconceptions:
                found = self._misconceptions.get((rubric.id, one.id))
                if found and (one.id, one.text) not in seen:
                    seen.add((one.id, one.text))
                    yield MisconceptionCount(one.id, one.text, one.question, found.named())

    def referred(self) -> Iterator[Reason]:
        for reason, those in sorted(self._reasons.items(), key=lambda item: (-item[1].total, item[0])):
            yield Reason(reason, those.named())
