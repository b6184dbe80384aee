"""The labelled texts as rows for training: what each line shows, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from marker.criteria import load_rubric
from marker.document import Kind
from marker.encoder import Encoded, Encoder, Line
from marker.voices.judge import OWN as JUDGE_OWN
from marker.voices.lines import lines as lines_of
from training.finetune import Rows
from training.labelled import OWN, TAGS, Text
from training.labelled import Line as LabelledLine
from training.transformer import NOBODY
from training.voices import LABELS as VOICES
from training.voices import Judged, foreign

RUBRICS = ("customer-relationships", "customer-relationships-ocnwm")

# A counted part has a label of its own beside one for each item.
LABELS: tuple[str, ...] = tuple(sorted(TAGS | {tag.split(":")[0] for tag in TAGS}))
# How likely a short passage, and each of a document's two layouts, is read in an epoch; submissions, and passages on
# other matters, always are.
PASSAGES, LAYOUTS = 0.4, 0.6

_KINDS: dict[str, Kind] = {"heading": "heading", "list item": "list item", "cell": "cell"}


def lines(text: Text) -> tuple[Line, ...]:
    """Every line of a text as it stands in a document."""
    found, before = [], None
    for line in text.lines:
        begins = line.paragraph != before or line.kind != "sentence"
        heads = line.kind in ("heading", "printed")
        found.append(Line(line.text, _KINDS.get(line.kind, "paragraph"), begins, heads))
        before = line.paragraph
    return tuple(found)


def own(text: Text) -> NDArray[np.intp]:
    """The numbers, from 0, of the learner's lines among all of a text."""
    return np.flatnonzero([line.kind in OWN for line in text.lines])


def encode(text: Text, encoder: Encoder) -> Encoded:
    """The learner's lines of a text, read as they stand among the others."""
    return encoder.encode(lines(text)).at(own(text))


def labels(text: Text) -> NDArray[np.float32]:
    """Which of LABELS each of the learner's lines shows, shape (own lines, labels).

    One on which two labellers differ counts as half shown.
    """
    rows = [(_row(line.tags) + _row(line.tags if line.again is None else line.again)) / 2 for line in text.own]
    return np.array(rows, np.float32).reshape(-1, len(LABELS))


def _row(tags: frozenset[str]) -> NDArray[np.float32]:
    shown = tags | {tag.split(":")[0] for tag in tags}
    return np.array([label in shown for label in LABELS], np.float32)


def rows(texts: Sequence[Text], columns: Sequence[int]) -> list[Rows]:
    """Every text as rows, with those of LABELS that `columns` names; whose words are told of submissions only."""
    return [
        Rows(
            lines(text),
            np.array([line.kind in OWN for line in text.lines]),
            labels(text)[:, columns],
            np.array([_number(line) if text.is_submission else NOBODY for line in text.lines]),
            1.0 if text.is_submission or text.is_other else PASSAGES,
            "submission" if text.is_submission else "other" if text.is_other else "",
        )
        for text in texts
    ]


def voices_rows(documents: Sequence[Judged], columns: Sequence[int]) -> list[Rows]:
    """Documents of which is known whose words each line is, and not what it shows."""
    found = []
    for document in documents:
        read = lines_of(document.pieces)
        numbers = np.array([VOICES.index(whose) if whose else NOBODY for whose in document.whose])
        nothing = np.zeros((0, len(columns)), np.float32)
        found.append(Rows(read.lines, np.zeros(len(read.lines), bool), nothing, numbers[list(read.of)], LAYOUTS))
    return found


def _number(line: LabelledLine) -> int:
    return VOICES.index(JUDGE_OWN if line.kind in OWN else foreign(line.kind, line.text))


def wordings() -> list[list[str]]:
    """For each of LABELS, what the rubrics say that it means: the part's text and question, an item's words."""
    meant: dict[str, list[str]] = {}
    for rubric in map(load_rubric, RUBRICS):
        for point in rubric.points:
            for part in point.parts:
                if part.label:
                    meant[part.label] = [part.text, part.question]
                for item, words in part.count.items.items() if part.count else ():
                    meant[f"{part.label}:{item}"] = [f"{part.text}: {', '.join(words[:3])}", f"{item}, {words[0]}"]
        meant |= {one.id: [one.text] for one in rubric.misconceptions}
    return [meant.get(label, []) for label in LABELS]
