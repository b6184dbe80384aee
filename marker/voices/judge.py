"""An opinion on whose words a line is, learned from labelled documents: it tells what no plain sign gives away.

It is the mean of two: a multinomial logistic regression over the traits of a line and its neighbours, and one over its
vector. A table's first row heads it as a whole, or not at all. Trained by `training/voices.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marker.encoder import Vectors
from marker.resources import models_folder
from marker.voices.pieces import Piece
from marker.voices.tables import first_rows
from marker.voices.traits import reason, traits

ESTIMATORS, LIMIT = "voices.skops", "voices.json"  # in the folder of models
OWN, HEADING = "own", "heading"
REASONS = {
    "brief": "task brief",
    "comment": "assessor's comment",
    "contents": "contents page",
    "criterion": "marking point copied",
    "customer": "quoted customer",
    "declaration": "declaration",
    "heading": "heading",
    "other": "copied text",
    "policy": "pasted policy",
    "question": "printed question",
    "references": "reference list",
    "speaker": "another speaker",
    "witness": "witness statement",
}
FEWEST = 6  # sentences and passages of a document that can be judged by what stands round each line
# Passages that it has learned to judge.
KINDS = frozenset({"paragraph", "list item", "cell", "heading", "text box", "recognised text"})
SURE = 0.5  # probability of own from which the judge may overrule a rule
HEADS = 0.4  # a table's first row heads it where no cell of it is the learner's with this probability
# Reasons of the rules that the judge may overrule; where another stands, the rules have the last word.
OVERRULED = frozenset({"cover sheet", "heading", "page furniture", "printed question", "witness statement"})


@dataclass(frozen=True)
class Judge:
    """A trained pair of regressions.

    `estimators` holds `traits`, which numbers the traits, `whose`, the regression over them, and `read`, the one over
    vectors. Words are the learner's where the probability of that is at least `least`, or `SURE` where a rule speaks
    against it.
    """

    estimators: Mapping[str, Any]
    least: float
    sha256: str = ""

    def probabilities(self, pieces: Sequence[Piece], vectors: Vectors) -> NDArray[np.float64]:
        """Probability of each piece of a document for each label of `whose`, shape (pieces, labels).

        Args:
            vectors: of the pieces, shape (pieces, 384).
        """
        shown = self.estimators["whose"].predict_proba(self.estimators["traits"].transform(traits(pieces)))
        read = self.estimators["read"].predict_proba(vectors)
        both = np.sqrt(np.asarray(shown, np.float64) * np.asarray(read, np.float64))
        return np.asarray(both / both.sum(axis=1, keepdims=True), np.float64)

    @property
    def labels(self) -> list[str]:
        """Whose words the regression tells apart."""
        return list(self.estimators["whose"].classes_.tolist())

    def judge(self, pieces: Sequence[Piece], vectors: Vectors) -> list[Piece]:
        """The pieces of a document, each with the reason why it is set aside, if it is, after both opinions.

        Args:
            vectors: of the pieces, shape (pieces, 384).
        """
        if len(pieces) < FEWEST or not any(is_open(piece) for piece in pieces):
            return list(pieces)
        found = self.probabilities(pieces, vectors)
        own = self.labels.index(OWN)
        others = [label for label in self.labels if label != OWN]
        likeliest = np.delete(found, own, axis=1).argmax(axis=1)
        judged = [
            self._second(piece, float(scores[own]), REASONS[others[other]]) if is_open(piece) else piece
            for piece, scores, other in zip(pieces, found, likeliest, strict=True)
        ]
        for row in first_rows((number, piece.passage) for number, piece in enumerate(pieces)):
            heads = bool(found[row, own].max() < HEADS)
            for number in row:
                judged[number] = _as_its_row(pieces[number], judged[number], heads)
        return judged

    def credits(self, piece: Piece, own: float) -> bool:
        """Whether an open piece is taken for the learner's, whose it is with probability `own`."""
        return own >= (self.least if piece.why is None else max(self.least, SURE))

    def _second(self, piece: Piece, own: float, why: str) -> Piece:
        return replace(piece, why=None if self.credits(piece, own) else piece.why or why)


def _as_its_row(piece: Piece, judged: Piece, heads: bool) -> Piece:
    """What a piece of a table's first row is judged to be, once it is known whether that row heads the columns."""
    if not is_open(piece) or piece.why is not None:
        return judged
    if heads:
        return replace(judged, why=judged.why or HEADING)
    return replace(judged, why=None) if judged.why == HEADING else judged


def is_open(piece: Piece) -> bool:
    """Whether the rules leave it to judgement."""
    return piece.passage.kind in KINDS and not piece.fixed and (piece.why is None or reason(piece) in OVERRULED)


@cache
def load_judge() -> Judge:
    """The judge that travels with the package, stored without code."""
    from skops.io import loads

    folder = models_folder()
    data = (folder / ESTIMATORS).read_bytes()
    least = json.loads((folder / LIMIT).read_text(encoding="utf-8"))["least"]
    return Judge(loads(data, trusted=[]), least, hashlib.sha256(data).hexdigest())
