"""The shipped classifier."""

from __future__ import annotations

import numpy as np
import pytest

from marker.checks.classifier import load_classifier
from marker.encoder import Line, load_encoder


def test_probabilities_are_what_the_stored_regressions_give() -> None:
    encoded = load_encoder().encode([Line("Dawn needs the float by nine."), Line("It rained.", begins=False)])
    classifier = load_classifier()
    expected = classifier.estimators["labels"].predict_proba(encoded.vectors)
    assert classifier.predict(encoded) == pytest.approx(np.asarray(expected), abs=1e-6)


def test_no_sentences_have_no_probabilities() -> None:
    classifier = load_classifier()
    assert classifier.predict(load_encoder().encode([])).shape == (0, len(classifier.labels))
