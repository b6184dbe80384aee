"""What a Word file's styles say of a paragraph or a run: heading, list item, hidden, crossed out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from docx.oxml.ns import qn
from lxml import etree

from marker.readers.unseen import MIN_POINTS, is_pale

Role = Literal["heading", "contents"]
Look = frozenset[tuple[str, str]]  # properties of a run with their values

_OFF = ("0", "false", "off", "none")
_VAL = qn("w:val")
_LEVELS = tuple("012345678")
_LOOKS = frozenset(qn(f"w:{name}") for name in ("b", "i", "u", "color", "highlight", "rStyle"))


class Styles:
    """The styles part of a Word file; `root` is None where the file has none."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = root.findall(qn("w:style")) if root is not None else []
        self._by_id = {style.get(qn("w:styleId")): style for style in styles}
        self._default = next(
            (style.get(qn("w:styleId")) for style in styles if _is_default(style)),
            None,
        )
        self._fallback = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}") if root is not None else None
        self._role = cache(self._find_role)

    def role(self, paragraph: etree._Element) -> Role | None:
        """Whether style or outline level make the paragraph a heading or an entry of the table of contents."""
        level = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        role = self._role(self._style_of(paragraph))
        return role or ("heading" if _is_outline(level) else None)

    def numbering(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and the level (from 0) by which the paragraph, or its style, has an automatic number or bullet."""
        for holder in (paragraph, *self._chain(self._style_of(paragraph))):
            number = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            if number is not None:
                level = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
                depth = level.get(_VAL, "") if level is not None else ""
                return (
                    None if number.get(_VAL) == "0" else (number.get(_VAL, ""), int(depth) if depth in _LEVELS else 0)
                )
        return None

    def aside(self, run: etree._Element) -> str | None:
        """The reason for which the run's formatting sets it aside, if it does."""
        if self._is_hidden(run):
            return "hidden text"
        return "crossed out" if self._has(run, "w:strike") or self._has(run, "w:dstrike") else None

    def _is_hidden(self, run: etree._Element) -> bool:
        """Whether the run is marked as hidden, too small to read, or as good as white with nothing known behind it."""
        if self._has(run, "w:vanish"):
            return True
        size = self._property(run, "w:sz")
        if size is not None and _is_tiny(size.get(_VAL, "")):
            return True
        colour = self._property(run, "w:color")
        return colour is not None and is_pale(colour.get(_VAL, "")) and not self._has_ground(run)

    def _has(self, run: etree._Element, tag: str) -> bool:
        """Whether a property that is on or off is on."""
        toggle = self._property(run, tag)
        return toggle is not None and toggle.get(_VAL, "1").lower() not in _OFF

    def _property(self, run: etree._Element, tag: str) -> etree._Element | None:
        """The run property that holds: the run's own, its style's, its paragraph's style's or the default."""
        paragraph = next(run.iterancestors(qn("w:p")), None)
        own = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        holders = [run, *self._chain(own.get(_VAL) if own is not None else None)]
        holders += self._chain(self._style_of(paragraph)) if paragraph is not None else []
        holders += [self._fallback] if self._fallback is not None else []
        found = (holder.find(f"{qn('w:rPr')}/{qn(tag)}") for holder in holders)
        return next((element for element in found if element is not None), None)

    def _has_ground(self, run: etree._Element) -> bool:
        """Whether run, paragraph, cell or table is shaded, or the text stands in a shape."""
        if self._property(run, "w:highlight") is not None or _is_shaded(self._property(run, "w:shd")):
            return True
        for holder in run.iterancestors(qn("w:p"), qn("w:tc"), qn("w:tbl"), qn("w:txbxContent")):
            if holder.tag == qn("w:txbxContent"):
                return True
            if any(_is_shaded(shading) for shading in holder.iterfind(f"./*/{qn('w:shd')}")):
                return True
            name = holder.find(f"./*/{qn('w:tblStyle')}")
            if name is None:
                name = holder.find(f"./*/{qn('w:pStyle')}")
            styles = self._chain(name.get(_VAL)) if name is not None else ()
            if any(_is_shaded(shading) for style in styles for shading in style.iter(qn("w:shd"))):
                return True
        return False

    def _style_of(self, paragraph: etree._Element) -> str | None:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return style.get(_VAL) if style is not None else self._default

    def _chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """The style and those that it is based on, nearest first."""
        seen = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            base = style.find(qn("w:basedOn"))
            style_id = base.get(_VAL) if base is not None else None

    def _find_role(self, style_id: str | None) -> Role | None:
        for style in self._chain(style_id):
            name = style.find(qn("w:name"))
            title = name.get(_VAL, "").lower() if name is not None else ""
            if title.startswith(("toc ", "contents ", "table of figures")):
                return "contents"
            if title.startswith("heading ") or title in ("title", "subtitle"):
                return "heading"
            if _is_outline(style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")):
                return "heading"
        return None


def _is_default(style: etree._Element) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0").lower() not in _OFF


def _is_outline(level: etree._Element | None) -> bool:
    """Whether an outline level is one of the nine of headings; the tenth, "9", is body text."""
    return level is not None and level.get(_VAL) in _LEVELS


def _is_shaded(shading: etree._Element | None) -> bool:
    fill = shading.get(qn("w:fill"), "auto") if shading is not None else "auto"
    return fill != "auto" and not is_pale(fill)


def _is_tiny(half_points: str) -> bool:
    return half_points.isdecimal() and int(half_points[:9]) < 2 * MIN_POINTS


def look(run: etree._Element) -> Look:
    """How a run is made to look otherwise than its paragraph: bold, italic, coloured, marked, in a style of its own."""
    properties = run.find(qn("w:rPr"))
    found = properties if properties is not None else ()
    shown = ((str(one.tag), one.get(_VAL, "1").lower()) for one in found if one.tag in _LOOKS)
    return frozenset((tag, value) for tag, value in shown if value not in _OFF and value not in ("auto", "none"))
