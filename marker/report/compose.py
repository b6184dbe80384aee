"""From markings to the `Page` that the renderers lay out: what stands where, in which order, for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from marker.document import Location, Passage
from marker.marking import NOTICE, Evidence, Marking, MisconceptionFound, PartMarking, PointMarking, Status
from marker.report import Audience, wording
from marker.report.page import (
    Block,
    Bullets,
    Coverage,
    Decision,
    Entry,
    Facts,
    Page,
    Para,
    Part,
    Question,
    Quote,
    Row,
    Section,
    anchor_of,
)
from marker.report.provenance import files_line, models_line, rubric_line
from marker.report.wording import ASSESSOR, LEARNER, places, printable, sentence_case
from marker.version import VERSION

_SHORT_QUOTE = 100
_LEARNER_QUOTES = 3


def page_of(markings: Sequence[Marking], audience: Audience, date: str | None = None) -> Page:
    """The report on one submission, under one rubric or several."""
    return _Composer(markings, audience == "learner").page(date)


@dataclass(frozen=True)
class _Composer:
    markings: Sequence[Marking]
    learner: bool

    @property
    def words(self) -> wording.Words:
        return LEARNER if self.learner else ASSESSOR

    def page(self, date: str | None) -> Page:
        return Page(
            notice=NOTICE,
            sentence=self.words.sentence,
            title=self.words.title.format(id=self.markings[0].submission.id),
            sections=tuple(section for section in self._sections() if section.blocks),
            footer=tuple(self._footer(date)),
        )

    def _sections(self) -> Iterator[Section]:
        words = self.words
        yield Section(words.read, tuple(self._read()))
        coverages = [self._coverage(marking) for marking in self.markings]
        yield Section(words.glance, (*coverages, Bullets(words.legend)))
        for marking in self.markings:
            shown = tuple(self._shown(marking))
            yield Section(self._titled(words.shown, marking), shown or (Para(words.shown_none),))
            missing = tuple(self._missing(marking))
            yield Section(self._titled(words.missing, marking), missing or (Para(words.missing_none),))
        yield Section(words.doubts, tuple(self._doubts()))
        yield Section(words.aside, tuple(self._aside()))
        yield Section(words.closing, tuple(self._closing()))
        for marking in [] if self.learner else self.markings:
            decisions = tuple(map(self._decision, marking.points))
            blocks: tuple[Block, ...] = (Para(wording.DECIDE_INTRO), *decisions)
            yield Section(self._titled(wording.DECIDE, marking), blocks, own_page=True)

    def _titled(self, heading: str, marking: Marking) -> str:
        """The heading, with the unit's title where there are several units."""
        return f"{heading}: {marking.rubric.title}" if len(self.markings) > 1 else heading

    # What was read

    def _read(self) -> Iterator[Block]:
        submission = self.markings[0].submission
        unread = [(document.name, document.unread) for document in submission.documents if document.unread]
        rows = [("Submission", submission.id)]
        rows += [("File", wording.file_words(document)) for document in submission.documents]
        rows += [("Could not be read", f"{name}: {wording.unread_words(what)}") for name, what in unread]
        if not unread:
            rows.append(("Could not be read", "nothing"))
        for marking in self.markings:
            rows += self._rubric(marking)
        yield Facts(tuple(rows))
        if unread:
            yield Para(self.words.unread_means)

    def _rubric(self, marking: Marking) -> list[tuple[str, str]]:
        rubric = marking.rubric
        if self.learner:
            title = f"{rubric.title}, version {rubric.version}, {rubric.status}"
            return [("Unit", title), ("Points", wording.RUBRIC_STATUS[rubric.status])]
        return [
            ("Rubric", f"{rubric.title}, version {rubric.version}"),
            ("Status", f"{sentence_case(rubric.status)}. {rubric.source.note}"),
            ("Source", rubric.source.name),
        ]

    # At a glance

    def _coverage(self, marking: Marking) -> Coverage:
        rows = tuple(
            Row(
                id=point.point.id,
                asks=wording.asked_words(point.point, learner=self.learner),
                status=point.status,
                where=self._places(evidence.location for part in point.parts for evidence in part.evidence),
                note=self._note(point),
            )
            for point in marking.points
        )
        return Coverage(marking.rubric.title, self.words.glance_header, rows)

    def _note(self, marking: PointMarking) -> str:
        if not marking.refer:
            return ""
        if not self.learner:
            return sentence_case(marking.refer)
        return f"It needs {marking.point.needs}" if marking.point.needs else "Your assessor will look here first"

    # Strengths and gaps

    def _shown(self, marking: Marking) -> Iterator[Entry]:
        for point in marking.points:
            if parts := tuple(self._shown_part(part) for part in point.parts if part.shown or part.evidence):
                yield self._entry(point, parts, anchor_of(marking.rubric.id, point.point.id))

    def _shown_part(self, marking: PartMarking) -> Part:
        state = "shown" if marking.shown else "shown in part"
        most = _LEARNER_QUOTES if self.learner else len(marking.evidence)
        more = self._places(evidence.location for evidence in marking.evidence[most:])
        return Part(
            id=marking.part.id,
            text=marking.part.text,
            state=self._state(state, marking),
            blocks=(
                *self._count(marking),
                *(self._quote(evidence) for evidence in marking.evidence[:most]),
                *((Para(wording.MORE_PLACES.format(places=more)),) if more else ()),
            ),
        )

    def _missing(self, marking: Marking) -> Iterator[Entry]:
        for point in marking.points:
            judged = point.status != "cannot judge"
            why = () if judged else (Para(self._why_not_judged(point)),)
            if parts := tuple(self._missing_part(part, judged) for part in point.gaps):
                shown = any(part.shown or part.evidence for part in point.parts)  # and so told of before
                anchor = "" if shown else anchor_of(marking.rubric.id, point.point.id)
                yield self._entry(point, (*why, *parts), anchor)

    def _why_not_judged(self, marking: PointMarking) -> str:
        if marking.point.needs:
            return self.words.not_judged_needs.format(needs=marking.point.needs)
        return self.words.not_judged_unread

    def _missing_part(self, marking: PartMarking, judged: bool) -> Part:
        """What a part asks, in a question; to a learner in nothing else, since a part's text can tell the answer."""
        state = "not shown in full" if marking.evidence else "not shown"
        nearest, question = marking.nearest_miss, marking.part.question
        return Part(
            id=marking.part.id,
            text=question if self.learner else marking.part.text,
            state=self._state(state, marking) if judged else "",
            blocks=(
                *(() if self.learner else (Question(question),)),
                *self._count(marking),
                *((self._quote(nearest, wording.CLOSEST),) if nearest else ()),
            ),
        )

    def _entry(self, marking: PointMarking, blocks: tuple[Para | Part, ...], anchor: str) -> Entry:
        title = "" if self.learner else marking.point.verb
        return Entry(marking.point.id, title, marking.status, blocks, anchor)

    def _state(self, state: str, marking: PartMarking) -> str:
        return "" if self.learner else f"{state}, {wording.confidence_words(marking.confidence)}"

    def _count(self, marking: PartMarking) -> tuple[Para, ...]:
        count = wording.count_words(marking, self.words)
        return (Para(count),) if count else ()

    def _quote(self, evidence: Evidence, label: str = "") -> Quote:
        found_by = "" if self.learner else wording.check_words(evidence.checks)
        return Quote(evidence.quote, self._places([evidence.location]), found_by, label)

    def _places(self, locations: Iterable[Location]) -> str:
        return places(locations, len(self.markings[0].submission.documents) > 1)

    # Misunderstandings, what was set aside, advice

    def _doubts(self) -> Iterator[Block]:
        all_found = [one for marking in self.markings for one in marking.misconceptions]
        found = {(one.misconception.id, one.evidence): one for one in all_found}
        if found:
            yield Para(self.words.doubts_intro)
            yield from (self._doubt(one) for one in found.values())
        elif self.words.doubts_none:
            yield Para(self.words.doubts_none)

    def _doubt(self, found: MisconceptionFound) -> Entry:
        misconception = found.misconception
        blocks = (self._quote(found.evidence), Question(misconception.question))
        if self.learner:
            return Entry("", "", None, blocks)
        return Entry(misconception.id, misconception.text, None, blocks)

    def _aside(self) -> Iterator[Block]:
        kinds: dict[str, list[Passage]] = {}
        for passage in self.markings[0].set_aside:
            kinds.setdefault(passage.why or "no reason given", []).append(passage)
        if not kinds:
            return
        if self.learner:
            counts = [f"{why} ({len(those)} place{'s' * (len(those) > 1)})" for why, those in kinds.items()]
            yield Para(self.words.aside_intro.format(kinds=", ".join(counts)))
            return
        yield Para(self.words.aside_intro)
        for why, passages in kinds.items():
            yield Bullets(tuple(self._set_aside(passages)), caption=sentence_case(why))

    def _set_aside(self, passages: Iterable[Passage]) -> Iterator[str]:
        """Each text once, shortened, with all its places."""
        locations: dict[str, list[Location]] = {}
        for passage in passages:
            locations.setdefault(_short(passage.text), []).append(passage.location)
        for text, those in locations.items():
            yield f"“{text}” ({self._places(those)})"

    def _closing(self) -> Iterator[Bullets]:
        for marking in self.markings:
            rubric = marking.rubric
            uncovered = tuple(objective.text for objective in rubric.objectives if not objective.points)
            items = rubric.advice if self.learner else uncovered
            if items:
                yield Bullets(items, caption=rubric.title if len(self.markings) > 1 else "")

    # The assessor's decision

    def _decision(self, marking: PointMarking) -> Entry:
        rows = []
        if marking.status != "cannot judge":
            rows.append(("Confidence", wording.confidence_words(marking.confidence)))
        if marking.refer:
            rows.append(("Look first", marking.refer))
        rows += [(f"Part ({part.part.id})", self._outcome(part, marking.status)) for part in marking.parts]
        if marking.terms:
            rows.append(("Unit terms used", ", ".join(marking.terms)))
        rows += [("On the verb", advice) for advice in marking.advice]
        wording_quoted = Para(f"Source wording: “{marking.point.text}”")
        box = Decision(wording.DECIDE_FIELDS, wording.DECIDE_REASON)
        return Entry(marking.point.id, marking.point.verb, marking.status, (wording_quoted, Facts(tuple(rows)), box))

    def _outcome(self, marking: PartMarking, status: Status) -> str:
        where = self._places(evidence.location for evidence in marking.evidence)
        asked = marking.part.text + wording.ROLES[marking.part.role]
        if not where:
            return f"{asked}: {status if status == 'cannot judge' else 'not shown'}"
        return f"{asked}: {'shown' if marking.shown else 'shown in part'} ({where})"

    # What made the report

    def _footer(self, date: str | None) -> Iterator[str]:
        yield f"marker {VERSION}"
        for marking in self.markings:
            yield rubric_line(marking.rubric)
        models = dict(item for marking in self.markings for item in marking.models.items())
        if models and not self.learner:
            yield models_line(models)
        yield files_line(self.markings[0].submission.documents)
        if date:
            yield f"Date: {date}"


def _short(text: str) -> str:
    line = printable(text)
    return line if len(line) <= _SHORT_QUOTE else line[: _SHORT_QUOTE - 1].rstrip() + "…"
