"""The documents that tell whose words a line is, and the judge that learns from them.

It learns from `training/voices/`, laid out with a line a paragraph and with lines joined, and from the training
submissions, whose lines are mostly the learner's own. The probability below which words are set aside is chosen on a
sixth of the documents with a judge that, like the encoder, has not seen them: of the learner's own words no more than
`LOST` are set aside, by it and the rules together. Those in `voices/hard/` do not count for that: in them nothing is
announced, and much of the learner's own was made to look foreign. The judge that ships is then fitted on all.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from benchmarks.whose_words import Labelled, Line, place, plain_text, training, voices
from marker.attribution import pieces
from marker.criteria import bundled, load_rubric
from marker.document import Document
from marker.encoder import Encoder, Vectors
from marker.readers.text import read_text
from marker.voices.judge import ESTIMATORS, LIMIT, OWN, REASONS, Judge, is_open
from marker.voices.lines import lines
from marker.voices.pieces import Piece
from marker.voices.traits import Traits, traits

HERE = Path(__file__).resolve().parent
FOLDERS = HERE / "voices", HERE / "voices" / "hard"
LOST = 0.01  # of the learner's own words that may be set aside
FOLDS = 6  # of which one is held out
FEWEST = 8  # documents that show a trait that is learnt: rarer ones would be somebody's names
C = 0.3  # inverse strength of the regularisation, chosen out of fold
WEIGHT = 0.2  # of a training submission's line, of which there are many and most are the learner's
LABELS = sorted([OWN, *REASONS])
_PLACE = re.compile(r"\b\d{12,}\b")  # of an object in memory
_TURN = re.compile(r"[A-Z][\w ]{0,20}: ")


@dataclass(frozen=True, slots=True)
class Judged:
    """A document's pieces with whose each is; empty where a piece is nobody's words (a speaker's name)."""

    name: str
    pieces: tuple[Piece, ...]
    whose: tuple[str, ...]
    weight: float
    hard: bool = False


def whose(line: Line) -> str:
    """The label of a line: own, or a reason."""
    if line.own:
        return OWN
    return line.whose or foreign(line.kind, line.text)


def foreign(kind: str, text: str) -> str:
    """Whose a training submission's line is that is not the learner's."""
    if kind == "other":
        return "speaker" if _TURN.match(text) else "other"
    return {"heading": "heading", "printed": "question"}[kind]


def judged(labelled: Labelled, joined: bool, wordings: tuple[str, ...], weight: float) -> Judged:
    """The pieces of a labelled document, laid out as a text file."""
    name = f"{labelled.title}.txt"
    passages, unread = read_text(plain_text(labelled, joined).encode(), name)
    found = pieces(Document(name, "", "txt", passages, unread), wordings)
    text = re.sub(r"\s", " ", "".join(piece.text + " " * (piece.end == len(piece.passage.text)) for piece in found))
    labels = [""] * len(text)
    at = 0
    for line in labelled.lines:
        start, end = place(line, text, at) or (at, at)
        labels[start:end] = [whose(line)] * (end - start)
        at = end
    return Judged(labelled.title, tuple(found), tuple(_labels(found, labels)), weight)


def _labels(found: list[Piece], labels: list[str]) -> Iterator[str]:
    """The label of most of a piece's characters."""
    at = 0
    for piece in found:
        behind = labels[at : at + len(piece.text)]
        yield "" if piece.why == "speaker's name" else max(sorted(set(behind)), key=behind.count, default="")
        at += len(piece.text) + (piece.end == len(piece.passage.text))


def documents() -> list[Judged]:
    """Everything that is learnt from."""
    wordings = tuple(wording for name in bundled() for wording in load_rubric(name).wordings)
    found = []
    for hard, folder in zip((False, True), FOLDERS, strict=True):
        layouts = [judged(one, joined, wordings, 1.0) for one in voices(folder) for joined in (False, True)]
        found += [replace(one, hard=hard) for one in layouts]
    found += [judged(one, bool(at % 2), wordings, WEIGHT) for at, one in enumerate(training())]
    return [text for text in found if text.pieces]


def vectors_of(text: Judged, encoder: Encoder) -> Vectors:
    """The vectors of a document's pieces, shape (pieces, 384)."""
    read = lines(text.pieces)
    return read.of_pieces(encoder.encode(read.lines).vectors)


def fit(texts: Sequence[Judged], encoder: Encoder) -> dict[str, Any]:
    """The estimators that `marker.voices.judge` reads."""
    from sklearn.linear_model import LogisticRegression

    labels = np.array([label for text in texts for label in text.whose])
    weights = np.array([text.weight for text in texts for _ in text.whose], np.float32)
    known = labels != ""
    numbered, shown = _numbered(texts)
    read = np.concatenate([vectors_of(text, encoder) for text in texts])
    whose, vectors = (
        LogisticRegression(C=C, max_iter=80).fit(features[known], labels[known], sample_weight=weights[known])
        for features in (shown, read)
    )
    return {"traits": numbered, "whose": whose, "read": vectors}


def _numbered(texts: Sequence[Judged]) -> tuple[Any, Any]:
    """What numbers the traits that are learnt, and the traits of every piece, shape (pieces, traits)."""
    from sklearn.feature_extraction import DictVectorizer

    read = [traits(text.pieces) for text in texts]
    shown: dict[str, set[str]] = defaultdict(set)
    for text, shows in zip(texts, read, strict=True):
        for name in {name for line in shows for name in line}:
            shown[name].add(text.name)
    common = {name for name, where in shown.items() if len(where) >= FEWEST}
    rows = [_only(common, line) for lines in read for line in lines]
    numbered = DictVectorizer(dtype=np.float32)
    return numbered, numbered.fit_transform(rows)


def _only(names: Container[str], line: Traits) -> Traits:
    return {name: weight for name, weight in line.items() if name in names}


def is_held_out(text: Judged) -> bool:
    """Whether a labelled document is kept, in both layouts, to choose the limit on."""
    return text.weight == 1 and zlib.crc32(text.name.encode()) % FOLDS == 0


Opinion = tuple[str, Piece, float]  # whose a piece is, and the probability that it is the learner's


def limit(texts: Sequence[Judged], judge: Judge, encoder: Encoder) -> float:
    """The probability below which words are set aside; prints what it does to `texts`, which the judge never saw."""
    ordinary, hard = (
        _opinions([text for text in texts if text.hard is kind], judge, encoder) for kind in (False, True)
    )
    least = max((at / 1000 for at in range(1000) if _aside(ordinary, judge, at / 1000, [OWN]) <= LOST), default=0.0)
    for name, found in (("held out", ordinary), ("of the hard ones", hard)):
        others = sorted({label for label, _, _ in found} - {OWN})
        own, credited = _aside(found, judge, least, [OWN]), 1 - _aside(found, judge, least, others)
        print(f"{name}: own set aside {own:.1%}, others' credited {credited:.1%} at {least}")
        print(", ".join(f"{label} {1 - _aside(found, judge, least, [label]):.0%}" for label in others))
    return least


def _opinions(texts: Sequence[Judged], judge: Judge, encoder: Encoder) -> list[Opinion]:
    found: list[Opinion] = []
    for text in texts:
        scores = judge.probabilities(text.pieces, vectors_of(text, encoder))[:, judge.labels.index(OWN)].tolist()
        found += [one for one in zip(text.whose, text.pieces, scores, strict=True) if one[0]]
    return found


def _aside(found: Sequence[Opinion], judge: Judge, least: float, of: Iterable[str]) -> float:
    """The share of the pieces labelled so that are set aside below a probability."""
    bar = replace(judge, least=least)
    lost = [
        not bar.credits(piece, own) if is_open(piece) else bool(piece.why) for label, piece, own in found if label in of
    ]
    return float(np.mean(lost))


def stored(estimators: dict[str, Any]) -> bytes:
    """The estimators without code, time or places in memory: the same training gives the same bytes."""
    from skops.io import dumps

    numbers: dict[str, str] = {}

    def numbered(text: str) -> str:
        return _PLACE.sub(lambda place: numbers.setdefault(place[0], str(len(numbers))), text)

    found = BytesIO()
    with ZipFile(BytesIO(dumps(estimators))) as dumped, ZipFile(found, "w", ZIP_DEFLATED) as archive:
        schema = numbered(dumped.read("schema.json").decode())
        archive.writestr(ZipInfo("schema.json"), schema, ZIP_DEFLATED)
        for name in (name for name in dumped.namelist() if name != "schema.json"):
            archive.writestr(ZipInfo(numbered(name)), dumped.read(name), ZIP_DEFLATED)
    return found.getvalue()


def fit_judge(texts: Sequence[Judged], folder: Path) -> None:
    """Choose the limit, fit the judge, with the encoder in `folder`, and write both there."""
    encoder = Encoder(folder)
    seen, held = ([text for text in texts if is_held_out(text) is kept] for kept in (False, True))
    least = limit(held, Judge(fit(seen, encoder), 0.0), encoder)
    (folder / ESTIMATORS).write_bytes(stored(fit(texts, encoder)))
    (folder / LIMIT).write_text(json.dumps({"least": least}) + "\n", encoding="utf-8")
