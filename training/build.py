"""Train what the package ships, from the labelled texts alone: `python -m training.build`.

Fine-tune the encoder and fit the classifier on the texts of all writers but six. On those six writers' submissions
(and every sixteenth short passage) learn the decision weights and, with `padding/`, how sure to be of other matters;
there `python -m training.validate` measures. The thresholds stay, and so do the weights for untrained parts:
`training.leave_out` learns those.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from marker.checks.likeness import alone, pair_features
from marker.decision import load_decision
from marker.encoder import Encoder, Vectors
from marker.resources import models_folder
from training.dataset import LABELS, all_rows, wordings
from training.decide import examples, learn, write
from training.finetune import EPOCHS, Rows, finetune
from training.labelled import Text, read_folder
from training.public import SETS, Pair, public_pairs
from training.subject import calibrate, fit_subject
from training.units import unit_pairs

SEEDS = (2026, 2027)  # one encoder each, of which the mean ships
FEWEST = 8  # positive lines that a label needs to get a classifier of its own
C = 10.0  # inverse strength of the classifier's regularisation, chosen out of fold
C_PAIRS = 0.01  # of that of the regression over pairs, chosen on points left out

NAMES = ("classifier.skops", "labels.json")
HELD = ("fourth.txt", "eighth.txt", "tenth.txt", "twentysecond.txt", "twentyfourth.txt", "twentyeighth.txt")
HERE = Path(__file__).resolve().parent


def load() -> list[Text]:
    """Every labelled text, submissions first."""
    return read_folder(HERE / "submissions") + read_folder(HERE / "passages")


def kept(rows: Sequence[Rows]) -> list[int]:
    """Positions in LABELS of the labels with enough positive lines."""
    counts = np.concatenate([one.labels for one in rows]).sum(axis=0)
    return [at for at, count in enumerate(counts) if count >= FEWEST]


def fit(vectors: Vectors, labels: NDArray[np.float32]) -> object:
    """One logistic regression a label over the lines' vectors; shown is what either labeller saw."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    return OneVsRestClassifier(LogisticRegression(C=C, max_iter=1000)).fit(vectors, labels > 0)


def other_pairs() -> list[Pair]:
    """Pairs of a criterion that is none of the rubrics' and an answer: public ones, and those of other units."""
    return [pair for name in SETS for pair in public_pairs(name)] + unit_pairs()


def fit_pairs(encoder: Encoder) -> object:
    """A logistic regression that tells whether a sentence shows a wording, on pairs of no rubric that is marked here.

    The encoder knows its own labels too well for their wordings to teach anything about criteria that it never saw.
    """
    from sklearn.linear_model import LogisticRegression

    pairs = other_pairs()
    answers, criteria = ([getattr(pair, side) for pair in pairs] for side in ("answer", "criterion"))
    features = pair_features(alone(answers, encoder), alone(criteria, encoder))
    return LogisticRegression(C=C_PAIRS, max_iter=500).fit(features, [pair.shows for pair in pairs])


def train(texts: Sequence[Text], folder: Path, columns: Sequence[int], epochs: int = EPOCHS) -> None:
    """Write encoder, tokenizer, words and classifier trained on `texts` to `folder`.

    Args:
        columns: positions in LABELS of the labels to learn.
    """
    from skops.io import dump

    texts = [text for text in texts if text.own]
    rows = [Rows(one.texts, one.contexts, one.labels[:, columns]) for one in all_rows(texts)]
    meant = [wordings()[at] for at in columns]
    finetune(rows, meant, other_pairs(), folder, SEEDS, epochs)
    encoder = Encoder(folder)
    encoded = [encoder.encode(one.texts, one.contexts).vectors for one in rows]
    vectors, labels = np.concatenate(encoded), np.concatenate([one.labels for one in rows])
    estimators = {
        "labels": fit(vectors, labels),
        "elsewhere": fit_subject(texts, encoded),
        "pair": fit_pairs(encoder),
    }
    dump(estimators, folder / NAMES[0])
    (folder / NAMES[1]).write_text(json.dumps([LABELS[at] for at in columns], indent=0) + "\n", encoding="utf-8")


def settle(texts: Sequence[Text], folder: Path) -> None:
    """Calibrate the models in `folder`, and learn the decision weights for them, on texts that were held out."""
    from skops.io import dump, load

    estimators = load(folder / NAMES[0], trusted=[])
    calibrate(estimators["elsewhere"], [text for text in texts if text.is_submission and text.own], Encoder(folder))
    dump(estimators, folder / NAMES[0])
    write(replace(load_decision(), trained=learn([*examples(texts, folder)])), folder)


def held_out(text: Text) -> bool:
    """Whether a text is kept for choosing and calibrating: all by six writers, and every sixteenth short passage."""
    number = int("".join(filter(str.isdigit, text.id)))
    return text.source in HELD if text.is_submission else number % 16 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=models_folder(), help="where the models go")
    folder: Path = parser.parse_args().folder
    texts = load()
    train([text for text in texts if not held_out(text)], folder, kept(all_rows(texts)))
    settle([text for text in texts if held_out(text)], folder)


if __name__ == "__main__":
    main()
