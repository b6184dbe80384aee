"""Words that the end of a printed line breaks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from marker.spelling import is_english

_HYPHENS = ("-", "\x02", "\xad")
_BROKEN = re.compile(r"(\w{1,40})[-\x02\xad]$")
_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"\w+(?:-\w+)*")


def hyphenated(before: str, after: str, words: Collection[str]) -> str:
    """Two lines joined, with regard to a word that may be broken between them.

    Args:
        words: those of the whole text, see `vocabulary`.
    """
    cut = broken(before)
    rest = _WORD.match(after)
    if not cut or not rest or not rest[0][0].islower():
        return f"{before} {after}"
    head, tail = cut[1].lower(), rest[0].lower()
    whole = head + tail
    known = (head in words and tail in words) or (is_english(head) and is_english(tail) and not is_english(whole))
    compound = f"{head}-{tail}" in words or (known and whole not in words)
    return before[: cut.end(1)] + ("-" if compound else "") + after


def vocabulary(lines: Iterable[str]) -> set[str]:
    """The words of the lines, compounds whole, in small letters; what a line's end breaks left out."""
    return {word for line in lines for word in _WORDS.findall(_unbroken(line).lower())}


def broken(line: str) -> re.Match[str] | None:
    """The word, as the first group, that the line's end breaks; few lines need the search."""
    return _BROKEN.search(line) if line.endswith(_HYPHENS) else None


def _unbroken(line: str) -> str:
    cut = broken(line)
    return line[: cut.start()] if cut else line
