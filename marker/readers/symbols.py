"""Signs of the Wingdings fonts, by number, or as characters in such a font, as RTF and OpenDocument write them."""

from __future__ import annotations

import re

SYMBOLS = {  # tick boxes, and what Word makes of :) and -->
    "F06F": "☐",
    "F0A8": "☐",
    "F052": "☒",
    "F0FE": "☒",
    "F0FD": "☒",
    "F0FC": "✓",
    "F0FB": "✗",
    "F04A": "☺",
    "F04C": "☹",
    "F0E0": "→",
}

_PRIVATE = 0xF000  # where Unicode puts the 256 signs of such a font; a file may also give the bare letter
_SIGNS = {place: sign for code, sign in SYMBOLS.items() for place in (int(code, 16), int(code, 16) - _PRIVATE)}
_WORD = re.compile(r"[a-zA-Z]{2}")


def is_symbol_font(name: str) -> bool:
    """Whether this is one of the Wingdings fonts."""
    return name.strip("'\" ").lower().startswith("wingdings")


def in_signs(text: str) -> str:
    """The text as such a font shows it, in characters of any font; whole words are somebody's, in the wrong font."""
    return text if _WORD.search(text) else text.translate(_SIGNS)
