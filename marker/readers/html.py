"""Web pages: what a browser would show of them, without running or fetching anything."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree

from marker.document import Kind, Passage, Unread
from marker.errors import UnreadableError
from marker.readers.collect import Collector
from marker.readers.html_styles import Styles

MAX_HTML_BYTES = 20_000_000
MAX_SPAN = 100  # columns or rows of one cell
MIN_PICTURE = 4  # pixels: a smaller one counts visits

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset(
    "p div li ul ol dl dt dd table tr td th caption thead tbody tfoot blockquote pre article section main aside header "
    "footer nav textarea address figure figcaption form fieldset legend details summary hr body center".split()
)
_SKIPPED = frozenset("script style head title template noscript svg math datalist option select audio canvas".split())
_EMBEDDED = {"iframe": "embedded page", "object": "embedded object", "embed": "embedded object", "video": "video"}
_EDGES: dict[str, tuple[Kind, str]] = {
    "header": ("header", "header"),
    "footer": ("footer", "footer"),
    "nav": ("header", "navigation"),
}
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
_QUOTES = re.compile(r"\b(?:gmail_quote|yahoo_quoted|moz-cite-prefix|gmail_attr)\b", re.I)
_PICTURE = re.compile(r"data:image/[\w.+-]{1,20};base64,", re.I)


class Piece(NamedTuple):
    """A stretch of a page: a passage to be, a picture or embedded thing where `missed` says what, or `deletions`."""

    text: str
    kind: Kind = "paragraph"
    cell: str | None = None
    why: str | None = None
    quoted: bool = False  # within what a mail program marks as an earlier message
    missed: str | None = None
    picture: bytes = b""
    deletions: int = 0  # tracked ones of the whole page, which are left out


@dataclass(frozen=True, slots=True)
class _Place:
    kind: Kind = "paragraph"
    why: str | None = None
    cell: str | None = None
    quoted: bool = False
    kept: bool = False  # blanks and line breaks are kept, as in <pre>


def read_html(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of a web page; raises UnreadableError, without the file's name, if it is far too long."""
    found = Collector(name)
    for piece in pieces(decoded(data)):
        add(found, piece)
    return found.result()


def add(found: Collector, piece: Piece) -> None:
    """Add a piece of a page to what was found."""
    if piece.missed == "image":
        found.picture(piece.missed, lambda: piece.picture, cell=piece.cell)
    elif piece.missed:
        found.miss(piece.missed, cell=piece.cell)
    elif piece.deletions:
        found.deletions(piece.deletions)
    else:
        found.add(piece.text, piece.kind, cell=piece.cell, why=piece.why)


