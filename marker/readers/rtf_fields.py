"""What a field of an RTF file shows that stands in its instruction alone: a tick box, a choice from a list, a sign."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from marker.readers.symbols import in_signs, is_symbol_font

_CHECK_BOX, _LIST = 1, 2  # of \fftype
_UNTOUCHED = 25  # of \ffres: what \ffdefres says holds
_SYMBOL = re.compile(r"\s*SYMBOL\s+(\d{1,5})\s+\\f\s*([^\\]+)", re.I)


@dataclass(slots=True)
class Field:
    """A field's instruction, as it is gathered: its words, its numbers by their names, the entries of its list."""

    words: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    entries: list[list[str]] = field(default_factory=list)

    def shown(self) -> str:
        """What the field shows; nothing if that stands in its result."""
        kind, result = self.numbers.get("fftype"), self.numbers.get("ffres", _UNTOUCHED)
        if result == _UNTOUCHED:
            result = self.numbers.get("ffdefres", 0)
        if kind == _CHECK_BOX:
            return "☒" if result else "☐"
        if kind == _LIST:
            return "".join(self.entries[result]) if 0 <= result < len(self.entries) else ""
        symbol = _SYMBOL.match("".join(self.words))
        return _sign(int(symbol[1])) if symbol and is_symbol_font(symbol[2]) else ""


def _sign(code: int) -> str:
    sign = in_signs(chr(code))
    return sign if sign != chr(code) else ""
