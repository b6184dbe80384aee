"""Words that two learners share beyond what all were given: something to ask about, never an accusation.

Every learner's words are sampled into winnowed fingerprints (Schleimer, Wilkerson and Aiken, 2003), which find every
run of `RUN` words or more that two texts have in common, word for word. Fingerprints that many learners share make no
pairs, so that the work grows with the number of words and hardly faster.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, combinations, groupby, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from marker.criteria import Rubric
from marker.document import Passage, Submission
from marker.errors import MarkerError, UnreadableError

RUN = 12  # words in a row that two learners share before it is worth a question
SHINGLE = 8  # words in a fingerprint
WINDOW = RUN - SHINGLE + 1  # of so many fingerprints in a row one is kept
FEW = 3  # learners: wording shared by no more than these is never taken for the centre's, however small the class
MANY = 20  # learners: wording shared by more than these is named once and not pair by pair

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FACTORS = np.array([pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(1, SHINGLE + 1)], np.uint64)


@dataclass(frozen=True, slots=True)
class Work:
    """One learner's own passages, in reading order."""

    learner: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """The same run of words in two learners' work, as it stands in the passages of each."""

    first: tuple[Passage, ...]
    second: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two learners and everything they share, in the order of the first one's work."""

    learners: tuple[str, str]
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """Wording that so many learners share that it is likely to come from the centre, as it stands in one's work."""

    learner: str
    passages: tuple[Passage, ...]
    learners: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """What the learners of a class share. `unread` says whose work could not be read, and why."""

    learners: tuple[str, ...]
    pairs: tuple[Pair, ...]
    common: tuple[Common, ...]
    unread: tuple[tuple[str, str], ...] = ()


def class_overlap(folder: Path, rubrics: Sequence[Rubric], brief: Sequence[str] = (), *, mask: bool = False) -> Overlap:
    """What the learners of a class share whose files stand in a folder as `marker batch` takes them.

    Args:
        rubrics: their wording is nobody's own.
        brief: sentences of the centre's own task sheet, nobody's own either.
        mask: hide e-mail addresses, phone numbers and the like.

    Raises:
        MarkerError: there is no such folder, or fewer than two learners' work in it.
    """
    from marker.batch.find import find
    from marker.extract import read_submission
    from marker.pipeline import prepare
    from marker.privacy import masked

    if not folder.is_dir():
        raise MarkerError(f"{folder}: no such folder; name the one that holds a file or folder for each learner")
    works: list[Work] = []
    unread: list[tuple[str, str]] = []
    for found in find(folder):
        try:
            submission = read_submission([Path(file) for file in found.files], found.learner)
            works.append(_own_words(prepare(masked(submission) if mask else submission, rubrics, brief).submission))
        except UnreadableError as error:
            unread.append((found.learner, str(error)))
    if len(works) < 2:
        raise MarkerError(f"{folder}: the work of at least two learners is needed; put one file or folder a learner in")
    wordings = [wording for rubric in rubrics for wording in rubric.wordings]
    return replace(find_overlap(works, [*wordings, " ".join(brief)]), unread=tuple(unread))


def find_overlap(works: Sequence[Work], given: Sequence[str] = ()) -> Overlap:
    """Every run of `RUN` words or more that two learners share, apart from what the class has in common.

    Args:
        works: one a learner.
        given: texts that all learners had before them, such as the task sheet.
    """
    index = _Index(works, given)
    return Overlap(tuple(work.learner for work in works), tuple(index.pairs()), tuple(index.common()))


def _own_words(submission: Submission) -> Work:
    passages = (passage for document in submission.documents for passage in document.passages)
    return Work(submission.id, tuple(passage for passage in passages if passage.credited))


