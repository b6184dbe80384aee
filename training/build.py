"""Train what the package ships, from the labelled texts alone: `python -m training.build`.

Learn where sentences end, fine-tune the encoder and fit the classifier on the texts of all writers but six, and the
judge of whose words a line is on five sixths of `voices/`. On those six writers' submissions (and every sixteenth short
passage) learn the decision weights and, with `padding/`, how sure to be of other matters; there
`python -m training.validate` measures. The thresholds stay, and so do the weights for untrained parts:
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
from training.boundaries import train_boundaries
from training.dataset import LABELS, encode, labels, rows, voices_rows, wordings
from training.decide import examples, learn, write
from training.finetune import EPOCHS, finetune
from training.labelled import Text, read_folder
from training.public import SETS, Pair, public_pairs
from training.subject import calibrate, fit_subject
from training.units import unit_pairs
from training.voices import LABELS as VOICES
from training.voices import Judged, documents, fit_judge, is_held_out

SEEDS = (2026, 2027)  # one encoder each, of which the mean ships
FEWEST = 8  # positive lines that a label needs to get a classifier of its own
C = 10.0  # inverse strength of the classifier's regularisation, chosen out of fold
C_PAIRS = 0.01  # of that of the regression over pairs, chosen on points left out

NAMES = ("classifier.skops", "labels.json")
ORDINARY = ("fourth.txt", "eighth.txt", "tenth.txt")  # writers that are held out; the others wrote to be hard
HELD = (*ORDINARY, "twentysecond.txt", "twentyfourth.txt", "twentyeighth.txt")
HERE = Path(__file__).resolve().parent


def load() -> list[Text]:
    """Every labelled text, submissions first."""
    return read_folder(HERE / "submissions") + read_folder(HERE / "passages")


def kept(texts: Sequence[Text]) -> list[int]:
    """Positions in LABELS of the labels with enough positive lines."""
    counts = np.concatenate([labels(text) for text in texts]).sum(axis=0)
    return [at for at, count in enumerate(counts) if count >= FEWEST]


def fit(vectors: Vectors, shown: NDArray[np.float32]) -> object:
    """One logistic regression a label over the lines' vectors; shown is what either labeller saw."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    return OneVsRestClassifier(LogisticRegression(C=C, max_iter=1000)).fit(vectors, shown > 0)


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


def train(
    texts: Sequence[Text],
    voices: Sequence[Judged],
    folder: Path,
    columns: Sequence[int],
    epochs: int = EPOCHS,
    seeds: Sequence[int] = SEEDS,
) -> None:
    """Write encoder, tokenizer, words and classifier trained on `texts` and `voices` to `folder`.

    Args:
        columns: positions in LABELS of the labels to learn.
        seeds: one encoder each, of which the mean is taken.
    """
    from skops.io import dump

    texts = [text for text in texts if text.own]
    learned = [one for one in voices if one.weight == 1 and not is_held_out(one)]
    read = [*rows(texts, columns), *voices_rows(learned, columns)]
    meant = wordings()
    finetune(read, len(VOICES), [meant[at] for at in columns], other_pairs(), folder, seeds, epochs)
    encoder = Encoder(folder)
    encoded = [encode(text, encoder).vectors for text in texts]
    estimators = {
        "labels": fit(np.concatenate(encoded), np.concatenate([labels(text)[:, columns] for text in texts])),
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
    learned, held = ([text for text in texts if held_out(text) is kind] for kind in (False, True))
    train_boundaries(learned, held, folder)
    voices = documents()
    train(learned, voices, folder, kept(texts))
    fit_judge(voices, folder)
    settle(held, folder)


if __name__ == "__main__":
    main()
