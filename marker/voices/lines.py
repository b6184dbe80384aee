"""What the encoder reads of a document: its pieces in their order.

A passage that a rule took as a whole is cut into its sentences, since the judge may give it back to the learner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from marker.encoder import Line, Vectors
from marker.language import split
from marker.voices.judge import is_open
from marker.voices.pieces import Piece


@dataclass(frozen=True, slots=True)
class Lines:
    """A document's lines; of each, the number of its piece, and the character of its passage that it begins at."""

    lines: tuple[Line, ...]
    of: tuple[int, ...]
    starts: tuple[int, ...]

    def of_pieces(self, vectors: Vectors) -> Vectors:
        """A unit vector of each piece, shape (pieces, 384), from those of the lines."""
        found = np.zeros((self.of[-1] + 1 if self.of else 0, vectors.shape[1]), np.float32)
        np.add.at(found, list(self.of), vectors)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def lines(pieces: Sequence[Piece]) -> Lines:
    """Every piece as one line or several."""
    found = [(number, piece, start, end) for number, piece in enumerate(pieces) for start, end in _spans(piece)]
    return Lines(
        tuple(
            Line(piece.text[start:end], piece.passage.kind, piece.start + start == 0, start == 0 and _heads(piece))
            for _, piece, start, end in found
        ),
        tuple(number for number, _, _, _ in found),
        tuple(piece.start + start for _, piece, start, _ in found),
    )


def _heads(piece: Piece) -> bool:
    """Whether what follows is about a piece, as far as its reader and the rules can tell."""
    return piece.passage.kind == "heading" or piece.why in ("heading", "printed question")


def _spans(piece: Piece) -> Iterator[tuple[int, int]]:
    spans = list(split(piece.text)) if piece.whole and piece.why is not None and is_open(piece) else []
    starts = [0, *(start for start, _ in spans[1:])]
    yield from zip(starts, [*starts[1:], len(piece.text)], strict=True)
