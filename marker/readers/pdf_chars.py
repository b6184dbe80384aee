"""The characters of a PDF page, put together into runs: stretches of one line without a wide gap."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from marker.readers.unseen import MIN_POINTS

MAX_CHARACTERS = 200_000  # on one page; a printed page holds some 5,000
MAX_CHANGES = 3  # of bold in one line that are told of
WIDE_GAP = 0.9  # times the font size: wider than a blank, even in justified text
BASELINE_SLACK = 0.45  # times the font size: raised and lowered characters belong to their line
BOLD_WEIGHT = 600
WHITE = 250  # of 255, in red, green and blue
SAMPLE = 50  # characters that tell how a page's text stands
NOT_SEEN = 10  # of 255: the opacity of a colour that cannot be seen

_PLAIN = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xa0": " ", "\u2011": "-"}
    | {chr(control): None for control in range(32) if chr(control) not in "\t\x02"}
)
# "\x02" and a soft hyphen mark a word broken at the line's end
_LINE = re.compile(r"[^\r\n\x02\xad]*[\x02\xad]|[^\r\n\x02\xad]+")
_WORD = re.compile(r"\s*(\S+)")


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

    `line` counts the baselines of the page, numbered `page`, from its top, both from 1. `hidden` text is off the
    page, tiny, or white or invisible with neither a picture nor a dark ground behind it. It is `bold` where most of it
    is; `opens_bold` where it begins so, and at the characters in `changes` that begins or ends.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    hidden: bool = False
    cell: int | None = None
    page: int = 0
    line: int = 0
    opens_bold: bool = False
    changes: tuple[int, ...] = ()


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

    @property
    def page(self) -> Box:
        """The page as shown."""
        level = self.turned in (0, 180)
        return Box(0.0, 0.0, *((self.width, self.height) if level else (self.height, self.width)))


class _Look(NamedTuple):
    size: float  # in points as shown
    bold: bool
    faint: bool  # white or invisible


class _Word(NamedTuple):
    """Where in the page's text the blanks before a word start, where the word does, and where it ends."""

    blank: int
    start: int
    end: int


class _Piece(NamedTuple):
    """Words of one look, or a character of one where its look changes, with the blanks before."""

    text: str
    x0: float
    x1: float
    y: float
    look: _Look

    @property
    def middle(self) -> tuple[float, float]:
        """A point within the piece."""
        return (self.x0 + self.x1) / 2, self.y + self.look.size / 4


class _Spot(NamedTuple):
    """What all pieces of one run have in common."""

    cell: int | None = None
    hidden: bool = False


def turned(text_page: Any, page: int) -> int:
    """Degrees clockwise by which a page has to be turned so that most of its text is upright.

    Args:
        page: by how much its file turns it; a page that was scanned or saved lying on its side is turned wrongly.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    angles = (pdfium.FPDFText_GetCharAngle(text_page, i) for i in range(0, count, max(1, count // SAMPLE)))
    found = Counter(-round(math.degrees(angle)) % 360 for angle in angles if angle >= 0)
    angle, times = max(found.items(), key=lambda one: one[1], default=(page, 0))
    return angle if angle % 90 == 0 and times * 2 > found.total() else page


def runs(text_page: Any, frame: Frame, cells: list[Box], grounds: list[Box]) -> list[Run]:
    """The page's runs in the order in which they were written, none across the border of one of the `cells`.

    `grounds` are the places of pictures and of coloured areas.
    """
    found: list[Run] = []
    line: list[_Piece] = []
    spot = _Spot()
    page = frame.page
    for piece in _pieces(_Glyphs(text_page, frame), by_word=bool(cells)):
        if piece is None:
            _close(found, line, spot)
            continue
        x, y = piece.middle
        faint = piece.look.faint and not any(ground.holds(x, y) for ground in grounds)
        hidden = faint or piece.look.size < MIN_POINTS or not page.holds(x, y)
        here = _Spot(_cell_at(cells, x, y, spot.cell), hidden)
        if line and (here != spot or _is_apart(line[-1], piece)):
            _close(found, line, spot)
        spot = here
        line.append(piece)
    _close(found, line, spot)
    return found


def _cell_at(cells: list[Box], x: float, y: float, last: int | None) -> int | None:
    """The number of the cell that holds the point, the last one if that still does."""
    if last is not None and cells[last].holds(x, y):
        return last
    return next((i for i, cell in enumerate(cells) if cell.holds(x, y)), None)


def _is_apart(last: _Piece, piece: _Piece) -> bool:
    """Whether the piece does not follow on the line: too far off, or back, up or down."""
    size = max(last.look.size, piece.look.size)
    gap = piece.x0 - last.x1
    return gap > WIDE_GAP * size or gap < -size or abs(piece.y - last.y) > BASELINE_SLACK * size


def _close(found: list[Run], line: list[_Piece], spot: _Spot) -> None:
    """Make a Run of the pieces gathered and empty the line."""
    text = _whole("".join(piece.text for piece in line)).strip()
    if text:
        largest = max(line, key=lambda piece: piece.look.size)
        letters = [(len(piece.text.strip()), piece.look.bold) for piece in line]
        bold = sum(count for count, bold in letters if bold) > 0.8 * sum(count for count, _ in letters)
        ends = line[0].x0, line[-1].x1
        mixed = len({bold for _, bold in letters}) > 1
        opens, changes = _changes(line) if mixed else (bold, ())
        found.append(Run(text, *ends, largest.y, largest.look.size, bold, spot.hidden, spot.cell, 0, 0, opens, changes))
    line.clear()


def _changes(line: list[_Piece]) -> tuple[bool, tuple[int, ...]]:
    """Whether a line begins bold, and at which of its characters that changes."""
    shown = [piece for piece in line if piece.text.strip()]
    changed = [after for before, after in pairwise(shown) if before.look.bold != after.look.bold]
    return shown[0].look.bold, tuple(_shown_before(line, piece) for piece in changed[:MAX_CHANGES])


def _shown_before(line: list[_Piece], change: _Piece) -> int:
    """How many characters of a line's text stand before one of its pieces."""
    at = next(number for number, piece in enumerate(line) if piece is change)
    blanks = len(change.text) - len(change.text.lstrip())
    return len(_whole("".join([*(piece.text for piece in line[:at]), change.text[:blanks]])).lstrip())


