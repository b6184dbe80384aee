"""From what stands on the pages of a PDF file to passages: joined over columns and pages, with their kinds."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from marker.document import Kind, Passage, Unread
from marker.readers.collect import Collector
from marker.readers.hyphens import vocabulary
from marker.readers.lines import bullet_item, capitals_heading
from marker.readers.pdf_chars import Box, Run
from marker.readers.pdf_edges import without_edges
from marker.readers.pdf_forms import Entry
from marker.readers.pdf_layout import MIN_COLUMN_LINES, Block, Column, blocks, columns, merged, numbered
from marker.readers.pdf_tables import Cell

SCANNED_CHARACTERS = 25  # a page with no more, and a picture on it, is a scan
SCANNED_SHARE = 0.25  # of the page, covered by pictures
STRANGE_SHARE = 0.3  # of a page's characters that no alphabet has
IMAGE_SHARE = 0.015  # of the page: a smaller picture is an ornament
HEADING_SIZE = 1.12  # times the size of most of the text
MAX_HEADING_WORDS = 20
MAX_BOLD_WORDS = 12  # of a heading that is bold, but no larger than the text
SAME_LEFT = 12.0  # points: lines that begin so near each other share a margin
KEPT_SHARE = 0.95  # of the lines, that keep to the right margin: a few may stick out
CELL_PADDING = 6.0  # points between text and rule
BESIDE = 0.25  # what a point beside a form field counts, against one above it

_NO_LETTERS = ("Co", "Cn", "Cc")  # private, unassigned, control


@dataclass(frozen=True, slots=True)
class Page:
    """One page as found: its runs, table cells, pictures, form fields and notes, and its size in points."""

    runs: list[Run]
    cells: list[Cell]
    images: list[Box]
    entries: list[Entry]
    width: float
    height: float
    damaged: bool = False

    def share(self, box: Box) -> float:
        """The part of the page, 0 to 1, that the box covers."""
        return (box.x1 - box.x0) * (box.y1 - box.y0) / max(self.width * self.height, 1.0)


def compose(
    pages: Sequence[Page], name: str, look: Callable[[int, Box | None], bytes]
) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages in reading order, then running headers and footers; what could not be read.

    `look` gives a picture of a page, counted from 0, or of a box on it.
    """
    seen = [
        numbered([run for run in page.runs if not run.hidden], number) for number, page in enumerate(pages, start=1)
    ]
    bodies, edges = without_edges(seen, [page.height for page in pages])
    layout = _layout(pages, bodies)
    headings = _headings(layout, bodies)
    words = vocabulary(run.text for body in bodies for run in body)
    letterheads = _letterheads(pages)
    found = Collector(name)
    for number, (page, body) in enumerate(zip(pages, bodies, strict=True), start=1):
        fields = _fields(page.entries, layout[number - 1], number)
        for line in fields[0]:
            found.add(line, "form field", page=number)
        for at, block in enumerate(layout[number - 1], start=1):
            kind: Kind = "heading" if id(block) in headings else block.kind
            why = "heading" if kind == "heading" else None
            text, lines, change = block.text(words)
            found.add(text, kind, page=number, cell=block.cell, why=why, lines=lines, restyled=change)
            for line in fields[at]:
                found.add(line, "form field", page=number)
        for column in columns([run for run in page.runs if run.hidden]):
            found.add(" ".join(line.text for line in column), page=number, why="hidden text")
        for entry in page.entries:
            if entry.kind != "form field":
                found.add(entry.text, entry.kind, page=number, why=entry.why)
        if page.damaged:
            found.miss("damaged page", page=number)
        for what, box in _pictures(page, body, letterheads):
            found.picture(what, partial(look, number - 1, box), page=number)
    for edge in edges:
        found.add(edge.text, edge.kind, page=edge.page, why=edge.kind)
    return found.result()


def _fields(entries: Sequence[Entry], layout: Sequence[Block], number: int) -> dict[int, list[str]]:
    """The lines of a page's form fields by how many blocks stand before them: the label above or beside is the last."""
    found: dict[int, list[str]] = defaultdict(list)
    for entry in (entry for entry in entries if entry.kind == "form field"):
        near = [
            (_distance(entry.box, line), -at)
            for at, block in enumerate(layout, start=1)
            for line in block.lines
            if line.page == number and line.y >= entry.box.y0
        ]
        found[-min(near, default=(0.0, 0))[1]] += entry.text.split("\n")
    return found


def _distance(box: Box, line: Run) -> float:
    """How far a line stands above or beside a box, in points; one on its level is sooner its label."""
    up, aside = line.y - box.y1, max(line.x0 - box.x1, box.x0 - line.x1, 0.0)
    return up + aside if up > 0 else aside * BESIDE


