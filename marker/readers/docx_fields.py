"""The fields of a Word file: what belongs to their codes, and so is no text."""

from __future__ import annotations

from itertools import accumulate

from docx.oxml.ns import qn
from lxml import etree

_RUN, _CHARACTER, _TYPE = qn("w:r"), qn("w:fldChar"), qn("w:fldCharType")


def field_codes(root: etree._Element) -> frozenset[etree._Element]:
    """The children of runs that stand in the code of a field: its results and whole fields within it too.

    A code ends where the field's result begins. A field that never ends is damaged and hides nothing.
    """
    parts = [part for run in root.iter(_RUN) for part in run]
    steps = [0] * (len(parts) + 1)  # by how much more, or fewer, codes a part stands in than the one before it
    begun: list[tuple[int, int | None]] = []  # of each field that is open, where it begins and where its code ends
    for place, part in enumerate(parts):
        kind = part.get(_TYPE) if part.tag == _CHARACTER else None
        if kind == "begin":
            begun.append((place, None))
        elif kind == "separate" and begun:
            begun[-1] = (begun[-1][0], place)
        elif kind == "end" and begun:
            begin, separator = begun.pop()
            steps[begin + 1] += 1
            steps[place if separator is None else separator] -= 1
    return frozenset(part for part, depth in zip(parts, accumulate(steps), strict=False) if depth)
