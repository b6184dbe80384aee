"""Classifier: does a sentence show a part, in whatever words?

scikit-learn over the encoder's vectors, trained by `training/`: one logistic regression for each labelled part, counted
item and misconception, and one that tells other matters from those of the units that it was trained on. A part without
a trained label is read by its likeness to its wording.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from marker.checks import Finding
from marker.checks.likeness import Texts, pair_features
from marker.checks.subject import surroundings, telling
from marker.criteria import Rubric
from marker.encoder import Encoded, Vectors
from marker.resources import models_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 0.01  # a probability below this yields no finding
LIKELY = 0.5  # what reads so much like evidence is told of, where it stands among other matters

Probabilities = NDArray[np.float64]


class Classifier:
    """The shipped classifier.

    Args:
        folder: holds `classifier.skops` (estimators, stored without code) and `labels.json`.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "classifier.skops"
        self.labels: tuple[str, ...] = tuple(json.loads((folder / "labels.json").read_text(encoding="utf-8")))

    @cached_property
    def estimators(self) -> Any:
        """The regressions: `labels`, one for each label; `elsewhere`; and `pair`, for (sentence, wording) pairs."""
        from skops.io import load

        return load(self._path, trusted=[])

    @cached_property
    def sha256(self) -> str:
        """Hash of the estimators."""
        return hashlib.sha256(self._path.read_bytes()).hexdigest()

    def predict(self, encoded: Encoded) -> Probabilities:
        """Probability that each sentence shows each label, shape (sentences, labels).

        A sentence that lists things shows an item where a piece of it does.
        """
        found = self._predict(encoded.vectors)
        is_item = np.array([":" in label for label in self.labels])
        np.maximum.at(found, encoded.of, np.where(is_item, self._predict(encoded.pieces), 0.0))
        return found

    def _predict(self, vectors: Vectors) -> Probabilities:
        """What the regressions' `predict_proba` gives, in one product: asked one by one they take far longer."""
        weights, biases = self._regressions
        return np.asarray(1 / (1 + np.exp(-(vectors @ weights + biases))), np.float64)

    @cached_property
    def _regressions(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The weights of the labels' regressions, shape (384, labels), and their biases."""
        those = self.estimators["labels"].estimators_
        weights = np.vstack([one.coef_ for one in those]).astype(np.float64)
        return weights.T, np.concatenate([one.intercept_ for one in those])

    def elsewhere(self, encoded: Encoded) -> Probabilities:
        """Probability that the stretch round each sentence is about other matters, shape (sentences,)."""
        if not len(encoded.vectors):
            return np.zeros(0)
        sides = [self.estimators["elsewhere"].predict_proba(one)[:, 1] for one in surroundings(encoded.vectors)]
        return np.asarray(np.min(sides, axis=0) * telling(len(encoded.vectors)), np.float64)

    def likeness(self, sentences: Texts, wordings: Mapping[str, Texts]) -> dict[str, Probabilities]:
        """Probability that each sentence shows each part that has no trained label, from the part's wordings."""
        return {target: self._shows(sentences, those) for target, those in wordings.items()}

    def _shows(self, sentences: Texts, wordings: Texts) -> Probabilities:
        if not len(sentences):
            return np.zeros(0)
        pairs = (pair_features(sentences, wordings.at([at] * len(sentences))) for at in range(len(wordings)))
        odds = np.mean([self.estimators["pair"].decision_function(one) for one in pairs], axis=0)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


@cache
def load_classifier() -> Classifier:
    """The classifier that travels with the package."""
    return Classifier(models_folder())


@dataclass(frozen=True, slots=True)
class Scores:
    """What the classifier says of a submission's sentences.

    `probabilities` has a row a sentence and a column for each of `labels`, `elsewhere` a number a sentence; `likeness`
    is for parts without a label.
    """

    probabilities: Probabilities
    elsewhere: Probabilities
    labels: Sequence[str]
    likeness: Mapping[str, Probabilities]


def check(rubric: Rubric, scores: Scores) -> Iterator[Finding]:
    """Yield a finding for each sentence and part, counted item or misconception that it may show.

    Where a stretch is about other matters it shows no part; a misconception may be asserted anywhere.
    """
    alone = {label: scores.probabilities[:, column] for column, label in enumerate(scores.labels)}
    here = {label: column * (1 - scores.elsewhere) for label, column in alone.items()}
    for point in rubric.points:
        for part in point.parts:
            target, label = f"{point.id}.{part.id}", part.label
            if label in here:
                yield from _findings(target, here[label])
                yield from _strays(target, alone[label], here[label])
            elif target in scores.likeness:
                yield from _findings(target, scores.likeness[target])
            for item in part.count.items if part.count and label else ():
                if (named := f"{label}:{item}") in here:
                    yield from _findings(f"{target}:{item}", here[named])
    for misconception in rubric.misconceptions:
        if misconception.label in alone:
            yield from _findings(misconception.id, alone[misconception.label])


def _findings(target: str, scores: Probabilities) -> Iterator[Finding]:
    for at in np.flatnonzero(scores >= LEAST):
        yield Finding("classifier", int(at), target, float(scores[at]))


def _strays(target: str, alone: Probabilities, here: Probabilities) -> Iterator[Finding]:
    """What would count if it did not stand where it does."""
    for at in np.flatnonzero((alone >= LIKELY) & (here < LIKELY)):
        yield Finding("subject", int(at), target, float(alone[at]))
