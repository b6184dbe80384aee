"""The ruled tables of a PDF page: where their cells are."""

from __future__ import annotations

import logging
from typing import NamedTuple

from pdfplumber.page import Page

from marker.readers.pdf_chars import Box

MAX_CELLS = 2_000  # on one page

for _name in ("pdfminer", "pdfplumber"):  # their warnings quote the file, and so the learner
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Cell(NamedTuple):
    """A cell's place on the page and in its table, all counted from 1; tables by page."""

    box: Box
    table: int
    row: int
    column: int


def table_cells(page: Page) -> list[Cell]:
    """The cells of the page's tables from top to bottom; a lone box around text is no table."""
    found: list[Cell] = []
    tables = sorted(page.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0]))
    for number, table in enumerate((table for table in tables if len(table.cells) > 1), start=1):
        for r, row in enumerate(table.rows, start=1):
            for c, box in enumerate(row.cells, start=1):
                if box is not None:
                    x0, top, x1, bottom = box
                    height = float(page.height)
                    found.append(Cell(Box(x0, height - bottom, x1, height - top), number, r, c))
    return found[:MAX_CELLS]
