"""The automatic numbers of a Word file's list items and headings, as Word shows them."""

from __future__ import annotations

import re

from docx.oxml.ns import qn
from lxml import etree

MAX_LEVELS = 9

_VAL = qn("w:val")
_ROMAN = {500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
_MOST = 780  # numbers above it are shown as digits: letters and Roman numbers become very long


class Numbers:
    """Counts list items as they come; `root` is the numbering part, None where the file has none."""

    def __init__(self, root: etree._Element | None) -> None:
        nums = root.findall(qn("w:num")) if root is not None else []
        lists = root.findall(qn("w:abstractNum")) if root is not None else []
        self._nums = {num.get(qn("w:numId")): num for num in nums}
        self._levels = {
            one.get(qn("w:abstractNumId")): {level.get(qn("w:ilvl")): level for level in one.findall(qn("w:lvl"))}
            for one in lists
        }
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def next(self, num_id: str, level: int) -> str | None:
        """The number of the next item of a list at a level, such as "2.1" or "b)"; None for a bullet."""
        num = self._nums.get(num_id)
        name = _value(num, "abstractNumId") if num is not None else ""
        levels = self._levels.get(name, {})
        if num is None or str(level) not in levels:
            return None
        counts = self._counts.setdefault(name, [None] * MAX_LEVELS)
        self._restart(num_id, num, counts)
        counts[level] = _start(levels[str(level)]) if counts[level] is None else (counts[level] or 0) + 1
        counts[level + 1 :] = [None] * (MAX_LEVELS - level - 1)
        return _shown(levels, counts, level)

    def _restart(self, num_id: str, num: etree._Element, counts: list[int | None]) -> None:
        """Begin anew at the levels for which a list that continues another's counts says so."""
        if num_id in self._begun:
            return
        self._begun.add(num_id)
        for override in num.findall(qn("w:lvlOverride")):
            start, level = _value(override, "startOverride"), override.get(qn("w:ilvl"), "")
            if start.isdecimal() and level in tuple("012345678"):
                counts[int(level)] = int(start) - 1


def _shown(levels: dict[str | None, etree._Element], counts: list[int | None], level: int) -> str | None:
    own = levels[str(level)]
    if _value(own, "numFmt") in ("bullet", "none"):
        return None

    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        holder = levels.get(str(at))
        if holder is None:
            return ""
        count = counts[at]
        legal = own.find(qn("w:isLgl")) is not None
        return _formatted(_start(holder) if count is None else count, "decimal" if legal else _value(holder, "numFmt"))

    return re.sub(r"%([1-9])", number, _value(own, "lvlText")).strip() or None


def _formatted(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 0 < number <= _MOST:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif form in ("lowerRoman", "upperRoman") and 0 < number <= _MOST:
        text, left = "", number
        for value, letters in _ROMAN.items():
            text += letters * (left // value)
            left %= value
    else:
        text = f"{number:02}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text


def _start(level: etree._Element) -> int:
    start = _value(level, "start")
    return int(start) if start.isdecimal() else 1


def _value(element: etree._Element, name: str) -> str:
    found = element.find(qn(f"w:{name}"))
    return found.get(_VAL, "") if found is not None else ""
