"""Spreadsheets: the values of their cells, sheet by sheet, as last calculated; nothing is run."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.styles.colors import COLOR_INDEX

from marker.document import Passage, Unread
from marker.errors import UnreadableError
from marker.readers.archive import Archive, require_plain_xml
from marker.readers.collect import MAX_HEADING, Collector
from marker.readers.responses import responses

MAX_CELLS = 200_000  # with something in them
MAX_ROWS = 100_000  # of one sheet
MAX_COLUMNS = 1_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LITERAL = re.compile(r'"[^"]*"|\\.')  # of a number format: what is only shown behind the number
# Of a number format: the sign of a currency, before the number or behind it, and how many decimals are shown.
_MONEY = re.compile(r'(?:\[\$(?P<sign>[^\]\-\d]{1,3})[^\]]*\]|["\\]?(?<!\[)(?P<bare>[£$€])"?)(?P<number>.*[0#])?')
_DECIMALS = re.compile(r"\.(0+)")
_WHITE = ("FFFFFFFF", "00FFFFFF")


def read_xlsx(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The cells of a spreadsheet; its sheets are counted as tables, hidden ones too, and their names are headings.

    Raises UnreadableError, without the file's name, if it is protected, hostile or far too large.
    """
    require_plain_xml(data)
    archive = Archive(data)
    found = Collector(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    names: dict[str, str] = {}
    cells = 0
    for number, sheet in enumerate(book.worksheets, start=1):
        table = f"table {number}"
        names[table] = " ".join(sheet.title[:MAX_HEADING].split())
        hidden = sheet.sheet_state != "visible"
        for cell in _filled(sheet):
            cells += 1
            if cells > MAX_CELLS:
                raise UnreadableError(f"more than {MAX_CELLS:,} filled cells; keep the learner's part and save that")
            why = "hidden text" if hidden or _is_white(cell) else None
            place = f"{table}, row {cell.row}, column {cell.column}"
            found.add(_shown(cell), "cell", cell=place, why=why)
        empty = [] if hidden else _unsaved(archive, sheet)
        if empty:
            what = f"{len(empty)} formula{'s' * (len(empty) > 1)} without a saved value on sheet {sheet.title}"
            found.miss(f"{what}, the first in {empty[0]}; open the file in a spreadsheet program and save it")
    book.close()
    _drawings(archive, found)
    passages, unread = responses(*found.result())
    return tuple(_on_sheet(passage, names) for passage in passages), unread


def _on_sheet(passage: Passage, names: Mapping[str, str]) -> Passage:
    """The passage with the name on its sheet's tab, by which a person finds it; `names` are by table."""
    table = (passage.location.cell or "").partition(",")[0]
    return replace(passage, location=replace(passage.location, heading=names.get(table)))


def _filled(sheet: Any) -> Iterator[Any]:
    """The cells with something in them, of as many rows and columns as a person fills."""
    for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
        yield from (cell for cell in row if cell.value is not None)


def _unsaved(archive: Archive, sheet: Any) -> list[str]:
    """The names of the cells with a formula that no program has calculated yet; openpyxl shows them as empty."""
    content = BytesIO(archive.content(sheet._worksheet_path))
    names = []
    for _, cell in etree.iterparse(content, tag=f"{_MAIN}c", resolve_entities=False, no_network=True):
        saved = cell.findtext(f"{_MAIN}v") or cell.get("t") == "str"  # a text may come out empty
        if cell.find(f"{_MAIN}f") is not None and not saved:
            names.append(cell.get("r", "a cell without a name"))
        cell.clear()
    return names


def _is_white(cell: Any) -> bool:
    """Whether the cell's words are white with no colour behind them."""
    if not cell.has_style:
        return False
    colour = cell.font.color
    if colour is None:
        return False
    white = colour.type == "theme" and colour.theme == 0 and not colour.tint
    white = white or (colour.type == "rgb" and colour.rgb in _WHITE)
    white = white or (colour.type == "indexed" and colour.indexed < 64 and COLOR_INDEX[colour.indexed] in _WHITE)
    return white and cell.fill.fill_type is None


def _shown(cell: Any) -> str:
    """The cell's value as a person in the UK would write it."""
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return f"{value:%d/%m/%Y}" if midnight else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, (int, float)) and "%" in _LITERAL.sub("", cell.number_format or ""):
        return f"{value * 100:.10g}%"
    if isinstance(value, (int, float)) and (money := _MONEY.search(cell.number_format or "")):
        return _amount(value, money)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _amount(value: float, money: re.Match[str]) -> str:
    """A sum of money with the sign of its currency where its format puts that."""
    shown = money.string.split(";")[0]
    decimals = _DECIMALS.search(shown)
    digits = f"{abs(value):,.{len(decimals[1]) if decimals else 0}f}"
    sign = (money["sign"] or money["bare"]).strip()
    return "-" * (value < 0) + (f"{sign}{digits}" if money["number"] else f"{digits} {sign}")


def _duration(value: timedelta) -> str:
    """Hours, which may be more than a day's, and minutes; seconds where there are some."""
    seconds = round(abs(value).total_seconds())
    clock = f"{'-' * (value < timedelta())}{seconds // 3600}:{seconds // 60 % 60:02}"
    return f"{clock}:{seconds % 60:02}" if seconds % 60 else clock


def _drawings(archive: Archive, found: Collector) -> None:
    """Text boxes and comments, which openpyxl leaves out when it reads; pictures and charts."""
    for member in archive.names:
        if member.startswith("xl/drawings/drawing") and member.endswith(".xml"):
            root = archive.xml(member)
            for paragraph in root.iter(f"{_DRAWN}p") if root is not None else ():
                found.add("".join(run.text or "" for run in paragraph.iter(f"{_DRAWN}t")), "text box")
        elif member.startswith("xl/comments") and member.endswith(".xml"):
            _comments(archive, member, found)
        elif member.startswith("xl/media/"):
            found.picture("image", lambda member=member: archive.picture(member))  # type: ignore[misc]
        elif member.startswith("xl/charts/chart"):
            found.miss("chart")


def _comments(archive: Archive, member: str, found: Collector) -> None:
    root = archive.xml(member)
    if root is None:
        return
    authors = [author.text or "somebody" for author in root.iter(f"{_MAIN}author")]
    for comment in root.iter(f"{_MAIN}comment"):
        number = comment.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else "somebody"
        text = "".join(run.text or "" for run in comment.iter(f"{_MAIN}t"))
        found.add(text, "comment", why=f"comment by {author}")
