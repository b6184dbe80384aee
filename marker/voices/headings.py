"""Headings that were typed as paragraphs: short, unpunctuated, between a sentence that ended and one that follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from marker.readers.lines import ends_sentence
from marker.voices.pieces import Piece

LONGEST = 6  # words of a heading
FEWEST = 8  # words of the sentence that follows it
_NO_HEADING = re.compile(r".*:|\s*(?:dear|hi|hello)\b|.*,\s*\Z", re.IGNORECASE | re.DOTALL)
_ASKS = re.compile(r"[?:;]['\"”’)\]]*\s*\Z")  # behind it something is answered, or goes on
_ASKED = frozenset({"printed question", "task brief", "instruction"})


def headings(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a document, typed headings among them set aside."""
    beside = zip([None, *pieces], pieces, [*pieces[1:], None], strict=False)
    return [
        replace(piece, why="heading") if _is_short(piece) and _may_end(before) and after and _opens(after) else piece
        for before, piece, after in beside
    ]


def _is_short(piece: Piece) -> bool:
    """Whether a piece may be a heading by itself."""
    free = piece.whole and piece.why is None and not piece.said and piece.passage.kind == "paragraph"
    return (
        free
        and len(piece.text.split(maxsplit=LONGEST)) <= LONGEST
        and not ends_sentence(piece.text)
        and not _NO_HEADING.match(piece.text)
    )


def _may_end(before: Piece | None) -> bool:
    """Whether something new may begin behind a piece."""
    if before is None or before.passage.kind == "heading":
        return True
    text = before.text[-80:]
    return before.why not in _ASKED and ends_sentence(text) and not _ASKS.search(text)


def _opens(after: Piece) -> bool:
    """Whether a piece is a sentence that may stand under a heading."""
    words = len(after.text.split(maxsplit=FEWEST))
    return after.passage.kind == "paragraph" and words >= FEWEST and ends_sentence(after.text[-80:])
