"""What a web page's styles hide or cross out: simple rules only, the ones that are used for that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from marker.readers.unseen import LENGTH, PALE, is_tiny

MAX_CSS_CHARACTERS = 500_000

_HIDES = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:\.0*)?\s*(?:;|!|$)|mso-hide\s*:\s*all)",
    re.I,
)
_THROUGH = re.compile(r"(?:^|[;{\s])text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.I)
_SIZE = re.compile(rf"(?:^|[;{{\s])font(?:-size\s*:\s*|\s*:[^;(]{{0,40}}?(?<=[\s:]))({LENGTH})", re.I)
_LIGHT = r"(?:2[45]\d)"
_WHITE = (
    r"(?:(?:white|whitesmoke|snow|ghostwhite|ivory|floralwhite|azure|mintcream|honeydew|aliceblue|#fff"
    rf"|#{PALE})(?![\w-])|rgba?\(\s*{_LIGHT}[\s,]+{_LIGHT}[\s,]+{_LIGHT}\b)"
)
_IS_WHITE = re.compile(_WHITE, re.I)
_WRITTEN_WHITE = re.compile(rf"(?:^|[;\s])color\s*:\s*{_WHITE}", re.I)
_COLOURED = re.compile(
    rf"(?:^|[;\s])background(?:-color|-image)?\s*:\s*(?!\s*(?:(?:none|transparent)\b|{_WHITE}))", re.I
)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_MEDIA = re.compile(r"@media[^{]{0,500}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.S)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]*)\}")
_SIMPLE = re.compile(r"[a-z][a-z0-9]*|[.#][\w-]+|[a-z][a-z0-9]*[.#][\w-]+", re.I)


class Styles:
    """A page's rules that hide, cross out or colour by tag, class or id; `root` is None for an empty page."""

    def __init__(self, root: etree._Element | None) -> None:
        css = "\n".join(style.text or "" for style in root.iter("style")) if root is not None else ""
        css = _MEDIA.sub("", _COMMENT.sub("", css[:MAX_CSS_CHARACTERS]))
        self._rules: dict[str, str] = {}
        for selectors, body in _RULE.findall(css):
            for selector in (one.strip() for one in selectors.split(",")):
                if _SIMPLE.fullmatch(selector):
                    self._rules[selector.lower()] = f"{self._rules.get(selector.lower(), '')};{body}"

    def is_hidden(self, element: etree._Element) -> bool:
        """Whether the element's own style hides it, or its words are too small or as good as white on nothing dark."""
        if element.get("hidden") is not None or (element.tag == "input" and element.get("type") == "hidden"):
            return True
        style = self._style(element)
        sizes = _SIZE.findall(style)
        if _HIDES.search(style) or (sizes and is_tiny(sizes[-1])):
            return True
        white = _WRITTEN_WHITE.search(style) or _IS_WHITE.fullmatch(element.get("color", ""))
        return bool(white) and not any(self._is_coloured(one) for one in (element, *element.iterancestors()))

    def is_crossed_out(self, element: etree._Element) -> bool:
        """Whether a line goes through the element's words by what it is or by its own style."""
        return element.tag in ("s", "strike") or _THROUGH.search(self._style(element)) is not None

    def _is_coloured(self, element: etree._Element) -> bool:
        ground = element.get("bgcolor", "white")
        return not _IS_WHITE.fullmatch(ground) or bool(_COLOURED.search(self._style(element)))

    def _style(self, element: etree._Element) -> str:
        """The declarations for the element: by tag, class and id, then its own."""
        return ";".join([*(self._rules.get(name, "") for name in _names(element)), element.get("style", "")])


def _names(element: etree._Element) -> Iterator[str]:
    tag = str(element.tag).lower()
    yield tag
    marks = [f".{name.lower()}" for name in element.get("class", "").split()]
    marks += [f"#{element.get('id', '').lower()}"]
    for mark in marks:
        yield mark
        yield tag + mark
