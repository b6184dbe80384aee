"""Words read off pictures, where the extra `ocr` is installed; without it a picture is reported as unread.

One thread and fixed models: the same picture gives the same words.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from typing import Any, NamedTuple

from marker.readers.lines import bullet_item, ends_sentence

MAX_PIXELS = 60_000_000  # a phone's photo has some 12 million
MAX_SIDE = 4_000  # pixels; a larger picture is made smaller
CLEAR = 0.9  # confidence from which a line counts as read
MIN_CONFIDENCE = 0.3  # less is no writing at all
SAME_LINE = 0.5  # of a line's height between the middles of words beside one another
PARAGRAPH_GAP = 0.8  # of a line's height between the lines of a paragraph, at most
INK = 0.35  # of the contrast: how far ink is from the colour of the paper
SPECKS = 0.03  # of a column's height that may be dark though nothing is written there
SPACE = 0.19  # of a line's height: how wide a space is at least
FULL_LINE = 0.75  # of the way to the right margin: where a line of a paragraph ends


class _Line(NamedTuple):
    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@cache
def is_installed() -> bool:
    """Whether text recognition is there."""
    return find_spec("rapidocr_onnxruntime") is not None


def recognise(data: bytes) -> tuple[list[str], int]:
    """The paragraphs on the picture, and how many lines of writing could not be read clearly.

    Nothing and 0 for a picture without writing, or one that is damaged or enormous.
    """
    pixels = _pixels(data)
    if pixels is None:
        return [], 0
    found, _ = _engine()(pixels, text_score=MIN_CONFIDENCE, return_word_box=True)
    lines = _in_order([_line(pixels, *entry) for entry in found or ()])
    clear = [line for line in lines if line.confidence >= CLEAR]
    return _paragraphs(clear), len(lines) - len(clear)


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)  # its warnings are not for our users
    engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    engine.text_rec.rec_batch_num = 1  # beside longer lines, the words of a short one run together
    return engine


def _pixels(data: bytes) -> Any:
    """The picture upright and in colour as an array of shape (height, width, 3), or None if it cannot be had."""
    import numpy as np
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except Exception:  # Pillow's plugins raise almost anything on damaged bytes
        return None
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    ground = Image.new("RGB", upright.size, "white")
    ground.paste(upright, mask=upright.getchannel("A"))
    return np.asarray(ground)[:, :, ::-1].copy()  # blue first, as the models were trained


def _line(
    pixels: Any, corners: list[list[float]], text: str, confidence: float, boxes: Any, characters: list[str], _: Any
) -> _Line:
    across, down = [x for x, _ in corners], [y for _, y in corners]
    line = _Line(text, float(confidence), min(across), min(down), max(across), max(down))
    middles = [(box[0][0] + box[1][0]) / 2 for box in boxes]
    return line._replace(text=_spaced(characters, middles, _gaps(pixels, line))) if len(middles) == len(text) else line


def _gaps(pixels: Any, line: _Line) -> list[float]:
    """Where along the line nothing is written, as wide as between two words.

    The models leave out most spaces of English, having learned on Chinese.
    """
    import numpy as np

    crop = pixels[max(int(line.top), 0) : int(line.bottom) + 1, max(int(line.left), 0) : int(line.right) + 1].mean(2)
    if not crop.size:
        return []
    low, high = np.percentile(crop, (2, 98))
    paper = np.median(crop)
    dark = np.abs(crop - paper) > INK * max(high - low, 1.0)
    empty = np.flatnonzero(dark.mean(0) < SPECKS)
    stretches = np.split(empty, np.flatnonzero(np.diff(empty) > 1) + 1)
    wide = [one for one in stretches if len(one) >= SPACE * line.height]
    return [max(int(line.left), 0) + float(one.mean()) for one in wide]


def _spaced(characters: list[str], middles: list[float], gaps: list[float]) -> str:
    """The characters with a space at every gap."""
    parts: list[str] = []
    for i, character in enumerate(characters):
        if i and not character.isspace() and not characters[i - 1].isspace():
            parts += [" "] * any(middles[i - 1] < gap < middles[i] for gap in gaps)
        parts.append(character)
    return re.sub(r"(?<!\S)l(?!\S)", "I", "".join(parts))  # no English word is a lone "l"


def _in_order(lines: list[_Line]) -> list[_Line]:
    """The lines from top to bottom, and from left to right where they stand beside one another."""
    rows: list[list[_Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.left)):
        last = rows[-1][0] if rows else None
        if last and abs(line.top + line.bottom - last.top - last.bottom) / 2 <= SAME_LINE * last.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _paragraphs(lines: list[_Line]) -> list[str]:
    """The lines joined where one goes on from the other."""
    margin = max((line.right for line in lines), default=0.0)
    paragraphs: list[str] = []
    before: _Line | None = None
    for line in lines:
        if before and _goes_on(before, line, margin):
            paragraphs[-1] += f" {line.text}"
        else:
            paragraphs.append(line.text)
        before = line
    return paragraphs


def _goes_on(before: _Line, line: _Line, margin: float) -> bool:
    height = max(before.height, line.height)
    if line.top - before.bottom > PARAGRAPH_GAP * height or bullet_item(line.text) is not None:
        return False
    if line.top < (before.top + before.bottom) / 2:  # beside it
        return not ends_sentence(before.text)
    return before.right >= FULL_LINE * margin or (line.text[:1].islower() and not ends_sentence(before.text))
