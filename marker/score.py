"""Runs the checks over a submission's sentences and decides. Pure: no file, clock or network.

Every verdict is made of parts, every part of cited sentences, and all of it follows from the findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marker.checks import Finding, classifier, depth, keywords, misconceptions, terminology
from marker.checks.classifier import Scores
from marker.checks.keywords import Lexicon, counted
from marker.criteria import MarkingPoint, Misconception, Part, Rubric, Verdict
from marker.decision import (
    Decision,
    Findings,
    Reading,
    Weights,
    chance_of,
    logistic,
    logit,
    read_part,
    verdict_of,
)
from marker.language import Sentence
from marker.marking import Evidence, MisconceptionFound, PartMarking, PointMarking, Status

NEAREST = 0.05  # a sentence below this probability is no near miss
MOST_CITED = 2  # sentences for a part that counts nothing: enough to see it by, and quickly read

_FOUND: dict[Verdict, Status] = {"met": "evidence found", "partial": "part found", "not_met": "not found"}
_ADVICE = {
    "reason": "The sentences cited state something; a reader could ask for the reason (how, why, so that what).",
    "contrast": "The sentences cited stand one by one; a reader could ask where the difference is said.",
}


def find(rubric: Rubric, sentences: Sequence[Sentence], scores: Scores, lexicon: Lexicon) -> list[Finding]:
    """The findings of every check."""
    readings = lexicon.read(sentences)
    classified = list(classifier.check(rubric, scores))
    return [
        *classified,
        *keywords.check(rubric, sentences, readings),
        *terminology.check(sentences, readings),
        *depth.check(sentences),
        *misconceptions.check(rubric, sentences, classified),
    ]


def decide(
    rubric: Rubric, sentences: Sequence[Sentence], findings: Sequence[Finding], decision: Decision, unread: bool
) -> tuple[tuple[PointMarking, ...], tuple[MisconceptionFound, ...]]:
    """The marking of every point, and the misconceptions asserted.

    Args:
        unread: whether something in the submission could not be read, so that "not found" cannot be said.
    """
    scorer = _Scorer(sentences, Findings(findings), decision, unread)
    asserted = tuple(filter(None, map(scorer.misconception, rubric.misconceptions)))
    return tuple(scorer.point(point, asserted) for point in rubric.points), asserted


@dataclass(frozen=True)
class _Scorer:
    sentences: Sequence[Sentence]
    findings: Findings
    decision: Decision
    unread: bool

    def misconception(self, misconception: Misconception) -> MisconceptionFound | None:
        scored = [
            (finding.score, -at)
            for at, those in self.findings.of(misconception.id).items()
            for finding in those
            if finding.check == "misconceptions" and not finding.denied and finding.score >= self.decision.misconception
        ]
        if not scored:
            return None
        sentence = self.sentences[-max(scored)[1]]
        return MisconceptionFound(misconception, Evidence(sentence.text, sentence.location, ("misconceptions",)))

    def point(self, point: MarkingPoint, asserted: Sequence[MisconceptionFound]) -> PointMarking:
        readings = [self._read(point, part) for part in point.parts]
        verdict = verdict_of([(r.part, self._shown(r), self._some(r)) for r in readings])
        if verdict == "not_met":
            # What does not stand alone is not shown where nothing else is.
            readings = [replace(r, shown=min(r.shown, 1 - r.shown)) if self._shown(r) else r for r in readings]
        confidence = logistic(self._weights(point).verdict, (logit(chance_of(verdict, readings)),))
        parts = tuple(self._part(point, reading) for reading in readings)
        return PointMarking(
            point=point,
            verdict=verdict,
            status=self._status(point, verdict),
            confidence=confidence,
            refer=self._refer(point, verdict, confidence, asserted, parts),
            parts=parts,
            terms=tuple(term for term in point.terminology if self.findings.of(term)),
            advice=self._advice(point, readings),
        )

    def _weights(self, point: MarkingPoint) -> Weights:
        return self.decision.trained if _is_trained(point) else self.decision.untrained

    def _read(self, point: MarkingPoint, part: Part) -> Reading:
        reading = read_part(point, part, counted(point, part), self.findings, self._weights(point))
        if part.demand and not any(at in self.findings.of(part.demand) for at in self._cited(reading)):
            return replace(reading, shown=min(reading.shown, 1 - reading.shown))
        return reading

    def _shown(self, reading: Reading) -> bool:
        return reading.shown >= self.decision.shown

    def _some(self, reading: Reading) -> bool:
        return reading.some >= self.decision.shown

    def _cited(self, reading: Reading) -> list[int]:
        """The clearest sentences for the part, or the clearest for each thing that it counts, in reading order."""
        if items := {at for _, at in self._items(reading)}:
            return sorted(items)
        ranked = sorted(reading.sentences, key=lambda at: (-reading.sentences[at], at))
        sure = [at for at in ranked[:MOST_CITED] if reading.sentences[at] >= self.decision.cite]
        return sorted(sure or ranked[:1])

    def _part(self, point: MarkingPoint, reading: Reading) -> PartMarking:
        target, shown = counted(point, reading.part), self._shown(reading)
        cited = self._cited(reading)
        counts = shown or self._some(reading)
        return PartMarking(
            part=reading.part,
            shown=shown,
            confidence=reading.shown if shown else 1 - reading.shown,
            evidence=tuple(self._evidence(at, target) for at in cited) if counts else (),
            nearest_miss=None if counts else self._nearest(reading, target),
            items=tuple((item, self._evidence(at, target)) for item, at in self._items(reading) if counts),
        )

    def _nearest(self, reading: Reading, target: str) -> Evidence | None:
        """What comes closest to a part that is not shown; before all, what would show it but for its surroundings."""
        chances = self._strays(target) or reading.sentences
        nearest = max(chances, key=lambda at: (chances[at], -at), default=None)
        return None if nearest is None or chances[nearest] < NEAREST else self._evidence(nearest, target)

    def _strays(self, target: str) -> dict[int, float]:
        """The sentences that read like evidence for a part and stand among other matters."""
        found = self.findings.of(target).items()
        return {at: one.score for at, those in found for one in those if one.check == "subject"}

    def _items(self, reading: Reading) -> list[tuple[str, int]]:
        """The distinct things found, likeliest first: the sure ones, and as many as a shown part needs."""
        needed = reading.part.count.needed if reading.part.count and self._shown(reading) else 0
        ranked = sorted(reading.items.items(), key=lambda item: (-item[1][1], item[0]))
        return [(item, at) for n, (item, (at, probability)) in enumerate(ranked) if n < needed or probability >= 0.5]

    def _evidence(self, at: int, target: str) -> Evidence:
        sentence = self.sentences[at]
        fired = {one.check for one in self.findings.of(target).get(at, ()) if not one.denied and one.score >= 0.5}
        return Evidence(sentence.text, sentence.location, tuple(sorted(fired)))

    def _status(self, point: MarkingPoint, verdict: Verdict) -> Status:
        if verdict == "not_met" and (self.unread or point.needs):
            return "cannot judge"
        return _FOUND[verdict]

    def _refer(
        self,
        point: MarkingPoint,
        verdict: Verdict,
        confidence: float,
        asserted: Sequence[MisconceptionFound],
        parts: Sequence[PartMarking],
    ) -> str | None:
        """Why the assessor should look first, the weightiest reason before the others."""
        mistaken = [one.misconception.id for one in asserted if point.id in one.misconception.points]
        if point.needs:
            return f"this point needs {point.needs}"
        if self.unread and verdict != "met":
            return "something in the submission could not be read"
        if doubt := self._doubt(parts):
            return f"it cannot be told {doubt}"
        if mistaken and verdict != "not_met":
            return f"evidence was found, and so was a misconception that bears on it ({', '.join(mistaken)})"
        if not _is_trained(point):
            return "this point is read by its wording alone; nobody has trained the marker on it"
        if verdict != "met" and any(part.nearest_miss and "subject" in part.nearest_miss.checks for part in parts):
            return "what reads like evidence stands among other matters"
        if confidence < self.decision.refer:
            return "a close call"
        return None

    def _doubt(self, parts: Sequence[PartMarking]) -> str | None:
        """Why what is cited may be somebody else's words, if it may."""
        doubtful = {sentence.location: sentence.doubtful for sentence in self.sentences if sentence.doubtful}
        cited = (one.location for part in parts for one in part.evidence)
        return next((doubtful[location] for location in cited if location in doubtful), None)

    def _advice(self, point: MarkingPoint, readings: Sequence[Reading]) -> tuple[str, ...]:
        """What the command verb asks for and no cited sentence carries; it changes no verdict."""
        demand = depth.DEMANDS.get(point.verb)
        shown = [reading for reading in readings if self._shown(reading)]
        if demand is None or not shown or any(depth.ASKS[demand].search(reading.part.text) for reading in shown):
            return ()
        cited = [at for reading in shown for at in self._cited(reading)]
        return () if any(at in self.findings.of(demand) for at in cited) else (_ADVICE[demand],)


def _is_trained(point: MarkingPoint) -> bool:
    return all(point.label(part) for part in point.parts)
