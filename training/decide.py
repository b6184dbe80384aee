"""Learn the decision weights from submissions that the classifier was not trained on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from marker.checks.classifier import Classifier, Scores
from marker.checks.keywords import Lexicon, counted
from marker.checks.likeness import with_stems, wordings
from marker.criteria import MarkingPoint, Part, Rubric, Verdict, load_rubric
from marker.decision import (
    Decision,
    Findings,
    Weights,
    at_least,
    chance_of,
    item_features,
    logistic,
    logit,
    part_features,
    read_part,
    sentence_features,
    shares,
    verdict_of,
)
from marker.document import Location
from marker.encoder import Encoder
from marker.language import Above, Sentence
from marker.score import find
from training.dataset import RUBRICS, encode
from training.labelled import OWN, Text


@dataclass(frozen=True)
class Example:
    """One submission under one rubric: the findings, and the tags of each sentence."""

    text: Text
    rubric: Rubric
    sentences: tuple[Sentence, ...]
    tags: tuple[frozenset[str], ...]
    findings: Findings

    @property
    def shown(self) -> frozenset[str]:
        """Every tag of the submission."""
        return frozenset[str]().union(*self.tags)


def sentences_of(text: Text) -> tuple[Sentence, ...]:
    """The learner's lines of a labelled text as sentences, each with what was printed or said just before it."""
    found: list[Sentence] = []
    heading, turn = Above(), Above()
    for line in text.lines:
        if line.kind == "heading":
            heading, turn = Above(line.text), Above()
        elif line.kind not in OWN:
            turn = Above(line.text)
        else:
            context = " ".join(filter(None, (heading.context(), turn.context())))
            location = Location(text.id, None, len(found) + 1, None, 0, len(line.text))
            found.append(Sentence(line.text, location, "paragraph", context, len(found) + 1))
    return tuple(found)


def examples(texts: Sequence[Text], folder: Path, points: Sequence[str] = ()) -> Iterator[Example]:
    """The texts as read by the models in `folder`, under both rubrics, or under `points` of them only."""
    encoder, classifier = Encoder(folder), Classifier(folder)
    rubrics = list(_only(points))
    worded = [wordings(rubric, classifier.labels, encoder) for rubric in rubrics]
    lexicons = [Lexicon(rubric, encoder.knows) for rubric in rubrics]
    for text in texts:
        sentences = sentences_of(text)
        if not sentences:
            continue
        encoded = encode(text, encoder)
        probabilities, elsewhere = classifier.predict(encoded), classifier.elsewhere(encoded)
        read = with_stems([s.text for s in sentences], encoded.vectors, encoder)
        tags = tuple(line.tags for line in text.own)
        for rubric, lexicon, those in zip(rubrics, lexicons, worded, strict=True):
            scores = Scores(probabilities, elsewhere, classifier.labels, classifier.likeness(read, those))
            yield Example(text, rubric, sentences, tags, Findings(find(rubric, sentences, scores, lexicon)))


def _only(points: Sequence[str]) -> Iterator[Rubric]:
    for rubric in map(load_rubric, RUBRICS):
        kept = tuple(point for point in rubric.points if not points or point.id in points)
        if kept:
            yield rubric.model_copy(update={"points": kept, "id": f"{rubric.id} {' '.join(points)}"})


def is_shown(point: MarkingPoint, part: Part, tags: Iterable[str], needed: int | None = None) -> bool:
    """Whether tags show a part, counting distinct items where the part counts."""
    label, tags = point.label(part), set(tags)
    if part.count is None:
        return label in tags
    return sum(f"{label}:{item}" in tags for item in point.items(part)) >= (needed or part.count.needed)


def true_verdict(point: MarkingPoint, tags: Iterable[str]) -> Verdict:
    """The verdict that the tags of a submission amount to."""
    return verdict_of(
        [
            (
                part,
                is_shown(point, part, tags),
                bool(part.count and part.count.some and is_shown(point, part, tags, part.count.some)),
            )
            for part in point.parts
        ]
    )


