"""Criteria that nobody trained on: public questions held out of training: `python -m benchmarks.unseen`.

About a fifth of the questions of each public set, by question, is kept out of training (`training/public.py`). The
shipped pair regression reads (answer, criterion) alone. Beside it, majority and a lexical baseline (overlap features
and a logistic regression, fitted on the other questions).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from marker.checks.classifier import load_classifier
from marker.checks.likeness import alone, overlap, pair_features
from marker.encoder import load_encoder
from marker.language import stems
from training.public import SETS, Pair, public_pairs


def lexical(found: Sequence[Pair]) -> list[tuple[float, ...]]:
    """The words that each answer shares with its criterion."""
    return [overlap(frozenset(stems(pair.answer)), frozenset(stems(pair.criterion))) for pair in found]


def main() -> None:
    encoder, classifier = load_encoder(), load_classifier()
    print(
        f"{'':14} {'questions':>9} {'answers':>8} {'majority':>16} {'lexical':>16} {'marker':>16}  (accuracy/macro-F1)"
    )
    for name in SETS:
        seen, held = public_pairs(name), public_pairs(name, held=True)
        if not held:
            print(f"{name:14} absent: MARKER_PUBLIC names the folder of the public sets")
            continue
        truth = [pair.shows for pair in held]
        baseline = LogisticRegression(max_iter=1000).fit(lexical(seen), [pair.shows for pair in seen])
        texts = [alone([getattr(pair, side) for pair in held], encoder) for side in ("answer", "criterion")]
        said = {
            "majority": [np.mean([pair.shows for pair in seen]) >= 0.5] * len(held),
            "lexical": baseline.predict(lexical(held)),
            "marker": classifier.estimators["pair"].predict(pair_features(*texts)),
        }
        figures = " ".join(
            f"{accuracy_score(truth, one):8.3f}/{f1_score(truth, one, average='macro'):.3f}" for one in said.values()
        )
        questions = len({pair.criterion for pair in held})
        print(f"{name:14} {questions:9} {len(held):8}   {figures}")


if __name__ == "__main__":
    main()
