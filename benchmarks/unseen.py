"""Criteria that nobody trained on: public questions held out of training: `python -m benchmarks.unseen`.

About a fifth of the questions of each public set, by question, is kept out of training (`training/public.py`). The
shipped pair regression reads (answer, criterion) alone. Beside it, majority and a lexical baseline (overlap features
and a logistic regression, fitted on the other questions).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from marker.checks.classifier import load_classifier, pair_features
from marker.encoder import load_encoder
from marker.language import stems
from training.build import encode_alone
from training.public import SETS, Pair, pairs


def overlap(found: Sequence[Pair]) -> NDArray[np.float64]:
    """Lexical features: shared stems over those of the answer, of the criterion and of both; lengths."""
    rows = []
    for pair in found:
        answer, criterion = set(stems(pair.answer)), set(stems(pair.criterion))
        shared = len(answer & criterion)
        rows.append(
            [
                shared / max(1, len(answer)),
                shared / max(1, len(criterion)),
                shared / max(1, len(answer | criterion)),
                np.log1p(len(answer)),
                np.log1p(len(criterion)),
            ]
        )
    return np.array(rows)


def main() -> None:
    encoder, classifier = load_encoder(), load_classifier()
    print(
        f"{'':14} {'questions':>9} {'answers':>8} {'majority':>16} {'lexical':>16} {'marker':>16}  (accuracy/macro-F1)"
    )
    for name in SETS:
        seen, held = pairs(name), pairs(name, held=True)
        if not held:
            print(f"{name:14} absent: MARKER_PUBLIC names the folder of the public sets")
            continue
        truth = [pair.shows for pair in held]
        lexical = LogisticRegression(max_iter=1000).fit(overlap(seen), [pair.shows for pair in seen])
        vectors = [encode_alone(encoder, [getattr(pair, side) for pair in held]) for side in ("answer", "criterion")]
        said = {
            "majority": [np.mean([pair.shows for pair in seen]) >= 0.5] * len(held),
            "lexical": lexical.predict(overlap(held)),
            "marker": classifier.estimators["pair"].predict(pair_features(*vectors)),
        }
        figures = " ".join(
            f"{accuracy_score(truth, one):8.3f}/{f1_score(truth, one, average='macro'):.3f}" for one in said.values()
        )
        questions = len({pair.criterion for pair in held})
        print(f"{name:14} {questions:9} {len(held):8}   {figures}")


if __name__ == "__main__":
    main()