class _Index:
    """All words of a class in one row, the fingerprints in it, and which words the class has in common."""

    def __init__(self, works: Sequence[Work], given: Sequence[str]) -> None:
        self._works = works
        streams = [_codes(work.passages) for work in works]
        self._words = np.concatenate([np.zeros(0, np.uint64), *streams])
        self._begins = [0, *accumulate(map(len, streams))]
        prints = [_fingerprints(stream) for stream in streams]
        owners = np.repeat(np.arange(len(works)), [len(places) for places, _ in prints])
        rows = (begin + places for begin, (places, _) in zip(self._begins, prints, strict=False))
        places = np.concatenate([np.zeros(0, np.int64), *rows])
        codes = np.concatenate([np.zeros(0, np.uint64), *(row for _, row in prints)])
        order = np.argsort(codes, kind="stable")  # each learner's places stay in order
        self._codes, self._owners, self._places = codes[order], owners[order], places[order]
        self._tell_common(given)

    def _tell_common(self, given: Sequence[str]) -> None:
        """Count the learners who have each fingerprint, and cover the words that are nobody's own."""
        new = _changes(self._codes)
        self._first = new | _changes(self._owners)
        group = np.cumsum(new) - 1
        self._learners = np.bincount(group, weights=self._first).astype(np.int64)[group]
        known = np.concatenate([np.zeros(0, np.uint64), *(_shingles(_coded(_WORD.findall(text))) for text in given)])
        self._given = np.isin(self._codes, known)
        self._many = self._learners > min(MANY, max(FEW, len(self._works) // 2))
        common = self._places[self._given | self._many]
        edges = np.zeros(len(self._words) + 1, np.int64)
        np.add.at(edges, common, 1)
        np.add.at(edges, common + SHINGLE, -1)
        self._covered = np.cumsum(edges)[:-1] > 0

    def pairs(self) -> Iterator[Pair]:
        """Every two learners who share a run, in the order of the learners."""
        meetings: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        kept = self._first & (self._learners > 1) & ~self._many & ~self._given
        rows = zip(self._codes[kept].tolist(), self._owners[kept].tolist(), self._places[kept].tolist(), strict=True)
        for _, group in groupby(rows, key=lambda row: row[0]):
            for (_, owner, place), (_, other, there) in combinations(group, 2):
                meetings[owner, other].append((place, there))
        for (owner, other), met in sorted(meetings.items()):
            shared = [
                Shared(self._excerpts(owner, i, i + length), self._excerpts(other, j, j + length))
                for i, j, length in self._runs(owner, other, sorted(met))
            ]
            if shared:
                yield Pair((self._works[owner].learner, self._works[other].learner), tuple(shared))

    def _runs(self, owner: int, other: int, met: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        """The longest runs round the meetings, less what is common: where they begin and how long they are."""
        words, begins = self._words, self._begins
        reached: dict[int, int] = {}  # how far the runs of each shift between the two texts have been followed
        for i, j in met:
            if i < reached.get(j - i, 0):
                continue
            before = min(i - begins[owner], j - begins[other])
            after = min(begins[owner + 1] - i, begins[other + 1] - j)
            back = _same(words[i - before : i][::-1], words[j - before : j][::-1])
            ahead = _same(words[i : i + after], words[j : j + after])
            reached[j - i] = i + ahead
            i, j, length = i - back, j - back, back + ahead
            common = self._covered[i : i + length] | self._covered[j : j + length]
            yield from ((i + a, j + a, b - a) for a, b in _stretches(~common) if b - a >= RUN)

    def common(self) -> Iterator[Common]:
        """What was left out because many share it, each wording once; what was given needs no mention."""
        shared = self._many & ~self._given
        order = np.argsort(self._places[shared])
        codes, places, learners = (row[shared][order] for row in (self._codes, self._places, self._learners))
        told: set[int] = set()
        for owner, (begin, end) in enumerate(pairwise(self._begins)):
            for start, stop in _stretches(self._covered[begin:end]):
                those = slice(*np.searchsorted(places, [begin + start, begin + stop]))
                if untold := set(codes[those].tolist()) - told:
                    told |= untold
                    passages = self._excerpts(owner, begin + start, begin + stop)
                    yield Common(self._works[owner].learner, passages, int(learners[those].max()))

    def _excerpts(self, owner: int, start: int, end: int) -> tuple[Passage, ...]:
        """The words from `start` to `end` of the row, as they stand in the learner's passages."""
        passages = self._works[owner].passages
        spans = [(n, *word.span()) for n, passage in enumerate(passages) for word in _WORD.finditer(passage.text)]
        begin = self._begins[owner]
        found = []
        for number, group in groupby(spans[start - begin : end - begin], key=lambda span: span[0]):
            words = list(group)
            found.append(passages[number].stretch(words[0][1], words[-1][2]))
        return tuple(found)


def _codes(passages: Sequence[Passage]) -> Codes:
    return _coded(word for passage in passages for word in _WORD.findall(passage.text))


def _coded(words: Iterable[str]) -> Codes:
    return np.fromiter(map(_code, words), np.uint64)


@lru_cache(maxsize=200_000)
def _code(word: str) -> int:
    """A word as a number; capitals and the shape of the apostrophe do not count."""
    plain = word.lower().replace("’", "'").encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(plain, digest_size=8).digest(), "big")


def _shingles(words: Codes) -> Codes:
    """A number for every `SHINGLE` words in a row."""
    count = max(len(words) - SHINGLE + 1, 0)
    total = np.zeros(count, np.uint64)
    for offset, factor in enumerate(_FACTORS):
        total += words[offset : offset + count] * factor
    total ^= total >> np.uint64(32)
    total *= _FACTORS[0]
    return total


def _fingerprints(words: Codes) -> tuple[Places, Codes]:
    """The smallest of every `WINDOW` shingles in a row, and where each begins."""
    if len(words) < RUN:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    shingles = _shingles(words)
    windows = np.lib.stride_tricks.sliding_window_view(shingles, WINDOW)
    places = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
    return places, shingles[places]


def _changes(row: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Whether each entry differs from the one before it; the first always does."""
    return np.concatenate([[True], row[1:] != row[:-1]])[: len(row)]


def _same(first: Codes, second: Codes) -> int:
    """How many words are the same from the beginning on."""
    different = np.flatnonzero(first != second)
    return int(different[0]) if len(different) else len(first)


def _stretches(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where each stretch of true flags begins and ends."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False)).tolist()
    return zip(edges[::2], edges[1::2], strict=True)
