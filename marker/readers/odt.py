"""OpenDocument text files: body, notes, text boxes and tables in reading order, then headers, footers and comments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from marker.document import Kind, Passage, Unread
from marker.errors import UnreadableError
from marker.readers.archive import PROTECTED, Archive
from marker.readers.collect import Collector
from marker.readers.odt_styles import DRAWINGS, NAMESPACES, SHAPES, Styles, qn
from marker.readers.symbols import in_signs

MAX_REPEATED = 1_000  # cells or blanks that one element stands for
_DAMAGED = "not an OpenDocument text inside; open it in Word or LibreOffice and save it as .docx"

_BLOCKS = frozenset(qn(name) for name in ("text:p", "text:h"))
_GROUPS = frozenset(
    qn(name)
    for name in (
        "text:section text:list text:list-item text:list-header text:index-body text:index-title "
        "text:numbered-paragraph draw:a draw:g"
    ).split()
)
_INDEXES = frozenset(
    qn(f"text:{name}")
    for name in "table-of-content alphabetical-index table-index illustration-index object-index user-index".split()
)
_ROW_GROUPS = frozenset(qn(f"table:{name}") for name in ("table-rows", "table-header-rows", "table-row-group"))
_CHARACTERS = {qn("text:tab"): "\t", qn("text:line-break"): "\n", qn("text:soft-page-break"): ""}
_SKIPPED = frozenset(
    qn(name)
    for name in (
        "text:tracked-changes text:note-citation text:ruby-text text:change text:change-start text:change-end "
        "office:annotation-end office:forms svg:title svg:desc"
    ).split()
)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a block stands in: the kind this gives its passages, why they are set aside, its table cell."""

    kind: Kind = "paragraph"
    why: str | None = None
    cell: str | None = None


@dataclass(slots=True)
class _Content:
    """What one paragraph holds: its text by the reason for which it is set aside, and what hangs on it."""

    texts: dict[str | None, list[str]] = field(default_factory=dict)
    frames: list[etree._Element] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    comments: list[etree._Element] = field(default_factory=list)

    def add(self, text: str | None, why: str | None) -> None:
        if text:
            self.texts.setdefault(why, []).append(text)


