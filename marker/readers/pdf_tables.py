"""The ruled tables of a PDF page: where their cells are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from marker.readers.pdf_chars import Box

MAX_CELLS = 2_000  # on one page
MAX_CROSSINGS = 3_000  # of rules, on one page
MAX_RULES = 1_000  # on one page, joined: more are a drawing
SLACK = 3.0  # points by which rules may miss each other


class Cell(NamedTuple):
    """A cell's place on the page and in its table, all counted from 1; tables by page."""

    box: Box
    table: int
    row: int
    column: int


def table_cells(rules: Iterable[Box]) -> list[Cell]:
    """The cells of the page's tables from top to bottom; a lone box around text is no table.

    `rules` are the straight lines drawn on the page, each as a box without height or without width.
    """
    edges = [_edge(rule) for rule in rules]
    if len({edge["orientation"] for edge in edges}) < 2:
        return []
    edges = merge_edges(edges, SLACK, SLACK, SLACK, SLACK)
    long = [edge for edge in edges if max(edge["width"], edge["height"]) >= SLACK]
    if len(long) > MAX_RULES:
        return []
    crossings = edges_to_intersections(long, SLACK, SLACK)
    if len(crossings) > MAX_CROSSINGS:  # squared paper, say; the search for cells takes its square
        return []
    tables = [table for table in cells_to_tables(intersections_to_cells(crossings)) if len(table) > 1]
    tables.sort(key=lambda table: (min(top for _, top, _, _ in table), min(x0 for x0, _, _, _ in table)))
    return [cell for number, table in enumerate(tables, start=1) for cell in _placed(table, number)][:MAX_CELLS]


def _edge(rule: Box) -> dict[str, Any]:
    """The line as pdfplumber has it, with coordinates from the top."""
    orientation = "v" if rule.x1 - rule.x0 < rule.y1 - rule.y0 else "h"
    place = {"x0": rule.x0, "x1": rule.x1, "top": -rule.y1, "bottom": -rule.y0}
    return place | {"width": rule.x1 - rule.x0, "height": rule.y1 - rule.y0, "orientation": orientation}


def _placed(table: Sequence[tuple[float, float, float, float]], number: int) -> list[Cell]:
    """The table's cells, row by row."""
    rows = sorted({top for _, top, _, _ in table})
    columns = sorted({x0 for x0, _, _, _ in table})
    return [
        Cell(Box(x0, -bottom, x1, -top), number, rows.index(top) + 1, columns.index(x0) + 1)
        for x0, top, x1, bottom in sorted(table, key=lambda cell: (cell[1], cell[0]))
    ]
