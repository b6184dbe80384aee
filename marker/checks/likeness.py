"""Likeness: does a sentence show what a wording says, where nobody trained a label for it?

Told from the vectors of both and from the words that they share, by a regression that has learned on many criteria,
and on public graded answers, what it is to show one (`training/build.py`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from marker.criteria import Rubric
from marker.encoder import Encoded, Encoder, Line, Vectors
from marker.language import stems

_SCALE = 8.0  # brings products of unit vectors to a size that a regularised regression can use


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as they are compared: the stems of each, and its vector; vectors of shape (texts, 384)."""

    stems: tuple[frozenset[str], ...]
    vectors: Vectors

    def __len__(self) -> int:
        return len(self.stems)

    def at(self, positions: Sequence[int]) -> Texts:
        """Some of the texts, each as often as it is named."""
        return Texts(tuple(self.stems[at] for at in positions), self.vectors[list(positions)])


def with_stems(texts: Sequence[str], vectors: Vectors, encoder: Encoder) -> Texts:
    """Texts whose vectors are known, shape (texts, 384); misspelt words as what they are meant to be."""
    return Texts(tuple(frozenset(stems(encoder.read(text))) for text in texts), vectors)


def alone(texts: Sequence[str], encoder: Encoder) -> Texts:
    """Texts that have nothing to do with one another, each encoded in a window of its own."""
    encoded = {text: encoder.encode([Line(text)]) for text in dict.fromkeys(texts)}
    return with_stems(texts, Encoded.joined([encoded[text] for text in texts]).vectors, encoder)


def wordings(rubric: Rubric, labels: Collection[str], encoder: Encoder) -> dict[str, Texts]:
    """What each part without a trained label says."""
    return {
        f"{point.id}.{part.id}": alone(ways(point.text, part.text, part.question), encoder)
        for point in rubric.points
        for part in point.parts
        if part.label not in labels and not (part.count and part.count.same_as)
    }


def ways(point: str, text: str, question: str) -> tuple[str, ...]:
    """A part's text and its question, alone and beside its point's text.

    "At least one reason why it matters" does not say what; the point does.
    """
    return text, question, f"{text}: {point}", f"{point} {question}"


def pair_features(said: Texts, meant: Texts) -> Vectors:
    """For each pair of a sentence and a wording: products, distances, shared words; shape (pairs, 773)."""
    products = _SCALE**2 * said.vectors * meant.vectors
    distances = _SCALE * np.abs(said.vectors - meant.vectors)
    shared = [overlap(one, other) for one, other in zip(said.stems, meant.stems, strict=True)]
    return np.concatenate([products, distances, np.array(shared).reshape(-1, 5)], axis=1).astype(np.float32)


def overlap(said: frozenset[str], meant: frozenset[str]) -> tuple[float, ...]:
    """The stems shared as a share of either side's and of both, and how many stems either side has."""
    shared, both = len(said & meant), len(said | meant)
    shares = (shared / max(1, len(said)), shared / max(1, len(meant)), shared / max(1, both))
    return *(_SCALE * share for share in shares), 2 * math.log1p(len(said)), 2 * math.log1p(len(meant))
