"""What a stretch of text is about: portfolios bind several units together, and other matters can sound like this one.

"First you talk to your supervisor" may belong to a complaints procedure or a staff grievance: what is round it tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from marker.document import Passage
from marker.encoder import Vectors
from marker.language import telling_stems

AROUND = 12  # sentences on one side that are looked at
LONGEST_TITLE = 200  # characters

_UNIT = re.compile(r"\s*(?:unit|module)\s+(?P<number>[a-z]{0,3}\d+[\w/.]*)\b\W*(?P<title>.*)", re.I | re.S)


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
    units: dict[str, bool] = {}  # by number, whether it is another one
    other = False
    for passage in passages:
        if "heading" in (passage.kind, passage.why):
            text = passage.text[:LONGEST_TITLE]
            if unit := _UNIT.match(text):
                words = telling_stems(unit["title"])
                other = units.setdefault(unit["number"].lower(), 2 * len(words & own) < len(words))
            elif telling_stems(text) & about:
                other = False
        yield other