def _whole(text: str) -> str:
    """The text without control characters, ligatures taken apart, the halves of UTF-16 pairs put together."""
    return text.translate(_PLAIN).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _pieces(glyphs: _Glyphs, by_word: bool) -> Iterator[_Piece | None]:
    """The page's stretches of text, no longer than a word if `by_word`; None where a line ends."""
    text = glyphs.text()
    for line in _LINE.finditer(text):
        words = [_Word(match.start(), *match.span(1)) for match in _WORD.finditer(text, *line.span())]
        for stretch in _stretches(glyphs, words, by_word):
            start, end = stretch[0].start, stretch[-1].end
            yield glyphs.piece(text[stretch[0].blank : end], start, end)
        yield None


def _stretches(glyphs: _Glyphs, words: list[_Word], by_word: bool) -> Iterator[list[_Word]]:
    """The words put together where they belong to one text object and stand close; else words, or even characters."""
    if not words:
        return
    look = glyphs.look(words[0].start)
    if look is glyphs.look(words[-1].end - 1):
        begin = 0
        for i in range(1, len(words)):
            gap = glyphs.gap(words[i - 1].end - 1, words[i].start)
            if by_word or look.faint or not -look.size <= gap <= WIDE_GAP * look.size:
                yield words[begin:i]
                begin = i
        yield words[begin:]
    elif len(words) > 1:
        half = len(words) // 2
        yield from _stretches(glyphs, words[:half], by_word)
        yield from _stretches(glyphs, words[half:], by_word)
    else:
        blank, start, end = words[0]
        yield [_Word(blank, start, start + 1)]
        yield from ([_Word(i, i, i + 1)] for i in range(start + 1, end))


class _Glyphs:
    """A page's characters by their number, counted from 0. Each call to pdfium costs: few are made for a line."""

    def __init__(self, text_page: Any, frame: Frame) -> None:
        self._page = text_page.raw
        self._frame = frame
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._origin = ctypes.c_double(), ctypes.c_double()
        self._looks: dict[int, _Look] = {}
        self._last = _Look(1.0, bold=False, faint=False)

    def text(self) -> str:
        """All characters, in bulk where each has one UTF-16 unit there and none is left out, else one by one."""
        count = min(pdfium.FPDFText_CountChars(self._page), MAX_CHARACTERS)
        if count < 1:
            return ""
        units = (ctypes.c_ushort * (count + 1))()
        given = pdfium.FPDFText_GetText(self._page, 0, count, units) - 1  # without the zero at the end
        if given == count and pdfium.FPDFText_GetTextIndexFromCharIndex(self._page, count - 1) == count - 1:
            return "".join(map(chr, units[:count])).replace("\ufffe", "\x02")  # only in bulk is a broken word marked so
        return "".join(chr(pdfium.FPDFText_GetUnicode(self._page, i)) for i in range(count))

    def look(self, i: int) -> _Look:
        """How the character is shown: the same object for all of one text object."""
        thing = pdfium.FPDFText_GetTextObject(self._page, i)
        if thing:
            address = ctypes.addressof(thing.contents)
            if address not in self._looks:
                self._looks[address] = _look(self._page, i, thing)
            self._last = self._looks[address]
        return self._last

    def piece(self, text: str, start: int, end: int) -> _Piece:
        """The characters from `start` to before `end` as `text`."""
        x, y = self._origin
        pdfium.FPDFText_GetCharOrigin(self._page, start, x, y)
        first, last = self._ends(start), self._ends(end - 1)
        ends = min(first[0], last[0]), max(first[1], last[1])
        return _Piece(text, *ends, self._frame.show(x.value, y.value)[1], self.look(start))

    def gap(self, i: int, j: int) -> float:
        """The way, in points, from the end of one character to the start of another."""
        return self._ends(j)[0] - self._ends(i)[1]

    def _ends(self, i: int) -> tuple[float, float]:
        """How far the character goes to the left and right on the page as shown."""
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(self._page, i, left, right, bottom, top)
        if not self._frame.turned:
            return left.value - self._frame.left, right.value - self._frame.left
        one, other = self._frame.show(left.value, bottom.value)[0], self._frame.show(right.value, top.value)[0]
        return min(one, other), max(one, other)


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
