"""Tables as plain text, their cells divided by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
from collections import Counter

from marker.document import Passage, Unread
from marker.errors import UnreadableError
from marker.readers.collect import Collector
from marker.readers.lines import ends_sentence
from marker.readers.responses import responses
from marker.readers.text import decode

MAX_CELLS = 200_000

_DELIMITERS = ",;\t|"
_SAMPLE = 50  # rows from which the delimiter is told
_HEAD_WORDS = 6  # that a column's name has at most


def is_table(data: bytes, *, named: bool) -> bool:
    """Whether text is a table: by its name, or because every row of several has the same three cells or more."""
    if b"\0" in data[:1024] and not named:
        return False
    start = data[:20_000].decode("utf-8", errors="replace")
    lines = [line for line in start.splitlines() if line.strip()]
    complete = (lines[:-1] if len(data) > 20_000 else lines)[:_SAMPLE]
    if named or len(complete) < 3:
        return named
    delimiter = _delimiter(complete)
    rows = list(csv.reader(complete, delimiter=delimiter))
    same = len(rows[0]) >= 3 and len({len(row) for row in rows}) == 1
    return same and delimiter != "|" and all(_is_name(cell) for cell in rows[0])


def read_csv(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The cells of a table, row by row; a cell that looks like a formula is only text here.

    Raises UnreadableError, without the file's name, if the bytes are no text or far too many cells.
    """
    lines = decode(data).splitlines(keepends=True)
    delimiter = _delimiter([line for line in lines[:_SAMPLE] if line.strip()])
    found = Collector(name)
    cells = 0
    try:
        for r, row in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
            cells += len(row)
            if cells > MAX_CELLS:
                raise UnreadableError(f"a table of more than {MAX_CELLS:,} cells; keep the learner's part of it")
            for c, text in enumerate(row, start=1):
                found.add(text, "cell", cell=f"table 1, row {r}, column {c}")
    except csv.Error as error:
        raise UnreadableError("a damaged table; open it in Excel and save it as .xlsx") from error
    return responses(*found.result())


def _is_name(cell: str) -> bool:
    """Whether a cell of the first row may be a column's name."""
    return 0 < len(cell.split()) <= _HEAD_WORDS and not ends_sentence(cell)


def _delimiter(lines: list[str]) -> str:
    """The character that divides most rows into the same number of cells, commas first."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        except csv.Error:
            return (0, 0)
        width, times = max(widths.items(), key=lambda entry: (entry[1], entry[0]), default=(0, 0))
        return (times, width)

    return max(_DELIMITERS, key=score)