def _fit(features: Sequence[Sequence[float]], truth: Sequence[bool]) -> tuple[float, ...]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=100.0, max_iter=5000).fit(np.array(features), np.array(truth))
    return tuple(round(float(weight), 4) for weight in (*model.intercept_, *model.coef_[0]))


def learn(found: Sequence[Example]) -> Weights:
    """Fit each stage on the one before it."""
    sentence = _fit(*_pairs(_sentence_rows(found)))
    weights = Weights(sentence, (0, 1, 1, 0), (0, 1, 0, 0), (0, 1, 0), (0, 1))
    weights = _with(weights, item=_fit(*_pairs(_item_rows(found, weights))))
    weights = _with(weights, part=_fit(*_pairs(_part_rows(found, weights))))
    weights = _with(weights, count=_fit(*_pairs(_count_rows(found, weights))))
    return _with(weights, verdict=_fit(*_pairs(_verdict_rows(found, weights))))


def _with(weights: Weights, **changed: tuple[float, ...]) -> Weights:
    return Weights(**{**asdict(weights), **changed})


def _pairs(found: Iterable[tuple[Sequence[float], bool]]) -> tuple[list[Sequence[float]], list[bool]]:
    both = list(found)
    return [features for features, _ in both], [truth for _, truth in both]


def _parts(found: Sequence[Example]) -> Iterator[tuple[Example, MarkingPoint, Part, str]]:
    for example in found:
        for point in example.rubric.points:
            for part in point.parts:
                yield example, point, part, counted(point, part)


def _sentence_rows(found: Sequence[Example]) -> Iterator[tuple[Sequence[float], bool]]:
    for example, point, part, target in _parts(found):
        if part.count and part.count.same_as:
            continue
        for at, tags in enumerate(example.tags):
            label = point.label(part)
            shows = any(tag == label or tag.startswith(f"{label}:") for tag in tags)
            yield sentence_features(example.findings.of(target).get(at, [])), shows


def _item_rows(found: Sequence[Example], weights: Weights) -> Iterator[tuple[Sequence[float], bool]]:
    for example, point, part, target in _parts(found):
        names = [f"{target}:{item}" for item in part.count.items] if part.count else []
        share = shares(example.findings, names)
        for name in names:
            for at, findings in example.findings.of(name).items():
                whole = logistic(weights.sentence, sentence_features(example.findings.of(target).get(at, [])))
                shown = name.replace(target, point.label(part) or "") in example.tags[at]
                yield item_features(findings, whole, share[at][name]), shown


def _part_rows(found: Sequence[Example], weights: Weights) -> Iterator[tuple[Sequence[float], bool]]:
    for example, point, part, target in _parts(found):
        if part.count is None:
            probabilities = list(read_part(point, part, target, example.findings, weights).sentences.values())
            yield part_features(probabilities), is_shown(point, part, example.shown)


def _count_rows(found: Sequence[Example], weights: Weights) -> Iterator[tuple[Sequence[float], bool]]:
    for example, point, part, target in _parts(found):
        if part.count is None:
            continue
        reading = read_part(point, part, target, example.findings, weights)
        chances = [probability for _, probability in reading.items.values()]
        best = part_features(list(reading.sentences.values()))[0]
        for needed in filter(None, (part.count.needed, part.count.some)):
            yield (logit(at_least(needed, chances)), best), is_shown(point, part, example.shown, needed)


def _verdict_rows(found: Sequence[Example], weights: Weights) -> Iterator[tuple[Sequence[float], bool]]:
    for example in found:
        for point in example.rubric.points:
            readings = [read_part(point, part, counted(point, part), example.findings, weights) for part in point.parts]
            said = verdict_of([(r.part, r.shown >= 0.5, r.some >= 0.5) for r in readings])
            yield (logit(chance_of(said, readings)),), said == true_verdict(point, example.shown)


def write(decision: Decision, folder: Path) -> None:
    """Write `decision.json`."""
    (folder / "decision.json").write_text(json.dumps(asdict(decision), indent=1) + "\n", encoding="utf-8")