def read_odt(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of an OpenDocument text file.

    Raises UnreadableError, without the file's name, if it is protected or hostile; damaged XML raises what lxml raises.
    """
    archive = Archive(data)
    if "meta-inf/manifest.xml" in archive.names and b"encryption-data" in archive.content("META-INF/manifest.xml"):
        raise UnreadableError(PROTECTED)
    return _Reader(archive, name).read()


class _Reader:
    def __init__(self, archive: Archive, name: str) -> None:
        self._archive = archive
        self._found = Collector(name)
        self._tables = 0
        self._comments: list[etree._Element] = []
        self._styles = Styles(archive.xml("styles.xml"), archive.xml("content.xml"))

    def read(self) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
        content = self._styles.content
        body = content.find("office:body/office:text", NAMESPACES) if content is not None else None
        if body is None:
            raise UnreadableError(_DAMAGED)
        self._blocks(body, _Place())
        edges: tuple[Kind, Kind] = ("header", "footer")
        for edge in edges:
            for element in self._styles.edges(edge):
                self._blocks(element, _Place(edge, edge))
        for comment in self._comments:
            author = comment.findtext("dc:creator", None, NAMESPACES) or "somebody"
            self._blocks(comment, _Place("comment", f"comment by {author}"))
        self._found.deletions(sum(1 for _ in body.iter(qn("text:deletion"))))
        return self._found.result()

    def _blocks(self, parent: etree._Element, place: _Place) -> None:
        for child in parent:
            if child.tag in _BLOCKS:
                self._paragraph(child, place)
            elif child.tag == qn("table:table"):
                self._table(child, place)
            elif child.tag in _INDEXES:
                self._blocks(child, replace(place, kind="contents", why=place.why or "contents"))
            elif child.tag in _GROUPS:
                self._blocks(child, self._in_group(child, place))
            elif child.tag in DRAWINGS:
                self._frame(child, place)

    def _in_group(self, group: etree._Element, place: _Place) -> _Place:
        if group.get(qn("text:display")) in ("none", "condition"):
            return replace(place, why=place.why or "hidden text")
        listed = group.tag == qn("text:list-item") and place.kind == "paragraph"
        return replace(place, kind="list item") if listed else place

    def _table(self, table: etree._Element, place: _Place) -> None:
        self._tables += 1
        number = self._tables
        kind: Kind = "cell" if place.kind in ("paragraph", "text box", "list item") else place.kind
        r = 0
        for row in _rows(table):
            r += 1
            c = 1
            for cell in row:
                if cell.tag == qn("table:table-cell"):
                    self._blocks(cell, replace(place, kind=kind, cell=f"table {number}, row {r}, column {c}"))
                if cell.tag in (qn("table:table-cell"), qn("table:covered-table-cell")):
                    c += _number(cell, "table:number-columns-repeated")
            r += _number(row, "table:number-rows-repeated") - 1

    def _paragraph(self, paragraph: etree._Element, place: _Place) -> None:
        content = _Content()
        self._inline(paragraph, place.why, content)
        heading = paragraph.tag == qn("text:h") or self._styles.is_title(paragraph)
        if heading and place.kind in ("paragraph", "cell", "list item"):
            place = replace(place, kind="heading", why=place.why or "heading")
        for why, parts in sorted(content.texts.items(), key=lambda entry: entry[0] is not None):
            self._found.add("".join(parts), place.kind, cell=place.cell, why=why or place.why)
        for frame in content.frames:
            self._frame(frame, place)
        for note in content.notes:
            self._blocks(note, _Place("footnote", place.why, place.cell))
        self._comments += content.comments

    def _inline(self, parent: etree._Element, why: str | None, content: _Content) -> None:
        """Gather the text under a paragraph, or under what stands in it, set aside as `why` or as its style says."""
        own = why or ("hidden text" if self._styles.is_hidden(parent) else None)
        signs = self._styles.is_in_symbols(parent)
        content.add(_flat(parent.text, signs), own)
        for child in parent:
            if child.tag in _CHARACTERS:
                content.add(_CHARACTERS[child.tag], own)
            elif child.tag == qn("text:s"):
                content.add(" " * _number(child, "text:c"), own)
            elif child.tag == qn("field:fieldmark"):
                content.add(_form_field(child), own)
            elif isinstance(child.tag, str):
                self._inline_child(child, why, content)
            content.add(_flat(child.tail, signs), own)

    def _inline_child(self, child: etree._Element, why: str | None, content: _Content) -> None:
        if child.tag == qn("text:note"):
            content.notes += child.findall("text:note-body", NAMESPACES)
        elif child.tag == qn("office:annotation"):
            content.comments.append(child)
        elif child.tag in DRAWINGS:
            content.frames.append(child)
        elif child.tag == qn("text:placeholder"):
            self._inline(child, why or "placeholder", content)
        elif child.tag in (qn("text:hidden-text"), qn("text:hidden-paragraph")):
            content.add(child.get(qn("text:string-value")), why or "hidden text")
        elif child.tag not in _SKIPPED:
            self._inline(child, why, content)

    def _frame(self, frame: etree._Element, place: _Place) -> None:
        """A text box or shape, or what of a drawing cannot be read; beside an object, a picture is only its preview."""
        boxes = [frame] if frame.tag in SHAPES else frame.findall("draw:text-box", NAMESPACES)
        inner = (
            replace(place, kind="text box") if place.kind in ("paragraph", "list item", "cell", "heading") else place
        )
        if place.kind == "heading":
            inner = replace(inner, why=None)
        for box in boxes:
            self._blocks(box, inner)
        if boxes or place.kind in ("header", "footer", "comment"):
            return
        if frame.find("draw:object", NAMESPACES) is not None or frame.find("draw:object-ole", NAMESPACES) is not None:
            self._found.miss("embedded object", cell=place.cell)
            return
        image = frame.find("draw:image", NAMESPACES)
        if image is not None:
            self._found.picture("image", self._picture(image.get(qn("xlink:href"), "")), cell=place.cell)

    def _picture(self, name: str) -> Callable[[], bytes]:
        return lambda: self._archive.picture(name.removeprefix("./"))


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, those in groups too, in order."""
    rows: list[etree._Element] = []
    pending = list(reversed(table))
    while pending:
        child = pending.pop()
        if child.tag == qn("table:table-row"):
            rows.append(child)
        elif child.tag in _ROW_GROUPS:
            pending.extend(reversed(child))
    return rows


def _number(element: etree._Element, name: str) -> int:
    """How many times the element says that it is there: once, or some times within reason."""
    value = element.get(qn(name), "1")
    return min(int(value), MAX_REPEATED) if value.isdecimal() and len(value) < 10 else 1


def _form_field(field: etree._Element) -> str:
    """What an old form field shows that is no text of the document: a tick box, or the choice from a list."""
    kind = field.get(qn("field:type"), "").rpartition(".")[2]
    parameters = [(one.get(qn("field:name")), one.get(qn("field:value"), "")) for one in field]
    if kind == "FORMCHECKBOX":
        return "☒" if ("Checkbox_Checked", "true") in parameters else "☐"
    entries = [value for name, value in parameters if name == "Dropdown_ListEntry"]
    chosen = next((value for name, value in parameters if name == "Dropdown_Selected"), "")
    return next((entry for number, entry in enumerate(entries) if str(number) == chosen), "")


def _flat(text: str | None, signs: bool) -> str | None:
    """Line breaks of the XML as the blanks that they are, and the letters of a font of signs as its signs."""
    flat = " ".join(text.splitlines()) if text and "\n" in text else text
    return in_signs(flat) if flat and signs else flat
