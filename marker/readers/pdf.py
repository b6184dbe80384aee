"""PDF files: pdfium's text and rules with their positions, put back into paragraphs and tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from marker.document import Passage, Unread
from marker.errors import UnreadableError
from marker.readers.pdf_chars import Box, Frame, is_white, runs, turned
from marker.readers.pdf_compose import Page, compose
from marker.readers.pdf_forms import entries
from marker.readers.pdf_tables import table_cells

MAX_PAGES = 1_000
MAX_OBJECTS = 50_000  # drawn on one page
MAX_AREAS = 500  # coloured, of one page
SHARPNESS = 200  # dots an inch, of a picture whose words are to be read
MAX_PIXELS = 20_000_000  # of such a picture
MAX_LINES = 20_000  # drawn on one page
STRAIGHT = 0.1  # points, at most, by which an upright or level line leans


def read_pdf(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of a PDF file, page by page, then its running headers and footers.

    Raises UnreadableError, without the file's name, if it is protected, damaged or far too long.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableError("protected with a password; save a copy without it") from error
        raise UnreadableError("damaged or cut short; export it to PDF again and hand in the new copy") from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableError(f"more than {MAX_PAGES} pages; split it and give the learner's part")
        with suppress(pypdfium2.PdfiumError):  # a broken form: its page is read without the fields
            document.init_forms()
        return compose(list(_pages(document)), name, partial(_look, document))
    finally:
        document.close()


def _pages(document: Any) -> Iterator[Page]:
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield Page([], [], [], [], 1.0, 1.0, damaged=True)
            continue
        page.set_rotation(turned(text, page.get_rotation()))
        left, bottom, right, top = page.get_mediabox()
        frame = Frame(left, bottom, right - left, top - bottom, page.get_rotation())
        drawn = _drawn(page, frame)
        cells = table_cells(drawn.rules)
        found = runs(text, frame, [cell.box for cell in cells], drawn.images + drawn.areas[:MAX_AREAS])
        yield Page(found, cells, drawn.images, entries(document.formenv, page, frame), *page.get_size())
        text.close()
        page.close()


def _look(document: Any, number: int, box: Box | None) -> bytes:
    """A page, counted from 0, or a box on it, as a PNG image."""
    buffer = BytesIO()
    with suppress(Exception):  # what cannot be drawn is unread
        page = document[number]
        width, height = page.get_size()
        scale = min(SHARPNESS / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        image = page.render(scale=scale).to_pil()
        page.close()
        if box is not None:
            image = image.crop(tuple(round(scale * x) for x in (box.x0, height - box.y1, box.x1, height - box.y0)))
        image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


class _Drawn(NamedTuple):
    """What is drawn on a page: upright and level lines, as a table has them; where pictures and coloured areas are."""

    rules: list[Box]
    images: list[Box]
    areas: list[Box]


def _drawn(page: Any, frame: Frame) -> _Drawn:
    drawn = _Drawn([], [], [])
    kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]
    for thing in islice(page.get_objects(filter=kinds), MAX_OBJECTS):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.images.append(_box(thing, frame))
            continue
        if _is_filled(thing):
            drawn.areas.append(_box(thing, frame))
        drawn.rules.extend(islice(_rules(thing, frame), MAX_LINES - len(drawn.rules)))
    return drawn


def _rules(path: Any, frame: Frame) -> Iterator[Box]:
    """The upright and level lines of a drawn shape, as shown."""
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(min(pdfium.FPDFPath_CountSegments(path), MAX_LINES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        ends = [(last, point)] if kind == pdfium.FPDF_SEGMENT_LINETO else []
        if pdfium.FPDFPathSegment_GetClose(segment):
            ends.append((point, start))
        for one, other in ends:
            box = _shown([one, other], path, frame)
            if min(box.x1 - box.x0, box.y1 - box.y0) < STRAIGHT:
                yield box
        last = point


def _is_filled(path: Any) -> bool:
    """Whether a drawn shape is filled with a colour on which white text can be read."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return fill.value != pdfium.FPDF_FILLMODE_NONE and not is_white(path)


def _box(thing: Any, frame: Frame) -> Box:
    """The place of a page object as shown."""
    x0, y0, x1, y1 = thing.get_bounds()
    return _shown([(x, y) for x in (x0, x1) for y in (y0, y1)], thing, frame)


def _shown(points: list[tuple[float, float]], thing: Any, frame: Frame) -> Box:
    """The box around points of a page object as shown, even where it stands in groups with their own coordinates."""
    holder = thing.container
    while holder is not None:
        matrix = holder.get_matrix()
        points = [matrix.on_point(x, y) for x, y in points]
        holder = holder.container
    shown = [frame.show(x, y) for x, y in points]
    across, up = [x for x, _ in shown], [y for _, y in shown]
    return Box(min(across), min(up), max(across), max(up))
