"""How findings become probabilities, and probabilities verdicts.

A sentence's findings for a part become one probability; the sentences' probabilities become the part's; the parts, by
the rubric's rules, become the verdict. The few weights (`Decision`) are learned in `training/` on submissions that the
classifier was not trained on.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marker.checks import Finding
from marker.criteria import MarkingPoint, Part, Verdict
from marker.resources import models_folder

_FLOOR = 0.005  # probability of a part in a sentence where no check fired


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic weights: the bias first."""

    sentence: tuple[float, ...]  # of the classifier's logit, a keyword
    item: tuple[float, ...]  # of the item's logit, of its share of the part, a keyword for it where the part is shown
    part: tuple[float, ...]  # of the best sentence's logit, the second best's, that of any sentence
    count: tuple[float, ...]  # of the logit that enough distinct items are there, the best sentence's logit
    verdict: tuple[float, ...]  # of the verdict's logit with the parts taken as independent


@dataclass(frozen=True, slots=True)
class Decision:
    """The weights for parts with a trained label and for parts without, and the thresholds."""

    trained: Weights
    untrained: Weights
    shown: float  # a part is shown from this probability
    cite: float  # a sentence is cited from this probability
    misconception: float
    refer: float  # a verdict below this confidence is referred


def load_decision(folder: Path | None = None) -> Decision:
    """The decision weights in `folder`, by default those that travel with the package."""
    return _decision((folder or models_folder()) / "decision.json")


@cache
def _decision(path: Path) -> Decision:
    fields = json.loads(path.read_text(encoding="utf-8"))
    trained, untrained = (
        Weights(**{name: tuple(weights) for name, weights in fields.pop(kind).items()})
        for kind in ("trained", "untrained")
    )
    return Decision(trained, untrained, **fields)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the findings say of one part: the probability that it is shown (and, for a count, shown in part)."""

    part: Part
    shown: float
    some: float
    sentences: dict[int, float]
    items: dict[str, tuple[int, float]]  # item: its best sentence and probability


def logit(probability: float) -> float:
    """Log odds, with the probability kept off 0 and 1."""
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))


def logistic(weights: Sequence[float], features: Iterable[float]) -> float:
    """Probability from weights, of which the first is the bias, and features."""
    z = weights[0] + sum(weight * feature for weight, feature in zip(weights[1:], features, strict=True))
    return 1 / (1 + math.exp(-z)) if z > -500 else 0.0


class Findings:
    """Findings by target and sentence."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_target: dict[str, dict[int, list[Finding]]] = defaultdict(lambda: defaultdict(list))
        for finding in findings:
            self._by_target[finding.target][finding.sentence].append(finding)

    def of(self, target: str) -> dict[int, list[Finding]]:
        """The findings for a target, by sentence."""
        return self._by_target.get(target, {})

    def all(self) -> list[Finding]:
        """Every finding, by target and sentence."""
        return [one for sentences in self._by_target.values() for found in sentences.values() for one in found]


def sentence_features(findings: Sequence[Finding]) -> tuple[float, float]:
    """The classifier's logit, and whether a keyword fired undenied."""
    score = max((finding.score for finding in findings if finding.check == "classifier"), default=_FLOOR)
    said = any(finding.check == "keywords" and not finding.denied for finding in findings)
    return logit(score), float(said)


def item_features(findings: Sequence[Finding], part: float, share: float) -> tuple[float, float, float]:
    """The item's logit, the logit of its share of the part, and whether a keyword for it fired where the part is shown.

    Args:
        part: probability that the sentence shows the part.
        share: the item's score as a share of the likeliest item's in the sentence: a sentence that surely shows the
            part shows its likeliest item, even where none is sure by itself.
    """
    own, said = sentence_features(findings)
    return own, logit(part * share), said * part


def shares(findings: Findings, targets: Sequence[str]) -> dict[int, dict[str, float]]:
    """For each sentence, each target's score by the classifier as a share of the highest."""
    scores: dict[int, dict[str, float]] = defaultdict(dict)
    for target in targets:
        for at, found in findings.of(target).items():
            scores[at][target] = max((one.score for one in found if one.check == "classifier"), default=_FLOOR)
    return {
        at: {target: score / max(those.values()) for target, score in those.items()} for at, those in scores.items()
    }


def part_features(sentences: Sequence[float]) -> tuple[float, float, float]:
    """Logits of the best sentence, of the second best, and of any sentence showing the part."""
    best, second, *_ = [*sorted(sentences, reverse=True), _FLOOR, _FLOOR]
    none = math.prod(1 - probability for probability in sentences)
    return logit(best), logit(second), logit(1 - none)


def at_least(needed: int, probabilities: Sequence[float]) -> float:
    """Probability that at least `needed` of independent events happen (the Poisson binomial distribution)."""
    counts = [1.0] + [0.0] * needed  # counts[needed] gathers "needed or more"
    for probability in probabilities:
        counts[needed] += counts[needed - 1] * probability
        for n in range(needed - 1, 0, -1):
            counts[n] = counts[n] * (1 - probability) + counts[n - 1] * probability
        counts[0] *= 1 - probability
    return counts[needed]


def read_part(point: MarkingPoint, part: Part, target: str, findings: Findings, weights: Weights) -> Reading:
    """Probability that a part is shown. `target` is what its sentences and items were found under."""
    sentences = {at: logistic(weights.sentence, sentence_features(found)) for at, found in findings.of(target).items()}
    features = part_features(list(sentences.values()))
    if part.count is None:
        return Reading(part, logistic(weights.part, features), 0.0, sentences, {})
    items: dict[str, tuple[int, float]] = {}
    share = shares(findings, [f"{target}:{item}" for item in point.items(part)])
    for item in point.items(part):
        name = f"{target}:{item}"
        for at, found in findings.of(name).items():
            features_of_item = item_features(found, sentences.get(at, _FLOOR), share[at][name])
            probability = logistic(weights.item, features_of_item)
            if probability > items.get(item, (0, 0.0))[1]:
                items[item] = (at, probability)
    chances = [probability for _, probability in items.values()]
    shown, some = (
        logistic(weights.count, (logit(at_least(count, chances)), features[0])) if count else 0.0
        for count in (part.count.needed, part.count.some)
    )
    return Reading(part, shown, max(shown, some), sentences, items)


def verdict_of(parts: Sequence[tuple[Part, bool, bool]]) -> Verdict:
    """The rubric's rule: (part, shown, shown in part) of every part to a verdict."""
    required = [shown for part, shown, _ in parts if part.role != "lesser"]
    if all(required):
        return "met"
    if any((shown or some) and part.role != "supporting" for part, shown, some in parts):
        return "partial"
    return "not_met"


def chance_of(verdict: Verdict, readings: Sequence[Reading]) -> float:
    """Probability of a verdict with the parts taken as independent."""
    met = math.prod(reading.shown for reading in readings if reading.part.role != "lesser")
    earning = [reading for reading in readings if reading.part.role != "supporting"]
    nothing = math.prod(1 - max(reading.shown, reading.some) for reading in earning)
    return {"met": met, "not_met": nothing, "partial": max(0.0, 1 - met - nothing)}[verdict]
