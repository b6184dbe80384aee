"""Classifier: does a sentence show a part, in whatever words?

scikit-learn over the encoder's vectors, trained by `training/`: one logistic regression for each labelled part, counted
item and misconception. A part without a trained label is read by its likeness to its wording.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from marker.checks import Finding
from marker.checks.likeness import Texts, pair_features
from marker.criteria import Rubric
from marker.encoder import Encoded, Vectors
from marker.resources import models_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 0.01  # a probability below this yields no finding

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
        """The regressions: `labels`, one for each label, and `pair`, for (sentence, wording) pairs."""
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
        if not len(vectors):
            return np.zeros((0, len(self.labels)))
        return np.asarray(self.estimators["labels"].predict_proba(vectors), np.float64)

    def likeness(self, sentences: Texts, wordings: Mapping[str, Texts]) -> dict[str, Probabilities]:
        """Probability that each sentence shows each part that has no trained label, from the part's wordings."""
        return {target: self._shows(sentences, those) for target, those in wordings.items()}

    def _shows(self, sentences: Texts, wordings: Texts) -> Probabilities:
        if not len(sentences):
            return np.zeros(0)
        every = list(range(len(sentences)))
        scores = [
            self.estimators["pair"].predict_proba(pair_features(sentences, wordings.at([at] * len(every))))[:, 1]
            for at in range(len(wordings))
        ]
        return np.asarray(np.mean(scores, axis=0), np.float64)


@cache
def load_classifier() -> Classifier:
    """The classifier that travels with the package."""
    return Classifier(models_folder())


def check(
    rubric: Rubric, probabilities: Probabilities, labels: Sequence[str], likeness: Mapping[str, Probabilities]
) -> Iterator[Finding]:
    """Yield a finding for each sentence and part, counted item or misconception that it may show.

    Args:
        probabilities: what `Classifier.predict` says of the sentences, one column for each of `labels`.
        likeness: what `Classifier.likeness` says of them, for each part without a trained label.
    """
    columns = {label: probabilities[:, column] for column, label in enumerate(labels)}
    for point in rubric.points:
        for part in point.parts:
            target, label = f"{point.id}.{part.id}", part.label
            if label in columns:
                yield from _findings(target, columns[label])
            elif target in likeness:
                yield from _findings(target, likeness[target])
            for item in part.count.items if part.count and label else ():
                if (named := f"{label}:{item}") in columns:
                    yield from _findings(f"{target}:{item}", columns[named])
    for misconception in rubric.misconceptions:
        if misconception.label in columns:
            yield from _findings(misconception.id, columns[misconception.label])


def _findings(target: str, scores: Probabilities) -> Iterator[Finding]:
    for at in np.flatnonzero(scores >= LEAST):
        yield Finding("classifier", int(at), target, float(scores[at]))
