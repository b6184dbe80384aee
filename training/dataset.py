"""The labelled texts as rows for training: labels of parts and of the distinct items that a part counts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from marker.criteria import load_rubric
from marker.language import Above
from training.finetune import Rows
from training.labelled import OWN, TAGS, Text

RUBRICS = ("customer-relationships", "customer-relationships-ocnwm")

# A counted part has a label of its own beside one for each item.
LABELS: tuple[str, ...] = tuple(sorted(TAGS | {tag.split(":")[0] for tag in TAGS}))


def rows(text: Text, reach: float = math.inf) -> Rows:
    """The learner's own lines of a text, with the heading and the question or turn up to `reach` lines before each.

    A label on which two labellers differ counts as half shown. Training reads a heading with all that stands below it:
    an encoder trained on what the product reads agreed less with the writers held out (0.839 of verdicts, not 0.864).
    """
    texts, contexts, labels = [], [], []
    heading, turn = Above("", reach), Above("", reach)
    for line in text.lines:
        if line.kind == "heading":
            heading, turn = Above(line.text, reach), Above("", reach)
        elif line.kind not in OWN:
            turn = Above(line.text, reach)
        else:
            texts.append(line.text)
            contexts.append(" ".join(filter(None, (heading.context(), turn.context()))))
            labels.append((_row(line.tags) + _row(line.tags if line.again is None else line.again)) / 2)
    return Rows(tuple(texts), tuple(contexts), np.array(labels, np.float32).reshape(-1, len(LABELS)))


def _row(tags: frozenset[str]) -> NDArray[np.float32]:
    shown = tags | {tag.split(":")[0] for tag in tags}
    return np.array([label in shown for label in LABELS], np.float32)


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


def all_rows(texts: Sequence[Text]) -> list[Rows]:
    """Rows of every text that has a line of the learner's."""
    return [one for one in map(rows, texts) if one.texts]