def _layout(pages: Sequence[Page], bodies: Sequence[list[Run]]) -> list[list[Block]]:
    """Each page's blocks; one that goes on from the column or page before has become part of that."""
    layout: list[list[Block]] = []
    last: Block | None = None
    tables = 0
    texts = [columns([run for run in body if run.cell is None]) for body in bodies]
    alike: dict[int, list[list[Column]]] = defaultdict(list)  # by width: a page on its side has a margin of its own
    for page, text in zip(pages, texts, strict=True):
        alike[round(page.width)].append(text)
    margins = {width: _Margin(those) for width, those in alike.items()}
    for page, body, text in zip(pages, bodies, texts, strict=True):
        margin = margins[round(page.width)]
        kept: list[Block] = []
        for block in _table_blocks(page, body, tables, margin) if page.cells else _text_blocks(text, margin):
            if last is not None and block.opens and block.continues(last):
                last.lines += block.lines
                last.full = block.full
            else:
                kept.append(block)
                last = block
        layout.append(kept)
        tables += max((cell.table for cell in page.cells), default=0)
    return layout


def _table_blocks(page: Page, body: list[Run], tables: int, margin: _Margin) -> Iterator[Block]:
    """The blocks of a page with tables: the text above a table, its cells, and the text below it."""
    rest = [run for run in body if run.cell is None]
    for table in sorted({cell.table for cell in page.cells}):
        cells = [(i, cell) for i, cell in enumerate(page.cells) if cell.table == table]
        top = max(cell.box.y1 for _, cell in cells)
        yield from _text_blocks(columns([run for run in rest if run.y + run.size / 2 >= top]), margin)
        rest = [run for run in rest if run.y + run.size / 2 < top]
        for i, cell in cells:
            label = f"table {tables + table}, row {cell.row}, column {cell.column}"
            lines = merged([run for run in body if run.cell == i])
            for block in blocks(lines, cell.box.x1 - CELL_PADDING):
                block.kind, block.cell, block.opens = "cell", label, False
                yield block
    yield from _text_blocks(columns(rest), margin)


def _text_blocks(found: Sequence[Column], margin: _Margin) -> Iterator[Block]:
    for column in found:
        beside = len(found) > 1 and len(column) >= MIN_COLUMN_LINES
        yield from blocks(column, max(line.x1 for line in column) if beside else margin.right_of(column))


class _Margin:
    """How far right the lines of pages of one width go that begin at the same left margin."""

    def __init__(self, texts: Sequence[Sequence[Column]]) -> None:
        self._rights: dict[int, list[float]] = defaultdict(list)
        for line in (line for text in texts for column in text for line in column):
            self._rights[round(line.x0 / SAME_LEFT)].append(line.x1)

    def right_of(self, column: Sequence[Run]) -> float:
        """The right margin, in points, that all but a few lines keep which begin where the column does."""
        left = round(min(line.x0 for line in column) / SAME_LEFT)
        rights = sorted(x for near in (left - 1, left, left + 1) for x in self._rights.get(near, ()))
        return rights[int(len(rights) * KEPT_SHARE)] if rights else max(line.x1 for line in column)


def _headings(layout: Sequence[list[Block]], bodies: Sequence[list[Run]]) -> set[int]:
    """The ids of the blocks that are headings: by their font, or short lines in capitals over text."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for run in (run for body in bodies for run in body):
        sizes[round(run.size, 1)] += len(run.text)
        bold[run.bold] += len(run.text)
    usual = min((-times, size) for size, times in sizes.items())[1] if sizes else 0.0
    every = [block for page in layout for block in page]
    found = set()
    for i, block in enumerate(every):
        text = " ".join(line.text for line in block.lines)
        words = len(text.split())
        if block.kind == "cell" or bullet_item(text) is not None or words > MAX_HEADING_WORDS:
            continue
        larger = all(line.size > HEADING_SIZE * usual for line in block.lines)
        bolder = all(line.bold for line in block.lines) and bold[False] > bold[True]
        before = every[i - 1].lines[-1].text if i else ""
        after = every[i + 1].lines[0].text if i + 1 < len(every) else ""
        titled = bolder and words <= MAX_BOLD_WORDS and not text.endswith((".", "!", "?", ","))
        if after and (larger or titled or capitals_heading(text, before, after)):
            found.add(id(block))
    return found


def _letterheads(pages: Sequence[Page]) -> set[Box]:
    """The places at which a picture stands on most pages."""
    times = Counter(box for page in pages for box in set(page.images))
    return {box for box, count in times.items() if count > 1 and count * 2 > len(pages)}


def _pictures(page: Page, body: list[Run], letterheads: set[Box]) -> list[tuple[str, Box | None]]:
    """What of a page can only be looked at, and where it is unless it is all of the page."""
    covered = sum(page.share(box) for box in page.images)
    text = "".join(run.text.replace(" ", "") for run in body)
    strange = sum(times for character, times in Counter(text).items() if _is_strange(character))
    if strange > STRANGE_SHARE * len(text):
        return [("text in a font that cannot be read", None)]
    if len(text) <= SCANNED_CHARACTERS and covered >= SCANNED_SHARE:
        return [("scanned page", None)]
    shown = [box for box in page.images if box not in letterheads and page.share(box) >= IMAGE_SHARE]
    return [("image", box) for box in shown]


def _is_strange(character: str) -> bool:
    """Whether no alphabet has the character."""
    return unicodedata.category(character) in _NO_LETTERS or character == "\ufffd"
