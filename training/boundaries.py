"""Learn where sentences end in a text without full stops.

From the learners' own paragraphs in `submissions/` and `voices/`, their full stops and capitals taken away.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import numpy as np

from benchmarks.whose_words import voices
from marker.boundaries import BIAS, STOP, WEIGHTS, features, is_word, tokens
from training.labelled import Text
from training.voices import FOLDERS

FEWEST = 10  # gaps that show a feature that is learnt
LEAST = 0.1  # of a weight that is kept
SEED = 2026

Gap = tuple[frozenset[str], bool]  # its features, and whether a sentence begins there


def gaps(paragraphs: Iterable[list[str]]) -> Iterator[Gap]:
    """Every gap before a word of the paragraphs, read without full stops."""
    for sentences in paragraphs:
        read = [tokens(STOP.sub("", sentence)).said for sentence in sentences]
        begins = set(np.cumsum([len(said) for said in read]).tolist())
        together = [token for said in read for token in said]
        for at in range(1, len(together)):
            if is_word(together[at]):
                yield frozenset(features(together, at)), at in begins


def of_submissions(texts: Iterable[Text]) -> Iterator[list[str]]:
    """The learner's sentences that stand together in whole submissions."""
    for text in (text for text in texts if text.is_submission):
        for (_, kind), lines in groupby(text.lines, key=lambda line: (line.paragraph, line.kind)):
            if kind == "sentence":
                yield [line.text for line in lines]


def of_voices() -> Iterator[list[str]]:
    """The same of the documents that tell whose words a line is."""
    for folder in FOLDERS:
        for labelled in voices(folder):
            for paragraph in labelled.paragraphs:
                for own, lines in groupby(paragraph, key=lambda line: line.own and not line.begins):
                    if own:
                        yield [line.text for line in lines]


def train_boundaries(learned: Iterable[Text], held: Iterable[Text], folder: Path) -> None:
    """Write the weights to `folder`, and print how well they tell ends in texts that were held out."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score

    found = [*gaps(of_submissions(learned)), *gaps(of_voices())]
    counts = Counter(name for names, _ in found for name in names)
    numbered = DictVectorizer(dtype=np.float32)
    shown = numbered.fit_transform([{name: 1 for name in names if counts[name] >= FEWEST} for names, _ in found])
    shown.indices, shown.indptr = shown.indices.astype(np.int32), shown.indptr.astype(np.int32)  # liblinear's
    regression = LogisticRegression(max_iter=200, solver="liblinear", random_state=SEED)
    regression.fit(shown, [begins for _, begins in found])
    named = zip(numbered.feature_names_, regression.coef_[0].tolist(), strict=True)
    weights = {BIAS: round(float(regression.intercept_[0]), 2)}
    weights |= {name: round(weight, 2) for name, weight in named if abs(weight) >= LEAST}
    (folder / WEIGHTS).write_text(json.dumps(weights, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    unseen = [*gaps(of_submissions(held))]
    scores = [sum(weights.get(name, 0.0) for name in names) for names, _ in unseen]
    precision = average_precision_score([begins for _, begins in unseen], scores)
    print(f"ends of sentences in texts held out: average precision {precision:.3f} of {len(unseen)} gaps")
