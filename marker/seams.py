"""Where a text may be cut so that what belongs together stays together.

A text is cut where the words before a line and those after it have least in common, as in TextTiling (Hearst 1997).
That depends on the lines near the cut alone, so a text is cut at the same places whatever stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marker.language import telling_stems

NEAR = 5  # lines on each side that are compared


def runs(
    texts: Sequence[str], sizes: Sequence[int], begins: Sequence[bool], fresh: Sequence[bool], room: int
) -> Iterator[tuple[int, int]]:
    """Cut lines into runs of at most `room`, longer only where one line is; yields each run's first line and last + 1.

    Args:
        texts: the lines.
        sizes: what each takes up.
        begins: it is the first of its passage. A passage is cut only where no other seam is within reach.
        fresh: a run begins with it in any case.
    """
    seams = _seams([telling_stems(text) for text in texts], begins)
    first = end = taken = 0
    while first < len(texts):
        while end < len(texts) and (end == first or (taken + sizes[end] <= room and not fresh[end])):
            taken += sizes[end]
            end += 1
        if end < len(texts) and not fresh[end]:
            end = min(range(end, first, -1), key=seams.__getitem__)
        yield first, end
        first, taken = end, 0


def _seams(words: Sequence[frozenset[str]], begins: Sequence[bool]) -> list[float]:
    """How much what stands before each line has in common with what follows, from 0 to 1; one more inside a passage."""
    none = frozenset[str]()
    return [
        _shared(none.union(*words[max(0, at - NEAR) : at]), none.union(*words[at : at + NEAR])) + (not new)
        for at, new in enumerate(begins)
    ]


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The cosine of two sets of words."""
    return len(one & other) / (len(one) * len(other)) ** 0.5 if one and other else 0.0
