"""Learn what a stretch of text is about: other matters, or those of the units.

Other matters are whole pages and passages written as such; the units' are stretches of submissions, of those that bind
several units together only where there is evidence. How sure to be is learned on submissions held out of training and
on `padding/`, ten pages on other matters by each of two more hands: what the encoder was trained on looks surer than
it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marker.checks.subject import AROUND, stretches, surroundings
from marker.encoder import Encoder, Line, Vectors
from marker.language import sentences
from marker.readers.text import read_text
from training.dataset import encode
from training.labelled import Text

PADDING = Path(__file__).resolve().parent / "padding"
SEVERAL = ("tenth.txt", "eleventh.txt", "fiftyseventh.txt")  # whose submissions bind several units together
C = 0.1  # inverse strength of the regularisation; from 0.01 to 1 all tell the held-out texts apart alike


def fit_subject(texts: Sequence[Text], vectors: Sequence[Vectors]) -> Any:
    """A logistic regression over `surroundings`: is a stretch about other matters?

    Args:
        texts: the training texts, of which the short passages on the units' own matters are left out.
        vectors: of each text's lines, shape (lines, 384).
    """
    from sklearn.linear_model import LogisticRegression

    features, truth = [], []
    for text, lines in zip(texts, vectors, strict=True):
        if text.is_other or text.is_submission:
            for side, first in zip(surroundings(lines), stretches(len(lines)), strict=True):
                features.append(side[_kept(text, first, AROUND + 1)])
                truth += [text.is_other] * len(features[-1])
    return LogisticRegression(C=C, max_iter=1000, class_weight="balanced").fit(np.concatenate(features), truth)


def calibrate(regression: Any, texts: Sequence[Text], encoder: Encoder) -> None:
    """Make a regression of `fit_subject` as sure as it is right of texts that it has not seen (Platt, 1999)."""
    from sklearn.linear_model import LogisticRegression

    kept = [_kept(text, np.arange(len(text.own)), 1) for text in texts]
    read = [encode(text, encoder).vectors for text in texts]
    here = [_odds(regression, vectors)[lines] for vectors, lines in zip(read, kept, strict=True)]
    other = [_odds(regression, encoder.encode(page).vectors) for page in _padding()]
    odds = np.concatenate([*here, *other])
    truth = np.arange(len(odds)) >= len(np.concatenate(here))
    line = LogisticRegression(C=100.0, class_weight="balanced").fit(odds[:, None], truth)
    regression.coef_ = regression.coef_ * line.coef_
    regression.intercept_ = regression.intercept_ * line.coef_[0] + line.intercept_


def _kept(text: Text, first: NDArray[np.intp], size: int) -> NDArray[np.bool_]:
    """Which stretches of `size` lines to learn from, by the first line of each."""
    every = text.is_other or text.source not in SEVERAL
    return np.array([every or any(line.tags for line in text.own[at : at + size]) for at in first], bool)


def _odds(regression: Any, vectors: Vectors) -> NDArray[np.float64]:
    sides = surroundings(vectors)
    return np.asarray(np.min([regression.decision_function(side) for side in sides], axis=0), np.float64)


def _padding() -> Iterator[list[Line]]:
    """The sentences of each text on other matters."""
    for path in sorted(PADDING.glob("*.txt")):
        passages, _ = read_text(path.read_bytes(), path.name)
        yield [Line(one.text, one.kind, one.location.start == 0) for one in sentences(passages)]
