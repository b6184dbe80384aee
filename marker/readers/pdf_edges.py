"""Running headers, footers and page numbers: lines at the edges of PDF pages that repeat from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from marker.readers.pdf_chars import Run
from marker.readers.pdf_layout import merged

EDGE_LINES = 3  # looked at, at the top and at the bottom of a page
EDGE_SHARE = 0.08  # of the page's height, where a lone number is the page's
REPEATED_SHARE = 0.4  # of the pages, and two at least: left and right pages may differ
SAME_HEIGHT = 4.0  # points

_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)


class Edge(NamedTuple):
    """A header or footer line and the page, counted from 1, that first has it."""

    text: str
    kind: Literal["header", "footer"]
    page: int


class _Line(NamedTuple):
    run: Run
    kind: Literal["header", "footer"]
    margin: bool  # whether so far out that a lone number can only be the page's

    @property
    def key(self) -> tuple[str, str, int]:
        """What is the same where the line repeats on another page."""
        return self.kind, re.sub(r"\d+", "#", self.run.text), round(self.run.y / SAME_HEIGHT)


def without_edges(pages: Sequence[list[Run]], heights: Sequence[float]) -> tuple[list[list[Run]], list[Edge]]:
    """The pages' runs without running headers and footers, and these, each text once."""
    candidates = [_candidates(page, height) for page, height in zip(pages, heights, strict=True)]
    times = Counter(key for page in candidates for key in {line.key for lines in page for line in lines})
    needed = max(2, REPEATED_SHARE * len(pages))
    bodies: list[list[Run]] = []
    edges: dict[tuple[str, str], Edge] = {}
    for number, (page, sides) in enumerate(zip(pages, candidates, strict=True), start=1):
        taken: set[float] = set()
        for lines in sides:
            for line in lines:
                lone = line.margin and _PAGE_NUMBER.fullmatch(line.run.text)
                if times[line.key] < needed and not lone:
                    break  # what stands further in is the learner's text
                taken.add(line.run.y)
                edges.setdefault((line.kind, line.key[1]), Edge(line.run.text, line.kind, number))
        bodies.append([run for run in page if not any(abs(run.y - y) < run.size / 2 for y in taken)])
    return bodies, list(edges.values())


def _candidates(page: list[Run], height: float) -> tuple[list[_Line], list[_Line]]:
    """The lines at the top and at the bottom, outermost first."""
    lines = merged([run for run in page if run.cell is None])
    margin = EDGE_SHARE * height
    top = [_Line(line, "header", line.y > height - margin) for line in lines if line.y > height / 2]
    bottom = [_Line(line, "footer", line.y < margin) for line in reversed(lines) if line.y <= height / 2]
    return top[:EDGE_LINES], bottom[:EDGE_LINES]
