"""What the lines of a document tell, read in their order, of whose words they are: a small transformer of its own.

It reads on over headings, questions and other voices, and sees where passages begin; its words are as they are written,
since misspelling is a sign too. Trained by `training/tagger.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from marker.document import Kind
from marker.encoder import Network, Vectors, Window, means, windows
from marker.voices.pieces import Piece

LAYERS = 3  # of the base model's six: more read no better
READ = 1_000  # characters at the start of a piece that are read
ROOM = 256  # tokens of the pieces that are read together: what was learned on more reads as well in less time

WEIGHTS = "voices.onnx"  # in the folder of models, beside the tokenizer
_MARKS: Mapping[Kind, str] = {"list item": "-", "cell": "|"}  # in front of a passage of the kind


def line_windows(pieces: Sequence[Piece], network: Network, room: int = ROOM) -> Iterator[Window]:
    """The pieces of a document in windows of `room` tokens; a separator stands before those that begin a passage."""
    marks = dict(zip(_MARKS, (found.ids for found in network.tokens([*_MARKS.values()])), strict=True))
    ids = [
        [*[network.separator] * (piece.start == 0), *marks.get(piece.passage.kind, ()), *found.ids]
        for piece, found in zip(pieces, network.tokens([piece.text[:READ] for piece in pieces]), strict=True)
    ]
    ids = [one or [network.separator] for one in ids]
    return windows([""] * len(ids), [[]] * len(ids), ids, network.start, network.separator, room)


class Tagger:
    """The trained network; its vectors are what the judge's regression reads."""

    def __init__(self, network: Network) -> None:
        self._network = network

    @property
    def sha256(self) -> str:
        """Hash of its weights."""
        return self._network.sha256

    def vectors(self, pieces: Sequence[Piece]) -> Vectors:
        """A unit vector of each piece of a document, shape (pieces, 384)."""
        found = [means(self._network.states(window), window.spans) for window in line_windows(pieces, self._network)]
        return np.concatenate(found)
