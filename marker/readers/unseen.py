"""What nobody can see on a white page: words that are nearly white, or too small to read."""

from __future__ import annotations

import re

MIN_POINTS = 3  # a smaller letter is a speck
PALE = r"(?:f[0-9a-f]){3}"  # in hexadecimal: red, green and blue of 0xF0 or more
LENGTH = r"(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?:pt|px|pc|r?em|%|in|cm|mm)"

_POINTS = {"pt": 1, "px": 0.75, "pc": 12, "em": 12, "%": 0.12, "in": 72, "cm": 28.35, "mm": 2.835}
_PALE = re.compile(f"#?{PALE}", re.I)
_LENGTH = re.compile(LENGTH, re.I)


def is_pale(colour: str) -> bool:
    """Whether a colour in hexadecimal, such as "F8F8F8", can hardly be told from white."""
    return _PALE.fullmatch(colour) is not None


def is_tiny(size: str) -> bool:
    """Whether a size such as "1pt" is too small to read; "5%" and "0.1em" are taken of 12 points."""
    if not _LENGTH.fullmatch(size):
        return False
    unit = next(unit for unit in _POINTS if size.lower().endswith(unit))
    return float(size.lower().removesuffix(unit).removesuffix("r")) * _POINTS[unit] < MIN_POINTS