def decoded(data: bytes) -> str:
    """The page's text: its encoding by byte order mark, by its own word, as UTF-8 or as Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    declared = _DECLARED.search(data[:4096])
    for encoding in ([declared[1].decode("ascii")] if declared else []) + ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", errors="replace")


def pieces(page: str) -> list[Piece]:
    """What the page shows, in order; raises UnreadableError if it is far too long."""
    data = page.replace("\0", "").encode("utf-8", errors="replace")
    if len(data) > MAX_HTML_BYTES:
        raise UnreadableError(f"a web page of more than {MAX_HTML_BYTES // 1_000_000} MB; copy its text into a file")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    return _Walk(Styles(root)).run(root) if root is not None else []


class _Walk:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._pieces: list[Piece] = []
        self._buffer: list[tuple[str, str | None]] = []  # text of the block so far, and why it is set aside
        self._tables = 0
        self._deletions = 0

    def run(self, root: etree._Element) -> list[Piece]:
        self._walk(root, _Place())
        self._flush(_Place())
        if self._deletions:
            self._pieces.append(Piece("", deletions=self._deletions))
        return self._pieces

    def _walk(self, element: etree._Element, place: _Place) -> None:
        """Take in the element and what is in it; libxml2 nests no deeper than 256."""
        tag = str(element.tag)
        if tag in _SKIPPED:
            return
        if _is_deleted(element, tag):
            self._deletions += any(text.strip() for text in element.itertext())
            return
        if tag in _BLOCKS:
            self._flush(place)
        if tag == "table":
            self._table(element, self._inside(element, tag, place))
            return
        if self._void(element, tag, place):
            return
        inner = self._inside(element, tag, place)
        self._text(element.text, inner)
        for child in element:
            self._walk(child, inner)
            self._text(child.tail, inner)
        if tag in _BLOCKS:
            self._flush(inner)

    def _inside(self, element: etree._Element, tag: str, place: _Place) -> _Place:
        """The place that the element's content stands in."""
        if self._styles.is_hidden(element):
            place = replace(place, why=place.why or "hidden text")
        if self._styles.is_crossed_out(element):
            place = replace(place, why=place.why or "crossed out")
        if tag in _HEADINGS:
            return replace(place, kind="heading")
        if tag == "li" and place.kind == "paragraph":
            return replace(place, kind="list item")
        edge = element.get("title", "") if tag == "div" else tag  # LibreOffice writes <div title="header">
        if edge in _EDGES and not any(
            parent.tag in ("article", "section", "main") for parent in element.iterancestors()
        ):
            kind, why = _EDGES[edge]
            return replace(place, kind=kind, why=place.why or why)
        if tag in ("pre", "textarea"):
            return replace(place, kept=True, kind="form field" if tag == "textarea" else place.kind)
        return replace(place, quoted=True) if _is_quote(element, tag) else place

    def _text(self, text: str | None, place: _Place) -> None:
        if text:
            flat = text if place.kept else re.sub(r"[ \t\r\n\f]+", " ", text)
            self._buffer.append((flat, place.why))

    def _void(self, element: etree._Element, tag: str, place: _Place) -> bool:
        """Take in an element without text of its own; False if it is none."""
        if tag == "br":
            self._buffer.append(("\n", place.why))
        elif tag == "img":
            attached = element.get("src", "").lower().startswith("cid:")  # to the e-mail, and taken from there
            if not attached and not _is_tiny(element) and place.why is None:
                self._flush(place)
                picture = _embedded(element.get("src", ""))
                self._pieces.append(Piece("", cell=place.cell, quoted=place.quoted, missed="image", picture=picture))
        elif tag in _EMBEDDED:
            self._pieces.append(Piece("", cell=place.cell, quoted=place.quoted, missed=_EMBEDDED[tag]))
        elif tag == "input":
            self._input(element, place)
        else:
            return False
        return True

    def _input(self, element: etree._Element, place: _Place) -> None:
        kind = element.get("type", "text").lower()
        if kind in ("checkbox", "radio"):
            self._buffer.append(("☒ " if element.get("checked") is not None else "☐ ", place.why))
        elif kind in ("text", "email", "date", "number", "search", "tel", "time"):
            self._buffer.append((f" {element.get('value', '')} ", place.why))

    def _table(self, table: etree._Element, place: _Place) -> None:
        self._tables += 1
        number = self._tables
        kind: Kind = "cell" if place.kind in ("paragraph", "list item") else place.kind
        for row, column, cell in _cells(table):
            label = f"table {number}, row {row}, column {column}"
            self._walk(cell, replace(place, kind=kind, cell=label))
        for caption in table.iterchildren("caption"):
            self._walk(caption, place)

    def _flush(self, place: _Place) -> None:
        """Finish the block that is being written."""
        buffer, self._buffer = self._buffer, []
        for why in dict.fromkeys([None, *(reason for _, reason in buffer)]):
            text = "".join(part for part, reason in buffer if reason == why)
            for paragraph in _PARAGRAPH_BREAK.split(text):
                lines = [line.strip() if not place.kept else line.rstrip() for line in paragraph.split("\n")]
                self._append("\n".join(line for line in lines if line), place, why)

    def _append(self, text: str, place: _Place, why: str | None) -> None:
        if not text.strip():
            return
        reason = why or ("heading" if place.kind == "heading" else None)
        self._pieces.append(Piece(text.strip(), place.kind, place.cell, reason, place.quoted))


def _cells(table: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """The cells with their rows and columns, as they are merged."""
    taken: dict[int, int] = {}  # column: the last row of the cell that reaches down it
    for number, row in enumerate(_rows(table), start=1):
        column = 1
        for cell in row.iterchildren("td", "th"):
            while taken.get(column, 0) >= number:
                column += 1
            yield number, column, cell
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if down > 1:
                taken.update(dict.fromkeys(range(column, column + across), number + down - 1))
            column += across


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _span(cell: etree._Element, side: str) -> int:
    value = cell.get(side, "1").strip()
    return min(int(value), MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 8 else 1


def _is_deleted(element: etree._Element, tag: str) -> bool:
    """Whether the element is a tracked deletion, as Word and others save it."""
    return tag == "del" or "msodel" in element.get("class", "").lower().split()


def _is_quote(element: etree._Element, tag: str) -> bool:
    """Whether a mail program marks the element as an earlier message.

    Gmail marks what holds its quotations as well: the sender's answers may stand between those.
    """
    if tag == "blockquote":
        return element.get("type") == "cite" or _is_named_quote(element)
    return _is_named_quote(element) and not any(map(_is_named_quote, element.iterchildren("blockquote")))


def _is_named_quote(element: etree._Element) -> bool:
    return _QUOTES.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _is_tiny(image: etree._Element) -> bool:
    sizes = [image.get(side, "").removesuffix("px") for side in ("width", "height")]
    return any(size.isascii() and size.isdigit() and int(size[:6]) < MIN_PICTURE for size in sizes)


def _embedded(source: str) -> bytes:
    """The picture that stands in the page itself; nothing is ever fetched."""
    match = _PICTURE.match(source)
    try:
        return base64.b64decode(source[match.end() :]) if match else b""
    except (ValueError, binascii.Error):
        return b""
