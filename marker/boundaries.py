"""Where a sentence ends in a text without full stops.

Many learners write a paragraph without one. A run of words that is too long for a sentence is cut where one most likely
ends: a logistic regression over the words on either side of each gap tells how likely that is. It is trained by
`training/boundaries.py` on sentences whose full stops and capitals were taken away.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from marker.resources import models_folder

WEIGHTS = "boundaries.json"
STOPPED, UNSTOPPED = 60, 30  # words: with more it is no one sentence, if it ends with a full stop or without
LONGEST = 25  # words: a shorter piece is left whole
FEWEST = 4  # words of a piece
LEAST = 0.1  # probability: nothing is cut where an end is less likely
BIAS = "bias"
STOP = re.compile(r"[.!?…]+['\"”’)\]]*\s*\Z")

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


@dataclass(frozen=True)
class Tokenized:
    """The words and marks of a text in lower case, where each begins, and how many words stand before it."""

    said: tuple[str, ...]
    starts: tuple[int, ...]
    before: tuple[int, ...]


def tokens(text: str) -> Tokenized:
    """The tokens of a text."""
    found = list(_TOKEN.finditer(text))
    said = tuple(match.group().lower().replace("’", "'") for match in found)
    before = tuple(accumulate((is_word(one) for one in said), initial=0))
    return Tokenized(said, tuple(match.start() for match in found), before)


def is_word(token: str) -> bool:
    """Whether a token is no mark."""
    return token[0].isalnum() or token[0] == "_"


def features(said: Sequence[str], at: int) -> Iterator[str]:
    """What the regression knows of the gap before the token at `at`: two words before it, three behind it."""
    padded = ["#", "#", *said[max(0, at - 2) : at]][-2:] + [*said[at : at + 3], "#", "#"][:3]
    last2, last, first, second, third = padded
    yield from (f"-2 {last2}", f"-1 {last}", f"1 {first}", f"2 {second}", f"3 {third}")
    yield from (f"-2-1 {last2} {last}", f"-11 {last} {first}", f"12 {first} {second}")
    yield f"123 {first} {second} {third}"


def cuts(text: str) -> list[int]:
    """The characters at which sentences begin within what stands between two full stops; none in a sentence."""
    if len(text) < 2 * UNSTOPPED:  # as most sentences: so many words and what is between them take more
        return []
    read = tokens(text)
    words = read.before[-1]
    if words <= (STOPPED if STOP.search(text) else UNSTOPPED):
        return []
    likely = [_likely(read.said, at) if is_word(one) else 0.0 for at, one in enumerate(read.said)]
    return [read.starts[at] for at in _seams(read.before, likely, 0, len(likely))]


def _seams(before: Sequence[int], likely: Sequence[float], first: int, end: int) -> Iterator[int]:
    """The tokens that begin a sentence among those from `first` to `end`, in order: the likeliest cut is made first."""
    if before[end] - before[first] <= LONGEST:
        return
    low = bisect_left(before, before[first] + FEWEST, first, end)
    high = bisect_left(before, before[end] - FEWEST + 1, first, end)
    at = max(range(low, high), key=likely.__getitem__, default=first)
    if likely[at] >= LEAST and at > first:
        yield from _seams(before, likely, first, at)
        yield at
        yield from _seams(before, likely, at, end)


def _likely(said: Sequence[str], at: int) -> float:
    """The probability that a sentence begins with a token."""
    weights = _weights()
    odds = weights[BIAS] + sum(weights.get(name, 0.0) for name in features(said, at))
    return 1 / (1 + math.exp(-odds))


@cache
def _weights() -> Mapping[str, float]:
    found: dict[str, float] = json.loads((models_folder() / WEIGHTS).read_text(encoding="utf-8"))
    return found


@cache
def sha256() -> str:
    """Hash of the weights."""
    return hashlib.sha256((models_folder() / WEIGHTS).read_bytes()).hexdigest()
