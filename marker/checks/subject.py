"""What a stretch of text is about: portfolios bind several units together, and other matters can sound like this one.

"First you talk to your supervisor" may belong to a complaints procedure or a staff grievance: what is round it tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from marker.document import Passage
from marker.encoder import Vectors
from marker.language import telling_stems

AROUND = 12  # sentences on one side that are looked at
LONGEST_TITLE = 200  # characters

_UNIT = re.compile(r"\s*(?:unit|module)\s+(?P<number>[a-z]{0,3}\d+[\w/.]*)\b\W*(?P<title>.*)", re.I | re.S)

# What any unit's sheets are called, which says nothing of their subject.
_SHEETS = frozenset(
    "activities activity answer answers assessment assignment assignments booklet brief candidate check checklist "
    "continued coursework diploma evidence file form knowledge learner level log mandatory name optional pack "
    "page paper part portfolio project question questions record reflective report section sheet statement "
    "student submission task tasks template test tracker unit work workbook worksheet written".split()
)


def surroundings(vectors: Vectors) -> tuple[Vectors, Vectors]:
    """The mean vector of each sentence with those before it, and with those after it, each of the shape of `vectors`.

    There where the text begins or ends, those of the other side make up the number. A sentence is about other matters
    only if both say so: else what stands first or last on its own matters would be taken for the pages beside it.
    """
    sums = np.vstack([np.zeros((1, vectors.shape[1])), vectors.cumsum(axis=0, dtype=np.float64)])
    size = min(len(vectors), AROUND + 1)
    before, after = (
        np.asarray((sums[first + size] - sums[first]) / size, np.float32) for first in stretches(len(vectors))
    )
    return before, after


def stretches(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first of the sentences that `surroundings` looks at before, and after, each of `count` sentences."""
    at, last = np.arange(count), max(count - AROUND - 1, 0)
    return np.clip(at - AROUND, 0, last), np.clip(at, 0, last)


def telling(count: int) -> float:
    """How far what is round a sentence tells, from 0 to 1: nothing where a text is no longer than what is looked at."""
    return min(max((count - 1) / AROUND - 1, 0.0), 1.0)


def under_other_units(passages: Iterable[Passage], title: str, wording: str) -> Iterator[bool]:
    """Of each passage of a document, whether it stands under a heading that names another unit ("Unit 9 First aid").

    Args:
        title: of the units that are marked; a heading that shares a word with it ends the other one.
        wording: what they print; a unit that has half of its title's words from it is not taken for another one.
    """
    about, own = telling_stems(title), telling_stems(f"{title} {wording}")
    passages = tuple(passages)
    units: dict[str, bool] = {}  # by number, whether it is another one
    if first := _only_unit(passages):
        units[first] = False
    other = False
    for passage in passages:
        if _heads(passage):
            text = passage.text[:LONGEST_TITLE]
            if unit := _UNIT.match(text):
                words = telling_stems(_subject(unit["title"]))
                other = units.setdefault(unit["number"].lower(), 2 * len(words & own) < len(words))
            elif telling_stems(text) & about:
                other = False
        yield other


def _heads(passage: Passage) -> bool:
    return "heading" in (passage.kind, passage.why)


def _subject(title: str) -> str:
    """The words of a unit's title that may say what it is about."""
    return " ".join(word for word in re.findall(r"[^\W\d_]{2,}", title) if word.lower() not in _SHEETS)


def _only_unit(passages: Sequence[Passage]) -> str | None:
    """The number of the one unit that a document names before the learner says anything: it heads the whole."""
    named = [
        (at, unit["number"].lower())
        for at, passage in enumerate(passages)
        if _heads(passage) and (unit := _UNIT.match(passage.text[:LONGEST_TITLE]))
    ]
    if len({number for _, number in named}) != 1:
        return None
    at, number = named[0]
    return None if any(one.credited and not _heads(one) for one in passages[:at]) else number
