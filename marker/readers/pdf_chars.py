"""The characters of a PDF page, put together into runs: stretches of one line without a wide gap."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

MAX_CHARACTERS = 200_000  # on one page; a printed page holds some 5,000
WIDE_GAP = 0.9  # times the font size: wider than a blank, even in justified text
BASELINE_SLACK = 0.45  # times the font size: raised and lowered characters belong to their line
BOLD_WEIGHT = 600
WHITE = 250  # of 255, in red, green and blue
NOT_SEEN = 10  # of 255: the opacity of a colour that cannot be seen

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xa0": " ", "\u2011": "-"}
)
_LINE_HYPHENS = ("\x02", "\xad")  # how pdfium, and a soft hyphen, mark a word broken at the line's end


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle as the page is shown, in points from its lower left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is in the box or on its border."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, slots=True)
class Run:
    """Text on one baseline: its place on the page in points, its font, the table cell that it stands in.

    `hidden` text is white or invisible, with neither a picture nor a dark ground behind it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    hidden: bool = False
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page's own coordinates turn into those of the page as shown."""

    left: float
    bottom: float
    width: float
    height: float
    turned: int  # degrees clockwise

    def show(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own coordinates as shown."""
        x, y = x - self.left, y - self.bottom
        if self.turned == 90:
            return y, self.width - x
        if self.turned == 180:
            return self.width - x, self.height - y
        if self.turned == 270:
            return self.height - y, x
        return x, y


class _Look(NamedTuple):
    size: float  # in points as shown
    bold: bool
    faint: bool  # white or invisible


class _Character(NamedTuple):
    text: str
    x0: float
    x1: float
    y: float
    look: _Look

    @property
    def middle(self) -> tuple[float, float]:
        """A point within the character."""
        return (self.x0 + self.x1) / 2, self.y + self.look.size / 4


class _Spot(NamedTuple):
    """What all characters of one run have in common."""

    cell: int | None = None
    hidden: bool = False


def runs(text_page: Any, frame: Frame, cells: list[Box], grounds: list[Box]) -> list[Run]:
    """The page's runs in the order in which they were written, none across the border of one of the `cells`.

    `grounds` are the places of pictures and of coloured areas.
    """
    found: list[Run] = []
    line: list[_Character] = []
    spot = _Spot()
    for character in _characters(text_page, frame):
        if character is None:
            _close(found, line, spot)
            continue
        if character.text.isspace():
            if line:
                line.append(character)
            continue
        x, y = character.middle
        hidden = character.look.faint and not any(ground.holds(x, y) for ground in grounds)
        here = _Spot(_cell_at(cells, x, y, spot.cell), hidden)
        if line and (here != spot or _is_apart(line, character)):
            _close(found, line, spot)
        spot = here
        line.append(character)
    _close(found, line, spot)
    return found


def _cell_at(cells: list[Box], x: float, y: float, last: int | None) -> int | None:
    """The number of the cell that holds the point, the last one if that still does."""
    if last is not None and cells[last].holds(x, y):
        return last
    return next((i for i, cell in enumerate(cells) if cell.holds(x, y)), None)


def _is_apart(line: list[_Character], character: _Character) -> bool:
    """Whether the character does not follow on the line: too far off, or back, up or down."""
    last = next(before for before in reversed(line) if not before.text.isspace())
    size = max(last.look.size, character.look.size)
    gap = character.x0 - last.x1
    return gap > WIDE_GAP * size or gap < -size or abs(character.y - last.y) > BASELINE_SLACK * size


def _close(found: list[Run], line: list[_Character], spot: _Spot) -> None:
    """Make a Run of the characters gathered and empty the line."""
    solid = [character for character in line if not character.text.isspace()]
    if solid:
        text = "".join(character.text for character in line).strip()
        largest = max(solid, key=lambda character: character.look.size)
        bold = sum(character.look.bold for character in solid) > 0.8 * len(solid)
        ends = solid[0].x0, solid[-1].x1
        found.append(Run(_whole(text), *ends, largest.y, largest.look.size, bold, spot.hidden, spot.cell))
    line.clear()


def _whole(text: str) -> str:
    """The text with ligatures taken apart and the halves of UTF-16 pairs put together."""
    return text.translate(_LIGATURES).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _characters(text_page: Any, frame: Frame) -> Iterator[_Character | None]:
    """The page's characters; None where a line ends."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    looks: dict[int, _Look] = {}
    look = _Look(1.0, False, False)
    for i in range(min(pdfium.FPDFText_CountChars(text_page), MAX_CHARACTERS)):
        text = chr(pdfium.FPDFText_GetUnicode(text_page, i))
        if text in "\r\n":
            yield None
            continue
        if text < " " and text not in _LINE_HYPHENS and text != "\t":
            continue
        written = pdfium.FPDFText_GetTextObject(text_page, i)
        if written:
            key = ctypes.addressof(written.contents)
            if key not in looks:
                looks[key] = _look(text_page, i, written)
            look = looks[key]
        pdfium.FPDFText_GetCharBox(text_page, i, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text_page, i, x, y)
        ends = sorted(frame.show(edge, y.value)[0] for edge in (left.value, right.value))
        if frame.turned in (90, 270):
            ends = sorted(frame.show(x.value, edge)[0] for edge in (bottom.value, top.value))
        yield _Character(text, ends[0], ends[1], frame.show(x.value, y.value)[1], look)
        if text in _LINE_HYPHENS:
            yield None


def _look(text_page: Any, i: int, written: Any) -> _Look:
    """How a text object, of which `i` is a character, is shown."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, i, matrix)
    size = pdfium.FPDFText_GetFontSize(text_page, i) * (matrix.c**2 + matrix.d**2) ** 0.5
    font = pdfium.FPDFTextObj_GetFont(written)
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFFont_GetBaseFontName(font, name, length)
    heavy = any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))
    bold = heavy or pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
    invisible = pdfium.FPDFTextObj_GetTextRenderMode(written) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return _Look(size or 1.0, bold, invisible or is_white(written))


def is_white(thing: Any) -> bool:
    """Whether a page object is filled with white, or nearly, or so thinly that it does not show."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return False
    return alpha.value < NOT_SEEN or min(red.value, green.value, blue.value) >= WHITE
