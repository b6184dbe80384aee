"""Classifier: does a sentence show a part, in whatever words?

scikit-learn over the encoder's vectors, trained by `training/`: one logistic regression for each labelled part, counted
item and misconception. A part without a trained label is read by a regression over (sentence, wording) pairs, which
has learned on many criteria what it is to show one.
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
from marker.criteria import Rubric
from marker.encoder import Encoder, Vectors
from marker.resources import models_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 0.01  # a probability below this yields no finding

_SCALE = 8.0  # brings products of unit vectors to a size that a regularised regression can use

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

    def predict(self, vectors: Vectors) -> Probabilities:
        """Probability that each sentence shows each label, shape (sentences, labels)."""
        if not len(vectors):
            return np.zeros((0, len(self.labels)))
        return np.asarray(self.estimators["labels"].predict_proba(vectors), np.float64)

    def likeness(self, vectors: Vectors, anchors: Mapping[str, Vectors]) -> dict[str, Probabilities]:
        """Probability that each sentence shows each part that has no trained label, from the part's wordings.

        Args:
            anchors: for each such part the vectors of its wordings, shape (wordings, 384).
        """
        return {target: self._shows(vectors, those) for target, those in anchors.items()}

    def _shows(self, vectors: Vectors, wordings: Vectors) -> Probabilities:
        features = pair_features(vectors[:, None], wordings[None]).reshape(-1, 2 * vectors.shape[1])
        if not len(features):
            return np.zeros(0)
        scores = self.estimators["pair"].predict_proba(features)[:, 1].reshape(len(vectors), len(wordings))
        return np.asarray(scores.mean(axis=1), np.float64)


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


def pair_features(sentences: Vectors, wordings: Vectors) -> Vectors:
    """What tells whether a sentence shows what a wording says: product and distance, shape (..., 768)."""
    both = np.concatenate([_SCALE * sentences * wordings, np.abs(sentences - wordings)], axis=-1)
    return np.asarray(both * _SCALE, np.float32)


def anchors(rubric: Rubric, labels: Sequence[str], encoder: Encoder) -> dict[str, Vectors]:
    """Vectors of the wordings of each part without a trained label: its text and its question."""
    return {
        f"{point.id}.{part.id}": np.concatenate([encoder.encode_texts([text]) for text in (part.text, part.question)])
        for point in rubric.points
        for part in point.parts
        if part.label not in labels and not (part.count and part.count.same_as)
    }
