"""What the head of an RTF file lists: fonts with their code pages, colours, and the styles of headings."""

from __future__ import annotations

import codecs
import re

HEAD_CHARACTERS = 2_000_000  # within which the tables stand

_CHARSETS = {
    0: 1252, 2: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
    178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 255: 850,
}  # fmt: skip
_FONT = re.compile(r"\\f(\d{1,6})(?:\\(?!f\d|fcharset)[a-z]+-?\d*\s?)*\\fcharset(\d{1,3})")
_WINGDINGS = re.compile(r"\\f(\d{1,6})[^{};]{0,200}\sWingdings", re.I)
_STYLE = re.compile(r"\{((?:\\[a-z*]+-?\d*\s?)*)(?:\{[^{}]*\}\s?)*([^{}\\;]{1,80})[^{}]*;\}")
_WHITE = re.compile(r"\\red2[45]\d\s?\\green2[45]\d\s?\\blue2[45]\d")  # or as good as white


def codepage(number: int) -> str:
    """Python's name of a Windows code page; that of Western Europe for one that is unknown."""
    name = {10000: "mac_roman", 65001: "utf-8"}.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


class Tables:
    """The tables at the head of an RTF file."""

    def __init__(self, source: str) -> None:
        head = source[:HEAD_CHARACTERS]
        page = re.search(r"\\ansicpg(\d{1,5})", head[:10_000])
        self.codepage = codepage(int(page[1])) if page else "mac_roman" if "\\mac" in head[:200] else "cp1252"
        fonts = _group(head, "fonttbl")
        charsets = {int(font): int(charset) for font, charset in _FONT.findall(fonts)}
        self.fonts = {
            font: codepage(_CHARSETS[charset])
            for font, charset in charsets.items()
            if charset in _CHARSETS and charset != 0
        }
        self.wingdings = {int(font) for font in _WINGDINGS.findall(re.sub(r"\{\\\*[^{}]*\}", " ", fonts))}
        colours = _group(head, "colortbl").split(";")
        self.white = {number for number, colour in enumerate(colours) if _WHITE.search(colour)}
        self.headings = {
            int(number[1])
            for controls, name in _STYLE.findall(_group(head, "stylesheet"))
            if (number := re.search(r"\\s(\d{1,6})", controls)) and _is_heading(name)
        }


def _is_heading(name: str) -> bool:
    return name.strip().lower().startswith("heading") or name.strip().lower() in ("title", "subtitle")


def _group(head: str, name: str) -> str:
    """The text of the group that begins with this control word."""
    start = head.find(f"{{\\{name}")
    depth = 0
    for brace in re.finditer(r"[{}]", head[start:] if start >= 0 else ""):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return head[start + len(name) + 2 : start + brace.start()]
    return ""
