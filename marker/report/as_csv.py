"""CSV for spreadsheets: every cell is shown as text, and none is run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")  # what a spreadsheet takes for the start of one


def dump_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows in UTF-8, with the mark in front that Excel needs to see that it is."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(map(_safe, row) for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    """The cell with a quote in front of what a spreadsheet would run, also behind blanks and quotes."""
    return f"'{cell}" if cell.lstrip(" '\"").startswith(_FORMULA) else cell
