"""Slide shows: titles, text, tables and speaker notes, slide by slide."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from marker.document import Kind, Passage, Unread
from marker.errors import UnreadableError
from marker.readers.archive import HOSTILE, Archive, parsed, require_plain_xml
from marker.readers.collect import Collector

MAX_SLIDES = 500
MAX_UNPACKED_BYTES = 400_000_000  # the library takes every part into memory
MAX_GROUPS = 50  # of shapes, one in another

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_EDGES = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
_UNREAD = {
    MSO_SHAPE_TYPE.CHART: "chart",
    MSO_SHAPE_TYPE.MEDIA: "sound or video",
    MSO_SHAPE_TYPE.EMBEDDED_OLE_OBJECT: "embedded object",
    MSO_SHAPE_TYPE.LINKED_OLE_OBJECT: "embedded object",
    MSO_SHAPE_TYPE.IGX_GRAPHIC: "diagram",
}
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHOWN = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def read_pptx(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of a slide show; pages are slides.

    Raises UnreadableError, without the file's name, if it is protected, hostile or far too long.
    """
    require_plain_xml(data)
    if Archive(data).unpacked_bytes > MAX_UNPACKED_BYTES:
        raise UnreadableError(HOSTILE)
    show = Presentation(BytesIO(data))
    if len(show.slides) > MAX_SLIDES:
        raise UnreadableError(f"more than {MAX_SLIDES} slides; keep the learner's part and save that")
    return _Reader(name, (show.slide_width, show.slide_height)).read(show.slides)


class _Reader:
    def __init__(self, name: str, size: tuple[int | None, int | None]) -> None:
        self._found = Collector(name)
        self._size = size
        self._tables = 0

    def read(self, slides: Any) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
        for page, slide in enumerate(slides, start=1):
            why = "hidden slide" if slide.element.get("show") in ("0", "false") else None
            moving = next(slide.element.iter(f"{_SHOWN}animMotion"), None) is not None  # perhaps onto the slide
            for shape in _shapes(slide.shapes):
                off = not moving and _is_off(_corners(shape), self._size)
                self._shape(shape, page, why or ("hidden text" if off else None))
            notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
            for paragraph in notes.paragraphs if notes is not None else ():
                self._found.add(_text(paragraph), page=page, why=why)
            self._comments(slide, page)
        return self._found.result()

    def _shape(self, shape: Any, page: int, why: str | None) -> None:
        properties = next(iter(shape.element.iter(f"{_SHOWN}cNvPr")), None)
        if properties is not None and properties.get("hidden") in ("1", "true"):
            why = why or "hidden text"
        kind = _placeholder(shape)
        if shape.has_text_frame:
            for paragraph in shape.text_frame.paragraphs:
                self._found.add(_text(paragraph), kind, page=page, why=why or _set_aside(kind))
        elif getattr(shape, "has_table", False) and shape.has_table:
            self._table(shape.table, page, why)
        elif why is None:
            self._unread(shape, page)

    def _table(self, table: Any, page: int, why: str | None) -> None:
        self._tables += 1
        for r, row in enumerate(table.rows, start=1):
            for c, cell in enumerate(row.cells, start=1):
                if not cell.is_spanned:
                    place = f"table {self._tables}, row {r}, column {c}"
                    for paragraph in cell.text_frame.paragraphs:
                        self._found.add(_text(paragraph), "cell", page=page, cell=place, why=why)

    def _unread(self, shape: Any, page: int) -> None:
        if hasattr(shape, "image"):
            self._found.picture("image", lambda: _picture(shape), page=page)
        elif what := _UNREAD.get(shape.shape_type) or _diagram(shape):
            self._found.miss(what, page=page)

    def _comments(self, slide: Any, page: int) -> None:
        for relation in slide.part.rels.values():
            if not relation.is_external and relation.reltype.endswith("/comments"):
                root = parsed(relation.target_part.blob)
                for text in root.iter(f"{_SHOWN}text", f"{_DRAWN}t"):
                    self._found.add(text.text or "", "comment", page=page, why="comment")


def _shapes(shapes: Any, depth: int = 0) -> Iterator[Any]:
    """The shapes of a slide, those in groups too, in the order in which they are read out."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP and depth < MAX_GROUPS:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _is_off(corners: list[complex], size: tuple[int | None, int | None]) -> bool:
    """Whether what has these corners lies wholly off a slide of this size; what has none is taken to lie on it."""
    for side, ends in zip(size, ([at.real for at in corners], [at.imag for at in corners]), strict=True):
        if side and ends and (min(ends) < 0 >= max(ends) or min(ends) >= side):
            return True
    return False


def _corners(shape: Any) -> list[complex]:
    """Where the shape's corners are on the slide, x + yj; none where the file does not say."""
    try:
        left, top, right, bottom = shape.left, shape.top, shape.left + shape.width, shape.top + shape.height
        corners = [complex(x, y) for x in (left, right) for y in (top, bottom)]
        middle = complex(left + right, top + bottom) / 2
        corners = [middle + (at - middle) * _turn(getattr(shape, "rotation", 0)) for at in corners]
        for group in shape.element.iterancestors(f"{_SHOWN}grpSp"):
            corners = [_outside(group.xfrm, at) for at in corners]
    except (TypeError, ValueError, KeyError, AttributeError):
        return []
    return corners


def _outside(group: Any, at: complex) -> complex:
    """Where a point within a group is around it: the group is stretched, mirrored and turned about its middle."""
    if group is None or group.chExt is None or not (group.chExt.cx and group.chExt.cy):
        return at
    inner = complex(group.chOff.x + group.chExt.cx / 2, group.chOff.y + group.chExt.cy / 2)
    outer = complex(group.x + group.cx / 2, group.y + group.cy / 2)
    across = (at - inner).real * group.cx / group.chExt.cx * (-1 if group.flipH else 1)
    down = (at - inner).imag * group.cy / group.chExt.cy * (-1 if group.flipV else 1)
    return outer + complex(across, down) * _turn(group.rot)


def _turn(degrees: float) -> complex:
    return cmath.rect(1, math.radians(degrees))


def _placeholder(shape: Any) -> Kind:
    """The kind of passage that the shape's text is, by its place on the slide."""
    if not shape.is_placeholder:
        return "text box"
    role = shape.placeholder_format.type
    return "heading" if role in _TITLES else "footer" if role in _EDGES else "paragraph"


def _set_aside(kind: Kind) -> str | None:
    return kind if kind in ("heading", "footer") else None


def _text(paragraph: Any) -> str:
    return str(paragraph.text).replace("\v", "\n")


def _picture(shape: Any) -> bytes:
    """The picture's bytes; none where it is only linked to."""
    try:
        return bytes(shape.image.blob)
    except (ValueError, KeyError, AttributeError):
        return b""


def _diagram(shape: Any) -> str | None:
    return "diagram" if any("relIds" in str(element.tag) for element in shape.element.iter()) else None
