"""The equations of a Word file in one line, as one would type them: 18/240, x^2, √(a+b)."""

from __future__ import annotations

import re

from lxml import etree

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SHAPES = {  # what stands where, in reading order, and the sign that says so in a line
    "f": (("", "num"), ("/", "den")),
    "sSup": (("", "e"), ("^", "sup")),
    "sSub": (("", "e"), ("_", "sub")),
    "sSubSup": (("", "e"), ("_", "sub"), ("^", "sup")),
    "sPre": (("_", "sub"), ("^", "sup"), (" ", "e")),
    "limLow": (("", "e"), ("_", "lim")),
    "limUpp": (("", "e"), ("^", "lim")),
    "rad": (("^", "deg"), ("√", "e")),
    "nary": (("_", "sub"), ("^", "sup"), (" ", "e")),
    "func": (("", "fName"), (" ", "e")),
}
_BETWEEN = {"oMathPara": "\n", "eqArr": "\n", "m": "\n", "mr": " "}  # the lines of these, and a matrix's cells
_GONE = ("del", "moveFrom")
_WHOLE = re.compile(r"[£$€]?[\w.,]+%?|\([^()]*\)")  # what needs no brackets beside a sign


def linear(element: etree._Element) -> str:
    """The text of an equation, or of a part of one, in a line; equations under one another have a line each."""
    name = _name(element)
    if name in _GONE:
        return ""
    if name == "t":
        return element.text or ""
    if name == "br":
        return "\n"
    if name in _SHAPES:
        return _shaped(element, name)
    if name == "d":
        inside = _sign(element, "sepChr", "|").join([linear(part) for part in element.iterfind(f"{_M}e")])
        return _sign(element, "begChr", "(") + inside + _sign(element, "endChr", ")")
    return _row(element, _BETWEEN.get(name, ""))


def _shaped(element: etree._Element, name: str) -> str:
    text = _sign(element, "chr", "∫") if name == "nary" else ""
    for sign, argument in _SHAPES[name]:
        found = element.find(_M + argument)
        part = linear(found) if found is not None else ""
        if part:
            text += sign + (part if _WHOLE.fullmatch(part) else f"({part})")
    return text


def _row(element: etree._Element, between: str) -> str:
    text = last = ""
    for child in element.iterchildren("*"):
        part, name = linear(child), _name(child)
        if text and part:
            # 2 before 1/2 is no 21/2, and x^2 before 3 no x^23
            apart = {name, last} & _SHAPES.keys() and text[-1].isalnum() and part[0].isalnum()
            text += between or (" " if apart else "")
        text, last = text + part, name if part else last
    return text


def _sign(element: etree._Element, name: str, default: str) -> str:
    """A sign that the properties of a part name, such as its brackets."""
    found = element.find(f"./*/{_M}{name}")
    return found.get(f"{_M}val", "") if found is not None else default


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
