"""What a document is judged by: its sentences and passages, each with what the rules said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from marker.document import Passage


@dataclass(frozen=True, slots=True)
class Piece:
    """The characters from `start` to `end` of a passage: a sentence with the blanks behind it, or the whole passage.

    `why` it is set aside, if it is; `said`: known to be spoken by the learner; `fixed`: nothing that is read in it
    may change whose it is.
    """

    passage: Passage
    start: int
    end: int
    why: str | None = None
    said: bool = False
    fixed: bool = False

    @property
    def text(self) -> str:
        """Its characters."""
        return self.passage.text[self.start : self.end]

    @property
    def whole(self) -> bool:
        """Whether nothing else stands in its passage."""
        return self.start == 0 and self.end == len(self.passage.text)


def runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces that make up a passage together: it is cut only where the reason changes."""
    return [list(group) for _, group in groupby(pieces, key=lambda one: (id(one.passage), one.why))]


def joined(run: Sequence[Piece]) -> Passage:
    """The passage that a run of pieces makes up."""
    first, last = run[0], run[-1]
    whole = last.end - first.start == len(first.passage.text)
    stretch = first.passage if whole else first.passage.stretch(first.start, last.end)
    return _aside(stretch, first) if first.why else _credited(stretch)


def _aside(stretch: Passage, piece: Piece) -> Passage:
    """The stretch set aside; one that turned out to be a heading is one, for what stands under it."""
    kind = "heading" if piece.why == "heading" and piece.whole and stretch.kind == "paragraph" else stretch.kind
    return replace(stretch, credited=False, why=piece.why, kind=kind)


def _credited(stretch: Passage) -> Passage:
    """The stretch as the learner's own; what only looked like a heading is none."""
    kind = "paragraph" if stretch.kind == "heading" and not stretch.credited else stretch.kind
    return replace(stretch, credited=True, why=None, kind=kind)
